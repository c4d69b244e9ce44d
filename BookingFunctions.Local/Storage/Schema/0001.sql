-- Numbers trips in the order in which something was first kept for them. Ids are random, so an index of them writes a page for
-- each: what belongs to a trip is found by its number, and lies beside what was written at the same time. Numbers are never removed.
CREATE TABLE trip_numbers (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;

-- Lists go along an index and never sort. Rows without a start are few, and have an index of their own.
CREATE TABLE trips (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  status TEXT NOT NULL,
  reason TEXT,
  is_started INTEGER NOT NULL,
  plan TEXT NOT NULL,
  outcome TEXT) STRICT;
CREATE INDEX trips_by_time ON trips (created_at DESC, id);
CREATE INDEX trips_by_status ON trips (status, created_at DESC, id);
CREATE INDEX trips_unstarted ON trips (id) WHERE is_started = 0;

CREATE TABLE trip_keys (
  key_hash TEXT PRIMARY KEY,
  trip_id TEXT NOT NULL,
  default_attempts INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Reservations are appended, whosever they are: those of trips that are being booked share a page of the index.
CREATE TABLE reservations (
  position INTEGER PRIMARY KEY,
  trip INTEGER NOT NULL,
  part TEXT NOT NULL,
  leg TEXT NOT NULL,
  item TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  confirmation TEXT,
  UNIQUE (trip, part)) STRICT;

-- How many of each item are booked.
CREATE TABLE taken (
  leg TEXT NOT NULL,
  item TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (leg, item)) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  position INTEGER PRIMARY KEY,
  trip INTEGER NOT NULL,
  part TEXT NOT NULL,
  trip_id TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (trip, part)) STRICT;
