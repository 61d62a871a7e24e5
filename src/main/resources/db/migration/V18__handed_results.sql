-- What became of a handed task, kept at its end, since the task itself may be gone before its process is told. Null while
-- it lives, and for what ended before these columns were there: then its task is asked.
ALTER TABLE handed_task
  ADD COLUMN status     text CHECK (status IN ('completed', 'canceled')),
  ADD COLUMN reason     text,
  ADD COLUMN attributes text,
  ADD COLUMN worker_sid text;
