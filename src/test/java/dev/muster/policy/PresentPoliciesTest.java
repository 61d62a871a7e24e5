package dev.muster.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.rules.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a node takes over from the folder of policies, and when. */
@ExtendWith(OutputCaptureExtension.class)
class PresentPoliciesTest {

  @TempDir Path parent;

  Path folder;

  @BeforeEach
  void given() throws IOException {
    folder = Files.createDirectory(parent.resolve("policy"));
  }

  @Test
  void readsTheFilesInTheOrderOfTheirNames() throws IOException {
    write("b.yaml", policies("Third"));
    write("a.yml", policies("First", "Second"));
    write("notes.txt", "- anything");
    write(".a.yaml", "- anything");

    assertThat(names(present())).containsExactly("First", "Second", "Third");
  }

  @Test
  void leavesOutWhatIsSwitchedOff() throws IOException {
    write("a.yaml", policies("On", "Off").replaceFirst("when: (.*)\n$", "when: FALSE AND $1\n"));

    assertThat(names(present())).containsExactly("On");
  }

  @Test
  void followsAChangeOnceItStandsStill() throws IOException {
    write("a.yaml", policies("One", "Two"));
    var present = present();

    write("a.yaml", policies("One"));
    present.look();
    write("a.yaml", policies("One", "Three"));
    present.look();
    assertThat(names(present)).containsExactly("One", "Two");

    present.look();
    assertThat(names(present)).containsExactly("One", "Three");
  }

  @Test
  void seesAChangeThatKeepsTimeAndSize() throws IOException {
    var time = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    var file = write("a.yaml", policies("One"));
    Files.setLastModifiedTime(file, time);
    var present = present();

    Files.setLastModifiedTime(write("a.yaml", policies("Two")), time);
    lookTwice(present);

    assertThat(names(present)).containsExactly("Two");
  }

  @Test
  void followsFilesThatComeAndGo() throws IOException {
    var present = present();
    assertThat(present.get().isEmpty()).isTrue();

    var file = write("a.yaml", policies("One"));
    lookTwice(present);
    assertThat(names(present)).containsExactly("One");

    Files.delete(file);
    lookTwice(present);
    assertThat(present.get().isEmpty()).isTrue();
  }

  @Test
  void followsAMountedConfigMapWhoseLinkIsExchanged() throws IOException {
    version("..v1", policies("One"));
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..v1"));
    Files.createSymbolicLink(folder.resolve("a.yaml"), Path.of("..data", "a.yaml"));
    var present = present();
    assertThat(names(present)).containsExactly("One");

    version("..v2", policies("Two"));
    exchange(folder.resolve("..data"), Path.of("..v2"));
    lookTwice(present);

    assertThat(names(present)).containsExactly("Two");
  }

  @Test
  void followsAFolderThatIsExchangedItself() throws IOException {
    var link = parent.resolve("current");
    var next = Files.createDirectory(parent.resolve("next"));
    write("a.yaml", policies("One"));
    Files.writeString(next.resolve("a.yaml"), policies("Two"));
    Files.createSymbolicLink(link, folder);
    var present = new PresentPolicies(new PolicyFolder(link, true));

    exchange(link, next);
    lookTwice(present);

    assertThat(names(present)).containsExactly("Two");
  }

  @Test
  void keepsTheLastGoodSetWhenAChangeCannotBeRead(CapturedOutput output) throws IOException {
    write("a.yaml", policies("One"));
    var present = present();

    var file = write("a.yaml", policies("One", "Two").replaceFirst("when: .*\n$", "when: a ==\n"));
    lookTwice(present);
    lookTwice(present);

    assertThat(names(present)).containsExactly("One");
    assertThat(present.trouble()).contains("at line").endsWith(" of " + file);
    assertThat(new PolicyHealthIndicator(present).health().getDetails())
        .containsEntry("policies", 1)
        .containsEntry("refused", present.trouble());
    assertThat(output.getOut().lines().filter(line -> line.contains("WARN")))
        .hasSize(1)
        .first()
        .asString()
        .contains("stay in force", present.trouble());

    write("a.yaml", policies("One", "Two"));
    lookTwice(present);
    assertThat(names(present)).containsExactly("One", "Two");
    assertThat(present.trouble()).isNull();
    assertThat(new PolicyHealthIndicator(present).health().getDetails())
        .containsOnlyKeys("policies");
  }

  @Test
  void isOutOfTroubleWhenTheFileIsAsItWas() throws IOException {
    write("a.yaml", policies("One"));
    var present = present();
    write("a.yaml", "policies: 5");
    lookTwice(present);
    assertThat(present.trouble()).contains("at line 1 of");

    write("a.yaml", policies("One"));
    lookTwice(present);

    assertThat(present.trouble()).isNull();
    assertThat(names(present)).containsExactly("One");
  }

  @Test
  void keepsTheLastGoodSetWhenTheFolderIsGone() throws IOException {
    write("a.yaml", policies("One"));
    var present = present();

    Files.move(folder, parent.resolve("away"));
    lookTwice(present);

    assertThat(names(present)).containsExactly("One");
    assertThat(present.trouble())
        .isEqualTo("Expected %s to be a folder with policies, but there is none".formatted(folder));
  }

  @Test
  void namesTheFileAndTheLineOfANameThatIsTaken() throws IOException {
    write("a.yaml", policies("One"));
    var second = write("b.yaml", policies("Two", "One"));

    assertThatThrownBy(this::present)
        .isInstanceOf(PoliciesRefused.class)
        .hasMessageContaining("another policy has that name")
        .hasMessageEndingWith(" of " + second);
  }

  @Test
  void refusesWhatIsNotTextInUtf8() throws IOException {
    Files.write(
        folder.resolve("a.yaml"), "policies: # Prioritäten".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(this::present)
        .isInstanceOf(PoliciesRefused.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void hasNoPoliciesWhereTheUsualFolderIsMissing(CapturedOutput output) throws IOException {
    var usual = parent.resolve("usual");
    var present = new PresentPolicies(new PolicyFolder(usual, false));

    assertThat(present.get().isEmpty()).isTrue();
    assertThat(output).containsOnlyOnce("There is no folder " + usual);

    Files.createDirectory(usual);
    Files.writeString(usual.resolve("a.yaml"), policies("One"));
    lookTwice(present);
    assertThat(names(present)).containsExactly("One");
  }

  private PresentPolicies present() {
    return new PresentPolicies(new PolicyFolder(folder, true));
  }

  private static void lookTwice(PresentPolicies present) {
    present.look();
    present.look();
  }

  private static Iterable<String> names(PresentPolicies present) {
    return present.get().list().stream().map(Policy::name).toList();
  }

  private static String policies(String... names) {
    var text = new StringBuilder("policies:\n");
    for (var name : names) {
      text.append("  - name: ").append(name).append("\n    priority_ceiling: 1\n    when: 1==1\n");
    }
    return text.toString();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private void version(String name, String text) throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve(name)).resolve("a.yaml"), text);
  }

  private static void exchange(Path link, Path target) throws IOException {
    var next = link.resolveSibling("..next");
    Files.createSymbolicLink(next, target);
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
  }
}
