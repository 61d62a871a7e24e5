/**
 * Why a task waits, or why it went where it went: the filters tried, the step it is in, who is
 * ahead of it, and for every member of its queue the first reason why the task is not offered to
 * that worker. Reads only; made when somebody asks.
 */
@ApplicationModule(
    allowedDependencies = {"web", "workspace", "worker", "queue", "workflow", "task", "rules"})
@NullMarked
package dev.muster.explanation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
