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
    # Earlier findings have no cause: each is a problem of its own.
    """
    ALTER TABLE finding ADD COLUMN problem TEXT NOT NULL DEFAULT '';
    ALTER TABLE finding ADD COLUMN common TEXT;      -- its problem if many articles have it
    ALTER TABLE finding ADD COLUMN fixable INTEGER NOT NULL DEFAULT 0;
    UPDATE finding SET problem = fingerprint;
    CREATE INDEX finding_by_problem ON finding (run, problem, status, path);
    CREATE TABLE problem (                -- the findings of a run with one rule, cause and status
        id INTEGER PRIMARY KEY,
        run INTEGER NOT NULL,
        problem TEXT NOT NULL,
        status TEXT NOT NULL,
        severity TEXT NOT NULL,
        first INTEGER,                    -- the finding that stands for it; NULL if it is fixed
        path TEXT NOT NULL,               -- the place of that finding
        line INTEGER NOT NULL,
        column INTEGER NOT NULL,
        code TEXT NOT NULL,
        places INTEGER NOT NULL,
        articles INTEGER NOT NULL,
        fixable INTEGER NOT NULL,
        new_articles INTEGER NOT NULL DEFAULT 0,
        change TEXT,                      -- NULL: there is no run to compare with, or it is info
        before TEXT,                      -- its severity in the last run, if it rose
        is_back INTEGER NOT NULL DEFAULT 0,
        first_seen TEXT,
        last_ok TEXT,
        runs INTEGER,
        record BLOB                       -- Finding, if it is fixed
    );
    CREATE INDEX finding_by_common ON finding (run, common) WHERE common IS NOT NULL;
    CREATE INDEX problem_by_place ON problem (run, path, line, column, code, id);
    CREATE INDEX problem_by_identity ON problem (run, problem, status);
    INSERT INTO problem (run, problem, status, severity, first, path, line, column, code, places, articles, fixable)
    SELECT run, problem, status, severity, min(id), path, line, column, code, count(*), count(DISTINCT path), 0
    FROM finding GROUP BY run, problem, status;
    CREATE TABLE known_problem (          -- problems of the last runs of a scope
        id INTEGER PRIMARY KEY,
        scope TEXT NOT NULL,
        problem TEXT NOT NULL,
        is_open INTEGER NOT NULL,         -- 0: it is fixed
        severity TEXT NOT NULL,
        first_seen TEXT NOT NULL,
        last_ok TEXT,
        runs INTEGER NOT NULL,            -- in a row that had it
        recent TEXT NOT NULL,             -- a digit for each of the last runs: 1 if it had it
        record BLOB NOT NULL,             -- Finding, the one that stands for it
        places BLOB NOT NULL              -- tuple[tuple[str, str], ...]: paths and pointers of the first few
    );
    CREATE UNIQUE INDEX known_problem_by_identity ON known_problem (scope, problem);
    """,
)
NEWEST = len(MIGRATIONS)
