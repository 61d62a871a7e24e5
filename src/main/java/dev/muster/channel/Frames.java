package dev.muster.channel;

import dev.muster.channel.Payloads.WorkerChannelPayload;
import dev.muster.channel.Payloads.WorkerPayload;
import dev.muster.event.RecordedEvent;
import dev.muster.reservation.Reservation;
import dev.muster.reservation.ReservationSid;
import dev.muster.reservation.ReservationStatus;
import dev.muster.reservation.Reservations;
import dev.muster.task.TaskSid;
import dev.muster.task.TaskStatus;
import dev.muster.task.TransferSid;
import dev.muster.web.Refused;
import dev.muster.worker.WorkerChannels;
import dev.muster.worker.WorkerSid;
import dev.muster.workspace.Activities;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/**
 * What sockets are sent. Clients count versions on by themselves, so workers and reservations carry
 * the version that they had right after the event; what they have come to since follows with the
 * events to come.
 */
@Component
class Frames {

  private static final Set<String> OF_WORKERS =
      Set.of("worker.activity.update", "worker.attributes.update");
  private static final Set<String> OF_CHANNELS =
      Set.of("worker.capacity.update", "worker.channel.availability.update");
  private static final Set<String> OF_TASKS =
      Set.of("task.updated", "task.canceled", "task.completed", "task.wrapup");
  private static final String TRANSFER = "task.transfer-";
  private static final Set<String> ANSWERS =
      Set.of("reservation.accepted", "reservation.wrapup", "reservation.completed");
  private static final Set<ReservationStatus> HOLDING =
      Set.of(ReservationStatus.ACCEPTED, ReservationStatus.WRAPPING);
  private static final Map<String, ReservationStatus> OF_RESERVATIONS =
      Map.of(
          "reservation.created", ReservationStatus.PENDING,
          "reservation.accepted", ReservationStatus.ACCEPTED,
          "reservation.rejected", ReservationStatus.REJECTED,
          "reservation.timeout", ReservationStatus.TIMEOUT,
          "reservation.canceled", ReservationStatus.CANCELED,
          "reservation.rescinded", ReservationStatus.RESCINDED,
          "reservation.wrapup", ReservationStatus.WRAPPING,
          "reservation.completed", ReservationStatus.COMPLETED);

  /** A frame for a worker's sockets. */
  record Addressed(WorkerSid worker, String frame) {}

  record Frame(String eventType, Object payload) {}

  /**
   * @param tokenLifetime in milliseconds
   */
  record Init(String channelId, String accountSid, String workspaceSid, long tokenLifetime) {}

  private final Views views;
  private final WorkerChannels channels;
  private final Activities activities;
  private final Reservations reservations;
  private final ObjectMapper json;
  private final Clock clock;

  Frames(
      Views views,
      WorkerChannels channels,
      Activities activities,
      Reservations reservations,
      ObjectMapper json,
      Clock clock) {
    this.views = views;
    this.channels = channels;
    this.activities = activities;
    this.reservations = reservations;
    this.json = json;
    this.clock = clock;
  }

  /** The first frame of every socket. */
  String init(Pass pass) {
    var lifetime = Duration.between(clock.instant(), pass.expiresAt());
    return frame(
        "init",
        new Init(
            pass.channel(),
            pass.tenant().account().value(),
            pass.tenant().workspace().value(),
            lifetime.toMillis()));
  }

  /** What an event means to those workers of the workspace who are here. */
  List<Addressed> of(RecordedEvent recorded, Tenant tenant, Predicate<WorkerSid> isHere) {
    if (OF_TASKS.contains(recorded.type())) {
      return ofTask(recorded, tenant, isHere);
    }
    return Stream.concat(
            whileHandedOn(recorded, tenant, isHere).stream(),
            ofWorker(recorded, tenant, isHere).stream())
        .toList();
  }

  private Optional<Addressed> ofWorker(
      RecordedEvent recorded, Tenant tenant, Predicate<WorkerSid> isHere) {
    var sid = recorded.workerSid();
    if (sid == null || !isHere.test(new WorkerSid(sid))) {
      return Optional.empty();
    }
    var worker = new WorkerSid(sid);
    return payload(recorded, tenant, worker)
        .map(payload -> new Addressed(worker, frame(recorded.type(), payload)));
  }

