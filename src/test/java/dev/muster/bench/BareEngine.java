package dev.muster.bench;

import dev.muster.local.CamundaServer;
import dev.muster.web.Sid;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientStatusException;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * How many lifecycles per second the engine can be told about by a client that does nothing else:
 * the same process and the same messages as from Muster, as many under way at once.
 */
final class BareEngine {

  private static final int IN_FLIGHT = 64;
  private static final Duration MESSAGE_TIME_TO_LIVE = Duration.ofMinutes(2);
  private static final long BACKOFF_NANOS = Duration.ofMillis(50).toNanos();

  private final CamundaClient client;
  private final Duration workerPause;
  private final Semaphore inFlight = new Semaphore(IN_FLIGHT);
  private final AtomicLong commands = new AtomicLong();
  private final Map<Long, Long> untold = new ConcurrentHashMap<>();

  private BareEngine(CamundaClient client, Duration workerPause) {
    this.client = client;
    this.workerPause = workerPause;
  }

  static SteadyRate.Held measure(
      CamundaServer camunda, CpuUse processors, BenchSettings settings, Consumer<String> progress) {
    try (var client = client(camunda)) {
      client.newDeployResourceCommand().addResourceFromClasspath("bpmn/task.bpmn").send().join();
      var engine = new BareEngine(client, settings.workerPause());
      try (var pace = new Pace(engine::lifecycle)) {
        var search = new SteadyRate(pace, engine::lag, processors, progress);
        var held = search.find(settings.step(), settings.engineSpan());
        pace.firstError().ifPresent(error -> progress.accept("first error: " + error));
        return held;
      }
    }
  }

  private static CamundaClient client(CamundaServer camunda) {
    return CamundaClient.newClientBuilder()
        .grpcAddress(camunda.grpcAddress())
        .restAddress(camunda.restAddress())
        .preferRestOverGrpc(false)
        .build();
  }

  private void lifecycle() {
    var task = Sid.next("WT");
    start(task);
    LockSupport.parkNanos(workerPause.toNanos());
    move(task, 3, "assigned");
    LockSupport.parkNanos(workerPause.toNanos());
    move(task, 4, "ended");
  }

  /** Starts the process of a task that is offered already, as Muster does. */
  private void start(String task) {
    publish(
        "task-created",
        task,
        task,
        Duration.ZERO,
        Map.of(
            "workspaceSid",
            Sid.next("WS"),
            "taskSid",
            task,
            "stage",
            "offered",
            "until",
            Instant.now().plusSeconds(120).toString(),
            "reservations",
            List.of(
                Map.of(
                    "sid", Sid.next("WR"),
                    "worker", Sid.next("WK"),
                    "queue", Sid.next("WQ")))));
  }

  private void move(String task, int version, String stage) {
    publish("task-moved", task, task + "-" + version, MESSAGE_TIME_TO_LIVE, Map.of("stage", stage));
  }

  private void publish(
      String name, String task, String id, Duration timeToLive, Map<String, Object> variables) {
    var number = commands.getAndIncrement();
    untold.put(number, System.nanoTime());
    inFlight.acquireUninterruptibly();
    try {
      while (!accepted(name, task, id, timeToLive, variables)) {
        LockSupport.parkNanos(BACKOFF_NANOS);
      }
    } finally {
      inFlight.release();
      untold.remove(number);
    }
  }

  /** Whether the engine took it; otherwise it asks for patience. */
  private boolean accepted(
      String name, String task, String id, Duration timeToLive, Map<String, Object> variables) {
    try {
      client
          .newPublishMessageCommand()
          .messageName(name)
          .correlationKey(task)
          .messageId(id)
          .timeToLive(timeToLive)
          .variables(variables)
          .send()
          .join();
      return true;
    } catch (ClientStatusException e) {
      if (e.getStatusCode() == Status.Code.RESOURCE_EXHAUSTED) {
        return false;
      }
      throw e;
    }
  }

  /** The age of the oldest message that the engine has not taken. */
  private Duration lag() {
    var now = System.nanoTime();
    return untold.values().stream()
        .min(Comparator.comparingLong(since -> since - now))
        .map(since -> Duration.ofNanos(now - since))
        .orElse(Duration.ZERO);
  }
}
