package dev.muster.workflow;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.muster.queue.TaskQueueSid;
import dev.muster.rules.CompiledInstruction;
import dev.muster.rules.Instruction;
import dev.muster.workspace.WorkspaceSid;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Compiled workflow versions, compiled when first needed and kept while there is room. Their queues
 * are those that the names in the document meant when the version was made.
 */
@Component
public class Plans {

  private record Version(WorkspaceSid workspace, WorkflowSid workflow, int number) {}

  private static final String CONFIGURATION =
      """
      SELECT configuration FROM workflow_version
      WHERE workspace_sid = :workspace AND workflow_sid = :workflow AND version = :version
      """;

  private final Cache<Version, Plan> plans;
  private final JdbcClient jdbc;
  private final WorkflowRows rows;

  Plans(JdbcClient jdbc, WorkflowRows rows, WorkflowSettings settings) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.plans =
        Caffeine.newBuilder()
            .maximumWeight(settings.compiledBytes())
            .<Version, Plan>weigher(
                (version, plan) -> Math.toIntExact(Math.min(plan.weight(), Integer.MAX_VALUE)))
            .build();
  }

  /** The plan of a version that exists. */
  public Plan get(WorkspaceSid workspace, WorkflowSid workflow, int version) {
    return plans.get(new Version(workspace, workflow, version), this::compile);
  }

  private Plan compile(Version version) {
    var configuration =
        jdbc.sql(CONFIGURATION)
            .param("workspace", version.workspace().value())
            .param("workflow", version.workflow().value())
            .param("version", version.number())
            .query(String.class)
            .single();
    var queues = rows.queues(version.workspace(), version.workflow(), version.number());
    var instruction =
        Instruction.parse(configuration)
            .withQueues(named -> queues.getOrDefault(named, new TaskQueueSid(named)).value());
    return new Plan(CompiledInstruction.compile(version.workflow().value(), instruction));
  }
}
