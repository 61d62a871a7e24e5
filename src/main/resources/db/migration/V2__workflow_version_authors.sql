-- Who made a version, by the sid of the credentials, and why. Versions from before have no author.
ALTER TABLE workflow_version
  ADD COLUMN author  text,
  ADD COLUMN comment text;
