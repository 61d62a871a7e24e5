package dev.muster.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.given.TwoTenantsTest;
import dev.muster.statistics.Figures.Tally;
import dev.muster.statistics.Waits.End;
import dev.muster.statistics.Waits.Since;
import dev.muster.web.Sid;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The tallies and a straight count over the events are the same, whatever commits when. */
class RollUpTest extends TwoTenantsTest {

  private static final List<String> TYPES =
      List.of(
          "task.created",
          "task.canceled",
          "task.completed",
          "task-queue.entered",
          "task-queue.moved",
          "workflow.entered",
          "workflow.target-matched",
          "reservation.created",
          "reservation.accepted",
          "reservation.rejected",
          "reservation.completed");

  private record Recorded(
      String workspace,
      String type,
      Instant at,
      String queue,
      String workflow,
      @Nullable String worker,
      String channel,
      @Nullable Long millis,
      @Nullable Long inQueue,
      boolean handedOn) {

    boolean concerns(String subject) {
      return Stream.of(workspace, queue, workflow, String.valueOf(worker))
          .anyMatch(subject::equals);
    }
  }

  @Autowired RollUps rollUps;
  @Autowired Tallies tallies;
  @Autowired WaitTallies waitTallies;
  @Autowired DataSource database;

  private final List<String> queues = sids("WQ", 3);
  private final List<String> workflows = sids("WW", 2);
  private final List<String> workers = sids("WK", 4);
  private final List<String> channels = sids("TC", 2);
  private Instant now;

  @BeforeEach
  void stopBetweenMinutes() {
    now = Instant.parse("2026-10-05T12:34:56.789Z");
    clock.stopAt(now);
  }

  @Test
  void agreesWithAStraightCount() throws SQLException {
    var seed = System.nanoTime();
    System.out.println("RollUpTest seed: " + seed);
    var random = new Random(seed);
    var recorded = new ArrayList<Recorded>();
    var open = new ArrayList<Connection>();
    for (var i = 0; i < 300; i++) {
      if (open.size() < 5) {
        open.add(begin());
      }
      var connection = open.get(random.nextInt(open.size()));
      for (var n = random.nextInt(12); n >= 0; n--) {
        var event = event(random);
        recorded.add(event);
        write(connection, event);
      }
      if (random.nextInt(3) == 0) {
        commit(connection);
        open.remove(connection);
      }
      if (random.nextInt(10) == 0) {
        rollUps.run();
      }
    }
    for (var connection : open) {
      commit(connection);
    }

    for (var i = 0; i < 60; i++) {
      if (i == 30) {
        rollUpAll();
      }
      compare(question(random), recorded, seed);
    }
  }

  @Test
  void missesNothingThatCommitsLateAndCountsNothingTwice() throws SQLException {
    var random = new Random(1);
    var question =
        new Question(ours.workspaceSid(), new Window(now.minusSeconds(60), now), null, List.of());
    var late = begin();
    write(late, created(random));
    var early = begin();
    write(early, created(random));
    commit(early);

    rollUps.run();
    assertThat(created(question)).isEqualTo(1);
    commit(late);
    assertThat(created(question)).isEqualTo(2);
    rollUpAll();
    assertThat(created(question)).isEqualTo(2);
    rollUps.run();
    assertThat(created(question)).isEqualTo(2);
  }

  @Test
  void partsAWindowIntoSpansAsLongAsPossible() {
    var window =
        new Window(Instant.parse("2026-10-01T22:58:30Z"), Instant.parse("2026-10-04T01:01:00Z"));

    assertThat(window.wholes(Span.MINUTE))
        .extracting(piece -> "%s %s %s".formatted(piece.span(), piece.begins(), piece.ends()))
        .containsExactly(
            "minute 2026-10-01T22:59:00Z 2026-10-01T23:00:00Z",
            "hour 2026-10-01T23:00:00Z 2026-10-02T00:00:00Z",
            "day 2026-10-02T00:00:00Z 2026-10-04T00:00:00Z",
            "hour 2026-10-04T00:00:00Z 2026-10-04T01:00:00Z",
            "minute 2026-10-04T01:00:00Z 2026-10-04T01:01:00Z");
    assertThat(window.edges(Span.MINUTE))
        .extracting(piece -> "%s %s".formatted(piece.begins(), piece.ends()))
        .containsExactly(
            "2026-10-01T22:58:30Z 2026-10-01T22:59:00Z",
            "2026-10-04T01:01:00Z 2026-10-04T01:01:00.000001Z");
  }

