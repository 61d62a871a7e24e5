-- Every table of a tenant leads with its workspace, so that tenants can be spread over a distributed PostgreSQL.
-- Sids grow with time: ordering by sid is ordering by creation.
-- Tables on the way of a task carry no foreign keys: a check would lock the same workspace row for every task.

CREATE TABLE account (
  sid               text        PRIMARY KEY,
  owner_account_sid text        NOT NULL REFERENCES account (sid),
  friendly_name     text        NOT NULL,
  status            text        NOT NULL CHECK (status IN ('active', 'suspended', 'closed')),
  auth_token_hash   bytea       NOT NULL,
  auth_token_sealed bytea       NOT NULL,
  created_at        timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL
);
CREATE INDEX account_by_owner ON account (owner_account_sid, sid);

CREATE TABLE api_key (
  sid           text        PRIMARY KEY,
  account_sid   text        NOT NULL REFERENCES account (sid),
  friendly_name text        NOT NULL,
  secret_hash   bytea       NOT NULL,
  secret_sealed bytea       NOT NULL,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL
);
CREATE INDEX api_key_by_account ON api_key (account_sid, sid);

CREATE TABLE workspace (
  sid                    text        PRIMARY KEY,
  account_sid            text        NOT NULL REFERENCES account (sid),
  friendly_name          text        NOT NULL,
  default_activity_sid   text        NOT NULL,
  timeout_activity_sid   text        NOT NULL,
  event_callback_url     text,
  events_filter          text,
  multi_task_enabled     boolean     NOT NULL,
  prioritize_queue_order text        NOT NULL CHECK (prioritize_queue_order IN ('FIFO', 'LIFO')),
  created_at             timestamptz NOT NULL,
  updated_at             timestamptz NOT NULL
);
CREATE INDEX workspace_by_account ON workspace (account_sid, sid);

CREATE TABLE activity (
  workspace_sid text        NOT NULL REFERENCES workspace (sid) ON DELETE CASCADE,
  sid           text        NOT NULL,
  friendly_name text        NOT NULL,
  available     boolean     NOT NULL,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  PRIMARY KEY (workspace_sid, sid)
);
CREATE UNIQUE INDEX activity_by_name ON activity (workspace_sid, lower(friendly_name));

CREATE TABLE task_channel (
  workspace_sid             text        NOT NULL REFERENCES workspace (sid) ON DELETE CASCADE,
  sid                       text        NOT NULL,
  unique_name               text        NOT NULL,
  friendly_name             text        NOT NULL,
  channel_optimized_routing boolean     NOT NULL,
  created_at                timestamptz NOT NULL,
  updated_at                timestamptz NOT NULL,
  PRIMARY KEY (workspace_sid, sid)
);
CREATE UNIQUE INDEX task_channel_by_unique_name ON task_channel (workspace_sid, unique_name);

CREATE TABLE worker (
  workspace_sid     text        NOT NULL REFERENCES workspace (sid) ON DELETE CASCADE,
  sid               text        NOT NULL,
  friendly_name     text        NOT NULL,
  attributes        text        NOT NULL,
  attributes_version integer    NOT NULL DEFAULT 1,
  activity_sid      text        NOT NULL,
  available         boolean     NOT NULL,
  status_changed_at timestamptz NOT NULL,
  idle_since        timestamptz NOT NULL,
  version           integer     NOT NULL,
  created_at        timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL,
  PRIMARY KEY (workspace_sid, sid)
);
CREATE UNIQUE INDEX worker_by_name ON worker (workspace_sid, lower(friendly_name));
CREATE INDEX worker_by_activity ON worker (workspace_sid, activity_sid, sid);
CREATE INDEX worker_by_status_change ON worker (workspace_sid, status_changed_at, sid);

-- reserved: reservations that hold a unit (pending, accepted, wrapping); assigned: those that are accepted.
CREATE TABLE worker_channel (
  workspace_sid    text        NOT NULL REFERENCES workspace (sid) ON DELETE CASCADE,
  worker_sid       text        NOT NULL,
  task_channel_sid text        NOT NULL,
  sid              text        NOT NULL,
  capacity         integer     NOT NULL CHECK (capacity BETWEEN 0 AND 50),
  available        boolean     NOT NULL,
  worker_available boolean     NOT NULL,
  reserved         integer     NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  assigned         integer     NOT NULL DEFAULT 0 CHECK (assigned >= 0),
  ready            boolean     NOT NULL GENERATED ALWAYS AS (worker_available AND available AND reserved < capacity) STORED,
  idle_since       timestamptz NOT NULL,
  created_at       timestamptz NOT NULL,
  updated_at       timestamptz NOT NULL,
  PRIMARY KEY (workspace_sid, worker_sid, task_channel_sid),
  FOREIGN KEY (workspace_sid, worker_sid) REFERENCES worker (workspace_sid, sid) ON DELETE CASCADE
);
CREATE UNIQUE INDEX worker_channel_by_sid ON worker_channel (workspace_sid, sid);
CREATE INDEX worker_channel_ready ON worker_channel (workspace_sid, task_channel_sid, worker_sid) WHERE ready;

