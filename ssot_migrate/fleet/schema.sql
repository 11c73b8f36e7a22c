-- What a fleet remembers. One file, one writer at a time; readers are never in its way (WAL).
CREATE TABLE IF NOT EXISTS run (
    id TEXT PRIMARY KEY,
    action TEXT NOT NULL,
    began REAL NOT NULL,
    ended REAL,
    cancelled INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS unit (
    name TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    grp TEXT NOT NULL
);
-- The units that a run is about, and how each ended; no verdict: not yet.
CREATE TABLE IF NOT EXISTS outcome (
    run TEXT NOT NULL REFERENCES run (id),
    unit TEXT NOT NULL REFERENCES unit (name),
    verdict TEXT,
    reason TEXT NOT NULL DEFAULT '',
    ended REAL,
    seconds REAL NOT NULL DEFAULT 0,
    cpu REAL NOT NULL DEFAULT 0,
    megabytes INTEGER NOT NULL DEFAULT 0,
    stages TEXT NOT NULL DEFAULT '{}',
    PRIMARY KEY (run, unit)
) WITHOUT ROWID;
-- The newest sealed plan of each unit, compressed.
CREATE TABLE IF NOT EXISTS plan (
    unit TEXT PRIMARY KEY REFERENCES unit (name),
    digest TEXT NOT NULL,
    base TEXT NOT NULL,
    made REAL NOT NULL,
    waiting TEXT NOT NULL,
    places TEXT NOT NULL,
    data BLOB NOT NULL
);
-- Each service's branch: what was made, what was pushed, and what became of its pull request.
CREATE TABLE IF NOT EXISTS branch (
    unit TEXT NOT NULL REFERENCES unit (name),
    service TEXT NOT NULL,
    made TEXT NOT NULL,
    pushed TEXT NOT NULL DEFAULT '',
    first_pushed REAL,
    verdict TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    request TEXT NOT NULL DEFAULT '',
    number INTEGER NOT NULL DEFAULT 0,
    url TEXT NOT NULL DEFAULT '',
    remote TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (unit, service)
) WITHOUT ROWID;
-- Adoption over time: the last figures of each day (days since 1970, UTC).
CREATE TABLE IF NOT EXISTS adoption (
    unit TEXT NOT NULL REFERENCES unit (name),
    service TEXT NOT NULL,
    day INTEGER NOT NULL,
    sites INTEGER NOT NULL,
    compliant INTEGER NOT NULL,
    compliant_after INTEGER NOT NULL,
    PRIMARY KEY (unit, service, day)
) WITHOUT ROWID;
PRAGMA user_version = 1;
