package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import dev.muster.given.TwoTenantsTest;
import dev.muster.web.Sid;
import dev.muster.web.Wire;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An instruction names a queue by its SID or by its friendly name. */
class QueueNamesTest extends TwoTenantsTest {

  private TaskQueue support;
  private TaskQueue sales;

  @BeforeEach
  void openQueues() {
    support = ours.queue("Support", "1==1");
    sales = ours.queue("Sales & more", "1==1");
    theirs.queue("Billing", "1==1");
    theirs.queue("Support", "1==1");
  }

  @Test
  void aQueueIsNamedBySidOrByFriendlyNameWhateverTheCase() {
    var workflow =
        workflow(
            """
            {"task_routing": {"filters": [
              {"expression": "kind == 'sid'", "targets": [{"queue": "%s"}]},
              {"expression": "kind == 'name'", "targets": [{"queue": "Support"}]},
              {"expression": "kind == 'case'", "targets": [{"task_queue_sid": "sUPPORT"}]}],
             "default_filter": {"queue": "SALES & MORE"}}}
            """
                .formatted(support.getSid()));

    for (var kind : new String[] {"sid", "name", "case"}) {
      assertThat(queue(workflow, "{\"kind\": \"%s\"}".formatted(kind))).isEqualTo(support.getSid());
    }
    assertThat(queue(workflow, "{}")).isEqualTo(sales.getSid());
  }

  @Test
  void theDocumentComesBackAsItWasGiven() {
    var document = "{\"task_routing\" : {\"default_filter\":{\"queue\":\"support\"}}}";

    var workflow = workflow(document);

    assertThat(workflow.getConfiguration()).isEqualTo(document);
    assertThat(Workflow.fetcher(ours.workspace(), workflow.getSid()).fetch(ours.client()))
        .isEqualTo(workflow);
  }

  @Test
  void aVersionKeepsItsQueuesWhateverTheyAreCalledLater() {
    var workflow = workflow(fallback("Support"));

    rename(support, "Old support");
    rename(sales, "Support");

    var waiting = ours.task(workflow, "{}");
    assertThat(waiting.getTaskQueueSid()).isEqualTo(support.getSid());
    update(workflow, "ReEvaluateTasks", "true");
    assertThat(ours.present(waiting).getTaskQueueSid()).isEqualTo(support.getSid());
    var changed = update(workflow, "Configuration", fallback("Support") + " ");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(queue(workflow, "{}")).isEqualTo(sales.getSid());
    assertThat(ours.present(waiting).getTaskQueueSid()).isEqualTo(support.getSid());
  }

  @Test
  void aWorkflowThatGoesBackToAVersionGoesBackToItsQueues() {
    var workflow = workflow(fallback("Support"));
    update(workflow, "Configuration", fallback("Sales & more"));
    rename(support, "Old support");
    rename(sales, "Support");

    var back =
        ours.wire()
            .post(
                "/muster" + ours.path("Workflows", workflow.getSid(), "Versions", "1", "Rollback"));

    assertThat(back.status()).as(back.body()).isEqualTo(201);
    assertThat(queue(workflow, "{}")).isEqualTo(support.getSid());
    assertThat(ours.get(ours.path("Workflows", workflow.getSid())).text("configuration"))
        .isEqualTo(fallback("Support"));
  }

  @Test
  void theSidOfAQueueComesBeforeTheNameOfAnother() {
    rename(sales, support.getSid());

    assertThat(queue(workflow(fallback(support.getSid())), "{}")).isEqualTo(support.getSid());
  }

  @Test
  void aNameThatThereIsNotIsRefusedWithItsPlaceAndTheNearestThereIs() {
    for (var unknown :
        new String[] {"Suport", "Billing", "Support ", "Sup\\u0000port", Sid.next("WQ"), "WQ1"}) {
      var refusal = create(filtered("Support", unknown));

      refused(
          refusal,
          "Expected task_routing.filters[0].targets[1].queue to be the SID or the friendly name of a task queue of this workspace, but got '");
    }
    refused(create(filtered("Support", "Suport")), "but got 'Suport'; the nearest is 'Support'");
    assertThat(ours.get(ours.path("Workflows")).json().path("workflows").size()).isZero();
  }

