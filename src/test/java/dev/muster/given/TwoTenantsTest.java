package dev.muster.given;

import dev.muster.testing.SettableClock;
import dev.muster.web.ApiTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Two tenants with a workspace each, while time stands still unless it is moved. */
@Import(Heard.class)
@TestPropertySource(properties = "muster.web.searches-per-second=30")
public abstract class TwoTenantsTest extends ApiTest {

  protected Given ours;
  protected Given theirs;

  @Autowired protected SettableClock clock;
  @Autowired protected Heard heard;
  @Autowired protected JdbcClient jdbc;

  @BeforeEach
  void openWorkspaces() {
    ours = Given.workspaceOf(acme);
    theirs = Given.workspaceOf(globex);
    clock.stop();
    heard.forget();
  }

  @AfterEach
  void letTimeRun() {
    clock.reset();
  }
}
