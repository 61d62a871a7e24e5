package dev.muster.process;

import dev.muster.workflow.ProcessId;

/** The names that Java and {@code bpmn/task.bpmn} share; a test holds the two together. */
final class TaskProcess {

  static final String ID = "muster-task";
  static final String MODEL = "bpmn/task.bpmn";

  static final String START_EVENT = "startEvent_TaskCreated";
  static final String TASK_CREATED = "task-created";
  static final String TASK_MOVED = "task-moved";

  static final String ESCALATE_TASK = "escalate-task";
  static final String EXPIRE_TASK = "expire-task";
  static final String EXPIRE_RESERVATION = "expire-reservation";
  static final String ACCEPT_RESERVATION = "accept-reservation";

  static final String WORKSPACE_SID = "workspaceSid";
  static final String TASK_SID = "taskSid";
  static final String STAGE = "stage";
  static final String UNTIL = "until";
  static final String OVER = "over";
  static final String RESERVATIONS = "reservations";
  static final String RESERVATION_SID = "reservationSid";
  static final String RESERVATION_SIDS = "reservationSids";

  private TaskProcess() {}

  /**
   * The message that starts a process of a tenant's choice. Messages start every process that waits
   * for them, so each has a name of its own.
   */
  static String startOf(ProcessId process) {
    return TASK_CREATED + "-" + process;
  }
}
