package dev.muster.channel;

import dev.muster.event.RecordedEvent;
import dev.muster.reservation.Reservation;
import dev.muster.reservation.ReservationSid;
import dev.muster.reservation.ReservationStatus;
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
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
  private final ObjectMapper json;
  private final Clock clock;

  Frames(
      Views views, WorkerChannels channels, Activities activities, ObjectMapper json, Clock clock) {
    this.views = views;
    this.channels = channels;
    this.activities = activities;
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

  /**
   * What events mean to those workers of the workspace who are here, in the order of the events.
   */
  List<Addressed> of(List<RecordedEvent> events, Tenant tenant, Predicate<WorkerSid> isHere) {
    var mentioned = mentioned(events, tenant, isHere);
    return events.stream()
        .flatMap(
            event ->
                Stream.concat(
                    ofTask(event, mentioned, isHere),
                    ofWorker(event, mentioned, tenant, isHere).stream()))
        .toList();
  }

  private Mentioned mentioned(
      List<RecordedEvent> events, Tenant tenant, Predicate<WorkerSid> isHere) {
    var offered =
        events.stream()
            .filter(event -> OF_RESERVATIONS.containsKey(event.type()))
            .filter(event -> worker(event, isHere).isPresent())
            .map(event -> ReservationSid.of(event.resourceSid()))
            .collect(Collectors.toSet());
    var moved = events.stream().filter(Frames::movesTask).toList();
    return views.mentioned(
        tenant,
        offered,
        moved.stream().map(Frames::task).collect(Collectors.toSet()),
        moved.stream().map(RecordedEvent::at).min(Comparator.naturalOrder()).orElse(Instant.MAX),
        isHere);
  }

  private static Optional<WorkerSid> worker(RecordedEvent event, Predicate<WorkerSid> isHere) {
    return Optional.ofNullable(event.workerSid()).map(WorkerSid::new).filter(isHere);
  }

  private Optional<Addressed> ofWorker(
      RecordedEvent recorded, Mentioned mentioned, Tenant tenant, Predicate<WorkerSid> isHere) {
    return worker(recorded, isHere)
        .flatMap(
            worker ->
                payload(recorded, mentioned, tenant, worker)
                    .map(payload -> new Addressed(worker, frame(recorded.type(), payload))));
  }

  private Optional<?> payload(
      RecordedEvent recorded, Mentioned mentioned, Tenant tenant, WorkerSid worker) {
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
    return status == null ? Optional.empty() : reservation(recorded, status, mentioned);
  }

  private Stream<Addressed> ofTask(
      RecordedEvent recorded, Mentioned mentioned, Predicate<WorkerSid> isHere) {
    if (!movesTask(recorded)) {
      return Stream.empty();
    }
    var ofTask = OF_TASKS.contains(recorded.type());
    var workers =
        mentioned.concerned(task(recorded), recorded.at()).stream()
            .filter(reservation -> ofTask || HOLDING.contains(reservation.status()))
            .map(Reservation::worker)
            .filter(isHere)
            .distinct()
            .toList();
    if (workers.isEmpty()) {
      return Stream.empty();
    }
    var type = ofTask ? recorded.type() : "task.updated";
    return mentioned.task(task(recorded)).map(payload -> frame(type, payload)).stream()
        .flatMap(text -> workers.stream().map(worker -> new Addressed(worker, text)));
  }

  /**
   * Whether workers are sent the task. One that is handed on moves while its worker has it, whose
   * client counts none of that: it gets the task anew.
   */
  private static boolean movesTask(RecordedEvent recorded) {
    return OF_TASKS.contains(recorded.type())
        || (recorded.taskSid() != null
            && !ANSWERS.contains(recorded.type())
            && recorded.fact("task_assignment_status").equals(TaskStatus.ASSIGNED.wireName()));
  }

  private static TaskSid task(RecordedEvent recorded) {
    var sid = recorded.taskSid();
    return TaskSid.of(sid == null ? recorded.resourceSid() : sid);
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

  private static Optional<?> reservation(
      RecordedEvent recorded, ReservationStatus status, Mentioned mentioned) {
    var version = Integer.parseInt(recorded.fact("reservation_version"));
    var updated = recorded.at().getEpochSecond();
    return mentioned
        .reservation(ReservationSid.of(recorded.resourceSid()))
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
