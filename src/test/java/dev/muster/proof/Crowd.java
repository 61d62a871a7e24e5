package dev.muster.proof;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Clients who all do at random what they like, on two nodes and in the workspaces of two tenants.
 * Each looks at the state after each of its deeds.
 */
final class Crowd implements AutoCloseable {

  /** Whoever comes too late or asks for what cannot be is told so, and in no other way. */
  private static final Set<Reply> POSSIBLE =
      Set.of(
          Reply.OK,
          Reply.CREATED,
          Reply.DELETED,
          Reply.REFUSED,
          Reply.NOT_FOUND,
          Reply.GONE,
          Reply.STALE);

  private static final int PLANNED_AT_ONCE = 100;

  private final TwoNodes muster;
  private final Site ours;
  private final Site theirs;
  private final List<Member> members = new ArrayList<>();
  private final ExecutorService threads;
  private int shifts;

  Crowd(TwoNodes muster, long seed, int size) throws SQLException {
    this.muster = muster;
    this.ours = muster.open(true);
    this.theirs = muster.open(false);
    for (var i = 0; i < size; i++) {
      members.add(new Member(i % muster.nodes.size(), new Random(seed * 31 + i)));
    }
    this.threads = Executors.newFixedThreadPool(size);
  }

  List<Site> sites() {
    return List.of(ours, theirs);
  }

  /** Everybody does so many deeds; returns after the last of them was answered. */
  void work(int deeds) throws Exception {
    shifts++;
    List<Callable<Void>> shifts =
        members.stream()
            .<Callable<Void>>map(
                member ->
                    () -> {
                      member.work(deeds);
                      return null;
                    })
            .toList();
    for (Future<Void> shift : threads.invokeAll(shifts)) {
      shift.get();
    }
  }

  private final class Member {

    private final int node;
    private final Random random;
    private final Snapshots snapshots;
    private final Queue<Act> plans = new ArrayDeque<>();

    Member(int node, Random random) throws SQLException {
      this.node = node;
      this.random = random;
      this.snapshots = new Snapshots(muster.database);
    }

    void work(int deeds) {
      for (var i = 0; i < deeds; i++) {
        if (plans.isEmpty()) {
          plans.addAll(Act.random(random, PLANNED_AT_ONCE));
        }
        play(plans.remove());
      }
    }

    private void play(Act act) {
      var site = act.ours() ? ours : theirs;
      var present = snapshots.of(site.workspace());
      Invariants.check(site, present);
      var planned = act.in(site, present, muster.clock.instant());
      var deed = askingMore(site, takingAllAlong(planned));
      switch (deed) {
        case Deed.Call call -> {
          var foreign = call instanceof Deed.Trespass;
          var client = muster.client(act.ours() != foreign, node);
          var answer = client.send(call.request(site));
          Violation.unless(
              foreign ? answer.reply().equals(Reply.NOT_FOUND) : POSSIBLE.contains(answer.reply()),
              "an answer that cannot be",
              deed,
              answer);
        }
        case Deed.Happening happening -> muster.nodes.get(node).happen(site, happening);
      }
    }
  }

  /** Nobody publishes a version only for tasks to come, so that none that waits is of a former. */
  private static Deed takingAllAlong(Deed deed) {
    return deed instanceof Deed.EditWorkflow edit
        ? new Deed.EditWorkflow(edit.instructions(), true)
        : deed;
  }

  /** Whoever edits a queue in one shift says the same, so nobody takes back what others may use. */
  private Deed askingMore(Site site, Deed deed) {
    return deed instanceof Deed.EditQueue edit
        ? new Deed.EditQueue(
            edit.queue(),
            edit.targetWorkers(),
            edit.order(),
            Math.min(site.queues().indexOf(edit.queue()) + 1 + shifts, Act.MOST_WORKERS))
        : deed;
  }

  @Override
  public void close() throws SQLException {
    threads.shutdownNow();
    for (var member : members) {
      member.snapshots.close();
    }
    sites().forEach(Site::close);
  }
}
