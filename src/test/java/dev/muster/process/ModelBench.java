package dev.muster.process;

import dev.muster.local.LocalCamunda;
import dev.muster.web.Sid;
import io.camunda.client.CamundaClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/**
 * What the model alone costs the broker: whole lives of tasks (created, offered, assigned, ended)
 * per second, without PostgreSQL and without job workers.
 *
 * <p>Not part of the build: {@code LIVES=2000 AT_ONCE=24
 * MUSTER_CAMUNDA_OPTS=-XX:TieredStopAtLevel=4 mvn test -Dtest=ModelBench}. Commands that the broker
 * turns down are sent again.
 */
final class ModelBench {

  private static final int LIVES = setting("LIVES", 2000);
  private static final int AT_ONCE = setting("AT_ONCE", 24);

  private final Semaphore window = new Semaphore(AT_ONCE);
  private final AtomicInteger rejected = new AtomicInteger();
  private CamundaClient client;

  @Test
  void livesPerSecond() throws IOException, InterruptedException {
    try (var broker = LocalCamunda.throwAway()) {
      broker.start();
      try (var connected =
          CamundaClient.newClientBuilder()
              .grpcAddress(broker.grpcAddress())
              .preferRestOverGrpc(false)
              .build()) {
        client = connected;
        deploy();
        run(LIVES / 2);
        drain();
        var began = System.nanoTime();
        run(LIVES);
        drain();
        var seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
            "%d lives, %d at once: %.0f/s, %d commands turned down%n",
            LIVES, AT_ONCE, LIVES / seconds, rejected.get());
      }
    }
  }

  private void deploy() throws IOException {
    client
        .newDeployResourceCommand()
        .addResourceBytes(
            new ClassPathResource(TaskProcess.MODEL).getContentAsByteArray(), TaskProcess.MODEL)
        .send()
        .join();
  }

  private void run(int lives) throws InterruptedException {
    var left = new CountDownLatch(lives);
    for (int i = 0; i < lives; i++) {
      window.acquire();
      live(Sid.next("WT"))
          .whenComplete(
              (done, failure) -> {
                window.release();
                left.countDown();
              });
    }
    left.await();
  }

  private CompletionStage<Reply> live(String task) {
    var later = Instant.now().plusSeconds(120);
    var offer = new Stage.Offer(Sid.next("WR"), Sid.next("WK"), Sid.next("WQ"));
    var first = new HashMap<>(new Stage.Queued(later, Stage.Over.TASK).variables());
    first.put(TaskProcess.TASK_SID, task);
    first.put(TaskProcess.WORKSPACE_SID, Sid.next("WS"));
    return publish(TaskProcess.TASK_CREATED, task, Duration.ZERO, first)
        .thenCompose(done -> move(task, new Stage.Offered(List.of(offer), later)))
        .thenCompose(done -> move(task, new Stage.Assigned(later)))
        .thenCompose(done -> move(task, new Stage.Ended()));
  }

  private CompletionStage<Reply> move(String task, Stage stage) {
    return publish(TaskProcess.TASK_MOVED, task, Duration.ofMinutes(2), stage.variables());
  }

  private CompletionStage<Reply> publish(
      String name, String task, Duration timeToLive, Map<String, Object> variables) {
    return client
        .newPublishMessageCommand()
        .messageName(name)
        .correlationKey(task)
        .timeToLive(timeToLive)
        .variables(variables)
        .send()
        .handle((done, failure) -> Reply.of(failure))
        .thenCompose(
            reply -> {
              if (reply == Reply.DONE) {
                return CompletableFuture.completedStage(reply);
              }
              rejected.incrementAndGet();
              return CompletableFuture.supplyAsync(
                      () -> reply, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS))
                  .thenCompose(again -> publish(name, task, timeToLive, variables));
            });
  }

  /** The broker has done what it accepted when it has answered commands sent after it. */
  private void drain() {
    for (int i = 0; i < 20; i++) {
      publish("nothing", "x", Duration.ZERO, Map.of()).toCompletableFuture().join();
    }
  }

  private static int setting(String name, int otherwise) {
    return Integer.parseInt(System.getenv().getOrDefault(name, Integer.toString(otherwise)));
  }
}
