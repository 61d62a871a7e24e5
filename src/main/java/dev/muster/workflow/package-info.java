/**
 * A tenant's workflow instructions and their versions.
 *
 * <p>A {@link dev.muster.workflow.Plan} says which step the instruction gives a task; {@link
 * dev.muster.workflow.Admissions} says which one the task really comes to, by the policies of the
 * operator.
 */
@ApplicationModule(
    allowedDependencies = {
      "web",
      "account",
      "workspace",
      "worker",
      "queue",
      "event",
      "rules",
      "policy"
    })
@NullMarked
package dev.muster.workflow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
