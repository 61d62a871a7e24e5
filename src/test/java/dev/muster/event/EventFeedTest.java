package dev.muster.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import dev.muster.testing.AnotherNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Nothing that was committed is missed, and nothing is told that was not. */
class EventFeedTest extends TwoTenantsTest {

  private static final Duration AT_ONCE = Duration.ofSeconds(3);
  private static final Duration NOTHING = Duration.ofMillis(300);
  private static final int MANY = 700;

  @Autowired EventFeed feed;
  @Autowired Events events;
  @Autowired Environment environment;
  @Autowired PlatformTransactionManager transactions;

  @Test
  void tellsWhatHappensFromNowOnInOneWorkspaceAlone() throws InterruptedException {
    ours.worker("Anna", "{}");

    try (var cursor = feed.open(ours.workspace())) {
      theirs.worker("Ben", "{}");
      var ben = ours.worker("Ben", "{}");

      assertThat(heard(cursor, 1))
          .singleElement()
          .satisfies(
              told -> {
                assertThat(told.sid().value()).startsWith("EV");
                assertThat(told.type()).isEqualTo("worker.created");
                assertThat(told.workerSid()).isEqualTo(ben.getSid());
                assertThat(told.at()).isEqualTo(clock.instant());
                assertThat(told.fact("worker_name")).isEqualTo("Ben");
              });
      assertThat(cursor.next(NOTHING)).isEmpty();
    }
  }

  @Test
  void tellsNothingOfWhatWasRolledBack() throws InterruptedException {
    try (var cursor = feed.open(ours.workspace())) {
      transaction()
          .executeWithoutResult(
              status -> {
                record(ours, "rolled-back");
                status.setRollbackOnly();
              });
      record(ours, "kept");

      assertThat(types(heard(cursor, 1))).containsExactly("test.kept");
    }
  }

  @Test
  void missesNothingOfATransactionThatCommitsAfterLaterOnes() throws InterruptedException {
    try (var cursor = feed.open(ours.workspace())) {
      var early =
          transaction()
              .execute(
                  status -> {
                    record(ours, "early");
                    return alone(
                        () -> {
                          record(ours, "late");
                          return heardNow(cursor, 1);
                        });
                  });

      assertThat(types(early)).containsExactly("test.late");
      assertThat(types(heard(cursor, 1))).containsExactly("test.early");
      assertThat(cursor.next(NOTHING)).isEmpty();
    }
  }

  @Test
  void isNotHeldUpByATransactionThatTakesLong() throws InterruptedException {
    try (var cursor = feed.open(ours.workspace())) {
      transaction()
          .executeWithoutResult(
              status -> {
                record(theirs, "long");
                alone(
                    () -> {
                      record(ours, "short");
                      assertThat(types(heardNow(cursor, 1))).containsExactly("test.short");
                      record(ours, "shorter");
                      assertThat(types(heardNow(cursor, 1))).containsExactly("test.shorter");
                      return true;
                    });
              });
    }
  }

  @Test
  void goesOnWhereAnotherCursorStopped() throws InterruptedException {
    Position stopped;
    try (var cursor = feed.open(ours.workspace())) {
      record(ours, "first");
      assertThat(types(heard(cursor, 1))).containsExactly("test.first");
      stopped = cursor.position();
    }
    record(ours, "second");
    record(ours, "third");

    try (var cursor = feed.open(ours.workspace(), stopped)) {
      assertThat(types(heard(cursor, 2))).containsExactly("test.second", "test.third");
    }
  }

  @Test
  void tellsMoreThanAPageInOrder() throws InterruptedException {
    try (var cursor = feed.open(ours.workspace())) {
      var many = new ArrayList<Event>();
      for (var i = 0; i < 2 * EventReader.PAGE + 10; i++) {
        many.add(event(ours, "number" + i));
      }
      transaction().executeWithoutResult(status -> events.record(many));

      assertThat(types(heard(cursor, many.size())))
          .containsExactlyElementsOf(many.stream().map(Event::type).toList());
    }
  }

