-- Times are ticks in UTC. What belongs to an instance hangs on its key, so that a new instance with a used id can't get
-- anything of the old one.
CREATE TABLE instances (
  key INTEGER PRIMARY KEY,
  instance_id TEXT NOT NULL UNIQUE,
  execution_id TEXT NOT NULL,
  name TEXT NOT NULL,
  version TEXT,
  -- An OrchestrationStatus. An instance that has not run yet is Pending: it is Running here and has no history.
  status INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  completed_at INTEGER,
  parent_instance_id TEXT,
  parent_execution_id TEXT,
  -- The ExecutionStarted event, without the input.
  start TEXT NOT NULL,
  input TEXT,
  -- The result of the ExecutionCompleted event, which the history doesn't repeat; the same for the failure.
  output TEXT,
  failure TEXT) STRICT;
-- Completed instances, which are most, are found by their ids.
CREATE INDEX instances_by_status ON instances (status, instance_id) WHERE status <> 1;
CREATE INDEX instances_by_end ON instances (completed_at) WHERE completed_at IS NOT NULL;
CREATE INDEX instances_by_parent ON instances (parent_instance_id, instance_id) WHERE parent_instance_id IS NOT NULL;

-- Turns are appended, whosever they are: those of one group lie side by side. What most turns change of the instance is
-- beside their events, and its row is left alone. The custom status stands where it has changed; an empty text is none.
CREATE TABLE history (
  id INTEGER PRIMARY KEY,
  instance_key INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  custom_status TEXT,
  events TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX history_by_instance ON history (instance_key, turn);

-- Messages that wait for their instance. They are delivered in the order of their ids.
CREATE TABLE inbox (
  id INTEGER PRIMARY KEY,
  instance_key INTEGER NOT NULL,
  execution_id TEXT,
  event TEXT NOT NULL) STRICT;
CREATE INDEX inbox_by_instance ON inbox (instance_key);

-- Activities of former executions and of ended instances, until they have run. Those of an open execution follow from its history.
CREATE TABLE activities (
  id INTEGER PRIMARY KEY,
  instance_id TEXT NOT NULL,
  execution_id TEXT NOT NULL,
  tags TEXT,
  event TEXT NOT NULL) STRICT;
