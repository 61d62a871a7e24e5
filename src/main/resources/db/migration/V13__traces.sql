-- The span that created a task, for the spans of its offers; null where it is not recorded.
ALTER TABLE task ADD COLUMN trace text;
