package dev.muster.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a resource of a workspace.
 *
 * @param type such as {@code reservation.accepted}
 * @param resourceType such as {@code reservation}
 * @param data further facts, in snake_case
 */
public record Event(
    String workspaceSid,
    String type,
    String resourceType,
    String resourceSid,
    Instant at,
    Map<String, ?> data,
    @Nullable String taskSid,
    @Nullable String workerSid,
    @Nullable String reservationSid,
    @Nullable String taskQueueSid,
    @Nullable String workflowSid) {

  /**
   * An event of a resource that is not part of a task's way; {@code type} starts with the kind of
   * the resource, which is written without its hyphen, as in {@code taskchannel}.
   */
  public static Event of(
      String workspaceSid, String type, String resourceSid, Instant at, Map<String, ?> data) {
    var resourceType = type.substring(0, type.indexOf('.')).replace("-", "");
    return new Event(
        workspaceSid, type, resourceType, resourceSid, at, data, null, null, null, null, null);
  }
}
