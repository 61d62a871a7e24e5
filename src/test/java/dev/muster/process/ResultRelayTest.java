package dev.muster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.process.Desk.Given;
import io.grpc.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@TestInstance(Lifecycle.PER_CLASS)
class ResultRelayTest {

  private final AtomicLong jobs = new AtomicLong(4711);
  private final ScriptedGateway gateway = new ScriptedGateway();
  private ConfigurableApplicationContext node;
  private Desk desk;
  private ResultRelay relay;

  @BeforeAll
  void startANode() {
    var properties = new HashMap<String, Object>(gateway.properties());
    properties.putAll(
        Map.of("muster.process.request-timeout", "200ms", "muster.process.lease", "1s"));
    node = ProcessSlice.start(properties);
    desk = node.getBean(Desk.class);
    relay = node.getBean(ResultRelay.class);
  }

  @AfterAll
  void stop() {
    node.close();
    gateway.close();
  }

  @AfterEach
  void letTheGatewayBeWell() {
    gateway.jobs = Status.OK;
  }

  @Test
  void endsTheJobWithWhatBecameOfItsTask() {
    var task = desk.create();
    desk.become(task, "completed");
    var job = handed(task);

    await().until(() -> isEndedAfterARound(job));
    assertThat(gateway.ended.get(job))
        .contains("\"taskSid\":\"%s\"".formatted(task.task()), "\"status\":\"completed\"");
    await().until(() -> isToldAfterARound(job));
  }

  @Test
  void endsTheJobOfACanceledTaskWithAnError() {
    var task = desk.create();
    desk.become(task, "canceled");
    var job = handed(task);

    await().until(() -> isEndedAfterARound(job));
    assertThat(gateway.ended.get(job)).startsWith("TASK_CANCELED Task " + task.task());
  }

  @Test
  void countsADeletedTaskAsCanceled() {
    var task = desk.create();
    sql("DELETE FROM task WHERE sid = '%s'".formatted(task.task()));
    var job = handed(task);

    await().until(() -> isEndedAfterARound(job));
    assertThat(gateway.ended.get(job)).startsWith("TASK_CANCELED");
  }

  @Test
  void triesAgainWhenTheLeaseIsOverAndNotBefore() {
    gateway.jobs = Status.UNAVAILABLE;
    gateway.completions.set(0);
    var task = desk.create();
    desk.become(task, "completed");
    var job = handed(task);

    relay.round();
    await().until(() -> gateway.completions.get() == 1);
    relay.round();
    relay.round();
    gateway.jobs = Status.OK;
    await()
        .until(
            () -> {
              relay.round();
              return gateway.ended.containsKey(job);
            });

    assertThat(gateway.completions.get()).isEqualTo(2);
  }

  @Test
  void forgetsAJobThatIsGone() {
    gateway.jobs = Status.NOT_FOUND;
    var task = desk.create();
    desk.become(task, "completed");
    var job = handed(task);

    relay.round();

    await().until(() -> isToldAfterARound(job));
  }

  @Test
  void isAnIncidentIfTheEngineRefusesTheResult() {
    gateway.jobs = Status.INVALID_ARGUMENT;
    var task = desk.create();
    desk.become(task, "completed");
    var job = handed(task);

    relay.round();

    await().until(() -> isToldAfterARound(job));
    assertThat(gateway.failed.get(job))
        .isEqualTo(
            "0 Expected the engine to take what became of task %s, but it refuses it"
                .formatted(task.task()));
  }

  /** A call that takes too long on a busy machine is made again by a later round. */
  private boolean isEndedAfterARound(long job) {
    relay.round();
    return gateway.ended.containsKey(job);
  }

  private boolean isToldAfterARound(long job) {
    relay.round();
    return node.getBean(JdbcClient.class)
        .sql("SELECT told_at IS NOT NULL FROM handed_task WHERE job_key = :job")
        .param("job", job)
        .query(Boolean.class)
        .single();
  }

  /** A job that waits for the task, which is over. */
  private long handed(Given task) {
    var job = jobs.incrementAndGet();
    sql(
        """
        INSERT INTO handed_task (job_key, workspace_sid, task_sid, ended_at)
        VALUES (%d, '%s', '%s', now())
        """
            .formatted(job, task.workspace(), task.task()));
    return job;
  }

  private void sql(String statement) {
    node.getBean(JdbcClient.class).sql(statement).update();
  }
}
