-- Times are ticks in UTC. What belongs to an instance hangs on its key, so that a new instance with a used id can't get
-- anything of the old one.
CREATE TABLE instances (
  key INTEGER PRIMARY KEY,
  instance_id TEXT NOT NULL UNIQUE,
  execution_id TEXT NOT NULL,
  name TEXT NOT NULL,
  version TEXT,
  status INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  completed_at INTEGER,
  parent_instance_id TEXT,
  tags TEXT,
  input TEXT,
  output TEXT,
  custom_status TEXT,
  failure TEXT) STRICT;
-- Completed instances, which are most, are found by their ids.
CREATE INDEX instances_by_status ON instances (status, instance_id) WHERE status <> 1;
CREATE INDEX instances_by_end ON instances (completed_at) WHERE completed_at IS NOT NULL;
CREATE INDEX instances_by_parent ON instances (parent_instance_id, instance_id) WHERE parent_instance_id IS NOT NULL;

-- Turns are appended, whosever they are: those of one group lie side by side. What most turns change of the instance is
-- beside their events, and its row is left alone.
CREATE TABLE history (
  id INTEGER PRIMARY KEY,
  instance_key INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  updated_at INTEGER,
  custom_status TEXT,
  events TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX history_by_instance ON history (instance_key, turn);

-- Messages that wait for their instance. They are delivered in the order of their ids.
CREATE TABLE inbox (
  id INTEGER PRIMARY KEY,
  instance_key INTEGER NOT NULL,
  visible_at INTEGER,
  event TEXT NOT NULL) STRICT;
CREATE INDEX inbox_by_instance ON inbox (instance_key);

-- Activities of former executions of an instance, until they have run. Those of the present one follow from its history.
CREATE TABLE activities (
  id INTEGER PRIMARY KEY,
  instance_key INTEGER NOT NULL,
  execution_id TEXT NOT NULL,
  event TEXT NOT NULL) STRICT;
CREATE INDEX activities_by_instance ON activities (instance_key);
