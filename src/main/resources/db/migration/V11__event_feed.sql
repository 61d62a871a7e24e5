-- tx: the transaction that wrote the event. A reader's place is the snapshot of its last look: what that one did not see is new.
-- feed_number: the order of writing; of two transactions one of which waited for the other, the later has the higher numbers.
ALTER TABLE event
  ADD COLUMN tx          xid8   NOT NULL DEFAULT pg_current_xact_id(),
  ADD COLUMN feed_number bigint NOT NULL GENERATED ALWAYS AS IDENTITY;
CREATE INDEX event_feed ON event (workspace_sid, tx);

-- The sockets of workers, on whatever node. seen_at: until when the node of an open one was there.
CREATE TABLE worker_session (
  workspace_sid     text        NOT NULL,
  worker_sid        text        NOT NULL,
  sid               uuid        NOT NULL,
  node              uuid        NOT NULL,
  offline_when_gone boolean     NOT NULL,
  ended             boolean     NOT NULL DEFAULT false,
  seen_at           timestamptz NOT NULL,
  PRIMARY KEY (workspace_sid, worker_sid, sid)
);
CREATE INDEX worker_session_by_node ON worker_session (node) WHERE NOT ended;
CREATE INDEX worker_session_by_sight ON worker_session (seen_at);
