-- Operators' decisions, one for each failure of an undo. Those that were not delivered to their trip are few, and have an index of their
-- own.
CREATE TABLE undo_decisions (
  trip INTEGER NOT NULL,
  leg TEXT NOT NULL,
  failure INTEGER NOT NULL,
  decided_at INTEGER NOT NULL,
  decision TEXT NOT NULL,
  is_delivered INTEGER NOT NULL,
  PRIMARY KEY (trip, leg, failure)) STRICT, WITHOUT ROWID;
CREATE INDEX undo_decisions_undelivered ON undo_decisions (decided_at) WHERE is_delivered = 0;
