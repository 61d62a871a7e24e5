-- The waiting tasks of a workflow are being run through its rules again, a few at a time: those up to after_sid have been.
-- asked_at: tasks that came later were routed by this version when they came.
CREATE TABLE reevaluation (
  workspace_sid text        NOT NULL,
  workflow_sid  text        NOT NULL,
  version       integer     NOT NULL,
  asked_at      timestamptz NOT NULL,
  after_sid     text        NOT NULL,
  PRIMARY KEY (workspace_sid, workflow_sid),
  FOREIGN KEY (workspace_sid, workflow_sid) REFERENCES workflow (workspace_sid, sid) ON DELETE CASCADE
);
