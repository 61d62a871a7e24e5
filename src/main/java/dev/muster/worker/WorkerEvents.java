package dev.muster.worker;

import dev.muster.event.Event;
import dev.muster.event.Events;
import dev.muster.workspace.WorkAvailable;
import dev.muster.workspace.WorkspaceSid;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Writes what happens to workers into the log, and tells the modules above. */
@Component
class WorkerEvents {

  private final Events events;
  private final ApplicationEventPublisher publisher;

  WorkerEvents(Events events, ApplicationEventPublisher publisher) {
    this.events = events;
    this.publisher = publisher;
  }

  void created(WorkspaceSid workspace, Worker worker) {
    record(workspace, "worker.created", worker, worker.createdAt(), Map.of());
    publisher.publishEvent(new WorkerChanged(workspace, worker.sid(), true));
    if (worker.available()) {
      workAvailable(workspace);
    }
  }

  void changed(WorkspaceSid workspace, Worker before, Worker worker, Instant now) {
    var rewritten = !worker.attributes().equals(before.attributes());
    var renamed = !worker.friendlyName().equals(before.friendlyName());
    var moved = !worker.activitySid().equals(before.activitySid());
    if (rewritten || renamed) {
      record(workspace, "worker.attributes.update", worker, now, Map.of());
    }
    if (moved) {
      record(workspace, "worker.activity.update", worker, now, previousActivity(before, now));
    }
    publisher.publishEvent(new WorkerChanged(workspace, worker.sid(), rewritten));
    if (worker.available() && (rewritten || renamed || moved)) {
      workAvailable(workspace);
    }
  }

  void pendingReservationsRefused(WorkspaceSid workspace, WorkerSid worker) {
    publisher.publishEvent(new PendingReservationsRefused(workspace, worker));
  }

  void deleted(WorkspaceSid workspace, Worker worker, Instant now) {
    record(workspace, "worker.deleted", worker, now, previousActivity(worker, now));
  }

  void capacityChanged(
      WorkspaceSid workspace,
      Worker worker,
      WorkerChannel before,
      WorkerChannel channel,
      Instant now) {
    record(workspace, "worker.capacity.update", worker, now, facts(before, channel));
    publisher.publishEvent(new WorkerChanged(workspace, worker.sid(), false));
    // Even a smaller one may be what a task asks for, be it on another channel.
    if (worker.available()) {
      workAvailable(workspace);
    }
  }

  void availabilityChanged(
      WorkspaceSid workspace,
      Worker worker,
      WorkerChannel before,
      WorkerChannel channel,
      Instant now) {
    record(workspace, "worker.channel.availability.update", worker, now, facts(before, channel));
    publisher.publishEvent(new WorkerChanged(workspace, worker.sid(), false));
    // Some tasks ignore the activity and the capacity; none asks for a closed channel.
    if (channel.available()) {
      workAvailable(workspace);
    }
  }

  private void workAvailable(WorkspaceSid workspace) {
    publisher.publishEvent(new WorkAvailable(workspace));
  }

  private static Map<String, String> previousActivity(Worker before, Instant now) {
    var spent = Duration.between(before.statusChangedAt(), now);
    var facts = new LinkedHashMap<String, String>();
    facts.put("worker_previous_activity_sid", before.activitySid().value());
    facts.put("worker_previous_activity_name", before.activityName());
    facts.put("worker_time_in_previous_activity", Long.toString(spent.toSeconds()));
    facts.put("worker_time_in_previous_activity_ms", Long.toString(spent.toMillis()));
    return facts;
  }

  private static Map<String, String> facts(WorkerChannel before, WorkerChannel channel) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("task_channel_sid", channel.taskChannelSid().value());
    facts.put("task_channel_unique_name", channel.taskChannelUniqueName());
    facts.put("worker_channel_sid", channel.sid().value());
    facts.put("worker_channel_available", Boolean.toString(channel.available()));
    facts.put("worker_channel_available_capacity", Integer.toString(channel.freeUnits()));
    facts.put("worker_channel_capacity", Integer.toString(channel.capacity()));
    facts.put("worker_channel_previous_capacity", Integer.toString(before.capacity()));
    facts.put("worker_channel_task_count", Integer.toString(channel.assigned()));
    return facts;
  }

  private void record(
      WorkspaceSid workspace, String type, Worker worker, Instant now, Map<String, String> facts) {
    var data = new LinkedHashMap<String, String>();
    data.put("worker_sid", worker.sid().value());
    data.put("worker_name", worker.friendlyName());
    data.put("worker_attributes", worker.attributes());
    data.put("worker_activity_sid", worker.activitySid().value());
    data.put("worker_activity_name", worker.activityName());
    data.put("worker_version", Integer.toString(worker.version()));
    data.putAll(facts);
    var sid = worker.sid().value();
    events.record(
        new Event(workspace.value(), type, "worker", sid, now, data, null, sid, null, null, null));
  }
}