  @Test
  void aQueueThatAWorkflowNamesIsNotDeleted() {
    workflow(fallback("support"));

    refused(
        ours.wire().delete(ours.path("TaskQueues", support.getSid())), "Expected to delete queue");
    assertThat(ours.wire().delete(ours.path("TaskQueues", sales.getSid())).status()).isEqualTo(204);
  }

  @Test
  void aDraftMayNameItsQueuesTheSameWay() {
    var old = workflow(fallback(support.getSid()));
    ours.task(old, "{}");
    ours.worker("Ada", "{}");

    var verdict = trial("Validate", filtered("support", sales.getSid()));
    assertThat(verdict.json().path("warnings").size()).as(verdict.body()).isZero();
    var odd = trial("Validate", filtered("support", "Saless & more"));
    assertThat(odd.json().at("/warnings/0/code").asString()).isEqualTo("queue_unknown");
    assertThat(odd.json().at("/warnings/0/message").asString())
        .endsWith("the nearest is Sales & more");

    assertThat(trial("DryRun", fallback("SUPPORT")).json().at("/summary/moves").size()).isZero();
    var moved = trial("DryRun", fallback("sales & more")).json().at("/summary/moves/0");
    assertThat(moved.path("from_task_queue_sid").asString()).isEqualTo(support.getSid());
    assertThat(moved.path("to_task_queue_sid").asString()).isEqualTo(sales.getSid());
    assertThat(trial("DryRun", fallback("Support")).json().at("/summary/unserved").size()).isZero();
  }

  @Test
  void anExplanationKnowsTheQueueByBothItsNames() {
    var task = ours.task(workflow(filtered("support", "sales & more")), "{}");

    var step =
        ours.get("/muster" + ours.path("Tasks", task.getSid(), "Explanation"))
            .json()
            .at("/explanation/step");

    assertThat(step.path("task_queue_sid").asString()).isEqualTo(support.getSid());
    assertThat(step.path("task_queue_friendly_name").asString()).isEqualTo("Support");
  }

  @Test
  void aTableMayNameItsQueuesTheSameWay() {
    var workflow = workflow(fallback("support"));
    var path = "/muster" + ours.path("Workflows", workflow.getSid(), "Table");
    assertThat(ours.wire().get(path).body()).contains("default,,support");

    var sent = put(path, "name,kind ==,queue\nSales,new,sales & more\n,,Support\n");
    assertThat(sent.status()).as(sent.body()).isEqualTo(200);

    assertThat(queue(workflow, "{\"kind\": \"new\"}")).isEqualTo(sales.getSid());
    var table = ours.wire().get(path).body();
    assertThat(table).contains("sales & more").contains("Support");
    assertThat(put(path, table).status()).isEqualTo(200);
    assertThat(ours.wire().get(path).body()).isEqualTo(table);
    refused(put(path, "name,queue\nAll,Suport\n"), "cell B2");
  }

  private static String fallback(String queue) {
    return "{\"task_routing\": {\"default_filter\": {\"queue\": \"%s\"}}}".formatted(queue);
  }

  private static String filtered(String first, String second) {
    return """
        {"task_routing": {"filters": [{"expression": "1==1", "targets": [
          {"queue": "%s", "timeout": 60}, {"queue": "%s"}]}]}}
        """
        .formatted(first, second);
  }

  private Workflow workflow(String document) {
    return Workflow.creator(ours.workspace(), "Inbound", document).create(ours.client());
  }

  private Wire.Answer create(String document) {
    return ours.wire()
        .post(ours.path("Workflows"), "FriendlyName", "Inbound", "Configuration", document);
  }

  private Wire.Answer update(Workflow workflow, String... form) {
    return ours.wire().post(ours.path("Workflows", workflow.getSid()), form);
  }

  private void rename(TaskQueue queue, String name) {
    TaskQueue.updater(ours.workspace(), queue.getSid()).setFriendlyName(name).update(ours.client());
  }

  private String queue(Workflow workflow, String attributes) {
    return ours.task(workflow, attributes).getTaskQueueSid();
  }

  private Wire.Answer trial(String what, String document) {
    var answer =
        ours.wire().post("/muster" + ours.path("Workflows", what), "Configuration", document);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private Wire.Answer put(String path, String table) {
    return ours.wire()
        .send(
            ours.wire()
                .request(path)
                .header("Content-Type", "text/csv")
                .PUT(BodyPublishers.ofString(table)));
  }
}
