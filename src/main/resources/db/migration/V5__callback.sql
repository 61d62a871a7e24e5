-- What workflows' systems are told about their offers, one row per request. Rows that are queued are the outbox.
-- target: whom a request goes to; one that is dead holds up only its own.
CREATE TABLE callback_delivery (
  workspace_sid   text        NOT NULL,
  sid             text        NOT NULL,
  account_sid     text        NOT NULL,
  workflow_sid    text        NOT NULL,
  task_sid        text        NOT NULL,
  reservation_sid text        NOT NULL,
  request_url     text        NOT NULL,
  fallback_url    text,
  target          text        NOT NULL
    GENERATED ALWAYS AS (lower(coalesce(substring(request_url FROM '^[^:]+://[^/?#]+'), request_url))) STORED,
  status          text        NOT NULL CHECK (status IN ('queued', 'delivered', 'failed', 'dropped')),
  claims          integer     NOT NULL DEFAULT 0,
  claimed_until   timestamptz,
  response_code   integer,
  answer          text,
  instruction     text,
  error_code      integer,
  error_message   text,
  duration_millis integer,
  created_at      timestamptz NOT NULL,
  ended_at        timestamptz,
  PRIMARY KEY (workspace_sid, sid)
);
CREATE INDEX callback_delivery_by_workflow ON callback_delivery (workspace_sid, workflow_sid, sid);
CREATE INDEX callback_delivery_queued ON callback_delivery (account_sid, target, sid) WHERE status = 'queued';
CREATE INDEX callback_delivery_by_age ON callback_delivery (created_at);

-- connecting_until: calls for it are being set up, which keeps it from lapsing.
ALTER TABLE reservation
  ADD COLUMN connecting_until timestamptz,
  ADD COLUMN post_work_activity_sid text;

-- The account at a telephone company by which a tenant's calls are made.
CREATE TABLE phone_account (
  account_sid       text        PRIMARY KEY REFERENCES account (sid),
  provider_sid      text        NOT NULL,
  auth_token_sealed bytea       NOT NULL,
  base_url          text        NOT NULL,
  created_at        timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL
);
