"""The tables, and the migrations from each older layout to the newest.

A row's `record` columns contain msgpack of the model's records; the other columns are used in SQL conditions. Layouts are
numbered by `PRAGMA user_version`; `MIGRATIONS[n]` converts from n to n + 1. `APPLICATION_ID` marks the file as linkcheck's,
so that another program's database, specified by mistake, is never written to.
"""

APPLICATION_ID = 0x4C696E6B  # "Link"

MIGRATIONS = (
    """
    CREATE TABLE run (
        id INTEGER PRIMARY KEY,
        started TEXT NOT NULL,
        state TEXT NOT NULL,              -- running | done | partial
        scope TEXT NOT NULL,              -- what was asked for: runs of one scope are compared with each other
        summary BLOB
    );
    CREATE TABLE article (
        id INTEGER PRIMARY KEY,
        run INTEGER NOT NULL,
        path TEXT NOT NULL,
        record BLOB NOT NULL,             -- Article
        violations BLOB NOT NULL,         -- tuple[Violation, ...]
        notes BLOB NOT NULL               -- Notes: what git and the clock say of it
    );
    CREATE INDEX article_by_path ON article (run, path);
    CREATE TABLE target (
        id INTEGER PRIMARY KEY,
        run INTEGER NOT NULL,
        url TEXT NOT NULL,
        closeness INTEGER NOT NULL,       -- index into model.CLOSENESS
        host TEXT NOT NULL,
        asked INTEGER NOT NULL,           -- 0: every link that holds it says why it is not asked
        verdict TEXT,                     -- NULL: not settled yet
        reason TEXT,
        requests INTEGER NOT NULL DEFAULT 0,
        seconds REAL,
        answered INTEGER NOT NULL DEFAULT 0,
        landing TEXT,                     -- where redirects led, NULL where there were none
        outcome BLOB                      -- Outcome
    );
    CREATE UNIQUE INDEX target_by_url ON target (run, url);
    CREATE TABLE link (
        id INTEGER PRIMARY KEY,
        run INTEGER NOT NULL,
        article INTEGER NOT NULL,
        target INTEGER NOT NULL,
        role TEXT NOT NULL,
        pointer TEXT NOT NULL,
        width INTEGER,
        height INTEGER,
        verdict TEXT,                     -- NULL: its target's
        reason TEXT,
        record BLOB NOT NULL,             -- Link
        skip BLOB,                        -- Skip
        local BLOB                        -- LocalFile
    );
    CREATE INDEX link_by_article ON link (article);
    CREATE INDEX link_by_target ON link (target);
    CREATE TABLE finding (
        id INTEGER PRIMARY KEY,
        run INTEGER NOT NULL,
        path TEXT NOT NULL,
        line INTEGER NOT NULL,
        column INTEGER NOT NULL,
        code TEXT NOT NULL,
        severity TEXT NOT NULL,
        status TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        record BLOB NOT NULL              -- Finding
    );
    CREATE INDEX finding_by_place ON finding (run, path, line, column, code);
    CREATE TABLE memory (                 -- the last good outcome of a URL, over all runs
        url TEXT PRIMARY KEY,
        closeness INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        checked_at TEXT NOT NULL,
        outcome BLOB NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE strike (                 -- runs in a row that could not reach a URL, at most one a day
        url TEXT PRIMARY KEY,
        strikes INTEGER NOT NULL,
        first_at TEXT NOT NULL,
        last_at TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
    # Earlier memory does not contain how it was obtained, so none of it is migrated.
    """
    ALTER TABLE target ADD COLUMN means TEXT NOT NULL DEFAULT '';
    DROP TABLE memory;
    DROP TABLE strike;
    CREATE TABLE memory (                 -- the last good outcome of a URL, over all runs
        url TEXT NOT NULL,
        means TEXT NOT NULL,              -- how it was obtained, as in target; '' is the web as everybody sees it
        closeness INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        checked_at TEXT NOT NULL,
        outcome BLOB NOT NULL,
        PRIMARY KEY (url, means)
    ) WITHOUT ROWID;
    CREATE TABLE strike (                 -- runs in a row that could not reach a URL, at most one a day
        url TEXT NOT NULL,
        means TEXT NOT NULL,
        strikes INTEGER NOT NULL,
        first_at TEXT NOT NULL,
        last_at TEXT NOT NULL,
        PRIMARY KEY (url, means)
    ) WITHOUT ROWID;
    """,
    """
    UPDATE finding SET status = 'open' WHERE status = 'new';
    UPDATE finding SET status = 'accepted' WHERE status = 'known';
    """,
)
NEWEST = len(MIGRATIONS)
