package dev.muster.channel;

import dev.muster.channel.RestCalls.Answer;
import dev.muster.reservation.ReservationSid;
import dev.muster.task.TaskSid;
import dev.muster.task.TransferSid;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import dev.muster.worker.WorkerSid;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Carries out the commands that change something, through the v1 interface. */
@Component
class Writes {

  /** Parameters that the SDK calls otherwise than the interface. */
  private static final Map<String, String> NAMES =
      Map.of(
          "TaskChannelUniqueName", "TaskChannel",
          "TaskChannelSid", "TaskChannel",
          "DequeueStatusCallbackEvents", "DequeueStatusCallbackEvent");

  private final RestCalls calls;

  Writes(RestCalls calls) {
    this.calls = calls;
  }

  /**
   * Does what the command says.
   *
   * @throws Refused if the command is none that changes something, or is about a call
   */
  Answer post(Command command, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    return switch (command.target().route()) {
      case WORKER, WORKER_RESERVATION, TASKS, TASK, TASK_RESERVATION ->
          post(command, command.path(), request, response);
      case TRANSFERS, TRANSFER -> post(command, "/muster" + command.path(), request, response);
      case ACTIVITIES, WORKERS, WORKER_CHANNELS, WORKER_RESERVATIONS, TASK_QUEUES, TASK_QUEUE ->
          throw new Refused(
              Refusal.METHOD_NOT_ALLOWED,
              "Expected %s to be read with GET, but the method was POST".formatted(command.path()));
      case CUSTOMER_PARTICIPANT,
          WORKER_PARTICIPANT,
          HOLD_WORKER_PARTICIPANT,
          KICK_WORKER_PARTICIPANT ->
          throw Refused.invalid(
              "Expected a command about tasks and workers, but this one is about the participants of a call, which this service does not steer");
    };
  }

  private Answer post(
      Command command, String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    return calls.post(
        command.pass().tenant(),
        path,
        renamed(command.params()),
        ifMatch(command, request),
        request,
        response);
  }

  /**
   * The state of what was changed, at the version that the change gave it: clients count on from
   * there.
   */
  static Optional<?> changed(Command command, Answer answer, Views views) {
    var tenant = command.pass().tenant();
    var target = command.target();
    return switch (target.route()) {
      case WORKER ->
          views
              .worker(tenant, new WorkerSid(target.first()))
              .map(worker -> worker.at(answer.version()));
      case WORKER_RESERVATION, TASK_RESERVATION ->
          views
              .reservation(tenant, new ReservationSid(target.last()))
              .map(reservation -> reservation.at(answer.version()));
      case TRANSFERS, TRANSFER ->
          views.transfer(
              tenant,
              new WorkerSid(target.first()),
              TransferSid.of(answer.body().path("sid").asString()));
      default -> views.task(tenant, TaskSid.of(answer.body().path("sid").asString()));
    };
  }

  /** A supervisor's client sends the version of its own worker, whatever it changes. */
  private static @Nullable String ifMatch(Command command, HttpServletRequest request) {
    var ofAnother =
        command.target().route() == Route.WORKER && !command.pass().isOf(command.target().first());
    return ofAnother ? null : request.getHeader(HttpHeaders.IF_MATCH);
  }

  private static ObjectNode renamed(ObjectNode params) {
    var form = params.deepCopy();
    NAMES.forEach(
        (from, to) -> {
          var value = form.remove(from);
          if (value != null) {
            form.set(to, value);
          }
        });
    return form;
  }
}
