package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.Account;
import com.twilio.rest.taskrouter.v1.Workspace;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.worker.Reservation;
import dev.muster.local.Credentials;
import dev.muster.local.RebasingHttpClient;
import dev.muster.testing.MusterProcessTest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * A day in a contact centre: the whole way of twelve tasks, through the unmodified official SDK.
 */
@MusterProcessTest
class ContactCentreTest {

  private static final int RESERVATION_TIMEOUT_SECONDS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @LocalServerPort int port;
  @Autowired Credentials credentials;

  private TwilioRestClient owner;
  private Floor floor;
  private Floor other;
  private TaskQueue spanish;
  private TaskQueue everyone;
  private Workflow workflow;
  private Worker ana;
  private Worker ben;
  private Worker cleo;

  @BeforeEach
  void openTwoContactCentres() {
    owner = client(credentials.accountSid(), credentials.authToken());
    var second = Account.creator().setFriendlyName("Second tenant").create(owner);
    floor = Floor.open(owner, "Support");
    other = Floor.open(client(second.getSid(), second.getAuthToken()), "Support");
    spanish = floor.queue("Spanish", "language HAS \"es\"");
    everyone = floor.queue("Everyone", "1==1");
    workflow =
        floor.workflow(
            """
            {"task_routing": {
              "filters": [
                {"filter_friendly_name": "Spanish", "expression": "language == 'es'",
                 "targets": [{"queue": "%s", "priority": 10}]},
                {"filter_friendly_name": "Difficult", "expression": "type == 'claim' AND amount > 1000",
                 "targets": [{"queue": "%s", "expression": "worker.level >= 2", "priority": 5}]}],
              "default_filter": {"queue": "%s"}}}
            """
                .formatted(spanish.getSid(), everyone.getSid(), everyone.getSid()),
            RESERVATION_TIMEOUT_SECONDS);
    ana = floor.worker("Ana", "{\"language\": [\"es\", \"en\"], \"level\": 3}");
    ben = floor.worker("Ben", "{\"language\": [\"en\"], \"level\": 1}");
    cleo = floor.worker("Cleo", "{\"language\": [\"es\"], \"level\": 2}");
    other.worker("Ana", "{\"language\": [\"es\"], \"level\": 9}");
  }

  @Test
  void takesTwelveTasksFromTheirCreationToTheirEnd() {
    var tasks = createTwelveTasks();
    assertThat(floor.tasks(Task.Status.PENDING)).hasSize(12);
    assertThat(tasks.get(0).getTaskQueueSid()).isEqualTo(spanish.getSid());
    assertThat(tasks.get(0).getPriority()).isEqualTo(10);
    assertThat(tasks.get(4).getTaskQueueFriendlyName()).isEqualTo("Everyone");
    assertThat(tasks.get(4).getPriority()).isEqualTo(5);
    assertThat(tasks.get(8).getTaskQueueSid()).isEqualTo(everyone.getSid());

    var canceled = cancel(tasks.get(11));
    var rejected = acceptAndCompleteFirstThenRejectSecond(tasks);
    letOneLapse(rejected);
    finishTheRest();

    assertThat(floor.tasks(Task.Status.COMPLETED)).hasSize(11);
    assertThat(floor.tasks(Task.Status.CANCELED))
        .extracting(Task::getSid)
        .containsExactly(canceled.getSid());
    everyReservationWentToSomebodyWhomQueueAndStepAllow();
    theOtherTenantSeesNothingOfIt(tasks.getFirst());
  }

  private List<Task> createTwelveTasks() {
    return Stream.of(
            "{\"language\": \"es\"}",
            "{\"type\": \"claim\", \"amount\": 5000}",
            "{\"type\": \"chat\"}")
        .flatMap(attributes -> Stream.of(attributes, attributes, attributes, attributes))
        .map(attributes -> floor.task(workflow.getSid(), attributes))
        .toList();
  }

