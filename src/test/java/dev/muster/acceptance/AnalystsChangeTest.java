package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import dev.muster.given.TwoTenantsTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the analyst's change of the README as it stands there; needs bash and curl. */
class AnalystsChangeTest extends TwoTenantsTest {

  private static final String HEADING = "## One change of the rules";

  @TempDir Path folder;

  Workflow workflow;
  Task task;

  @BeforeEach
  void given() {
    var everyone = ours.queue("Everyone", "1==1");
    ours.queue("Spanish", "languages HAS 'es'");
    ours.worker("Carmen", "{\"languages\": [\"es\"]}");
    workflow = ours.workflow("Inbound", "", everyone);
    task = ours.task(workflow, "{\"language\": \"es\"}");
    theirs.task(theirs.workflow("Inbound", "", theirs.queue("Everyone", "1==1")), "{}");
  }

  @Test
  void theReadmesChangeOfTheRulesCanBeFollowedToTheLetter() throws Exception {
    var said = run(script());

    assertThat(said)
        .contains("\"valid\":true")
        .contains("\"tasks\":1,\"changed\":1")
        .contains("\"on_this_version\":1")
        .contains("+++ version 2")
        .contains("\"routed_by\":\"filter\"")
        .contains("\"version\":3");
    assertThat(Workflow.fetcher(ours.workspace(), workflow.getSid()).fetch(ours.client()))
        .extracting(Workflow::getConfiguration)
        .isEqualTo(workflow.getConfiguration());
    assertThat(ours.present(task).getTaskQueueFriendlyName()).isEqualTo("Everyone");
  }

  private static String script() throws IOException {
    var readme = Files.readString(Path.of("README.md"));
    var section = readme.substring(readme.indexOf(HEADING));
    var block = section.substring(section.indexOf("```sh\n") + "```sh\n".length());
    return block.substring(0, block.indexOf("```"));
  }

  private String run(String script) throws IOException, InterruptedException {
    var output = folder.resolve("said");
    var shell =
        new ProcessBuilder("bash", "-euc", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    shell
        .environment()
        .putAll(
            Map.of(
                "MUSTER", ours.wire().base().toString(),
                "KEY", ours.wire().user(),
                "SECRET", ours.wire().password(),
                "WORKSPACE", ours.workspace(),
                "WORKFLOW", workflow.getSid(),
                "TASK", task.getSid()));
    var running = shell.start();
    assertThat(running.waitFor(1, TimeUnit.MINUTES)).isTrue();
    var said = Files.readString(output);
    assertThat(running.exitValue()).as(said).isZero();
    return said;
  }
}
