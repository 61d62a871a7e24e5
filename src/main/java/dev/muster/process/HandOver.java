package dev.muster.process;

/** The names that Java shares with processes that hand tasks over, and with the template for it. */
final class HandOver {

  static final String CREATE_TASK = "muster.create-task";

  static final String ORDER = "musterTask";
  static final String ACCOUNT_SID = "accountSid";
  static final String WORKSPACE_SID = "workspaceSid";

  static final String RESULT = "taskResult";
  static final String TASK_CANCELED = "TASK_CANCELED";

  private HandOver() {}
}
