package dev.muster.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.proof.OfferedTask.Call;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The checker tells histories that can be explained from those that cannot. */
class LinearizabilityTest {

  private static final OfferedTask TO_ANNA_AND_BEN = new OfferedTask(List.of(List.of("A", "B")));

  @Test
  void explainsCallsOneAfterTheOther() {
    assertThat(
            refutation(
                call("A", "rejected", 0, 1, Reply.OK),
                call("B", "accepted", 2, 3, Reply.OK),
                call("B", "completed", 4, 5, Reply.OK),
                call("B", "wrapping", 6, 7, Reply.REFUSED)))
        .isEmpty();
  }

  @Test
  void explainsOverlappingCallsByAnOrderThatTheirAnswersTell() {
    assertThat(
            refutation(
                call("A", "accepted", 0, 10, Reply.GONE),
                call(null, "completed", 1, 9, Reply.OK),
                call("B", "accepted", 2, 8, Reply.OK),
                call("B", "rejected", 3, 7, Reply.REFUSED),
                call(null, "canceled", 4, 6, Reply.REFUSED)))
        .isEmpty();
  }

  @Test
  void refusesTwoAcceptancesOfOneTask() {
    var second = call("B", "accepted", 1, 4, Reply.OK);

    assertThat(refutation(call("A", "accepted", 0, 3, Reply.OK), second)).contains(second);
  }

  @Test
  void refusesAnAnswerThatForetellsALaterCall() {
    var early = call("B", "accepted", 0, 1, Reply.GONE);

    assertThat(refutation(early, call("A", "accepted", 2, 3, Reply.OK))).contains(early);
  }

  @Test
  void refusesAnAnswerThatHasMissedAnEarlierCall() {
    var late = call(null, "canceled", 2, 3, Reply.OK);

    assertThat(refutation(call("A", "accepted", 0, 1, Reply.OK), late)).contains(late);
  }

  @Test
  void refusesAnotherCodeThanTheOneThatIsSpecified() {
    var wrong = call("B", "accepted", 2, 3, Reply.REFUSED);

    assertThat(refutation(call("A", "accepted", 0, 1, Reply.OK), wrong)).contains(wrong);
  }

  @Test
  void refusesAHistoryThatNeedsOneCallBothBeforeAndAfterAnother() {
    var accepted = call("A", "accepted", 0, 10, Reply.OK);
    var gone = call("B", "accepted", 1, 2, Reply.GONE);
    var rejected = call("B", "rejected", 3, 4, Reply.OK);

    assertThat(refutation(accepted, gone, rejected)).contains(rejected);
  }

  @Test
  void offersATaskAgainThatEverybodyDeclined() {
    var twice = new OfferedTask(List.of(List.of("A"), List.of("B")));

    assertThat(
            Linearizability.refutation(
                List.of(
                    call("A", "rejected", 0, 1, Reply.OK),
                    call("B", "accepted", 2, 3, Reply.OK),
                    call("A", "accepted", 4, 5, Reply.REFUSED)),
                twice))
        .isEmpty();
  }

  @Test
  void staysFastWithManyCallsUnderWayAtOnce() {
    var calls = new ArrayList<Call>();
    calls.add(call("A", "accepted", 0, 1000, Reply.OK));
    for (var i = 1; i <= 200; i++) {
      calls.add(call("B", "accepted", i, 1000 - i, Reply.GONE));
      calls.add(call("A", "completed", i, 1000 - i, i == 100 ? Reply.OK : Reply.REFUSED));
    }
    Collections.shuffle(calls, new Random(1));

    assertThat(Linearizability.refutation(calls, TO_ANNA_AND_BEN)).isEmpty();
  }

  private static Optional<Call> refutation(Call... history) {
    return Linearizability.refutation(List.of(history), TO_ANNA_AND_BEN);
  }

  private static Call call(
      String reservation, String wanted, long invokedAt, long answeredAt, Reply reply) {
    return new Call(0, 0, "T", reservation, wanted, invokedAt, answeredAt, reply);
  }
}
