-- How the document names the queue, by its sid or by the friendly name that it had when the version was made.
ALTER TABLE workflow_queue ADD COLUMN named text;
UPDATE workflow_queue SET named = task_queue_sid;
ALTER TABLE workflow_queue ALTER COLUMN named SET NOT NULL;
ALTER TABLE workflow_queue DROP CONSTRAINT workflow_queue_pkey;
ALTER TABLE workflow_queue ADD PRIMARY KEY (workspace_sid, workflow_sid, version, named);

-- timed_out: a step of the task's way ran out of time, so that the default filter does not take it any more.
-- step_entered_at: the defaults are for nodes of the version before that still write while others start.
ALTER TABLE task ADD COLUMN timed_out boolean NOT NULL DEFAULT false;
ALTER TABLE task ADD COLUMN step_entered_at timestamptz NOT NULL DEFAULT now();
UPDATE task SET step_entered_at = filter_entered_at;
