package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.taskrouter.Workflow;
import com.twilio.taskrouter.WorkflowRule;
import com.twilio.taskrouter.WorkflowRuleTarget;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Instructions that the builders of the official SDK for Java make are taken as they are. */
class SdkConfigurationTest extends InstructionTest {

  private static final JsonMapper JSON = new JsonMapper();

  private TaskQueue spanish;
  private TaskQueue english;
  private String configuration;

  @BeforeEach
  void buildAnInstruction() throws IOException {
    spanish = ours.queue("Spanish", "languages HAS 'es'");
    english = ours.queue("English", "languages HAS 'en'");
    var experts =
        new WorkflowRuleTarget.Builder(spanish.getSid())
            .expression("worker.level >= task.level")
            .priority(10)
            .timeout(30)
            .orderBy("worker.level DESC")
            .skipIf("workers.available == 0")
            .build();
    var anyone = new WorkflowRuleTarget.Builder(english.getSid()).priority(20).build();
    var bySid =
        new WorkflowRuleTarget.Builder(english.getSid())
            .knownWorkerSid("task.agent_sid")
            .timeout(10)
            .build();
    var byName =
        new WorkflowRuleTarget.Builder(english.getSid())
            .knownWorkerFriendlyName("task.agent_name")
            .build();
    configuration =
        new Workflow(
                List.of(
                    new WorkflowRule.Builder("language == \"es\"", List.of(experts, anyone))
                        .friendlyName("Spanish speakers")
                        .build(),
                    new WorkflowRule.Builder("agent_name != null", List.of(bySid, byName)).build()),
                new WorkflowRuleTarget.Builder(english.getSid()).build())
            .toJson();
  }

  @Test
  void comesBackAsItWasBuiltForTheSdksOwnParser() throws IOException {
    var created = create();

    var fetched =
        com.twilio.rest.taskrouter.v1.workspace.Workflow.fetcher(ours.workspace(), created.getSid())
            .fetch(ours.client());

    assertThat(fetched.getConfiguration()).isEqualTo(configuration);
    var parsed = Workflow.fromJson(fetched.getConfiguration());
    assertThat(parsed.getWorkflowRules()).hasSize(2);
    assertThat(parsed.getDefaultTarget().getQueue()).isEqualTo(english.getSid());
    var first = parsed.getWorkflowRules().getFirst();
    assertThat(first.getExpression()).isEqualTo("language == \"es\"");
    var target = first.getWorkflowRuleTargets().getFirst();
    assertThat(target.getQueue()).isEqualTo(spanish.getSid());
    assertThat(target.getExpression()).isEqualTo("worker.level >= task.level");
    assertThat(target.getPriority()).isEqualTo(10);
    assertThat(target.getTimeout()).isEqualTo(30);
    assertThat(target.getOrderBy()).isEqualTo("worker.level DESC");
    assertThat(target.getSkipIf()).isEqualTo("workers.available == 0");
    var known = parsed.getWorkflowRules().getLast().getWorkflowRuleTargets();
    assertThat(known.getFirst().getKnownWorkerSid()).isEqualTo("task.agent_sid");
    assertThat(known.getLast().getKnownWorkerFriendlyName()).isEqualTo("task.agent_name");
  }

  @Test
  void routesTasks() {
    worker("Ana", "{\"languages\": [\"es\"], \"level\": 1}");
    worker("Bea", "{\"languages\": [\"es\"], \"level\": 5}");
    worker("Cem", "{\"languages\": [\"en\"], \"level\": 1}");
    var dan = worker("Dan", "{\"languages\": [\"en\"], \"level\": 1}");
    var workflow = create();

    var easy = task(workflow, "{\"language\": \"es\", \"level\": 1}");
    assertThat(offeredTo(easy)).as("the highest level first").isEqualTo("Bea");
    assertThat(queue(easy) + priority(easy)).isEqualTo("Spanish10");

    var hard = task(workflow, "{\"language\": \"es\", \"level\": 3}");
    waitsInVain(hard);
    pass(30, hard);
    assertThat(offeredTo(hard)).as("anyone with English, after half a minute").isEqualTo("Cem");
    assertThat(queue(hard) + priority(hard)).isEqualTo("English20");

    var toDan =
        task(workflow, "{\"agent_name\": \"none\", \"agent_sid\": \"%s\"}".formatted(dan.getSid()));
    assertThat(offeredTo(toDan)).isEqualTo("Dan");
    accept(ours.awaitOffer(toDan));
    ours.complete(toDan);
    var named = task(workflow, "{\"agent_name\": \"Dan\"}");
    pass(10, named);
    assertThat(offeredTo(named)).isEqualTo("Dan");

    assertThat(queue(task(workflow, "{}"))).isEqualTo("English");
  }

  @Test
  void keepsTheNameThatTheBuilderGivesAFilter() {
    assertThat(JSON.readTree(configuration).at("/task_routing/filters/0").propertyNames())
        .contains("friendlyName");

    var task = task(create(), "{\"language\": \"es\", \"level\": 1}");

    assertThat(
            ours.get("/muster" + ours.path("Tasks", task.getSid(), "Explanation"))
                .json()
                .at("/explanation/filters/0/friendly_name")
                .asString())
        .isEqualTo("Spanish speakers");
  }

  @Test
  void mayLeaveOutFiltersOrTheDefault() throws IOException {
    configuration =
        new Workflow(List.of(), new WorkflowRuleTarget.Builder(english.getSid()).build()).toJson();
    assertThat(queue(task(create(), "{}"))).isEqualTo("English");
  }

  private com.twilio.rest.taskrouter.v1.workspace.Workflow create() {
    return com.twilio.rest.taskrouter.v1.workspace.Workflow.creator(
            ours.workspace(), "Built", configuration)
        .setTaskReservationTimeout(60)
        .create(ours.client());
  }
}
