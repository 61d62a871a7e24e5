package dev.muster.workflow;

import dev.muster.event.Event;
import dev.muster.event.Events;
import dev.muster.rules.CompiledInstruction;
import dev.muster.rules.Instruction;
import dev.muster.rules.Instruction.QueueReference;
import dev.muster.rules.InstructionError;
import dev.muster.web.IfMatch;
import dev.muster.web.Listing;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
import dev.muster.workflow.WorkflowController.NewWorkflow;
import dev.muster.workflow.WorkflowController.WorkflowUpdate;
import dev.muster.workspace.WorkspaceSid;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The workflows of workspaces. Every change of a configuration makes a new version; tasks keep the
 * one they have.
 */
@Repository
public class Workflows {

  private static final int DEFAULT_RESERVATION_TIMEOUT_SECONDS = 120;

  private static final String SELECT =
      """
      SELECT w.*, v.configuration FROM workflow w
      JOIN workflow_version v ON v.workspace_sid = w.workspace_sid AND v.workflow_sid = w.sid AND v.version = w.version
      WHERE w.workspace_sid = :workspace""";

  private static final RowMapper<Workflow> ROW =
      (row, number) ->
          new Workflow(
              new WorkflowSid(row.getString("sid")),
              row.getString("friendly_name"),
              row.getInt("version"),
              row.getString("configuration"),
              url(row.getString("assignment_callback_url")),
              url(row.getString("fallback_assignment_callback_url")),
              row.getInt("task_reservation_timeout_seconds"),
              row.getTimestamp("created_at").toInstant(),
              row.getTimestamp("updated_at").toInstant());

  private final JdbcClient jdbc;
  private final Events events;
  private final Clock clock;
  private final ApplicationEventPublisher publisher;

  Workflows(JdbcClient jdbc, Events events, Clock clock, ApplicationEventPublisher publisher) {
    this.jdbc = jdbc;
    this.events = events;
    this.clock = clock;
    this.publisher = publisher;
  }

  /**
   * Creates a workflow.
   *
   * @throws Refused if the document is not a valid instruction, names a queue that does not exist,
   *     or the name is taken
   */
  @Transactional
  public Workflow create(WorkspaceSid workspace, NewWorkflow form) {
    var sid = WorkflowSid.next();
    var instruction = checked(workspace, form.configuration());
    var now = clock.instant();
    try {
      jdbc.sql(
              """
              INSERT INTO workflow (workspace_sid, sid, friendly_name, version, assignment_callback_url,
                fallback_assignment_callback_url, task_reservation_timeout_seconds, created_at, updated_at)
              VALUES (:workspace, :sid, :name, 1, :callback, :fallback, :timeout, :now, :now)
              """)
          .param("workspace", workspace.value())
          .param("sid", sid.value())
          .param("name", form.friendlyName())
          .param("callback", text(form.assignmentCallbackUrl()))
          .param("fallback", text(form.fallbackAssignmentCallbackUrl()))
          .param(
              "timeout",
              Objects.requireNonNullElse(
                  form.taskReservationTimeout(), DEFAULT_RESERVATION_TIMEOUT_SECONDS))
          .param("now", now.atOffset(ZoneOffset.UTC))
          .update();
    } catch (DuplicateKeyException taken) {
      throw nameTaken();
    }
    addVersion(workspace, sid, 1, form.configuration(), instruction, now);
    record(workspace, "workflow.created", sid, form.friendlyName(), now);
    return get(workspace, sid);
  }

  public Optional<Workflow> find(WorkspaceSid workspace, WorkflowSid sid) {
    return jdbc.sql(SELECT + " AND w.sid = :sid")
        .param("workspace", workspace.value())
        .param("sid", sid.value())
        .query(ROW)
        .optional();
  }

  public Workflow get(WorkspaceSid workspace, WorkflowSid sid) {
    return find(workspace, sid).orElseThrow(Refused::notFound);
  }

  public Page<Workflow> list(WorkspaceSid workspace, @Nullable String name, PageRequest page) {
    return Listing.of(jdbc, SELECT, "w.sid", ROW)
        .with("workspace", workspace.value())
        .filter("w.friendly_name = :name", "name", name)
        .page(page, workflow -> workflow.sid().value());
  }

  /**
   * Changes what is given; a new configuration makes a new version. With {@code reEvaluateTasks}
   * the waiting tasks are run through it from the top, otherwise they keep the version they have.
   */
  @Transactional
  public Workflow update(WorkspaceSid workspace, WorkflowSid sid, WorkflowUpdate form) {
    var present = lock(workspace, sid);
    var now = clock.instant();
    var version = present.version();
    if (form.configuration() != null && !form.configuration().equals(present.configuration())) {
      version++;
      var instruction = checked(workspace, form.configuration());
      addVersion(workspace, sid, version, form.configuration(), instruction, now);
    }
    try {
      jdbc.sql(
              """
              UPDATE workflow SET version = :version, updated_at = :now,
                friendly_name = coalesce(:name, friendly_name),
                assignment_callback_url = coalesce(:callback, assignment_callback_url),
                fallback_assignment_callback_url = coalesce(:fallback, fallback_assignment_callback_url),
                task_reservation_timeout_seconds = coalesce(:timeout, task_reservation_timeout_seconds)
              WHERE workspace_sid = :workspace AND sid = :sid
              """)
          .param("workspace", workspace.value())
          .param("sid", sid.value())
          .param("version", version)
          .param("name", form.friendlyName())
          .param("callback", text(form.assignmentCallbackUrl()))
          .param("fallback", text(form.fallbackAssignmentCallbackUrl()))
          .param("timeout", form.taskReservationTimeout())
          .param("now", now.atOffset(ZoneOffset.UTC))
          .update();
    } catch (DuplicateKeyException taken) {
      throw nameTaken();
    }
    var changed = get(workspace, sid);
    record(workspace, "workflow.updated", sid, changed.friendlyName(), now);
    if (Boolean.TRUE.equals(form.reEvaluateTasks())) {
      publisher.publishEvent(new WorkflowChanged(workspace, sid, version));
    }
    return changed;
  }

