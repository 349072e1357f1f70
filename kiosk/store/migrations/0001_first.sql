-- What happened -------------------------------------------------------------------------------

CREATE TABLE meta (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    made_by TEXT NOT NULL,
    store_id BLOB NOT NULL,
    schema INTEGER NOT NULL,
    place TEXT NOT NULL,
    demo INTEGER NOT NULL
) STRICT;

-- The latest time this device has ever seen, in milliseconds since 1970: never goes back.
CREATE TABLE clock (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    latest_ms INTEGER NOT NULL
) STRICT;

-- Devices whose events are here, and the head of each one's chain. Ours alone has a signing key.
CREATE TABLE device (
    device BLOB PRIMARY KEY,
    public_key BLOB NOT NULL,
    signing_key BLOB,
    sequence INTEGER NOT NULL,
    head BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Keys that never leave this database: by name.
CREATE TABLE secret (
    name TEXT PRIMARY KEY,
    key BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    event BLOB NOT NULL UNIQUE,
    device BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    kind TEXT NOT NULL,
    person BLOB,
    bears INTEGER NOT NULL, -- 1 when it may change what is shared
    header BLOB NOT NULL,   -- the signed bytes, as they came
    signature BLOB NOT NULL,
    UNIQUE (device, sequence)
) STRICT;

CREATE INDEX event_of_person ON event (person, bears, position);

-- Apart from the events, so that a body can go and the chain still hold.
CREATE TABLE body (
    position INTEGER PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE outbox (
    position INTEGER PRIMARY KEY
) STRICT;

-- Who looked, and who did what.
CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    who TEXT NOT NULL,
    act TEXT NOT NULL,
    person BLOB
) STRICT;

-- Wrong PINs, by code, whether or not anybody has that code. Kept here only.
CREATE TABLE attempt (
    code INTEGER PRIMARY KEY,
    wrong INTEGER NOT NULL,
    last_ms INTEGER NOT NULL
) STRICT;

-- What is true now: worked out from events, and can be again ------------------------------------

CREATE TABLE person (
    person BLOB PRIMARY KEY,
    came_ms INTEGER NOT NULL,
    code INTEGER,
    pin_salt BLOB,
    pin_hash BLOB,
    understood TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX person_by_code ON person (code);

CREATE TABLE found_by (
    person BLOB PRIMARY KEY,
    mark BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX person_by_mark ON found_by (mark);

CREATE TABLE receipt (
    receipt BLOB PRIMARY KEY,
    person BLOB NOT NULL,
    position INTEGER NOT NULL,
    issued_ms INTEGER NOT NULL,
    token TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX receipt_of_person ON receipt (person, position);

CREATE TABLE objection (
    person BLOB NOT NULL,
    agency TEXT NOT NULL,
    purpose TEXT NOT NULL,
    PRIMARY KEY (person, agency, purpose)
) STRICT, WITHOUT ROWID;

-- as_of is the position of the newest event of this person that bears on choices: a row from an
-- older time, put back, does not match it.
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