  private void compare(Question question, List<Recorded> recorded, long seed) {
    var subjects =
        Stream.of(List.of(question.workspace().value()), queues, workflows, workers)
            .flatMap(List::stream)
            .toList();
    var figures = new HashMap<>(tallies.of(subjects, question));
    figures.keySet().removeAll(workers);
    figures.putAll(tallies.ofWorkers(workers, question));
    var waits = waitTallies.of(subjects, question);
    for (var subject : subjects) {
      var asked = recorded.stream().filter(isAskedFor(question, subject)).toList();
      var what = "seed %d, %s of %s".formatted(seed, question, subject);
      for (var type : TYPES) {
        var expected = straight(asked, type, queues.contains(subject));
        var actual = figures.getOrDefault(subject, Figures.NONE).of(type);
        assertThat(actual).as("%s, %s", what, type).isEqualTo(expected);
      }
      if (!workers.contains(subject)) {
        compareWaits(asked, waits.getOrDefault(subject, Waits.NONE), what);
      }
    }
  }

  private static void compareWaits(List<Recorded> asked, Waits waits, String what) {
    for (var seconds : List.of(0, 1, 20, 120, 125, 600, 630, 3600, 3900, 14_400, 15_300, 86_400)) {
      var within =
          asked.stream()
              .filter(event -> event.type().equals("reservation.accepted"))
              .filter(event -> !event.handedOn())
              .filter(event -> event.millis() != null && event.millis() <= seconds * 1000L)
              .count();
      assertThat(waits.within(seconds, End.ACCEPTED, Since.CREATION))
          .as("%s, accepted within %d s", what, seconds)
          .isEqualTo(within);
    }
  }

  private static Predicate<Recorded> isAskedFor(Question question, String subject) {
    return event ->
        event.workspace().equals(question.workspace().value())
            && event.concerns(subject)
            && !event.at().isBefore(question.window().start())
            && !event.at().isAfter(question.window().end())
            && (question.channel() == null || question.channel().equals(event.channel()));
  }

  private static Tally straight(List<Recorded> asked, String type, boolean ofQueue) {
    var events = asked.stream().filter(event -> event.type().equals(type)).toList();
    if (type.equals("workflow.target-matched")) {
      return Tally.NONE;
    }
    return new Tally(
        events.size(),
        durations(events.stream().map(Recorded::millis)),
        ofQueue ? durations(events.stream().map(Recorded::inQueue)) : Durations.NONE);
  }

  private static Durations durations(Stream<@Nullable Long> millis) {
    var statistics =
        millis.filter(each -> each != null).mapToLong(Long::longValue).summaryStatistics();
    return statistics.getCount() == 0
        ? Durations.NONE
        : new Durations(
            statistics.getCount(), statistics.getSum(), statistics.getMin(), statistics.getMax());
  }

  /** Windows of seconds to weeks, that begin and end anywhere, often where events are. */
  private Question question(Random random) {
    var length = Duration.ofSeconds((long) Math.pow(10, random.nextDouble() * 6.4));
    var end = now.minusMillis((long) (random.nextDouble() * Duration.ofDays(5).toMillis()));
    if (random.nextInt(4) == 0) {
      end = end.truncatedTo(ChronoUnit.HOURS);
    }
    return new Question(
        random.nextInt(4) == 0 ? theirs.workspaceSid() : ours.workspaceSid(),
        new Window(end.minus(length), end),
        random.nextInt(3) == 0 ? any(channels, random) : null,
        List.of());
  }

