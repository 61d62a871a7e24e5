package dev.muster.workspace;

import dev.muster.web.ShortMemory;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Whether workspaces multitask. Those that do never stop, so that what is remembered of them stays
 * true; one that starts is believed after a few seconds.
 */
@Repository
public class Multitasking {

  private final ShortMemory<WorkspaceSid, Boolean> known =
      new ShortMemory<>(Duration.ofSeconds(5), 50_000);
  private final JdbcClient jdbc;

  Multitasking(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public boolean isOn(WorkspaceSid workspace) {
    return known.get(workspace, this::read).orElse(true);
  }

  private Optional<Boolean> read(WorkspaceSid workspace) {
    return jdbc.sql("SELECT multi_task_enabled FROM workspace WHERE sid = :workspace")
        .param("workspace", workspace.value())
        .query(Boolean.class)
        .optional();
  }
}
