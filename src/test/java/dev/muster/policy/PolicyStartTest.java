package dev.muster.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** What keeps a node from starting, as its operator reads it. */
@ExtendWith(OutputCaptureExtension.class)
class PolicyStartTest {

  /** The part of Muster that reads policies. */
  @EnableConfigurationProperties(PolicySettings.class)
  @Import({PolicyFolder.class, PresentPolicies.class})
  static class Reader {}

  @TempDir Path folder;

  @Test
  void doesNotStartWithAFileThatCannotBeRead(CapturedOutput output) throws IOException {
    var file = folder.resolve("night.yaml");
    Files.writeString(
        file,
        """
        policies:
          - name: Night
            when: task.type ==
            priority_ceiling: 5
        """);

    assertThatThrownBy(() -> start(folder)).hasRootCauseInstanceOf(IllegalArgumentException.class);

    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("The operator's policies cannot be read. Expected ")
        .contains(" at line 3 of " + file + ".")
        .doesNotContain("\tat ");
  }

  @Test
  void doesNotStartWithoutTheFolderThatWasConfigured(CapturedOutput output) {
    var missing = folder.resolve("nowhere");

    assertThatThrownBy(() -> start(missing)).hasRootCauseInstanceOf(PoliciesRefused.class);

    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("Expected %s to be a folder with policies, but there is none.".formatted(missing))
        .contains("MUSTER_POLICY_FOLDER");
  }

  @Test
  void startsWithTheFolderOfTheSources() {
    try (var started = start(Path.of(""))) {
      assertThat(started.getBean(PresentPolicies.class).get().isEmpty()).isTrue();
    }
  }

  private static ConfigurableApplicationContext start(Path folder) {
    return new SpringApplicationBuilder(Reader.class)
        .web(WebApplicationType.NONE)
        .run("--muster.policy.folder=" + folder);
  }
}
