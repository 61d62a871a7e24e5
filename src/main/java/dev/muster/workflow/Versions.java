package dev.muster.workflow;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.muster.web.IfMatch;
import dev.muster.web.Listing;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
import dev.muster.workspace.WorkspaceSid;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.ObjectMapper;

/** The versions of workflows: what was in force, who made it so, and the way back. */
@Repository
class Versions {

  /** Lines that a difference shows around each change. */
  private static final int CONTEXT = 3;

  private static final String SELECT =
      """
      SELECT v.version, v.configuration, v.author, v.comment, v.created_at FROM workflow_version v
      WHERE v.workspace_sid = :workspace AND v.workflow_sid = :workflow""";

  /** Pages are found by sids, so a version's number stands in one. */
  private static final String AS_SID = "('WV' || lpad(to_hex(v.version), 32, '0'))";

  private static final RowMapper<WorkflowVersion> ROW =
      (row, number) ->
          new WorkflowVersion(
              row.getInt("version"),
              row.getString("configuration"),
              row.getString("author"),
              row.getString("comment"),
              row.getTimestamp("created_at").toInstant());

  private final JdbcClient jdbc;
  private final Workflows workflows;
  private final ObjectMapper json;

  Versions(JdbcClient jdbc, Workflows workflows, ObjectMapper json) {
    this.jdbc = jdbc;
    this.workflows = workflows;
    this.json = json;
  }

  /**
   * The versions of a workflow, the present one first.
   *
   * @throws Refused as not found if there is no such workflow
   */
  Page<WorkflowVersion> list(WorkspaceSid workspace, WorkflowSid workflow, PageRequest page) {
    workflows.get(workspace, workflow);
    return Listing.of(jdbc, SELECT, AS_SID, ROW)
        .with("workspace", workspace.value())
        .with("workflow", workflow.value())
        .orderBy("v.version", false)
        .page(page, version -> "WV%032x".formatted(version.number()));
  }

  /**
   * One version.
   *
   * @throws Refused as not found
   */
  WorkflowVersion get(WorkspaceSid workspace, WorkflowSid workflow, int number) {
    return find(workspace, workflow, number).orElseThrow(Refused::notFound);
  }

  private Optional<WorkflowVersion> find(WorkspaceSid workspace, WorkflowSid workflow, int number) {
    return jdbc.sql(SELECT + " AND v.version = :number")
        .param("workspace", workspace.value())
        .param("workflow", workflow.value())
        .param("number", number)
        .query(ROW)
        .optional();
  }

  /**
   * What one version changed of another, as a unified difference of both documents laid out in
   * lines; empty if they say the same, however they are spaced.
   *
   * @param from null for the version before; before the first one there was nothing
   * @throws Refused if there is no such version
   */
  List<String> difference(
      WorkspaceSid workspace, WorkflowSid workflow, @Nullable Integer from, int to) {
    var after = get(workspace, workflow, to);
    var earlier = Objects.requireNonNullElse(from, to - 1);
    var before =
        earlier == 0
            ? List.<String>of()
            : lines(
                find(workspace, workflow, earlier)
                    .orElseThrow(
                        () ->
                            Refused.invalid(
                                "Expected From to be a version of workflow %s, but got %d",
                                workflow, earlier)));
    return UnifiedDiffUtils.generateUnifiedDiff(
        "version " + earlier,
        "version " + to,
        before,
        DiffUtils.diff(before, lines(after)),
        CONTEXT);
  }

  private List<String> lines(WorkflowVersion version) {
    return json.writerWithDefaultPrettyPrinter()
        .writeValueAsString(json.readTree(version.configuration()))
        .lines()
        .toList();
  }

  /**
   * Makes a new version that says what an earlier one said, and means the same queues, whatever
   * they are called by now.
   *
   * @throws Refused if there is no such version, it is the present one, or it names a queue that is
   *     gone
   */
  Published rollBack(
      WorkspaceSid workspace,
      WorkflowSid workflow,
      int number,
      boolean reEvaluateTasks,
      IfMatch expected,
      Authorship authorship) {
    var wanted = get(workspace, workflow, number);
    var comment =
        Objects.requireNonNullElse(authorship.comment(), "Back to version %d".formatted(number));
    return workflows.publishAgain(
        workspace,
        workflow,
        new Draft(
            wanted.configuration(),
            reEvaluateTasks,
            expected,
            new Authorship(authorship.author(), comment)),
        number);
  }
}
