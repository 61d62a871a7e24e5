package dev.muster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.given.TwoTenantsTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.TaskScheduler;

class SchedulingTest extends TwoTenantsTest {

  @Autowired TaskScheduler scheduler;

  @Test
  void aStepThatTakesLongHoldsUpNoOther() throws InterruptedException {
    var steps = new ArrayList<ScheduledFuture<?>>();
    var begun = new CountDownLatch(1);
    var over = new CountDownLatch(1);
    var otherTurns = new CountDownLatch(2);
    try {
      steps.add(
          scheduler.scheduleWithFixedDelay(
              () -> {
                begun.countDown();
                await(over);
              },
              Duration.ofMillis(1)));
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      steps.add(scheduler.scheduleWithFixedDelay(otherTurns::countDown, Duration.ofMillis(1)));

      assertThat(otherTurns.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(over.getCount()).isEqualTo(1);
    } finally {
      over.countDown();
      steps.forEach(step -> step.cancel(false));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException canceled) {
      Thread.currentThread().interrupt();
    }
  }
}
