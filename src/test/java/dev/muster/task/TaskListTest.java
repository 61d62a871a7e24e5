package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import dev.muster.web.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskListTest extends TwoTenantsTest {

  TaskQueue everyone;
  Workflow inbound;

  @BeforeEach
  void given() {
    everyone = ours.queue("Everyone", "1==1");
    inbound = ours.workflow("Inbound", "", everyone);
    theirs.task(theirs.workflow("Inbound", "", theirs.queue("Everyone", "1==1")), "{\"n\":\"X\"}");
  }

  @Test
  void isNarrowedByEveryFilter() {
    var experts = ours.queue("Experts", "level > 4");
    var outbound = ours.workflow("Outbound", "", experts);
    var anna = ours.worker("Anna", "{}");
    create("A", inbound);
    create("B", outbound, "Priority", "7");
    create("C", inbound, "RoutingTarget", anna.getSid(), "IgnoreCapacity", "no");
    cancel(create("D", inbound));

    assertThat(found()).containsExactly("A", "B", "C", "D");
    assertThat(found("Priority", "7")).containsExactly("B");
    assertThat(found("Priority", "0")).containsExactly("A", "C", "D");
    assertThat(found("WorkflowSid", outbound.getSid())).containsExactly("B");
    assertThat(found("WorkflowName", "outbound")).containsExactly("B");
    assertThat(found("TaskQueueSid", everyone.getSid())).containsExactly("A", "C", "D");
    assertThat(found("TaskQueueName", "EXPERTS")).containsExactly("B");
    assertThat(found("RoutingTarget", anna.getSid())).containsExactly("C");
    assertThat(found("HasAddons", "true")).isEmpty();
    assertThat(found("HasAddons", "false")).hasSize(4);
    assertThat(found("EvaluateTaskAttributes", "n IN ['B', 'C'] AND odd == true"))
        .containsExactly("C");
    assertThat(found("AssignmentStatus", "canceled")).containsExactly("D");
    assertThat(found("WorkflowName", "nothing")).isEmpty();
    assertThat(found("WorkflowName", "' OR '1'='1")).isEmpty();
  }

  @Test
  void takesStatusesRepeatedOrJoinedByCommas() {
    create("A", inbound);
    cancel(create("B", inbound));
    ours.availableWorker("Anna", "{}");
    ours.awaitOffer(byName("A"));
    create("C", inbound);

    assertThat(found("AssignmentStatus", "reserved", "AssignmentStatus", "canceled"))
        .containsExactly("A", "B");
    assertThat(found("AssignmentStatus", "pending,canceled")).containsExactly("B", "C");
    assertThat(found("AssignmentStatus", "pending, reserved", "AssignmentStatus", "canceled"))
        .containsExactly("A", "B", "C");
    assertThat(found("AssignmentStatus", "")).containsExactly("A", "B", "C");
    assertThat(
            names(
                Task.reader(ours.workspace())
                    .setAssignmentStatus(List.of("reserved", "pending"))
                    .read(ours.client())))
        .containsExactly("A", "C");
  }

  @Test
  void isOrderedAsAsked() {
    var now = clock.instant();
    create("A", inbound, "Priority", "1", "VirtualStartTime", now.minusSeconds(10).toString());
    clock.advance(Duration.ofSeconds(1));
    create("B", inbound, "Priority", "2", "VirtualStartTime", now.minusSeconds(30).toString());
    clock.advance(Duration.ofSeconds(1));
    create("C", inbound, "Priority", "1", "VirtualStartTime", now.minusSeconds(20).toString());

    assertThat(found()).containsExactly("A", "B", "C");
    assertThat(found("Ordering", "DateCreated")).containsExactly("A", "B", "C");
    assertThat(found("Ordering", "DateCreated:desc")).containsExactly("C", "B", "A");
    assertThat(found("Ordering", "VirtualStartTime:asc")).containsExactly("B", "C", "A");
    assertThat(found("Ordering", "Priority:desc,DateCreated:desc")).containsExactly("B", "C", "A");
    assertThat(found("Ordering", "Priority:asc, VirtualStartTime:asc"))
        .containsExactly("C", "A", "B");
    for (var ordering :
        List.of(
            "DateCreated:asc,VirtualStartTime:asc",
            "Priority:asc,Priority:desc",
            "Priority:up",
            "Sid:asc",
            "Priority:asc:desc",
            "Priority:asc,",
            "priority; DROP TABLE task")) {
      refused(ours.get(ours.path("Tasks"), "Ordering", ordering), "Expected Ordering");
    }
  }

  @Test
  void isReadPageByPageInEveryOrderForthAndBack() {
    for (var name : List.of("A", "B", "C", "D", "E")) {
      create(name, inbound, "Priority", "ACE".contains(name) ? "1" : "2");
      clock.advance(Duration.ofSeconds(1));
    }

    for (var query :
        List.of(
            List.<String>of(),
            List.of("Ordering", "DateCreated:desc"),
            List.of("Ordering", "Priority:desc,DateCreated:asc"),
            List.of("Ordering", "Priority:asc,VirtualStartTime:desc"),
            List.of("EvaluateTaskAttributes", "n != 'B'", "Ordering", "Priority:desc"))) {
      var all = found(query.toArray(String[]::new));
      var pages = new ArrayList<Wire.Answer>();
      var paged = new ArrayList<>(query);
      paged.addAll(List.of("PageSize", "2"));
      pages.add(ours.get(ours.path("Tasks"), paged.toArray(String[]::new)));
      while (!meta(pages.getLast(), "next_page_url").isEmpty()) {
        assertThat(meta(pages.getLast(), "next_page_url")).contains("&PageToken=PAWT");
        pages.add(ours.wire().get(meta(pages.getLast(), "next_page_url")));
      }
      assertThat(pages.stream().flatMap(page -> names(page).stream())).isEqualTo(all);
      for (var page = pages.size() - 1; page > 0; page--) {
        var back = ours.wire().get(meta(pages.get(page), "previous_page_url"));
        assertThat(names(back)).isEqualTo(names(pages.get(page - 1)));
      }
    }
    assertThat(names(Task.reader(ours.workspace()).setPageSize(2L).read(ours.client())))
        .containsExactly("A", "B", "C", "D", "E");
  }

  @Test
  void hasATagThatChangesWithAnyTaskInIt() {
    create("A", inbound);
    var b = create("B", inbound);
    var before = ours.get(ours.path("Tasks"));
    clock.advance(Duration.ofSeconds(1));

    assertThat(before.header("ETag")).matches("W/\"[0-9a-f-]+\"");
    assertThat(ours.get(ours.path("Tasks")).header("ETag")).isEqualTo(before.header("ETag"));
    assertThat(ours.get(ours.path("Tasks"), "PageSize", "1").header("ETag"))
        .isNotEqualTo(before.header("ETag"));
    ours.wire().post(ours.path("Tasks", b), "Priority", "1");
    assertThat(ours.get(ours.path("Tasks")).header("ETag")).isNotEqualTo(before.header("ETag"));
    assertThat(ours.get(ours.path("Workers")).header("ETag")).startsWith("W/\"");
  }

  @Test
  void refusesHostileQueries() {
    create("A", inbound);

    for (var query :
        List.of(
            List.of("AssignmentStatus", "done"),
            List.of("AssignmentStatus", "pending,done"),
            List.of("Priority", "high"),
            List.of("WorkflowSid", "WW1"),
            List.of("TaskQueueSid", "x' OR 1=1"),
            List.of("EvaluateTaskAttributes", "level >"),
            List.of("EvaluateTaskAttributes", "(".repeat(1000)),
            List.of("EvaluateTaskAttributes", "x == '" + "y".repeat(9000) + "'"),
            List.of("TaskQueueName", "\0"),
            List.of("PageSize", "0"),
            List.of("PageSize", "1001"),
            List.of("PageToken", "PAWT1"))) {
      var answer = ours.get(ours.path("Tasks"), query.toArray(String[]::new));
      assertThat(answer.status()).as("%.99s: %s", query, answer.body()).isEqualTo(400);
      assertThat(answer.json().path("code").asInt()).isEqualTo(20001);
    }
    var absolute = ours.get(ours.path("Tasks"), "Page", "1");
    assertThat(absolute.json().path("code").asInt()).isEqualTo(40153);
  }

  @Test
  void isSearchedByExpressionOnlySoOften() {
    var statuses =
        IntStream.range(0, 100)
            .map(i -> search(ours).status())
            .boxed()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

    assertThat(statuses).containsOnlyKeys(200, 429);
    assertThat(statuses.get(200)).isGreaterThanOrEqualTo(30);
    assertThat(search(theirs).status()).isEqualTo(200);
    assertThat(ours.get(ours.path("Tasks")).status()).isEqualTo(200);
  }

  private static Wire.Answer search(Given tenant) {
    return tenant.get(tenant.path("Tasks"), "EvaluateTaskAttributes", "1==1");
  }

  private String create(String name, Workflow workflow, String... more) {
    var form = new ArrayList<>(List.of("WorkflowSid", workflow.getSid()));
    form.addAll(
        List.of("Attributes", "{\"n\":\"%s\",\"odd\":%b}".formatted(name, "ACE".contains(name))));
    form.addAll(List.of(more));
    var answer = ours.wire().post(ours.path("Tasks"), form.toArray(String[]::new));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.text("sid");
  }

  private void cancel(String task) {
    ours.wire().post(ours.path("Tasks", task), "AssignmentStatus", "canceled");
  }

  private Task byName(String name) {
    return Task.reader(ours.workspace())
        .setEvaluateTaskAttributes("n == '" + name + "'")
        .read(ours.client())
        .iterator()
        .next();
  }

  private List<String> found(String... query) {
    var answer = ours.get(ours.path("Tasks"), query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return names(answer);
  }

  private static List<String> names(Wire.Answer page) {
    return page.json()
        .path("tasks")
        .valueStream()
        .map(task -> name(task.path("attributes").asString()))
        .toList();
  }

  private static List<String> names(Iterable<Task> tasks) {
    return StreamSupport.stream(tasks.spliterator(), false)
        .map(task -> name(task.getAttributes()))
        .toList();
  }

  private static String name(String attributes) {
    return attributes.substring(6, 7);
  }

  private static String meta(Wire.Answer page, String key) {
    return page.json().path("meta").path(key).asString();
  }
}
