-- Names of the operator's policies that had a say in where a task stands, since the policies themselves may change:
-- those that closed queues to it on the way to its step, and those that lowered its priority.
ALTER TABLE task
  ADD COLUMN queue_closed_by     text[] NOT NULL DEFAULT '{}',
  ADD COLUMN priority_lowered_by text[] NOT NULL DEFAULT '{}';
