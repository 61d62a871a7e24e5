package dev.muster.workspace;

import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The activities of workspaces. */
@Repository
public class Activities {

  private static final RowMapper<Activity> ROW =
      (row, number) ->
          new Activity(
              new ActivitySid(row.getString("sid")),
              row.getString("friendly_name"),
              row.getBoolean("available"),
              row.getTimestamp("created_at").toInstant(),
              row.getTimestamp("updated_at").toInstant());

  private final JdbcClient jdbc;

  Activities(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<Activity> find(WorkspaceSid workspace, ActivitySid sid) {
    return jdbc.sql("SELECT * FROM activity WHERE workspace_sid = :workspace AND sid = :sid")
        .param("workspace", workspace.value())
        .param("sid", sid.value())
        .query(ROW)
        .optional();
  }
}
