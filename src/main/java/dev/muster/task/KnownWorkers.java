package dev.muster.task;

import dev.muster.task.Demand.Whom;
import dev.muster.web.Sid;
import dev.muster.workspace.WorkspaceSid;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The workers whom tasks name for steps that are for one certain worker. */
@Repository
class KnownWorkers {

  private static final String NAMED =
      """
      SELECT sid FROM worker
      WHERE workspace_sid = :workspace AND lower(friendly_name) = lower(:name) AND friendly_name = :name
      """;

  private final JdbcClient jdbc;
  private final TaskPlaces places;

  KnownWorkers(JdbcClient jdbc, TaskPlaces places) {
    this.jdbc = jdbc;
    this.places = places;
  }

  /**
   * Sid of the worker for whom the step of a waiting task is; one that the task tells is not looked
   * up. Empty if the step is for anyone, or for nobody.
   */
  Optional<String> of(Task task) {
    if (!task.status().waits()) {
      return Optional.empty();
    }
    var target = places.step(task).target();
    if (target == null || target.knownWorker() == null) {
      return Optional.empty();
    }
    return places.demand(task).whom() instanceof Whom.Known known
        ? sid(task.workspace(), known)
        : Optional.empty();
  }

  private Optional<String> sid(WorkspaceSid workspace, Whom.Known known) {
    return known.name() == null
        ? Optional.ofNullable(known.sid()).filter(sid -> Sid.is("WK", sid))
        : Optional.of(known.name())
            .filter(name -> name.indexOf('\0') < 0)
            .flatMap(name -> named(workspace, name));
  }

  private Optional<String> named(WorkspaceSid workspace, String name) {
    return jdbc.sql(NAMED)
        .param("workspace", workspace.value())
        .param("name", name)
        .query(String.class)
        .optional();
  }
}
