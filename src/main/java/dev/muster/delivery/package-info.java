/**
 * What those who tell tenants' systems something have in common: {@link
 * dev.muster.delivery.Dispatching} sends what is due right after its commit, on every node, with so
 * many requests at once per {@link dev.muster.delivery.Lane}, so that a target that does not answer
 * holds up nobody but itself.
 *
 * <p>What is told, in which order, and what an answer means is known to those who build on it.
 */
@ApplicationModule(allowedDependencies = {"web", "account"})
@NullMarked
package dev.muster.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
