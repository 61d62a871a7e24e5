package dev.muster.assignment;

import dev.muster.task.Demand;
import dev.muster.workspace.Multitasking;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The floors of workspaces, each for one matching round. */
@Component
class Floors {

  private final JdbcClient jdbc;
  private final Multitasking multitasking;

  Floors(JdbcClient jdbc, Multitasking multitasking) {
    this.jdbc = jdbc;
    this.multitasking = multitasking;
  }

  Floor open(WorkspaceSid workspace, Collection<Demand> demands, Instant now) {
    return Floor.open(jdbc, workspace, multitasking.isOn(workspace), demands, now);
  }
}
