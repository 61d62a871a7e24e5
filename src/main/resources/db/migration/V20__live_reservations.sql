-- What a worker is offered and has, without the year of what is over.
CREATE INDEX reservation_live_by_worker ON reservation (workspace_sid, worker_sid, sid)
  WHERE status IN ('pending', 'accepted', 'wrapping');