CREATE TABLE task_queue (
  workspace_sid           text        NOT NULL REFERENCES workspace (sid) ON DELETE CASCADE,
  sid                     text        NOT NULL,
  friendly_name           text        NOT NULL,
  target_workers          text        NOT NULL,
  max_reserved_workers    integer     NOT NULL CHECK (max_reserved_workers BETWEEN 1 AND 50),
  task_order              text        NOT NULL CHECK (task_order IN ('FIFO', 'LIFO')),
  reservation_activity_sid text,
  assignment_activity_sid text,
  created_at              timestamptz NOT NULL,
  updated_at              timestamptz NOT NULL,
  PRIMARY KEY (workspace_sid, sid)
);
CREATE UNIQUE INDEX task_queue_by_name ON task_queue (workspace_sid, lower(friendly_name));
CREATE INDEX task_queue_by_update ON task_queue (workspace_sid, updated_at, sid);

CREATE TABLE queue_member (
  workspace_sid  text NOT NULL,
  task_queue_sid text NOT NULL,
  worker_sid     text NOT NULL,
  PRIMARY KEY (workspace_sid, task_queue_sid, worker_sid),
  FOREIGN KEY (workspace_sid, task_queue_sid) REFERENCES task_queue (workspace_sid, sid) ON DELETE CASCADE,
  FOREIGN KEY (workspace_sid, worker_sid) REFERENCES worker (workspace_sid, sid) ON DELETE CASCADE
);
CREATE INDEX queue_member_by_worker ON queue_member (workspace_sid, worker_sid, task_queue_sid);

CREATE TABLE workflow (
  workspace_sid                    text        NOT NULL REFERENCES workspace (sid) ON DELETE CASCADE,
  sid                              text        NOT NULL,
  friendly_name                    text        NOT NULL,
  version                          integer     NOT NULL,
  assignment_callback_url          text,
  fallback_assignment_callback_url text,
  task_reservation_timeout_seconds integer     NOT NULL CHECK (task_reservation_timeout_seconds BETWEEN 1 AND 86400),
  created_at                       timestamptz NOT NULL,
  updated_at                       timestamptz NOT NULL,
  PRIMARY KEY (workspace_sid, sid)
);
CREATE UNIQUE INDEX workflow_by_name ON workflow (workspace_sid, lower(friendly_name));

-- Immutable: a task keeps the version that routed it.
CREATE TABLE workflow_version (
  workspace_sid text        NOT NULL,
  workflow_sid  text        NOT NULL,
  version       integer     NOT NULL,
  configuration text        NOT NULL,
  created_at    timestamptz NOT NULL,
  PRIMARY KEY (workspace_sid, workflow_sid, version),
  FOREIGN KEY (workspace_sid, workflow_sid) REFERENCES workflow (workspace_sid, sid) ON DELETE CASCADE
);

-- Which workflow documents name a queue, by version: a queue in use cannot be deleted.
CREATE TABLE workflow_queue (
  workspace_sid  text    NOT NULL,
  workflow_sid   text    NOT NULL,
  version        integer NOT NULL,
  task_queue_sid text    NOT NULL,
  PRIMARY KEY (workspace_sid, workflow_sid, version, task_queue_sid),
  FOREIGN KEY (workspace_sid, workflow_sid, version)
    REFERENCES workflow_version (workspace_sid, workflow_sid, version) ON DELETE CASCADE
);
CREATE INDEX workflow_queue_by_queue ON workflow_queue (workspace_sid, task_queue_sid);

