package dev.muster.process;

import dev.muster.workspace.WorkspaceSid;
import tools.jackson.databind.JsonNode;

/**
 * The task that a job asks for.
 *
 * @param parameters those of a request that creates a task; their names begin with a small letter
 */
record Order(WorkspaceSid workspace, JsonNode parameters) {}