  private Task cancel(Task task) {
    var canceled =
        Task.updater(floor.workspace, task.getSid())
            .setAssignmentStatus(Task.Status.CANCELED)
            .setReason("Caller hung up")
            .update(floor.client);

    assertThat(canceled.getAssignmentStatus()).isEqualTo(Task.Status.CANCELED);
    assertThat(canceled.getReason()).isEqualTo("Caller hung up");
    assertThatThrownBy(() -> floor.complete(task.getSid(), "done"))
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> {
              assertThat(refused.getStatusCode()).isEqualTo(400);
              assertThat(refused.getCode()).isEqualTo(20001);
              assertThat(refused).hasMessageContaining("because it is not currently assigned.");
            });
    return canceled;
  }

  private Reservation acceptAndCompleteFirstThenRejectSecond(List<Task> tasks) {
    assertThat(floor.move(ana, floor.activity("Available")).getAvailable()).isTrue();
    var first = floor.awaitOffer(ana);
    assertThat(first.getTaskSid()).isEqualTo(tasks.getFirst().getSid());
    assertThat(floor.present(tasks.getFirst()).getAssignmentStatus())
        .isEqualTo(Task.Status.RESERVED);

    assertThat(floor.answer(first, Reservation.Status.ACCEPTED).getReservationStatus())
        .isEqualTo(Reservation.Status.ACCEPTED);
    assertThat(floor.present(tasks.getFirst()).getAssignmentStatus())
        .isEqualTo(Task.Status.ASSIGNED);
    assertThat(floor.complete(first.getTaskSid(), "solved").getAssignmentStatus())
        .isEqualTo(Task.Status.COMPLETED);
    assertThat(floor.present(first).getReservationStatus()).isEqualTo(Reservation.Status.COMPLETED);

    var second = floor.awaitOffer(ana);
    assertThat(second.getTaskSid()).isEqualTo(tasks.get(1).getSid());
    assertThat(floor.answer(second, Reservation.Status.REJECTED).getReservationStatus())
        .isEqualTo(Reservation.Status.REJECTED);
    return second;
  }

  /**
   * Ana lets her next offer lapse; Cleo, the only other one with Spanish, gets it and what Ana
   * rejected.
   */
  private void letOneLapse(Reservation rejected) {
    var lapsing = floor.awaitOffer(ana);
    assertThat(lapsing.getTaskSid()).isNotEqualTo(rejected.getTaskSid());

    floor.move(cleo, floor.activity("Available"));
    var cleos = floor.awaitOffer(cleo);
    assertThat(cleos.getTaskSid()).isEqualTo(rejected.getTaskSid());
    floor.answer(cleos, Reservation.Status.ACCEPTED);
    floor.complete(cleos.getTaskSid(), "solved");

    var served = new HashSet<String>();
    await("the offer to lapse and its task to reach the next worker")
        .atMost(PATIENCE)
        .until(
            () -> {
              floor.offer(cleo).ifPresent(offer -> served.add(serve(offer)));
              return served.contains(lapsing.getTaskSid());
            });
    assertThat(floor.present(lapsing).getReservationStatus()).isEqualTo(Reservation.Status.TIMEOUT);
    var moved = floor.present(ana);
    assertThat(moved.getActivityName()).isEqualTo("Offline");
    assertThat(moved.getAvailable()).isFalse();
  }

  private String serve(Reservation offer) {
    floor.answer(offer, Reservation.Status.ACCEPTED);
    floor.complete(offer.getTaskSid(), "solved");
    return offer.getTaskSid();
  }

  private void finishTheRest() {
    for (var worker : List.of(ana, ben, cleo)) {
      floor.move(worker, floor.activity("Available"));
    }
    await("all tasks to be over")
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              for (var worker : List.of(ana, ben, cleo)) {
                floor
                    .offer(worker)
                    .ifPresent(
                        offer -> {
                          floor.answer(offer, Reservation.Status.ACCEPTED);
                          floor.answer(offer, Reservation.Status.COMPLETED);
                        });
              }
              return floor.tasks(Task.Status.PENDING).isEmpty()
                  && floor.tasks(Task.Status.RESERVED).isEmpty();
            });
  }

  private void everyReservationWentToSomebodyWhomQueueAndStepAllow() {
    Map<String, Set<String>> allowed =
        Map.of(
            "{\"language\": \"es\"}", Set.of(ana.getSid(), cleo.getSid()),
            "{\"type\": \"claim\", \"amount\": 5000}", Set.of(ana.getSid(), cleo.getSid()),
            "{\"type\": \"chat\"}", Set.of(ana.getSid(), ben.getSid(), cleo.getSid()));
    var statuses = new HashMap<String, Integer>();
    for (var task : Floor.all(Task.reader(floor.workspace).setPageSize(5L).read(floor.client))) {
      var reservations = new ArrayList<com.twilio.rest.taskrouter.v1.workspace.task.Reservation>();
      com.twilio.rest.taskrouter.v1.workspace.task.Reservation.reader(
              floor.workspace, task.getSid())
          .read(floor.client)
          .forEach(reservations::add);
      for (var reservation : reservations) {
        assertThat(allowed.get(task.getAttributes())).contains(reservation.getWorkerSid());
        assertThat(reservation.getTaskSid()).isEqualTo(task.getSid());
        statuses.merge(reservation.getReservationStatus().toString(), 1, Integer::sum);
      }
    }
    assertThat(statuses).containsEntry("completed", 11).containsEntry("rejected", 1);
    assertThat(statuses.get("timeout")).isGreaterThanOrEqualTo(1);
  }

  private void theOtherTenantSeesNothingOfIt(Task task) {
    assertThat(Floor.all(Workspace.reader().read(other.client)))
        .extracting(Workspace::getSid)
        .containsExactly(other.workspace);
    assertThat(Floor.all(Task.reader(other.workspace).read(other.client))).isEmpty();
    assertThatThrownBy(() -> Task.fetcher(floor.workspace, task.getSid()).fetch(other.client))
        .isInstanceOfSatisfying(
            ApiException.class, refused -> assertThat(refused.getStatusCode()).isEqualTo(404));
    assertThatThrownBy(() -> Task.fetcher(other.workspace, task.getSid()).fetch(other.client))
        .isInstanceOfSatisfying(
            ApiException.class, refused -> assertThat(refused.getStatusCode()).isEqualTo(404));
  }

  private TwilioRestClient client(String sid, String token) {
    return RebasingHttpClient.client(URI.create("http://127.0.0.1:" + port), sid, token);
  }
}
