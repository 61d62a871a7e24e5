package dev.muster.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.TaskChannel;
import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import dev.muster.rules.Attributes;
import dev.muster.rules.Expression;
import dev.muster.web.IfMatch;
import dev.muster.web.PageRequest;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import dev.muster.worker.NewWorker;
import dev.muster.worker.Worker;
import dev.muster.worker.WorkerChange;
import dev.muster.worker.WorkerFilter;
import dev.muster.worker.WorkerList;
import dev.muster.worker.WorkerSid;
import dev.muster.worker.Workers;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.WorkspaceSid;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** After whatever happened, membership is what evaluation from scratch says. */
class MembershipTest extends TwoTenantsTest {

  private static final PageRequest ALL = new PageRequest(1000, 0, null, null);
  private static final int THREADS = 8;
  private static final int STEPS = 60;

  @Autowired Workers workers;
  @Autowired WorkerList workerList;
  @Autowired TaskQueues queues;
  @Autowired QueueList queueList;

  List<ActivitySid> activities;

  @BeforeEach
  void given() {
    activities =
        List.of(
            ActivitySid.of(ours.activity("Available")), ActivitySid.of(ours.activity("Offline")));
  }

  @Test
  void holdsAfterEveryOneOfManyRandomChanges() {
    var seed = seed();
    var random = new Random(seed);
    for (var step = 0; step < 150; step++) {
      change(ours.workspaceSid(), random);
      assertThat(members(ours)).as("seed %d, step %d", seed, step).isEqualTo(evaluated(ours));
    }
  }

