package dev.muster.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each part is killed once under load, and the broker then left away for a moment; {@code make
 * chaos} does more of it.
 */
class ChaosTest {

  private static Evidence evidence;
  private static Verdicts verdicts;

  @BeforeAll
  static void kill(@TempDir Path folder) throws Exception {
    var settings =
        new ChaosSettings(
            RandomGenerator.getDefault().nextInt(1, Integer.MAX_VALUE),
            1,
            20,
            Duration.ofSeconds(20),
            Duration.ofSeconds(3),
            Optional.empty());
    System.out.println("Seed " + settings.seed());
    evidence = Trial.run(settings, folder, System.out::println);
    verdicts = new Verdicts(evidence);
  }

  @Test
  void losesNoAcknowledgedTask() {
    kept(verdicts.acknowledgedTasksExist());
  }

  @Test
  void bringsEveryTaskToItsEndOrLetsItWaitWhereItIsMeantTo() {
    kept(verdicts.tasksComeToRest());
  }

  @Test
  void takesNoAcknowledgedChangeBack() {
    kept(verdicts.acknowledgedChangesStand());
  }

  @Test
  void doesNothingTwiceNorUnasked() {
    kept(verdicts.nothingHappensUnasked());
  }

  @Test
  void offersNoTaskToTwoWorkersAtOnce() {
    kept(verdicts.noTaskIsWithTwoWorkers());
  }

  @Test
  void letsNoTaskBeAcceptedTwice() {
    kept(verdicts.noTaskIsAcceptedTwice());
  }

  @Test
  void keepsEventsWithoutGapsAndWorkersUnitsRight() {
    kept(verdicts.booksAreInOrder());
  }

  /** How long a part takes to start is this machine's affair, which may be busy with others. */
  @Test
  void offersAgainWithinTenSecondsOnceThePartIsBack() {
    assertThat(evidence.kills())
        .hasSize(3)
        .allSatisfy(
            kill -> assertThat(kill.offered().minus(kill.ready())).isLessThan(Verdicts.SOON));
  }

  @Test
  void hasEveryProcessWhereItsTaskIsOnceTheEngineWasToldEverything() {
    kept(verdicts.processesStandWhereTasksStand());
  }

  @Test
  void takesInAndOffersTasksWhileTheBrokerIsAway() {
    kept(verdicts.nothingWaitsForTheBroker());
    assertThat(evidence.absence().created()).isPositive();
    assertThat(evidence.absence().offers()).isPositive();
  }

  private static void kept(Verdict verdict) {
    assertThat(verdict.checked()).isPositive();
    assertThat(verdict.broken()).as(verdict.promise()).isEmpty();
  }
}