  /**
   * Gives a workflow a new configuration if it still is at the expected version, as {@link #update}
   * does.
   */
  @Transactional
  public Workflow configure(
      WorkspaceSid workspace,
      WorkflowSid sid,
      String configuration,
      boolean reEvaluateTasks,
      IfMatch expected) {
    expected.check(lock(workspace, sid).version());
    return update(
        workspace, sid, new WorkflowUpdate(null, configuration, null, null, null, reEvaluateTasks));
  }

  /**
   * Deletes a workflow.
   *
   * @throws Refused while tasks that are not over belong to it
   */
  @Transactional
  public void delete(WorkspaceSid workspace, WorkflowSid sid) {
    var present = lock(workspace, sid);
    var live =
        jdbc.sql(
                """
                SELECT count(*) FROM (SELECT 1 FROM task WHERE workspace_sid = :workspace AND workflow_sid = :sid
                  AND status IN ('pending', 'reserved', 'assigned', 'wrapping') LIMIT 1001) AS live
                """)
            .param("workspace", workspace.value())
            .param("sid", sid.value())
            .query(Integer.class)
            .single();
    if (live > 0) {
      throw Refused.invalid(
          "Expected workflow %s to have no live tasks before it is deleted, but it has %s: complete or cancel them first",
          sid, live > 1000 ? "more than 1000" : live);
    }
    jdbc.sql("DELETE FROM workflow WHERE workspace_sid = :workspace AND sid = :sid")
        .param("workspace", workspace.value())
        .param("sid", sid.value())
        .update();
    record(workspace, "workflow.deleted", sid, present.friendlyName(), clock.instant());
  }

  private Workflow lock(WorkspaceSid workspace, WorkflowSid sid) {
    return jdbc.sql(SELECT + " AND w.sid = :sid FOR UPDATE OF w")
        .param("workspace", workspace.value())
        .param("sid", sid.value())
        .query(ROW)
        .optional()
        .orElseThrow(Refused::notFound);
  }

  /**
   * Parses the document, finds its queues and proves that the compiled rules decide as the document
   * reads.
   */
  private Instruction checked(WorkspaceSid workspace, String configuration) {
    try {
      var instruction = Instruction.parse(configuration);
      checkQueues(workspace, instruction);
      CompiledInstruction.compile(workspace.value(), instruction).verify(configuration.hashCode());
      return instruction;
    } catch (InstructionError error) {
      throw Refused.because("Configuration", error);
    }
  }

  private void checkQueues(WorkspaceSid workspace, Instruction instruction) {
    var named = queues(instruction);
    var existing =
        Set.copyOf(
            jdbc.sql(
                    "SELECT sid FROM task_queue WHERE workspace_sid = :workspace AND sid IN (:sids)")
                .param("workspace", workspace.value())
                .param("sids", named.isEmpty() ? Set.of("") : named)
                .query(String.class)
                .list());
    for (var reference : instruction.queues()) {
      if (!existing.contains(reference.queue())) {
        throw Refused.invalid(
            "Expected %s to be the SID of a task queue of this workspace, but got '%s'",
            reference.where(), reference.queue());
      }
    }
  }

  private static Set<String> queues(Instruction instruction) {
    return instruction.queues().stream().map(QueueReference::queue).collect(Collectors.toSet());
  }

  private void addVersion(
      WorkspaceSid workspace,
      WorkflowSid sid,
      int version,
      String configuration,
      Instruction instruction,
      Instant now) {
    jdbc.sql(
            """
            INSERT INTO workflow_version (workspace_sid, workflow_sid, version, configuration, created_at)
            VALUES (:workspace, :sid, :version, :configuration, :now)
            """)
        .param("workspace", workspace.value())
        .param("sid", sid.value())
        .param("version", version)
        .param("configuration", configuration)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
    jdbc.sql(
            """
            INSERT INTO workflow_queue (workspace_sid, workflow_sid, version, task_queue_sid)
            SELECT :workspace, :sid, :version, queue FROM unnest(:queues) AS queue
            """)
        .param("workspace", workspace.value())
        .param("sid", sid.value())
        .param("version", version)
        .param("queues", queues(instruction).toArray(String[]::new))
        .update();
  }

  private void record(
      WorkspaceSid workspace, String type, WorkflowSid sid, String name, Instant now) {
    events.record(
        Event.of(
            workspace.value(),
            type,
            sid.value(),
            now,
            Map.of("workflow_sid", sid.value(), "workflow_name", name)));
  }

  private static Refused nameTaken() {
    return Refused.invalid("Workflow with the same friendly name already exists");
  }

  private static @Nullable String text(@Nullable URI url) {
    return url == null ? null : url.toString();
  }

  private static @Nullable URI url(@Nullable String text) {
    return text == null ? null : URI.create(text);
  }
}
