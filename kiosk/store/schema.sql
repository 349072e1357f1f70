CREATE TABLE attempt (
    code INTEGER PRIMARY KEY,
    wrong INTEGER NOT NULL,
    last_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    who TEXT NOT NULL,
    act TEXT NOT NULL,
    person BLOB
) STRICT;

CREATE TABLE body (
    position INTEGER PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE cell (
    person BLOB NOT NULL,
    agency TEXT NOT NULL,
    purpose TEXT NOT NULL,
    category TEXT NOT NULL,
    answer TEXT,
    detail INTEGER NOT NULL,
    until TEXT,
    as_of INTEGER NOT NULL,
    PRIMARY KEY (person, agency, purpose, category)
) STRICT, WITHOUT ROWID;

CREATE TABLE clock (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    latest_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE device (
    device BLOB PRIMARY KEY,
    public_key BLOB NOT NULL,
    signing_key BLOB,
    sequence INTEGER NOT NULL,
    head BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    event BLOB NOT NULL UNIQUE,
    device BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    kind TEXT NOT NULL,
    person BLOB,
    bears INTEGER NOT NULL,
    header BLOB NOT NULL,
    signature BLOB NOT NULL,
    UNIQUE (device, sequence)
) STRICT;

CREATE TABLE found_by (
    person BLOB PRIMARY KEY,
    mark BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    made_by TEXT NOT NULL,
    store_id BLOB NOT NULL,
    schema INTEGER NOT NULL,
    place TEXT NOT NULL,
    demo INTEGER NOT NULL
) STRICT;

CREATE TABLE objection (
    person BLOB NOT NULL,
    agency TEXT NOT NULL,
    purpose TEXT NOT NULL,
    PRIMARY KEY (person, agency, purpose)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    position INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE person (
    person BLOB PRIMARY KEY,
    came_ms INTEGER NOT NULL,
    code INTEGER,
    pin_salt BLOB,
    pin_hash BLOB,
    understood TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE receipt (
    receipt BLOB PRIMARY KEY,
    person BLOB NOT NULL,
    position INTEGER NOT NULL,
    issued_ms INTEGER NOT NULL,
    token TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE secret (
    name TEXT PRIMARY KEY,
    key BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX event_of_person ON event (person, bears, position);

CREATE INDEX person_by_code ON person (code);

CREATE INDEX person_by_mark ON found_by (mark);

CREATE INDEX receipt_of_person ON receipt (person, position);