  private Optional<?> payload(RecordedEvent recorded, Tenant tenant, WorkerSid worker) {
    var type = recorded.type();
    if (OF_WORKERS.contains(type)) {
      return views.worker(tenant, worker).map(now -> asOf(recorded, now, tenant));
    }
    if (OF_CHANNELS.contains(type)) {
      return channel(recorded, tenant, worker);
    }
    if (type.startsWith(TRANSFER)) {
      return transfer(recorded, tenant, worker);
    }
    var status = OF_RESERVATIONS.get(type);
    return status == null ? Optional.empty() : reservation(recorded, status, tenant);
  }

  private List<Addressed> ofTask(
      RecordedEvent recorded, Tenant tenant, Predicate<WorkerSid> isHere) {
    var sid = TaskSid.of(recorded.resourceSid());
    var concerned = reservations.concerned(tenant.workspace(), sid, recorded.at());
    return task(recorded.type(), sid, tenant, concerned.stream().map(Reservation::worker), isHere);
  }

  /**
   * A task that is handed on moves while its worker has it, whose client counts none of that: it
   * gets the task anew.
   */
  private List<Addressed> whileHandedOn(
      RecordedEvent recorded, Tenant tenant, Predicate<WorkerSid> isHere) {
    if (recorded.taskSid() == null
        || ANSWERS.contains(recorded.type())
        || !recorded.fact("task_assignment_status").equals(TaskStatus.ASSIGNED.wireName())) {
      return List.of();
    }
    var sid = TaskSid.of(recorded.taskSid());
    var holders =
        reservations.concerned(tenant.workspace(), sid, recorded.at()).stream()
            .filter(reservation -> HOLDING.contains(reservation.status()))
            .map(Reservation::worker);
    return task("task.updated", sid, tenant, holders, isHere);
  }

  private List<Addressed> task(
      String type,
      TaskSid sid,
      Tenant tenant,
      Stream<WorkerSid> workers,
      Predicate<WorkerSid> isHere) {
    var present = workers.filter(isHere).distinct().toList();
    return present.isEmpty()
        ? List.of()
        : views
            .task(tenant, sid)
            .map(task -> frame(type, task))
            .map(text -> present.stream().map(worker -> new Addressed(worker, text)).toList())
            .orElse(List.of());
  }

  private Optional<?> channel(RecordedEvent recorded, Tenant tenant, WorkerSid worker) {
    try {
      var name = recorded.fact("worker_channel_sid");
      var channel = channels.get(tenant.workspace(), worker, name);
      return Optional.of(WorkerChannelPayload.of(channel, tenant));
    } catch (Refused deleted) {
      return Optional.empty();
    }
  }

  private Optional<?> reservation(RecordedEvent recorded, ReservationStatus status, Tenant tenant) {
    var version = Integer.parseInt(recorded.fact("reservation_version"));
    var updated = recorded.at().getEpochSecond();
    return views
        .reservation(tenant, ReservationSid.of(recorded.resourceSid()))
        .map(reservation -> reservation.at(version, status, updated));
  }

  private Optional<?> transfer(RecordedEvent recorded, Tenant tenant, WorkerSid worker) {
    var status = recorded.fact("transfer_status");
    var updated = recorded.at().getEpochSecond();
    return views
        .transfer(tenant, worker, TransferSid.of(recorded.fact("transfer_sid")))
        .map(transfer -> transfer.at(status, updated));
  }

  private WorkerPayload asOf(RecordedEvent recorded, WorkerPayload now, Tenant tenant) {
    var activity = ActivitySid.of(recorded.fact("worker_activity_sid"));
    var at = recorded.at().getEpochSecond();
    var moved = recorded.type().equals("worker.activity.update");
    return new WorkerPayload(
        now.sid(),
        now.accountSid(),
        now.workspaceSid(),
        recorded.fact("worker_name"),
        recorded.fact("worker_attributes"),
        activity,
        recorded.fact("worker_activity_name"),
        activity.equals(now.activitySid()) ? now.available() : isAvailable(tenant, activity),
        Integer.parseInt(recorded.fact("worker_version")),
        now.dateCreated(),
        at,
        moved ? at : now.dateStatusChanged());
  }

  private boolean isAvailable(Tenant tenant, ActivitySid activity) {
    return activities
        .find(tenant.workspace(), activity)
        .map(found -> found.available())
        .orElse(false);
  }

  private String frame(String type, Object payload) {
    return json.writeValueAsString(new Frame(type, payload));
  }
}
