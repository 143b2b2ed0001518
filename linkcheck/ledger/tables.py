"""The tables, and the migrations from each older layout to the newest.

A row's `record` columns contain msgpack of the model's records; the other columns are used in SQL conditions. Layouts are
numbered by `PRAGMA user_version`; `MIGRATIONS[n]` converts from n to n + 1. `APPLICATION_ID` marks the file as linkcheck's,
so that another program's database, specified by mistake, is never written to.

What runs have in common is stored once, in the tables of `shared_rows.SHARED`; the small rows of `run_article`, `run_target`
and `run_finding` refer to it. The views `article`, `link`, `target` and `finding` show the runs as they were recorded.
"""

import sqlite3

from linkcheck.ledger.take_over import take_over

APPLICATION_ID = 0x4C696E6B  # "Link"

_REMEMBERED = """
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
"""
_PROBLEMS = """
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
    CREATE INDEX problem_by_place ON problem (run, path, line, column, code, id);
    CREATE INDEX problem_by_identity ON problem (run, problem, status);
    CREATE TABLE known_problem (          -- problems of the last runs of a scope
        id INTEGER PRIMARY KEY,
        scope TEXT NOT NULL,
        problem TEXT NOT NULL,
        is_open INTEGER NOT NULL,         -- 0: it is fixed
        severity TEXT NOT NULL,
        first_seen TEXT NOT NULL,
        last_ok TEXT,
        runs INTEGER NOT NULL,            -- in a row that had it
        recent TEXT NOT NULL,             -- a sign for each of the last runs: 1 if it had it, ? if it could not check it
        record BLOB NOT NULL,             -- Finding, the one that stands for it
        places BLOB NOT NULL              -- tuple[tuple[str, str], ...]: paths and pointers of the first few
    );
    CREATE UNIQUE INDEX known_problem_by_identity ON known_problem (scope, problem);
"""
_CLAIMS = """
    CREATE TABLE claim (                  -- unique values, until the run ends
        run INTEGER NOT NULL,
        hash BLOB NOT NULL,               -- of the values that are equal
        path TEXT NOT NULL,
        pointer TEXT NOT NULL,
        record BLOB NOT NULL,             -- UniqueValue
        PRIMARY KEY (run, hash, path, pointer)
    ) WITHOUT ROWID;
"""
_COPIES = """
    CREATE TABLE archived_copy (          -- what was looked up in web archives, over all runs
        key TEXT PRIMARY KEY,
        looked_up_at TEXT NOT NULL,
        record BLOB NOT NULL              -- ArchivedCopy, or None if there is none
    ) WITHOUT ROWID;
"""
_SHARED = """
    CREATE TABLE shared_article (
        id INTEGER PRIMARY KEY,
        hash BLOB NOT NULL UNIQUE,        -- also of its links
        path TEXT NOT NULL,
        record BLOB NOT NULL,             -- Article
        violations BLOB NOT NULL,         -- tuple[Violation, ...]
        notes BLOB NOT NULL               -- Notes: what git and the clock say of it
    );
    CREATE INDEX shared_article_by_path ON shared_article (path);
    CREATE TABLE run_article (
        run INTEGER NOT NULL,
        number INTEGER NOT NULL,          -- in the order of reading
        article INTEGER NOT NULL,
        PRIMARY KEY (run, number)
    ) WITHOUT ROWID;
    CREATE INDEX run_article_by_article ON run_article (article, run);
    CREATE TABLE address (
        id INTEGER PRIMARY KEY,
        hash BLOB NOT NULL UNIQUE,        -- of the URL
        url TEXT NOT NULL,
        host TEXT NOT NULL
    );
    CREATE TABLE shared_link (
        id INTEGER PRIMARY KEY,
        article INTEGER NOT NULL,         -- a shared_article
        address INTEGER NOT NULL,
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
    CREATE INDEX shared_link_by_article ON shared_link (article);
    CREATE INDEX shared_link_by_address ON shared_link (address);
    CREATE TABLE outcome (
        id INTEGER PRIMARY KEY,
        hash BLOB NOT NULL UNIQUE,
        answered INTEGER NOT NULL,
        landing TEXT,                     -- where redirects led, NULL where there were none
        record BLOB NOT NULL              -- Outcome without its Visit
    );
    CREATE TABLE result (
        id INTEGER PRIMARY KEY,
        verdict TEXT NOT NULL,
        reason TEXT,
        requests INTEGER NOT NULL,
        seconds REAL,
        checked_at TEXT,
        outcome INTEGER,                  -- NULL: no link requested it
        visit BLOB                        -- Visit
    );
    CREATE INDEX result_by_outcome ON result (outcome) WHERE outcome IS NOT NULL;
    CREATE INDEX result_by_reason ON result (verdict, reason) WHERE outcome IS NULL;
    CREATE TABLE run_target (
        run INTEGER NOT NULL,
        address INTEGER NOT NULL,
        closeness INTEGER NOT NULL,       -- index into model.CLOSENESS
        asked INTEGER NOT NULL,           -- 0: every link that holds it says why it is not asked
        means TEXT NOT NULL,              -- how it is obtained; '' is the web as everybody sees it
        result INTEGER,                   -- NULL: not settled yet
        reused INTEGER NOT NULL DEFAULT 0,  -- 1: the result of an earlier run; 2: and judged with another reason
        page_verdict TEXT,                -- for links that are not images, NULL: as for images
        page_reason TEXT,
        PRIMARY KEY (run, address)
    ) WITHOUT ROWID;
    CREATE INDEX run_target_by_result ON run_target (result, run);
    CREATE TABLE shared_finding (
        id INTEGER PRIMARY KEY,
        hash BLOB NOT NULL UNIQUE,
        path TEXT NOT NULL,
        line INTEGER NOT NULL,
        column INTEGER NOT NULL,
        code TEXT NOT NULL,
        severity TEXT NOT NULL,
        status TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        common TEXT,                      -- its problem if many articles have it
        fixable INTEGER NOT NULL,
        record BLOB NOT NULL              -- Finding
    );
    CREATE INDEX shared_finding_by_path ON shared_finding (path, fingerprint);
    CREATE TABLE run_finding (
        run INTEGER NOT NULL,
        number INTEGER NOT NULL,          -- in the order of judging
        finding INTEGER NOT NULL,
        problem TEXT NOT NULL,
        PRIMARY KEY (run, number)
    ) WITHOUT ROWID;
    CREATE INDEX run_finding_by_problem ON run_finding (run, problem);
    CREATE INDEX run_finding_by_finding ON run_finding (finding, run);
    CREATE VIEW article AS SELECT run, number, article AS id, path, record, violations, notes
        FROM run_article JOIN shared_article ON shared_article.id = run_article.article;
    CREATE VIEW link AS SELECT run, number, shared_link.id AS id, shared_link.article AS article, address AS target, role,
        pointer, width, height, verdict, reason, record, skip, local
        FROM run_article JOIN shared_link ON shared_link.article = run_article.article;
    CREATE VIEW target AS SELECT run, address AS id, url, host, closeness, asked, means, verdict,
        CASE reused WHEN 1 THEN verdict || ' on ' || substr(checked_at, 1, 10) || ', reused' ELSE reason END AS reason,
        CASE WHEN reused OR requests IS NULL THEN 0 ELSE requests END AS requests, seconds,
        coalesce(answered, 0) AS answered, landing, record AS outcome, visit, checked_at, reused, page_verdict, page_reason
        FROM run_target JOIN address ON address.id = run_target.address LEFT JOIN result ON result.id = run_target.result
        LEFT JOIN outcome ON outcome.id = result.outcome;
    CREATE VIEW finding AS SELECT run, number, finding AS id, path, line, column, code, severity, status,
        fingerprint, problem, common, fixable, record
        FROM run_finding JOIN shared_finding ON shared_finding.id = run_finding.finding;
"""
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
    f"""
    ALTER TABLE target ADD COLUMN means TEXT NOT NULL DEFAULT '';
    DROP TABLE memory;
    DROP TABLE strike;
    {_REMEMBERED}
    """,
    """
    UPDATE finding SET status = 'open' WHERE status = 'new';
    UPDATE finding SET status = 'accepted' WHERE status = 'known';
    """,
    # Earlier findings have no cause: each is a problem of its own.
    f"""
    ALTER TABLE finding ADD COLUMN problem TEXT NOT NULL DEFAULT '';
    ALTER TABLE finding ADD COLUMN common TEXT;      -- its problem if many articles have it
    ALTER TABLE finding ADD COLUMN fixable INTEGER NOT NULL DEFAULT 0;
    UPDATE finding SET problem = fingerprint;
    CREATE INDEX finding_by_problem ON finding (run, problem, status, path);
    {_PROBLEMS}
    CREATE INDEX finding_by_common ON finding (run, common) WHERE common IS NOT NULL;
    INSERT INTO problem (run, problem, status, severity, first, path, line, column, code, places, articles, fixable)
    SELECT run, problem, status, severity, min(id), path, line, column, code, count(*), count(DISTINCT path), 0
    FROM finding GROUP BY run, problem, status;
    """,
    # Before this one, each run had its own articles, links, targets and findings. `take_over` copies them.
    f"""
    ALTER TABLE run ADD COLUMN is_thinned INTEGER NOT NULL DEFAULT 0;  -- 1: only its summary is left
    ALTER TABLE article RENAME TO old_article;
    ALTER TABLE target RENAME TO old_target;
    ALTER TABLE link RENAME TO old_link;
    ALTER TABLE finding RENAME TO old_finding;
    {_SHARED}
    """,
    _CLAIMS,
    _COPIES,
)
NEWEST = len(MIGRATIONS)
UNNAMED = f"""
    CREATE TABLE run (id INTEGER PRIMARY KEY, started TEXT NOT NULL, state TEXT NOT NULL, scope TEXT NOT NULL, summary BLOB,
        is_thinned INTEGER NOT NULL DEFAULT 0);
    {_REMEMBERED}
    {_PROBLEMS}
    {_SHARED}
    {_CLAIMS}
    {_COPIES}
    PRAGMA user_version={NEWEST};
"""
"""The newest layout at once, for a ledger that is not kept: the migrations take longer than the rest of a small run."""
ROWS_OF_RUN = {
    "run": "WHERE id = ?",
    "run_article": "WHERE run = ?",
    "run_target": "WHERE run = ?",
    "run_finding": "WHERE run = ?",
    "problem": "WHERE run = ?",
    "claim": "WHERE run = ?",
    "shared_article": "JOIN run_article ON run_article.article = shared_article.id WHERE run = ?",
    "shared_link": "JOIN run_article ON run_article.article = shared_link.article WHERE run = ?",
    "address": "JOIN run_target ON run_target.address = address.id WHERE run = ?",
    "result": "JOIN run_target ON run_target.result = result.id WHERE run = ?",
    "outcome": "JOIN result ON result.outcome = outcome.id JOIN run_target ON run_target.result = result.id WHERE run = ?",
    "shared_finding": "JOIN run_finding ON run_finding.finding = shared_finding.id WHERE run = ?",
}
"""All tables of a run, each with the part of a query that selects its rows."""
LINKS_TO = "shared_link AS link CROSS JOIN run_article ON run_article.article = link.article"
"""The view `link` for queries by address: SQLite keeps the order of a CROSS JOIN, so that it begins with the few links."""
_IS_PAGE = "link.role != 'image' AND link.skip IS NULL AND link.local IS NULL AND target.page_verdict IS NOT NULL"
LINK_KIND = f"coalesce(link.verdict, CASE WHEN {_IS_PAGE} THEN target.page_verdict END, target.verdict)"
LINK_VERDICT = (
    f"{LINK_KIND}, "
    f"CASE WHEN link.verdict IS NOT NULL THEN link.reason WHEN {_IS_PAGE} THEN target.page_reason ELSE target.reason END"
)
"""The verdict and reason of a link joined with its target: its own, that for pages, or the target's."""
OF_PROBLEM = "run_finding INDEXED BY run_finding_by_problem CROSS JOIN shared_finding AS {0} ON {0}.id = run_finding.finding"
"""For the findings of one problem of a run: SQLite would search all findings of the run for them."""
OF_PATH = (
    "shared_article AS article INDEXED BY shared_article_by_path "
    "CROSS JOIN run_article INDEXED BY run_article_by_article ON run_article.article = article.id"
)
"""For the articles of a run with one path, likewise."""
SHARING = 5
"""The layout in which runs share rows."""


def migrate(database: sqlite3.Connection, newest: int = NEWEST) -> bool:
    """Convert to a layout, each step whole or not at all; returns whether rows of an older layout were copied."""
    (version,) = database.execute("PRAGMA user_version").fetchone()
    (had_runs,) = database.execute("SELECT EXISTS (SELECT 1 FROM run)").fetchone() if version else (False,)
    for number in range(version, min(newest, NEWEST)):
        try:
            database.executescript(f"BEGIN; {MIGRATIONS[number]}")
            if number + 1 == SHARING:
                take_over(database)
            database.execute(f"PRAGMA user_version={number + 1}")
            database.execute("COMMIT")
        except BaseException as error:
            if database.in_transaction:
                database.execute("ROLLBACK")
            if isinstance(error, sqlite3.IntegrityError):
                raise sqlite3.DatabaseError(f"its rows contradict each other: {error}") from None
            raise
    return bool(had_runs) and version < SHARING <= newest
