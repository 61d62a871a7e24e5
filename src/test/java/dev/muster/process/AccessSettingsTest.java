package dev.muster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.account.AccountSid;
import dev.muster.workflow.ProcessId;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessSettingsTest {

  private static final AccountSid ACME = AccountSid.of("AC" + "a".repeat(32));
  private static final AccountSid GLOBEX = AccountSid.of("AC" + "b".repeat(32));

  @Test
  void allowsNothingUnlessTheOperatorSaysSo() {
    var settings = new AccessSettings(List.of(), List.of());

    assertThat(settings.mayName(ACME, process("approved-task"))).isFalse();
    assertThat(settings.mayReceive(ACME)).isFalse();
  }

  @Test
  void allowsProcessesByTheirIdsOrHowTheyBegin() {
    var settings = processes(ACME + ":approved-task", "*:shared-*");

    assertThat(settings.mayName(ACME, process("approved-task"))).isTrue();
    assertThat(settings.mayName(ACME, process("approved-task-2"))).isFalse();
    assertThat(settings.mayName(GLOBEX, process("approved-task"))).isFalse();
    assertThat(settings.mayName(GLOBEX, process("shared-task"))).isTrue();
    assertThat(processes("*:*").mayName(GLOBEX, process("anything"))).isTrue();
  }

  @Test
  void allowsTasksInTheAccountsThatAreListed() {
    assertThat(accounts(ACME.value()).mayReceive(ACME)).isTrue();
    assertThat(accounts(ACME.value()).mayReceive(GLOBEX)).isFalse();
    assertThat(accounts("*").mayReceive(GLOBEX)).isTrue();
  }

  @Test
  void refusesWhatIsNoEntry() {
    for (var entry : List.of("approved-task", "AC1:task", "*:", "*:a*b", "*:a b", "")) {
      assertThatThrownBy(() -> processes(entry))
          .as(entry)
          .hasMessageStartingWith("Expected muster.process.access.processes to hold")
          .hasMessageEndingWith("but got '%s'".formatted(entry));
    }
    assertThatThrownBy(() -> accounts("acme")).hasMessageEndingWith("but got 'acme'");
  }

  private static ProcessId process(String id) {
    return ProcessId.of(id);
  }

  private static AccessSettings processes(String... entries) {
    return new AccessSettings(List.of(entries), List.of());
  }

  private static AccessSettings accounts(String... entries) {
    return new AccessSettings(List.of(), List.of(entries));
  }
}