  @Test
  void holdsAfterRandomChangesThatCollide() throws Exception {
    var seed = seed();
    var shifts =
        IntStream.range(0, THREADS)
            .<Callable<Void>>mapToObj(thread -> () -> shift(thread, new Random(seed * 31 + thread)))
            .toList();

    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<Void> shift : threads.invokeAll(shifts)) {
        shift.get();
      }
    }

    assertThat(members(ours)).as("seed %d", seed).isEqualTo(evaluated(ours));
    assertThat(members(theirs)).as("seed %d", seed).isEqualTo(evaluated(theirs));
    assertThat(staleChannels()).as("seed %d", seed).isZero();
    assertThat(missingChannels()).as("seed %d", seed).isZero();
  }

  private Void shift(int thread, Random random) {
    for (var step = 0; step < STEPS; step++) {
      if (step % STEPS == STEPS / 2) {
        TaskChannel.creator(ours.workspace(), "More", "more" + thread).create(ours.client());
      }
      change(random.nextInt(5) == 0 ? theirs.workspaceSid() : ours.workspaceSid(), random);
    }
    return null;
  }

  private static long seed() {
    var seed = System.nanoTime();
    System.out.println("MembershipTest seed " + seed);
    return seed;
  }

  /** One random change; that another thread was faster is part of the game. */
  private void change(WorkspaceSid workspace, Random random) {
    try {
      switch (random.nextInt(20)) {
        case 0, 1, 2, 3 -> createWorker(workspace, random);
        case 4, 5, 6, 7, 8, 9 -> changeWorker(workspace, random);
        case 10, 11 -> moveWorker(workspace, random);
        case 12 -> deleteWorker(workspace, random);
        case 13, 14, 15 -> createQueue(workspace, random);
        case 16, 17, 18 -> changeQueue(workspace, random);
        default -> deleteQueue(workspace, random);
      }
    } catch (Refused refused) {
      assertThat(refused.refusal())
          .as(refused.getMessage())
          .isIn(Refusal.NOT_FOUND, Refusal.INVALID);
      if (refused.refusal() == Refusal.INVALID) {
        assertThat(refused).hasMessageContaining("same friendly name");
      }
    }
  }

  private void createWorker(WorkspaceSid workspace, Random random) {
    workers.create(workspace, new NewWorker("W" + random.nextInt(40), attributes(random), null));
  }

  private void changeWorker(WorkspaceSid workspace, Random random) {
    var change = new WorkerChange(null, attributes(random), null, false);
    workers.update(workspace, anyWorker(workspace, random), change, new IfMatch.Any());
  }

  private void moveWorker(WorkspaceSid workspace, Random random) {
    var activity = activities.get(random.nextInt(2));
    if (workspace.equals(ours.workspaceSid())) {
      workers.moveTo(workspace, anyWorker(workspace, random), activity, clock.instant());
    }
  }

  private void deleteWorker(WorkspaceSid workspace, Random random) {
    workers.delete(workspace, anyWorker(workspace, random), new IfMatch.Any());
  }

  private void createQueue(WorkspaceSid workspace, Random random) {
    var name = "Q" + random.nextInt(20);
    queues.create(workspace, new QueueSettings(name, expression(random), null, null, null, null));
  }

  private void changeQueue(WorkspaceSid workspace, Random random) {
    queues.update(
        workspace,
        anyQueue(workspace, random),
        new QueueSettings(null, expression(random), null, null, null, null));
  }

  private void deleteQueue(WorkspaceSid workspace, Random random) {
    queues.delete(workspace, anyQueue(workspace, random));
  }

  private static String attributes(Random random) {
    return "{\"level\":%d,\"skills\":[\"s%d\",\"s%d\"],\"site\":\"%s\"}"
        .formatted(random.nextInt(5), random.nextInt(4), random.nextInt(4), random.nextInt(3));
  }

  private static String expression(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> "";
      case 1 -> "1==1";
      case 2 -> "level > " + random.nextInt(5);
      case 3 -> "skills HAS 's%d'".formatted(random.nextInt(4));
      case 4 -> "site == %d OR NOT (level < 3)".formatted(random.nextInt(3));
      default -> "site IN ['0', '1'] AND skills HAS 's%d'".formatted(random.nextInt(4));
    };
  }

  private WorkerSid anyWorker(WorkspaceSid workspace, Random random) {
    var all = workerList.page(workspace, WorkerFilter.NONE, ALL).items();
    return all.isEmpty() ? sidOfNobody() : all.get(random.nextInt(all.size())).sid();
  }

  private TaskQueueSid anyQueue(WorkspaceSid workspace, Random random) {
    var all = queueList.page(workspace, QueueFilter.NONE, ALL).items();
    return all.isEmpty() ? TaskQueueSid.next() : all.get(random.nextInt(all.size())).sid();
  }

  private static WorkerSid sidOfNobody() {
    return WorkerSid.of("WK" + "0".repeat(32));
  }

  private Set<String> members(Given tenant) {
    return Set.copyOf(
        jdbc.sql(
                "SELECT task_queue_sid || ' ' || worker_sid FROM queue_member WHERE workspace_sid = ?")
            .param(tenant.workspace())
            .query(String.class)
            .list());
  }

  private Set<String> evaluated(Given tenant) {
    var all = workerList.page(tenant.workspaceSid(), WorkerFilter.NONE, ALL).items();
    var found = new HashSet<String>();
    for (var queue : queueList.page(tenant.workspaceSid(), QueueFilter.NONE, ALL).items()) {
      all.stream()
          .filter(worker -> isMember(queue, worker))
          .forEach(worker -> found.add(queue.sid() + " " + worker.sid()));
    }
    return found;
  }

  private static boolean isMember(TaskQueue queue, Worker worker) {
    return !queue.targetWorkers().isEmpty()
        && Expression.parse(queue.targetWorkers()).test(Attributes.parse(worker.attributes()));
  }

  private int missingChannels() {
    return jdbc.sql(
            """
            SELECT count(*) FROM worker w
            JOIN task_channel t ON t.workspace_sid = w.workspace_sid
            LEFT JOIN worker_channel c ON c.workspace_sid = w.workspace_sid
              AND c.worker_sid = w.sid AND c.task_channel_sid = t.sid
            WHERE c.sid IS NULL
            """)
        .query(Integer.class)
        .single();
  }

  private int staleChannels() {
    return jdbc.sql(
            """
            SELECT count(*) FROM worker w
            JOIN worker_channel c ON c.workspace_sid = w.workspace_sid AND c.worker_sid = w.sid
            WHERE c.worker_available <> w.available
            """)
        .query(Integer.class)
        .single();
  }
}