  @Test
  void keepsTheOrderOfManyAlthoughOneTransactionSpansThem() throws InterruptedException {
    try (var cursor = feed.open(ours.workspace())) {
      transaction()
          .executeWithoutResult(
              status -> {
                record(ours, "first");
                alone(
                    () -> {
                      for (var i = 0; i < 4; i++) {
                        recordMany(theirs);
                        recordMany(ours);
                      }
                      return true;
                    });
                record(ours, "last");
              });

      var told = heard(cursor, 4 * MANY + 2);

      assertThat(told.stream().map(RecordedEvent::number).toList())
          .isSorted()
          .doesNotHaveDuplicates();
      assertThat(types(told)).hasSize(4 * MANY + 2).startsWith("test.first").endsWith("test.last");
      record(ours, "afterwards");
      assertThat(types(heard(cursor, 1))).containsExactly("test.afterwards");
    }
  }

  @Test
  void findsWhatNobodyTold() throws InterruptedException {
    try (var cursor = feed.open(ours.workspace())) {
      assertThat(cursor.next(NOTHING)).isEmpty();

      withoutAWord("untold");

      assertThat(types(heard(cursor, 1))).containsExactly("test.untold");
    }
  }

  @Test
  void hearsAgainAfterItsConnectionWasCut() throws InterruptedException {
    try (var cursor = feed.open(ours.workspace())) {
      jdbc.sql(
              """
              SELECT pg_terminate_backend(pid) FROM pg_stat_activity
              WHERE application_name = 'muster hearing' AND datname = current_database()
              """)
          .query((row, number) -> true)
          .list();
      record(ours, "meanwhile");
      assertThat(types(heard(cursor, 1))).containsExactly("test.meanwhile");

      await("a new connection").atMost(AT_ONCE.multipliedBy(3)).until(this::isHearing);
      record(ours, "afterwards");
      assertThat(types(heard(cursor, 1))).containsExactly("test.afterwards");
    }
  }

  @Test
  void tellsOneNodeWhatHappenedOnAnother() throws InterruptedException {
    try (var node = AnotherNode.beside(environment, 0);
        var here = feed.open(ours.workspace());
        var there = node.bean(EventFeed.class).open(ours.workspace())) {
      node.bean(Events.class).record(event(ours, "there"));
      assertThat(types(heard(here, 1))).containsExactly("test.there");
      assertThat(types(heard(there, 1))).containsExactly("test.there");

      record(ours, "here");
      assertThat(types(heard(there, 1))).containsExactly("test.here");
    }
  }

  private boolean isHearing() {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM pg_stat_activity
              WHERE application_name = 'muster hearing' AND datname = current_database())
            """)
        .query(Boolean.class)
        .single();
  }

  private TransactionTemplate transaction() {
    return new TransactionTemplate(transactions);
  }

  /** Beside the present transaction. */
  private <T> T alone(Supplier<T> work) {
    var template = transaction();
    template.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
    return template.execute(status -> work.get());
  }

  private void record(Given tenant, String name) {
    events.record(event(tenant, name));
  }

  private void recordMany(Given tenant) {
    transaction()
        .executeWithoutResult(
            status -> events.record(Collections.nCopies(MANY, event(tenant, "one of many"))));
  }

  private Event event(Given tenant, String name) {
    return Event.of(tenant.workspace(), "test." + name, "TE1", clock.instant(), Map.of());
  }

  private void withoutAWord(String name) {
    jdbc.sql(
            """
            INSERT INTO event (workspace_sid, sid, type, resource_type, resource_sid, at, data)
            VALUES (:workspace, 'EV' || md5(random()::text), 'test.' || :name, 'test', 'TE1', now(), '{}')
            """)
        .param("workspace", ours.workspace())
        .param("name", name)
        .update();
  }

  private static List<String> types(List<RecordedEvent> told) {
    return told.stream().map(each -> each.type()).toList();
  }

  private static List<RecordedEvent> heardNow(EventCursor cursor, int count) {
    try {
      return heard(cursor, count);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** So many events, or fewer if nothing comes for long. */
  private static List<RecordedEvent> heard(EventCursor cursor, int count)
      throws InterruptedException {
    var all = new ArrayList<RecordedEvent>();
    var until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (all.size() < count && System.nanoTime() < until) {
      all.addAll(cursor.next(AT_ONCE));
    }
    return all;
  }
}
