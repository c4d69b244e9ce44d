-- The conditions of suppliers; healthy ones have no row. since: ticks of UTC.
CREATE TABLE what_if (
  leg TEXT PRIMARY KEY,
  condition TEXT NOT NULL,
  seconds INTEGER NOT NULL,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
