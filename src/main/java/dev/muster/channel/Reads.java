package dev.muster.channel;

import dev.muster.reservation.ReservationSid;
import dev.muster.reservation.Reservations;
import dev.muster.task.TaskSid;
import dev.muster.task.TransferSid;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
import dev.muster.web.SearchLimit;
import dev.muster.worker.WorkerChannels;
import dev.muster.worker.WorkerFilter;
import dev.muster.worker.WorkerList;
import dev.muster.worker.WorkerSid;
import dev.muster.workspace.Activities;
import dev.muster.workspace.ActivitySid;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers the commands that read. */
@Component
class Reads {

  /**
   * A page of a list.
   *
   * @param afterSid what the next page comes after; null on the last one
   * @param meta the same for lists with an order of their own
   */
  record Contents(List<?> contents, @Nullable String afterSid, Meta meta) {

    record Meta(@Nullable String nextToken) {}

    static <T> Contents of(Page<T> page, Function<T, ?> payload) {
      return of(page, page.items().stream().<Object>map(payload).toList());
    }

    static Contents of(Page<?> page, List<?> payloads) {
      return new Contents(payloads, page.lastSid(), new Meta(page.lastSid()));
    }
  }

  private final Views views;
  private final Activities activities;
  private final WorkerList workers;
  private final WorkerChannels channels;
  private final QueueReads queues;
  private final Reservations reservations;
  private final SearchLimit searches;

  Reads(
      Views views,
      Activities activities,
      WorkerList workers,
      WorkerChannels channels,
      QueueReads queues,
      Reservations reservations,
      SearchLimit searches) {
    this.views = views;
    this.activities = activities;
    this.workers = workers;
    this.channels = channels;
    this.queues = queues;
    this.reservations = reservations;
    this.searches = searches;
  }

  /** What was asked for; empty if there is no such thing to read. */
  Optional<?> get(Command command) {
    var tenant = command.pass().tenant();
    var workspace = tenant.workspace();
    return switch (command.target().route()) {
      case ACTIVITIES ->
          Optional.of(
              Contents.of(
                  activities.list(workspace, null, null, page(command)),
                  activity -> ActivityPayload.of(activity, tenant)));
      case WORKERS -> Optional.of(workers(command));
      case WORKER -> views.worker(tenant, worker(command));
      case WORKER_CHANNELS ->
          Optional.of(
              Contents.of(
                  channels.list(workspace, worker(command), page(command)),
                  channel -> WorkerChannelPayload.of(channel, tenant)));
      case WORKER_RESERVATIONS -> Optional.of(reservations(command));
      case WORKER_RESERVATION, TASK_RESERVATION ->
          views
              .reservation(tenant, new ReservationSid(command.target().last()))
              .filter(
                  found ->
                      found.workerSid().value().equals(command.target().first())
                          || found.taskSid().value().equals(command.target().first()));
      case TRANSFER ->
          views.transfer(tenant, worker(command), new TransferSid(command.target().last()));
      case TASK -> views.task(tenant, new TaskSid(command.target().first()));
      case TASK_QUEUES -> Optional.of(queues.list(command));
      case TASK_QUEUE -> queues.get(command);
      case TASKS,
          TRANSFERS,
          CUSTOMER_PARTICIPANT,
          WORKER_PARTICIPANT,
          HOLD_WORKER_PARTICIPANT,
          KICK_WORKER_PARTICIPANT ->
          Optional.empty();
    };
  }

  private Contents workers(Command command) {
    var tenant = command.pass().tenant();
    var expression = command.text("TargetWorkersExpression");
    if (expression != null) {
      searches.take(tenant.account(), "TargetWorkersExpression");
    }
    var filter =
        new WorkerFilter(
            command.text("ActivityName"),
            sid(command, "ActivitySid", ActivitySid::of),
            null,
            command.text("FriendlyName"),
            expression,
            null,
            null,
            command.text("Ordering"));
    return Contents.of(
        workers.page(tenant.workspace(), filter, page(command)),
        worker -> WorkerPayload.of(worker, tenant));
  }

  private Contents reservations(Command command) {
    var tenant = command.pass().tenant();
    var worker = worker(command);
    var page =
        "true".equals(command.text("Active"))
            ? reservations.open(tenant.workspace(), worker, page(command))
            : reservations.list(tenant.workspace(), worker, page(command));
    return Contents.of(page, views.reservations(tenant, page.items()));
  }

  private static WorkerSid worker(Command command) {
    return new WorkerSid(command.target().first());
  }

  static PageRequest page(Command command) {
    var after =
        command.text("AfterSid") == null ? command.text("NextToken") : command.text("AfterSid");
    return PageRequest.of(command.text("PageSize"), null, after == null ? null : "PA" + after);
  }

  static <T> @Nullable T sid(Command command, String name, Function<String, T> of) {
    var text = command.text(name);
    try {
      return text == null ? null : of.apply(text);
    } catch (IllegalArgumentException expected) {
      throw Refused.invalid(
          "Expected %s to be %s, but got '%.80s'",
          name, String.valueOf(expected.getMessage()), text);
    }
  }
}
