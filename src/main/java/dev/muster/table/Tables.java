package dev.muster.table;

import dev.muster.table.TableReader.Reading;
import dev.muster.web.IfMatch;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import dev.muster.workflow.Authorship;
import dev.muster.workflow.Draft;
import dev.muster.workflow.Published;
import dev.muster.workflow.Workflow;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workflow.Workflows;
import dev.muster.workspace.WorkspaceSid;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/** The workflows of a workspace as decision tables. */
@Component
class Tables {

  /** Most bytes of a file. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  /** Files that are taken apart at the same time, for each may need some tens of megabytes. */
  private static final int AT_ONCE = 4;

  private final Semaphore places = new Semaphore(AT_ONCE, true);
  private final Workflows workflows;

  Tables(Workflows workflows) {
    this.workflows = workflows;
  }

  /**
   * What a file changes.
   *
   * @param reEvaluateTasks whether waiting tasks are run through the new version
   * @param expected the version of the workflow that the file was made from
   */
  record Upload(
      TableFormat format,
      byte[] file,
      boolean reEvaluateTasks,
      IfMatch expected,
      Authorship authorship) {

    Draft draft(String configuration) {
      return new Draft(configuration, reEvaluateTasks, expected, authorship);
    }
  }

  /**
   * Gives a workflow the instruction that a table says.
   *
   * @throws Refused if the file is no table, what it says is not a valid instruction, or the
   *     workflow has another version
   */
  Published save(WorkspaceSid workspace, WorkflowSid sid, Upload upload) {
    var present = workflows.get(workspace, sid);
    upload.expected().check(present.version());
    var reading = read(upload);
    try {
      return workflows.publish(workspace, sid, upload.draft(reading.document()));
    } catch (Refused refused) {
      throw refused.refusal() == Refusal.INVALID
          ? Refused.invalid("%s", reading.explain(String.valueOf(refused.getMessage())))
          : refused;
    }
  }

  /**
   * A workflow's instruction as a file.
   *
   * @throws Refused if it is too much for a table
   */
  byte[] file(Workflow workflow, TableFormat format) {
    try {
      return format.write(TableWriter.write(format.sheet(), workflow.configuration()));
    } catch (TableError error) {
      throw Refused.invalid(
          "%s; the workflow's Configuration has it all", String.valueOf(error.getMessage()));
    }
  }

  private Reading read(Upload upload) {
    places.acquireUninterruptibly();
    try {
      return TableReader.read(upload.format().read(upload.file()));
    } catch (TableError error) {
      throw Refused.invalid("%s", String.valueOf(error.getMessage()));
    } finally {
      places.release();
    }
  }
}
