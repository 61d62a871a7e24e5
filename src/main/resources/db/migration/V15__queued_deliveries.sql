-- At times nothing is queued, at times all that was told in a week is to be told again. A plan by the statistics of the one does not end for the
-- other, so there are none: half the rows are expected to be queued. What reads a delivery by its key asks for its status instead, for which the
-- planner cannot use these indexes, however small they are when it plans.
ALTER TABLE event_delivery ADD COLUMN queued boolean NOT NULL GENERATED ALWAYS AS (status = 'queued') STORED;
ALTER TABLE event_delivery ALTER COLUMN queued SET STATISTICS 0, ALTER COLUMN status SET STATISTICS 0;
DROP INDEX event_delivery_due;
DROP INDEX event_delivery_by_stream;
CREATE INDEX event_delivery_due ON event_delivery (workspace_sid, due_at) WHERE queued;
CREATE INDEX event_delivery_by_stream ON event_delivery (workspace_sid, stream, number, event_sid) WHERE queued;
