package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Nobody can be given a connection to the database, as when it is away. */
@TestPropertySource(
    properties = {
      "spring.datasource.hikari.maximum-pool-size=" + DatabaseAwayTest.CONNECTIONS,
      "spring.datasource.hikari.connection-timeout=250",
    })
class DatabaseAwayTest extends ApiTest {

  static final int CONNECTIONS = 5;

  @Autowired DataSource database;

  private final List<Connection> taken = new ArrayList<>();
  private String workspace;

  @BeforeEach
  void takeThemAll() throws SQLException {
    workspace = workspace(acme);
    while (taken.size() < CONNECTIONS) {
      taken.add(database.getConnection());
    }
  }

  @AfterEach
  void giveThemBack() throws SQLException {
    for (var connection : taken) {
      connection.close();
    }
    taken.clear();
  }

  @Test
  void tellsACallerToComeBack() {
    asksToComeBack(acme.post(workspace, "FriendlyName", "Other"));
  }

  @Test
  void tellsACallerToComeBackOfWhomItDoesNotKnowWhetherToServe() {
    asksToComeBack(acme.as("AC00000000000000000000000000000000", "secret").get(workspace));
  }

  @Test
  void servesTheRequestThatIsSentAgain() throws SQLException {
    asksToComeBack(acme.post(workspace, "FriendlyName", "Other"));

    giveThemBack();

    assertThat(acme.get(workspace).text("friendly_name")).isEqualTo("Support");
    assertThat(acme.post(workspace, "FriendlyName", "Other").status()).isEqualTo(200);
    assertThat(globex.get("/v1/Workspaces").status()).isEqualTo(200);
  }

  private static void asksToComeBack(Wire.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.json().path("code").asInt()).isEqualTo(20503);
    assertThat(answer.text("message"))
        .isEqualTo(
            "Expected to serve the request, but the database cannot be reached: send it again a little later");
  }
}
