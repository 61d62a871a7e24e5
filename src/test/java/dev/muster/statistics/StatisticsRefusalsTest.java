package dev.muster.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.given.TwoTenantsTest;
import dev.muster.web.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsRefusalsTest extends TwoTenantsTest {

  private static final String NOW = "2026-10-05T12:00:00Z";

  @Test
  void refusesWindowsThatAreNone() {
    clock.stopAt(Instant.parse(NOW));

    for (var path :
        List.of(
            ours.path("Statistics"),
            ours.path("CumulativeStatistics"),
            ours.path("TaskQueues", "Statistics"),
            ours.path("Workers", "Statistics"),
            ours.path("Workers", "CumulativeStatistics"),
            "/muster" + ours.path("TaskQueues", "Service"))) {
      refused(
          ours.get(path, "Minutes", "0"),
          "Expected Minutes to be a whole number from 1 to 43200, which are 30 days, but got '0'");
      refused(ours.get(path, "Minutes", "43201"), "from 1 to 43200");
      refused(ours.get(path, "Minutes", "soon"), "Expected Minutes to be a whole number");
      refused(
          ours.get(path, "Minutes", "5", "StartDate", NOW),
          "Expected either Minutes or StartDate and EndDate, but got Minutes with StartDate");
      refused(ours.get(path, "Minutes", "5", "EndDate", NOW), "Minutes with EndDate");
      refused(
          ours.get(path, "StartDate", NOW, "EndDate", "2026-10-05T11:59:59Z"),
          "Expected StartDate to be before the end, 2026-10-05T11:59:59Z, but got");
      refused(ours.get(path, "StartDate", "2026-10-05T12:00:01Z"), "Expected StartDate");
      refused(ours.get(path, "StartDate", "yesterday"), "Expected StartDate to be an ISO 8601");
    }
  }

  @Test
  void reachesBackThirtyDaysAndNoFurther() {
    clock.stopAt(Instant.parse(NOW));
    var path = ours.path("CumulativeStatistics");

    assertThat(ours.get(path, "StartDate", "2026-09-05T12:00:00Z").status()).isEqualTo(200);
    assertThat(ours.get(path, "Minutes", "43200").status()).isEqualTo(200);
    var tooOld = ours.get(path, "StartDate", "2026-09-05T11:58:00Z");
    refused(tooOld, 400, 14241);
    assertThat(tooOld.text("message")).contains("at most 30 days ago");
  }

  @Test
  void endsNowUnlessToldOtherwise() {
    clock.stopAt(Instant.parse(NOW));
    var path = ours.path("CumulativeStatistics");

    assertThat(ours.get(path).text("start_time")).isEqualTo("2026-10-05T11:45:00Z");
    assertThat(ours.get(path).text("end_time")).isEqualTo(NOW);
    assertThat(ours.get(path, "StartDate", "2026-10-01").text("end_time")).isEqualTo(NOW);
    assertThat(ours.get(path, "EndDate", "2026-10-09").text("end_time")).isEqualTo(NOW);
    assertThat(ours.get(path, "EndDate", "2026-10-01T08:00:00Z").text("start_time"))
        .isEqualTo("2026-10-01T07:45:00Z");
  }

  @Test
  void refusesChannelsAndThresholdsThatAreNone() {
    for (var path :
        List.of(
            ours.path("Statistics"),
            ours.path("RealTimeStatistics"),
            ours.path("CumulativeStatistics"),
            ours.path("TaskQueues", "Statistics"),
            ours.path("Workers", "RealTimeStatistics"),
            ours.path("Workers", "CumulativeStatistics"))) {
      refused(
          ours.get(path, "TaskChannel", "fax"),
          "Expected TaskChannel to be the unique name or SID of a task channel of this workspace, but got 'fax'");
    }
    var path = ours.path("CumulativeStatistics");
    for (var odd : List.of("soon", "5,,10", "-1", "1.5", "1209601", "99999999999")) {
      refused(
          ours.get(path, "SplitByWaitTime", odd),
          "Expected SplitByWaitTime to be whole seconds from 0 to 1209600, parted by commas, but got");
    }
    refused(
        ours.get(path, "SplitByWaitTime", String.join(",", Collections.nCopies(101, "5"))),
        "at most 100 thresholds, but got 101");
    assertThat(
            ours.get(path, "SplitByWaitTime", " 10, 5,10")
                .json()
                .path("split_by_wait_time")
                .propertyNames())
        .containsExactly("5", "10");
    refused(
        ours.get("/muster" + ours.path("TaskQueues", "Service"), "Within", "0"),
        "Expected Within to be a whole number from 1 to 1209600");
  }

  @Test
  void refusesBulksOfOddQueues() {
    var path = ours.path("TaskQueues", "RealTimeStatistics");
    var sid = ours.queue("Everyone", "1==1").getSid();

    refused(
        bulk(path, "{}"), "Expected queueSids to be a JSON array of 1 to 50 SIDs, but got none");
    refused(bulk(path, "{\"queueSids\": []}"), "but got 0 of them");
    refused(
        bulk(path, "{\"queueSids\": [\"WT1\"]}"),
        "Expected every one of queueSids to be a SID of the form WQ followed by 32 hexadecimal digits, but got 'WT1'");
    var many = new ArrayList<String>();
    for (var i = 0; i < 51; i++) {
      many.add("\"WQ%032x\"".formatted(i));
    }
    refused(bulk(path, "{\"queueSids\": %s}".formatted(many)), "but got 51 of them");
    assertThat(bulk(path, "nothing").status()).isEqualTo(400);
    assertThat(ours.wire().post(path, "QueueSids", sid).status()).isEqualTo(415);
    var spelledOtherwise = bulk(path, "{\"QueueSids\": [\"%s\"]}".formatted(sid));
    assertThat(spelledOtherwise.status()).isEqualTo(200);
    assertThat(spelledOtherwise.json().path("task_queue_response_count").asInt()).isEqualTo(1);
  }

  @Test
  void answersFiveBulksPerSecond() {
    var path = ours.path("TaskQueues", "RealTimeStatistics");
    var body = "{\"queueSids\": [\"WQ%032x\"]}".formatted(1);

    var statuses = new ArrayList<Integer>();
    for (var i = 0; i < 30; i++) {
      statuses.add(ours.wire().postJson(path, body).status());
    }

    assertThat(statuses).startsWith(200, 200, 200, 200, 200).contains(429);
  }

  @Test
  void knowsNoFiguresOfWhatIsNotThere() {
    for (var path :
        List.of(
            ours.path("TaskQueues", "WQ%032x".formatted(1), "Statistics"),
            ours.path("TaskQueues", "nonsense", "CumulativeStatistics"),
            ours.path("Workflows", "WW%032x".formatted(1), "RealTimeStatistics"),
            ours.path("Workers", "WK%032x".formatted(1), "Statistics"),
            "/muster" + ours.path("TaskQueues", "WQ%032x".formatted(1), "Service"))) {
      assertThat(ours.get(path).status()).as(path).isEqualTo(404);
    }
  }

  /** Waits where more would be too many in a second. */
  private Wire.Answer bulk(String path, String body) {
    return await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> ours.wire().postJson(path, body), answer -> answer.status() != 429);
  }
}
