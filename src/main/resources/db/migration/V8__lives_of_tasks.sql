-- transfer: the worker transferred_by, who has the task, hands it on: it waits for the next worker, or is offered.
-- waiting: a matching round is to find a worker for it.
-- assigned_until: when it is taken away from the worker who has it.
-- hidden_at: when the v1 interface forgets a task that is over; the row stays for those who ask what happened.
ALTER TABLE task
  ADD COLUMN transfer       text CHECK (transfer IN ('waiting', 'offered')),
  ADD COLUMN transferred_by text,
  ADD COLUMN waiting        boolean NOT NULL GENERATED ALWAYS AS
    (status = 'pending' OR coalesce(transfer = 'waiting', false)) STORED,
  ADD COLUMN assigned_until timestamptz,
  ADD COLUMN hidden_at      timestamptz;

UPDATE task SET assigned_until = updated_at + interval '24 hours' WHERE status IN ('assigned', 'wrapping');
UPDATE task SET hidden_at = updated_at + interval '5 minutes' WHERE status IN ('completed', 'canceled');

DROP INDEX task_waiting;
DROP INDEX task_asked_again;
CREATE INDEX task_waiting ON task (workspace_sid, demand_class, rank_priority, rank_time, sid) WHERE waiting;
CREATE INDEX task_asked_again ON task (retry_at) WHERE waiting AND retry_at IS NOT NULL;
CREATE INDEX task_live ON task (workspace_sid, sid) WHERE status IN ('pending', 'reserved', 'assigned', 'wrapping');
CREATE INDEX task_ended ON task (workspace_sid, hidden_at) WHERE hidden_at IS NOT NULL;

-- A worker hands a task on. The lower half is the place to which the task returns if nobody takes it.
CREATE TABLE transfer (
  workspace_sid              text        NOT NULL,
  sid                        text        NOT NULL,
  task_sid                   text        NOT NULL,
  mode                       text        NOT NULL CHECK (mode IN ('COLD', 'WARM')),
  to_sid                     text        NOT NULL,
  status                     text        NOT NULL CHECK (status IN ('initiated', 'complete', 'failed', 'canceled')),
  failed_reason              text,
  initiating_reservation_sid text        NOT NULL,
  initiating_worker_sid      text        NOT NULL,
  initiating_queue_sid       text        NOT NULL,
  initiating_workflow_sid    text        NOT NULL,
  created_at                 timestamptz NOT NULL,
  updated_at                 timestamptz NOT NULL,
  workflow_version           integer     NOT NULL,
  filter_index               integer     NOT NULL,
  target_index               integer     NOT NULL,
  queue_entered_at           timestamptz NOT NULL,
  filter_entered_at          timestamptz NOT NULL,
  queue_closed_by            text[]      NOT NULL,
  ignore_capacity            boolean     NOT NULL,
  routing_target             text,
  PRIMARY KEY (workspace_sid, sid)
);
CREATE INDEX transfer_by_task ON transfer (workspace_sid, task_sid);
CREATE UNIQUE INDEX transfer_one_at_a_time ON transfer (workspace_sid, task_sid) WHERE status = 'initiated';

-- previous_activity_sid: what the worker did before the offer, in a workspace that does not multitask.
ALTER TABLE reservation ADD COLUMN previous_activity_sid text;

-- timeout_moves_worker: whether a reservation that times out puts its worker to the timeout activity.
ALTER TABLE workspace ADD COLUMN timeout_moves_worker boolean NOT NULL DEFAULT true;
