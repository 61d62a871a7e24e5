-- The BPMN process that a workflow names for its tasks, and the one that each task has from its creation on; null for
-- Muster's own.
ALTER TABLE workflow ADD COLUMN process_id text;
ALTER TABLE task ADD COLUMN process_id text;

-- Tasks that other processes hand to people, one for each job, whose key is the engine's and not a tenant's. ended_at:
-- the task is over; told_at: its process knows. All instants are the database's, since nodes compare them.
CREATE TABLE handed_task (
  job_key       bigint      PRIMARY KEY,
  workspace_sid text        NOT NULL,
  task_sid      text,
  ended_at      timestamptz,
  claimed_until timestamptz,
  told_at       timestamptz
);
CREATE UNIQUE INDEX handed_task_by_task ON handed_task (workspace_sid, task_sid);
CREATE INDEX handed_task_untold ON handed_task (ended_at) WHERE ended_at IS NOT NULL AND told_at IS NULL;
CREATE INDEX handed_task_told ON handed_task (told_at) WHERE told_at IS NOT NULL;
