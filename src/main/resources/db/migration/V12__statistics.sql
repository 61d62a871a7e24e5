-- workflow_sid: by which the task was offered. wrapping_at: since when the worker writes up.
-- Both stay empty in what nodes of the version before write meanwhile.
ALTER TABLE reservation
  ADD COLUMN workflow_sid text,
  ADD COLUMN wrapping_at  timestamptz;
UPDATE reservation r SET workflow_sid = t.workflow_sid
FROM task t WHERE t.workspace_sid = r.workspace_sid AND t.sid = r.task_sid;

-- previous_activity_*: what a worker did until the event, and for how long.
ALTER TABLE event
  ADD COLUMN previous_activity_sid text GENERATED ALWAYS AS (data ->> 'worker_previous_activity_sid') STORED,
  ADD COLUMN previous_activity_millis bigint
    GENERATED ALWAYS AS ((data ->> 'worker_time_in_previous_activity_ms')::bigint) STORED;
CREATE INDEX event_by_tx ON event (tx);
CREATE INDEX event_stays ON event (workspace_sid, at) INCLUDE (worker_sid, previous_activity_sid, previous_activity_millis)
  WHERE previous_activity_sid IS NOT NULL;

-- What statistics count: each event once for its workspace, and once for its queue, workflow and worker.
-- millis: how long the task had waited since its creation, or the worker had written up.
-- in_queue_millis: how long it had waited in its queue; only for the queue.
-- handed_on: another worker had the task before.
CREATE VIEW countable AS
SELECT e.workspace_sid, s.subject_sid, e.tx, e.at, e.type, coalesce(e.task_channel_sid, '') AS task_channel_sid,
  e.data ? 'task_handed_on' AS handed_on,
  CASE
    WHEN e.type IN ('reservation.accepted', 'task.canceled') THEN (e.data ->> 'task_age_ms')::bigint
    WHEN e.type = 'reservation.completed' THEN (e.data ->> 'reservation_wrap_up_ms')::bigint
  END AS millis,
  CASE
    WHEN e.type IN ('reservation.accepted', 'task.canceled') AND s.subject_sid = e.task_queue_sid
    THEN (e.data ->> 'task_age_in_queue_ms')::bigint
  END AS in_queue_millis
FROM event e
CROSS JOIN LATERAL (VALUES (e.workspace_sid), (e.task_queue_sid), (e.workflow_sid), (e.worker_sid)) AS s (subject_sid)
WHERE s.subject_sid IS NOT NULL AND e.type IN (
  'task.created', 'task.canceled', 'task.completed', 'task.deleted', 'task.system-deleted',
  'task-queue.entered', 'task-queue.moved', 'workflow.entered', 'workflow.timeout',
  'reservation.created', 'reservation.accepted', 'reservation.rejected', 'reservation.timeout',
  'reservation.canceled', 'reservation.rescinded', 'reservation.completed');

-- Waits as statistics split them: each in whole steps, up to the end of the last one. Steps grow with the wait.
-- A task that is handed on has been answered before: its second wait is left out.
-- since: 'creation' of the task, or its coming into the 'queue'.
CREATE VIEW countable_wait AS
SELECT c.workspace_sid, c.subject_sid, c.tx, c.at, c.type, c.task_channel_sid, w.since,
  (step.seconds * ceil(w.millis / (1000.0 * step.seconds)))::integer AS up_to_seconds
FROM countable c
CROSS JOIN LATERAL (VALUES ('creation', c.millis), ('queue', c.in_queue_millis)) AS w (since, millis)
CROSS JOIN LATERAL (SELECT CASE
  WHEN w.millis <= 120000 THEN 1
  WHEN w.millis <= 600000 THEN 5
  WHEN w.millis <= 3600000 THEN 30
  WHEN w.millis <= 14400000 THEN 300
  WHEN w.millis <= 86400000 THEN 900
  ELSE 3600 END AS seconds) AS step
WHERE c.type IN ('reservation.accepted', 'task.canceled') AND w.millis IS NOT NULL AND NOT c.handed_on
  AND c.subject_sid NOT LIKE 'WK%';

-- Events counted by minute, hour and day (in UTC). subject_sid: the workspace itself, a queue, a workflow or a worker.
CREATE TABLE tally (
  workspace_sid         text        NOT NULL,
  subject_sid           text        NOT NULL,
  span                  text        NOT NULL CHECK (span IN ('minute', 'hour', 'day')),
  starts_at             timestamptz NOT NULL,
  task_channel_sid      text        NOT NULL,
  type                  text        NOT NULL,
  times                 bigint      NOT NULL,
  measured              bigint      NOT NULL,
  total_millis          bigint      NOT NULL,
  least_millis          bigint,
  most_millis           bigint,
  in_queue_measured     bigint      NOT NULL,
  in_queue_total_millis bigint      NOT NULL,
  in_queue_least_millis bigint,
  in_queue_most_millis  bigint,
  PRIMARY KEY (workspace_sid, subject_sid, span, starts_at, task_channel_sid, type)
) WITH (fillfactor = 80);
CREATE INDEX tally_by_time ON tally (starts_at);

CREATE TABLE wait_tally (
  workspace_sid    text        NOT NULL,
  subject_sid      text        NOT NULL,
  span             text        NOT NULL CHECK (span IN ('minute', 'hour', 'day')),
  starts_at        timestamptz NOT NULL,
  task_channel_sid text        NOT NULL,
  type             text        NOT NULL,
  since            text        NOT NULL,
  up_to_seconds    integer     NOT NULL,
  times            bigint      NOT NULL,
  PRIMARY KEY (workspace_sid, subject_sid, span, starts_at, task_channel_sid, type, since, up_to_seconds)
) WITH (fillfactor = 80);
CREATE INDEX wait_tally_by_time ON wait_tally (starts_at);

-- counted_before: the events of all transactions before this one are in the tallies, and no others.
CREATE TABLE tally_progress (
  only_row       boolean PRIMARY KEY CHECK (only_row),
  counted_before xid8    NOT NULL
);
INSERT INTO tally_progress VALUES (true, '0');

-- Live tasks with what real-time statistics count, so that they are counted in the index.
DROP INDEX task_live_by_queue;
DROP INDEX task_live_by_workflow;
CREATE INDEX task_live_by_queue ON task (workspace_sid, task_queue_sid, created_at, sid)
  INCLUDE (status, priority, task_channel_sid, queue_entered_at)
  WHERE status IN ('pending', 'reserved', 'assigned', 'wrapping');
CREATE INDEX task_live_by_workflow ON task (workspace_sid, workflow_sid, created_at, sid)
  INCLUDE (status, priority, task_channel_sid)
  WHERE status IN ('pending', 'reserved', 'assigned', 'wrapping');
