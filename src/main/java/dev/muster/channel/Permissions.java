package dev.muster.channel;

import dev.muster.channel.Permission.ByPolicies;
import dev.muster.channel.Permission.ByRole;
import dev.muster.channel.Permission.Role;
import dev.muster.reservation.Reservation;
import dev.muster.reservation.ReservationStatus;
import dev.muster.reservation.Reservations;
import dev.muster.task.TaskSid;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Tells whether a pass allows what its bearer wants. */
@Component
class Permissions {

  static final String SOCKET = "/v1/wschannels/";

  private static final Set<String> OF_OWN_WORKER =
      Set.of("ActivitySid", "RejectPendingReservations", "Attributes");
  private static final Set<String> OF_HELD_TASK =
      Set.of("AssignmentStatus", "Reason", "Attributes", "VirtualStartTime");
  private static final Set<String> ENDS_OF_WORK = Set.of("completed", "wrapping");

  private final Reservations reservations;
  private final Clock clock;

  Permissions(Reservations reservations, Clock clock) {
    this.reservations = reservations;
    this.clock = clock;
  }

  /**
   * Refuses what the pass does not allow.
   *
   * @throws Refused as forbidden
   */
  void check(Command command) {
    var allowed =
        switch (command.pass().permission()) {
          case ByRole granted -> granted.role() != Role.WORKER || isOwn(command);
          case ByPolicies granted ->
              granted.allow("POST", socket(command.pass()), List.of())
                  && granted.allow(command.method(), command.path(), command.parameters());
        };
    if (!allowed) {
      throw new Refused(
          Refusal.FORBIDDEN,
          "Expected a token that allows to %s %s with %s, but this one does not"
              .formatted(command.method(), command.path(), command.parameters()));
    }
  }

  /**
   * Refuses a pass that is not about a worker or does not allow to listen.
   *
   * @throws Refused as forbidden
   */
  void checkSocket(Pass pass) {
    var allowed =
        switch (pass.permission()) {
          case ByRole granted -> true;
          case ByPolicies granted -> granted.allow("GET", socket(pass), List.of());
        };
    if (pass.worker() == null || !allowed) {
      throw new Refused(
          Refusal.FORBIDDEN,
          "Expected a token that allows a worker to listen, but this one is for channel '%.40s' and does not"
              .formatted(pass.channel()));
    }
  }

  private static String socket(Pass pass) {
    return SOCKET + pass.tenant().account() + "/" + pass.channel();
  }

  /** What a worker may do: what concerns itself, and the tasks that it is offered or holds. */
  private boolean isOwn(Command command) {
    var target = command.target();
    var pass = command.pass();
    return switch (target.route()) {
      case ACTIVITIES -> true;
      case WORKER -> pass.isOf(target.first()) && onlyNames(command, OF_OWN_WORKER);
      case WORKER_CHANNELS,
          WORKER_RESERVATIONS,
          WORKER_RESERVATION,
          TRANSFERS,
          TRANSFER,
          CUSTOMER_PARTICIPANT,
          WORKER_PARTICIPANT,
          HOLD_WORKER_PARTICIPANT,
          KICK_WORKER_PARTICIPANT ->
          pass.isOf(target.first());
      case TASKS -> command.post();
      case TASK -> command.post() ? endsOrEditsHeldTask(command) : !ofTask(command).isEmpty();
      case WORKERS, TASK_QUEUES, TASK_QUEUE, TASK_RESERVATION -> false;
    };
  }

  private static boolean onlyNames(Command command, Set<String> names) {
    return !command.post() || names.containsAll(command.parameters());
  }

  /** Whose task it is while it is only offered, is for others to end. */
  private boolean endsOrEditsHeldTask(Command command) {
    var status = command.params().get("AssignmentStatus");
    return onlyNames(command, OF_HELD_TASK)
        && (status == null || ENDS_OF_WORK.contains(status.asString("")))
        && ofTask(command).stream().anyMatch(Permissions::holds);
  }

  private static boolean holds(Reservation reservation) {
    return reservation.status() == ReservationStatus.ACCEPTED
        || reservation.status() == ReservationStatus.WRAPPING;
  }

  /** The bearer's own reservations of the task that the command is about. */
  private List<Reservation> ofTask(Command command) {
    var pass = command.pass();
    var task = new TaskSid(command.target().first());
    return reservations
        .concerned(pass.tenant().workspace(), List.of(task), clock.instant())
        .stream()
        .filter(reservation -> reservation.worker().equals(pass.worker()))
        .toList();
  }
}