-- filter_index: position in the document; -1 the default filter; -2 placed by the caller (TaskQueueSid, RoutingTarget).
-- entering: the step's skip_if has still to be asked.
-- demand_class: equal for tasks that are equal for matching; the rank orders tasks within a class and across classes.
CREATE TABLE task (
  workspace_sid     text        NOT NULL,
  sid               text        NOT NULL,
  status            text        NOT NULL
    CHECK (status IN ('pending', 'reserved', 'assigned', 'wrapping', 'completed', 'canceled')),
  attributes        text        NOT NULL,
  priority          integer     NOT NULL CHECK (priority >= 0),
  reason            text,
  timeout_seconds   integer     NOT NULL,
  task_channel_sid  text        NOT NULL,
  workflow_sid      text        NOT NULL,
  workflow_version  integer     NOT NULL,
  filter_index      integer     NOT NULL,
  target_index      integer     NOT NULL,
  task_queue_sid    text        NOT NULL,
  queue_entered_at  timestamptz NOT NULL,
  filter_entered_at timestamptz NOT NULL,
  step_expires_at   timestamptz,
  entering          boolean     NOT NULL,
  virtual_start_at  timestamptz NOT NULL,
  ignore_capacity   boolean     NOT NULL,
  routing_target    text,
  demand_class      uuid        NOT NULL,
  rank_priority     integer     NOT NULL,
  rank_time         bigint      NOT NULL,
  declined_by       text[]      NOT NULL DEFAULT '{}',
  retry_at          timestamptz,
  offers            integer     NOT NULL DEFAULT 0,
  expires_at        timestamptz NOT NULL,
  version           integer     NOT NULL,
  created_at        timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL,
  PRIMARY KEY (workspace_sid, sid)
);
CREATE INDEX task_waiting ON task (workspace_sid, demand_class, rank_priority, rank_time, sid) WHERE status = 'pending';
CREATE INDEX task_live_by_queue ON task (workspace_sid, task_queue_sid) WHERE status IN ('pending', 'reserved', 'assigned', 'wrapping');
CREATE INDEX task_live_by_workflow ON task (workspace_sid, workflow_sid) WHERE status IN ('pending', 'reserved', 'assigned', 'wrapping');

CREATE TABLE reservation (
  workspace_sid    text        NOT NULL,
  sid              text        NOT NULL,
  task_sid         text        NOT NULL,
  worker_sid       text        NOT NULL,
  worker_name      text        NOT NULL,
  task_queue_sid   text        NOT NULL,
  task_channel_sid text        NOT NULL,
  status           text        NOT NULL CHECK (status IN
    ('pending', 'accepted', 'rejected', 'timeout', 'canceled', 'rescinded', 'wrapping', 'completed')),
  expires_at       timestamptz NOT NULL,
  answered_at      timestamptz,
  version          integer     NOT NULL,
  created_at       timestamptz NOT NULL,
  updated_at       timestamptz NOT NULL,
  PRIMARY KEY (workspace_sid, sid)
);
CREATE INDEX reservation_by_task ON reservation (workspace_sid, task_sid, sid);
CREATE INDEX reservation_by_worker ON reservation (workspace_sid, worker_sid, sid);
CREATE UNIQUE INDEX reservation_one_acceptance ON reservation (workspace_sid, task_sid)
  WHERE status IN ('accepted', 'wrapping');

CREATE TABLE event (
  workspace_sid   text        NOT NULL,
  sid             text        NOT NULL,
  type            text        NOT NULL,
  resource_type   text        NOT NULL,
  resource_sid    text        NOT NULL,
  task_sid        text,
  worker_sid      text,
  reservation_sid text,
  task_queue_sid  text,
  workflow_sid    text,
  data            jsonb       NOT NULL,
  at              timestamptz NOT NULL,
  PRIMARY KEY (workspace_sid, sid)
);

-- How far the engine has been told about each task; gone when the task's end has been told.
CREATE TABLE process_state (
  workspace_sid text        NOT NULL,
  task_sid      text        NOT NULL,
  version       integer     NOT NULL,
  told_version  integer     NOT NULL DEFAULT 0,
  started       boolean     NOT NULL DEFAULT false,
  claimed_until timestamptz,
  changed_at    timestamptz NOT NULL,
  PRIMARY KEY (workspace_sid, task_sid)
);
CREATE INDEX process_state_untold ON process_state (changed_at) WHERE version > told_version;

CREATE TABLE deployed_process (
  id          text        PRIMARY KEY,
  checksum    text        NOT NULL,
  deployed_at timestamptz NOT NULL
);
CREATE INDEX task_asked_again ON task (retry_at) WHERE status = 'pending' AND retry_at IS NOT NULL;
