/**
 * The operator's policies, as the files of their folder have them now.
 *
 * <p>What a policy is and what it makes of a task is known by {@link dev.muster.rules.Policies};
 * where tasks meet them is for the modules above to say.
 */
@ApplicationModule(allowedDependencies = {"rules"})
@NullMarked
package dev.muster.policy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
