package dev.muster.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.chaos.Call.Act;
import dev.muster.chaos.Call.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The judge sees what is wrong. */
class VerdictsTest {

  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private final List<Call> calls = new ArrayList<>();
  private final List<Tables.Task> tasks = new ArrayList<>();
  private final List<Tables.Reservation> reservations = new ArrayList<>();
  private Map<String, List<List<String>>> processes = Map.of();
  private Absence absence = new Absence(Duration.ZERO, List.of(), 0, Duration.ZERO, Duration.ZERO);

  @Test
  void findsNothingWrongWithATaskThatWasCompleted() {
    called(Act.CREATE, "1", "WT1", Reply.DONE);
    called(Act.ACCEPT, "WR1", "WK1", Reply.DONE);
    called(Act.COMPLETE, "WT1", "WK1", Reply.DONE);
    task("WT1", 1, Kind.USUAL, "completed");
    reservation("WR1", "WT1", "WK1", "completed");

    assertThat(verdicts().all()).allSatisfy(verdict -> assertThat(verdict.broken()).isEmpty());
  }

  @Test
  void missesATaskThatWasAcknowledged() {
    called(Act.CREATE, "1", "WT1", Reply.DONE);

    assertThat(verdicts().acknowledgedTasksExist().broken()).hasSize(1);
  }

  @Test
  void doesNotMissATaskWhoseCreationWasNotAnswered() {
    called(Act.CREATE, "1", "", Reply.UNKNOWN);
    called(Act.CREATE, "2", "", Reply.UNKNOWN);
    task("WT2", 2, Kind.WAITS, "pending");

    assertThat(verdicts().acknowledgedTasksExist().broken()).isEmpty();
    assertThat(unasked()).isEmpty();
  }

  @Test
  void seesATaskThatWasMadeTwice() {
    called(Act.CREATE, "1", "WT1", Reply.DONE);
    task("WT1", 1, Kind.WAITS, "pending");
    task("WT2", 1, Kind.WAITS, "pending");

    assertThat(unasked()).singleElement().asString().contains("WT2");
  }

  @Test
  void seesATaskThatWasMadeAlthoughItWasRefused() {
    called(Act.CREATE, "1", "", Reply.REFUSED);
    task("WT1", 1, Kind.WAITS, "pending");

    assertThat(unasked()).hasSize(1);
  }

  @Test
  void seesAnAcceptanceThatWasTakenBack() {
    called(Act.ACCEPT, "WR1", "WK1", Reply.DONE);
    reservation("WR1", "WT1", "WK1", "timeout");

    assertThat(verdicts().acknowledgedChangesStand().broken()).hasSize(1);
  }

  @Test
  void seesAnAcceptanceThatOnlyARefusedCallAskedFor() {
    called(Act.ACCEPT, "WR1", "WK1", Reply.REFUSED);
    reservation("WR1", "WT1", "WK1", "accepted");

    assertThat(unasked()).hasSize(1);
  }

  @Test
  void seesATaskThatTwoWorkersHaveAccepted() {
    called(Act.ACCEPT, "WR1", "WK1", Reply.DONE);
    called(Act.ACCEPT, "WR2", "WK2", Reply.DONE);
    reservation("WR1", "WT1", "WK1", "accepted");
    reservation("WR2", "WT1", "WK2", "accepted");

    assertThat(verdicts().noTaskIsAcceptedTwice().broken()).hasSize(1);
  }

  @Test
  void seesATaskThatIsStuck() {
    task("WT1", 1, Kind.LAPSES, "reserved");

    assertThat(verdicts().tasksComeToRest().broken()).hasSize(1);
  }

  @Test
  void seesProcessesThatAreMissingDoubledStrayOrSomewhereElse() {
    task("WT1", 1, Kind.WAITS, "pending");
    task("WT2", 2, Kind.KEPT, "assigned");
    task("WT3", 3, Kind.USUAL, "completed");
    task("WT4", 4, Kind.OFFERED, "reserved");
    reservation("WR4", "WT4", "WK4", "pending");
    var queued = List.of("receiveTask_Queued");
    processes =
        Map.of(
            "WT2", List.of(queued),
            "WT3", List.of(queued, queued),
            "WT4", List.of(List.of("userTask_Reservation of WK5")),
            "WT5", List.of(queued));

    assertThat(verdicts().processesStandWhereTasksStand().broken()).hasSize(5);
  }

  @Test
  void knowsWhereProcessesAreToStand() {
    task("WT1", 1, Kind.WAITS, "pending");
    task("WT4", 4, Kind.OFFERED, "reserved");
    reservation("WR4", "WT4", "WK4", "pending");
    processes =
        Map.of(
            "WT1", List.of(List.of("receiveTask_Queued")),
            "WT4", List.of(List.of("userTask_Reservation of WK4")));

    assertThat(verdicts().processesStandWhereTasksStand().broken()).isEmpty();
  }

  @Test
  void complainsOfAnOfferThatCameLate() {
    var late = new Kill(Part.MUSTER, Duration.ofSeconds(9), Duration.ofSeconds(11));

    assertThat(verdicts(late).offersComeSoon().broken()).hasSize(1);
  }

  @Test
  void findsNothingWrongWithABrokerForWhichNobodyWaited() {
    away(creation(Reply.DONE, 4));

    assertThat(verdicts().nothingWaitsForTheBroker().broken()).isEmpty();
  }

  @Test
  void complainsOfCreationsThatWaitedForTheBrokerOrWereNotAcknowledged() {
    away(creation(Reply.DONE, 6), creation(Reply.REFUSED, 0), creation(Reply.UNKNOWN, 0));

    assertThat(verdicts().nothingWaitsForTheBroker().broken()).hasSize(3);
  }

  @Test
  void complainsOfOffersThatWaitedForTheBroker() {
    absence = new Absence(TEN_SECONDS, List.of(), 1, Duration.ofSeconds(6), Duration.ZERO);

    assertThat(verdicts().nothingWaitsForTheBroker().broken()).hasSize(1);
  }

  private void away(Call... creations) {
    absence = new Absence(TEN_SECONDS, List.of(creations), 1, Duration.ofSeconds(4), Duration.ZERO);
  }

  private static Call creation(Reply reply, int seconds) {
    return new Call(Act.CREATE, "1", "", reply, Instant.EPOCH, Instant.EPOCH.plusSeconds(seconds));
  }

  private List<String> unasked() {
    return verdicts().nothingHappensUnasked().broken();
  }

  private void called(Act act, String subject, String other, Reply reply) {
    calls.add(new Call(act, subject, other, reply, Instant.EPOCH, Instant.EPOCH));
  }

  private void task(String sid, long number, Kind kind, String status) {
    tasks.add(new Tables.Task(sid, number, kind, status, ""));
  }

  private void reservation(String sid, String task, String worker, String status) {
    reservations.add(new Tables.Reservation(sid, task, worker, status));
  }

  private Verdicts verdicts(Kill... kills) {
    var history = new History();
    calls.forEach(history::note);
    return new Verdicts(
        new Evidence(
            history,
            tasks,
            reservations,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new Whereabouts(processes, 0, List.of(), List.of()),
            List.of(kills),
            absence));
  }
}
