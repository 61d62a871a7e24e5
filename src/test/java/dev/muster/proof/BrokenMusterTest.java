package dev.muster.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The checks are not blind: each of these has a Muster that says another thing to its database. */
class BrokenMusterTest extends OneNodeTest {

  private static final String OUT_OF_TURN = "a task was served before one that comes first";
  private static final String PASSED_OVER = "a worker was asked before one who comes first";

  private static final String ORDER_IN_CLASS = "ORDER BY t.rank_priority, t.rank_time, t.sid";
  private static final String RANK = "t.rank_priority, t.rank_time, t.entering";
  private static final String PREFERRED = "q.task_order = s.prioritize_queue_order";
  private static final String MOST_AT_ONCE = "t.trace, q.max_reserved_workers";
  private static final String DECLINED = "t.entering, t.declined_by";
  private static final String IDLE = "w.attributes_version, w.idle_since, c.idle_since AS";
  private static final String READY = "AND c.ready AND";
  private static final String FREE = "c.capacity - c.reserved AS free";
  private static final String GRANTED = "ELSE c.ready AND c.reserved + claim.nth <= c.capacity END";
  private static final String ATTRIBUTES = "SELECT sid, attributes, attributes_version FROM worker";

  private String first;
  private String second;

  @BeforeEach
  void given() {
    first = site.queues().get(0);
    second = site.queues().get(1);
    perform(new Deed.EditQueue(second, "1==1", "FIFO", 1));
  }

  @Test
  void noticesThatALaterTaskOfTheSameKindIsServedFirst() {
    INTERLUDES.misquote(ORDER_IN_CLASS, "ORDER BY t.rank_priority, t.rank_time DESC, t.sid");
    perform(task(first, 0));
    perform(task(first, 0));

    assertThatThrownBy(() -> settle(worker("W0", 3))).hasMessageContaining(OUT_OF_TURN);
  }

  @Test
  void noticesThatALessUrgentTaskOfTheSameKindIsServedFirst() {
    INTERLUDES.misquote(ORDER_IN_CLASS, "ORDER BY t.rank_priority DESC, t.rank_time, t.sid");
    perform(task(first, 0));
    perform(task(first, 1));

    assertThatThrownBy(() -> settle(worker("W0", 3))).hasMessageContaining(OUT_OF_TURN);
  }

  @Test
  void noticesThatALaterTaskOfAnotherQueueIsServedFirst() {
    INTERLUDES.misquote(RANK, "t.rank_priority, -t.rank_time AS rank_time, t.entering");
    perform(task(first, 0));
    perform(task(second, 0));

    assertThatThrownBy(() -> settle(worker("W0", 3))).hasMessageContaining(OUT_OF_TURN);
  }

  @Test
  void noticesThatALessUrgentTaskOfAnotherQueueIsServedFirst() {
    INTERLUDES.misquote(RANK, "-t.rank_priority AS rank_priority, t.rank_time, t.entering");
    perform(task(first, 0));
    perform(task(second, 1));

    assertThatThrownBy(() -> settle(worker("W0", 3))).hasMessageContaining(OUT_OF_TURN);
  }

  @Test
  void noticesThatTheOtherKindOfQueueIsServedFirst() {
    INTERLUDES.misquote(PREFERRED, "q.task_order <> s.prioritize_queue_order");
    perform(new Deed.EditQueue(second, "1==1", "LIFO", 1));
    perform(task(first, 0));
    perform(task(second, 0));

    assertThatThrownBy(() -> settle(worker("W0", 3))).hasMessageContaining(OUT_OF_TURN);
  }

  @Test
  void noticesThatAWorkerWhoIsIdleForLessLongIsAsked() {
    INTERLUDES.misquote(
        IDLE,
        IDLE.replace(
            "w.idle_since",
            "timestamptz 'epoch' + (timestamptz '2100-01-01' - w.idle_since) AS idle_since"));
    perform(worker("W0", 3));
    perform(worker("W1", 3));

    assertThatThrownBy(() -> settle(task(first, 0))).hasMessageContaining(PASSED_OVER);
  }

  @Test
  void noticesThatAWorkerIsAskedWhoIsNotTheBest() {
    INTERLUDES.misquote(
        ATTRIBUTES,
        ATTRIBUTES.replace(
            "sid, attributes,", "sid, translate(attributes, '23', '32') AS attributes,"));
    perform(worker("W0", 2));
    perform(worker("W1", 3));

    assertThatThrownBy(
            () ->
                settle(new Deed.CreateTask(new Wanted("e", 0, ""), "default", 0, 600, null, false)))
        .hasMessageContaining(PASSED_OVER);
  }

  @Test
  void noticesAnOfferToSomebodyWhoIsNotThere() {
    INTERLUDES.misquote(READY, "AND");
    INTERLUDES.misquote(GRANTED, "ELSE true END");
    perform(new Deed.CreateWorker("W0", new Talent("es", 3), site.activity("Offline")));

    assertThatThrownBy(() -> settle(task(first, 0)))
        .hasMessageContaining("offered to somebody who may not take it");
  }

  @Test
  void noticesAnOfferThatCameTooEarlyAfterARefusal() {
    INTERLUDES.misquote(DECLINED, "t.entering, '{}'::text[] AS declined_by");
    perform(worker("W0", 3));
    perform(task(first, 0));
    var offer = reservations().getFirst();

    assertThatThrownBy(
            () ->
                settle(
                    new Deed.AnswerOffer(offer.sid(), offer.task(), "rejected", false, null, null)))
        .hasMessageContaining("offered to somebody who may not take it");
  }

  @Test
  void noticesATaskThatIsOfferedToTooMany() {
    INTERLUDES.misquote(
        MOST_AT_ONCE, "t.trace, q.max_reserved_workers + 1 AS max_reserved_workers");
    perform(worker("W0", 3));
    perform(worker("W1", 3));

    assertThatThrownBy(() -> settle(task(first, 0))).hasMessageContaining("offered to too many");
  }

  @Test
  void noticesMoreThanThereIsRoomFor() {
    INTERLUDES.misquote(FREE, "99 AS free");
    INTERLUDES.misquote(GRANTED, "ELSE c.ready END");
    perform(task(first, 0));
    perform(task(first, 0));

    assertThatThrownBy(() -> settle(worker("W0", 3)))
        .hasMessageContaining("more than there was room for");
    assertThat(ledger.notes()).singleElement(STRING).startsWith("more than there was room for");
  }

  @Test
  void letsTasksThatIgnoreCapacityExceedIt() {
    perform(worker("W0", 3));
    perform(task(first, 0));
    var worker = reservations().getFirst().worker();

    settle(new Deed.CreateTask(new Wanted("a", 0, ""), "default", 0, 600, worker, true));

    assertThat(site.present().workers().get(worker).channels().values())
        .anyMatch(channel -> channel.reserved() > channel.capacity());
    assertThat(ledger.notes()).isEmpty();
  }

  private Deed.CreateTask task(String queue, int priority) {
    CLOCK.advance(Duration.ofSeconds(1));
    return new Deed.CreateTask(new Wanted("a", 0, ""), "default", priority, 600, queue, false);
  }

  private Deed.CreateWorker worker(String name, int level) {
    CLOCK.advance(Duration.ofSeconds(1));
    return new Deed.CreateWorker(name, new Talent("es", level), site.activity("Available"));
  }
}