  private Recorded created(Random random) {
    var like = event(random);
    return new Recorded(
        ours.workspace(),
        "task.created",
        now.minusSeconds(30),
        like.queue(),
        like.workflow(),
        null,
        like.channel(),
        null,
        null,
        false);
  }

  private Recorded event(Random random) {
    var type = any(TYPES, random);
    var ago = (long) Math.pow(10, random.nextDouble() * 12.3);
    var at = now.minusNanos(ago * 1000).truncatedTo(ChronoUnit.MICROS);
    if (random.nextInt(20) == 0) {
      at = at.truncatedTo(ChronoUnit.DAYS);
    }
    var reservation = type.startsWith("reservation");
    var measured =
        type.equals("reservation.accepted")
            || type.equals("task.canceled")
            || type.equals("reservation.completed") && random.nextBoolean();
    var wait = (long) Math.pow(10, random.nextDouble() * 8.5);
    return new Recorded(
        random.nextInt(5) == 0 ? theirs.workspace() : ours.workspace(),
        type,
        at,
        any(queues, random),
        any(workflows, random),
        reservation ? any(workers, random) : null,
        any(channels, random),
        measured ? (Long) (random.nextBoolean() ? wait / 1000 * 1000 : wait) : null,
        measured && !type.equals("reservation.completed") ? (Long) (wait / 2) : null,
        type.equals("reservation.accepted") && random.nextInt(4) == 0);
  }

  private static void write(Connection connection, Recorded event) throws SQLException {
    var data = new ArrayList<String>();
    if (event.millis() != null) {
      var name =
          event.type().equals("reservation.completed") ? "reservation_wrap_up_ms" : "task_age_ms";
      data.add("\"%s\": \"%d\"".formatted(name, event.millis()));
    }
    if (event.inQueue() != null) {
      data.add("\"task_age_in_queue_ms\": \"%d\"".formatted(event.inQueue()));
    }
    if (event.handedOn()) {
      data.add("\"task_handed_on\": \"true\"");
    }
    try (var statement =
        connection.prepareStatement(
            """
            INSERT INTO event (workspace_sid, sid, type, resource_type, resource_sid, at, data, worker_sid,
              task_queue_sid, workflow_sid, task_channel_sid)
            VALUES (?, ?, ?, 'task', 'WT', ?, ?, ?, ?, ?, ?)
            """)) {
      statement.setString(1, event.workspace());
      statement.setString(2, Sid.next("EV"));
      statement.setString(3, event.type());
      statement.setObject(4, event.at().atOffset(ZoneOffset.UTC));
      statement.setObject(5, "{%s}".formatted(String.join(", ", data)), Types.OTHER);
      statement.setString(6, event.worker());
      statement.setString(7, event.queue());
      statement.setString(8, event.workflow());
      statement.setString(9, event.channel());
      statement.executeUpdate();
    }
  }

  private Connection begin() throws SQLException {
    var connection = database.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private static void commit(Connection connection) throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
    connection.close();
  }

  private long created(Question question) {
    return tallies
        .of(List.of(ours.workspace()), question)
        .getOrDefault(ours.workspace(), Figures.NONE)
        .times("task.created");
  }

  private void rollUpAll() {
    await("all events to be in the tallies")
        .until(
            () -> {
              rollUps.run();
              return jdbc.sql(
                      """
                      SELECT NOT EXISTS (SELECT FROM event WHERE workspace_sid IN (:workspaces)
                        AND tx >= (SELECT counted_before FROM tally_progress))
                      """)
                  .param("workspaces", List.of(ours.workspace(), theirs.workspace()))
                  .query(Boolean.class)
                  .single();
            });
  }

  private static <T> T any(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private static List<String> sids(String prefix, int count) {
    return Stream.generate(() -> Sid.next(prefix)).limit(count).toList();
  }
}
