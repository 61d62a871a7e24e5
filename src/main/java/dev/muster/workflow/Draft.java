package dev.muster.workflow;

import dev.muster.web.IfMatch;

/**
 * A configuration that shall be a workflow's next version.
 *
 * @param reEvaluateTasks whether waiting tasks are run through it from the top; if not they keep
 *     the version they have
 * @param expected the version that it was made from
 */
public record Draft(
    String configuration, boolean reEvaluateTasks, IfMatch expected, Authorship authorship) {}
