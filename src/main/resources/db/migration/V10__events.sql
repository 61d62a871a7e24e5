-- task_number: the events of a task are numbered from 1, without gaps.
ALTER TABLE event
  ADD COLUMN task_number integer,
  ADD COLUMN task_channel_sid text;

UPDATE event e SET task_number = n.number
FROM (SELECT workspace_sid, sid, row_number() OVER (PARTITION BY workspace_sid, task_sid ORDER BY sid) AS number
      FROM event WHERE task_sid IS NOT NULL) n
WHERE e.workspace_sid = n.workspace_sid AND e.sid = n.sid;

UPDATE event SET
  task_channel_sid = data ->> 'task_channel_sid',
  workflow_sid = coalesce(workflow_sid, data ->> 'workflow_sid'),
  resource_type = replace(resource_type, '-', '');

CREATE UNIQUE INDEX event_by_task ON event (workspace_sid, task_sid, task_number) WHERE task_sid IS NOT NULL;
CREATE INDEX event_by_time ON event (workspace_sid, at, sid);
CREATE INDEX event_by_type ON event (workspace_sid, type, at);
CREATE INDEX event_by_worker ON event (workspace_sid, worker_sid, at) WHERE worker_sid IS NOT NULL;
CREATE INDEX event_by_reservation ON event (workspace_sid, reservation_sid) WHERE reservation_sid IS NOT NULL;
CREATE INDEX event_by_queue ON event (workspace_sid, task_queue_sid, at) WHERE task_queue_sid IS NOT NULL;
CREATE INDEX event_by_workflow ON event (workspace_sid, workflow_sid, at) WHERE workflow_sid IS NOT NULL;
CREATE INDEX event_by_channel ON event (workspace_sid, task_channel_sid, at) WHERE task_channel_sid IS NOT NULL;

-- What workspaces' systems are told, one row per event. Rows that are queued are the outbox.
-- stream: the task, or else the resource, whose events are told one after the other; number is their order.
-- queued_at: since when it is tried; due_at: when it is tried next.
CREATE TABLE event_delivery (
  workspace_sid   text        NOT NULL,
  event_sid       text        NOT NULL,
  account_sid     text        NOT NULL,
  event_type      text        NOT NULL,
  stream          text        NOT NULL,
  number          integer     NOT NULL,
  request_url     text        NOT NULL,
  status          text        NOT NULL CHECK (status IN ('queued', 'delivered', 'parked', 'dropped')),
  attempts        integer     NOT NULL DEFAULT 0,
  claims          integer     NOT NULL DEFAULT 0,
  claimed_until   timestamptz,
  response_code   integer,
  answer          text,
  error_message   text,
  duration_millis integer,
  created_at      timestamptz NOT NULL,
  queued_at       timestamptz NOT NULL,
  due_at          timestamptz NOT NULL,
  tried_at        timestamptz,
  PRIMARY KEY (workspace_sid, event_sid)
) WITH (fillfactor = 70);
CREATE INDEX event_delivery_due ON event_delivery (workspace_sid, due_at) WHERE status = 'queued';
CREATE INDEX event_delivery_by_stream ON event_delivery (workspace_sid, stream, number, event_sid) WHERE status = 'queued';
CREATE INDEX event_delivery_by_status ON event_delivery (workspace_sid, status, created_at);
CREATE INDEX event_delivery_by_age ON event_delivery (workspace_sid, created_at);
