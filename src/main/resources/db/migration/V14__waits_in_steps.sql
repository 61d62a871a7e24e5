-- Waits are tallied in one row for each span: times[n] took the nth step. Steps grow with the wait, from one second
-- (the first one is for no wait at all) to an hour; those beyond some 67 days are one.
DROP VIEW countable_wait;
DROP TABLE wait_tally;
CREATE TABLE wait_tally (
  workspace_sid    text        NOT NULL,
  subject_sid      text        NOT NULL,
  span             text        NOT NULL CHECK (span IN ('hour', 'day')),
  starts_at        timestamptz NOT NULL,
  task_channel_sid text        NOT NULL,
  type             text        NOT NULL,
  since            text        NOT NULL,
  times            integer[]   NOT NULL,
  PRIMARY KEY (workspace_sid, subject_sid, span, starts_at, task_channel_sid, type, since)
) WITH (fillfactor = 80);
CREATE INDEX wait_tally_by_time ON wait_tally (starts_at);

-- A task that is handed on has been answered before: its second wait is left out.
-- since: 'creation' of the task, or its coming into the 'queue'.
CREATE VIEW countable_wait AS
SELECT c.workspace_sid, c.subject_sid, c.tx, c.at, c.type, c.task_channel_sid, w.since,
  least(2000, CASE
    WHEN w.millis <= 120000 THEN 1 + ceil(w.millis / 1000.0)
    WHEN w.millis <= 600000 THEN 121 + ceil((w.millis - 120000) / 5000.0)
    WHEN w.millis <= 3600000 THEN 217 + ceil((w.millis - 600000) / 30000.0)
    WHEN w.millis <= 14400000 THEN 317 + ceil((w.millis - 3600000) / 300000.0)
    WHEN w.millis <= 86400000 THEN 353 + ceil((w.millis - 14400000) / 900000.0)
    ELSE 433 + ceil((w.millis - 86400000) / 3600000.0) END)::integer AS step
FROM countable c
CROSS JOIN LATERAL (VALUES ('creation', c.millis), ('queue', c.in_queue_millis)) AS w (since, millis)
WHERE c.type IN ('reservation.accepted', 'task.canceled') AND w.millis IS NOT NULL AND NOT c.handed_on
  AND c.subject_sid NOT LIKE 'WK%';

-- All events are counted anew.
TRUNCATE tally;
UPDATE tally_progress SET counted_before = '0';
