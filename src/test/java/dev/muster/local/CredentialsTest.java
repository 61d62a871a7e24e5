package dev.muster.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {

  @TempDir Path data;

  @Test
  void areMadeOnceAndForTheirOwnerOnly() throws Exception {
    var file = data.resolve("credentials.properties");

    var made = Credentials.load(file, Map.of());

    assertThat(Credentials.load(file, Map.of())).isEqualTo(made);
    assertThat(made.accountSid()).matches("AC[0-9a-f]{32}");
    assertThat(Base64.getDecoder().decode(made.masterKey())).hasSize(32);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void comeFromTheEnvironmentFirst() {
    var file = data.resolve("credentials.properties");

    var chosen = Credentials.load(file, Map.of("MUSTER_AUTH_TOKEN", "chosen"));

    assertThat(chosen.authToken()).isEqualTo("chosen");
    assertThat(chosen.accountSid()).isEqualTo(Credentials.load(file, Map.of()).accountSid());
  }
}
