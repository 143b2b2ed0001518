"""Runs for every reporter to show: eight articles that meet every verdict, a hostile one, an empty one, a long one."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct

from linkcheck.model import (
    SEVERITIES,
    Answer,
    ArchivedCopy,
    Article,
    Cause,
    CauseKind,
    Claim,
    Comparison,
    Edit,
    Expectations,
    Fact,
    Failure,
    FailureKind,
    Finding,
    Fix,
    FixKind,
    Hop,
    HostRecord,
    ImageFacts,
    Link,
    LinkRecord,
    Location,
    Outcome,
    PageFacts,
    Probe,
    Problem,
    ProblemChange,
    Role,
    Run,
    RunRecord,
    Severity,
    Skip,
    Span,
    Status,
    Summary,
    Target,
    TargetRecord,
    Verdict,
    VerdictKind,
)
from linkcheck.report import RuleHelp

CHECKED_AT = "2026-11-22T04:00:12Z"
ICO = "https://www.itpro.co.uk/security/biometrics/359928/information-commissioner-deeply-concerned-about-use-of-facial"
LONG = "https://news.example.org/" + "a-very-long-path-segment/" * 24 + "?utm_source=newsletter&utm_medium=email#top"


class ListedRun(Struct, frozen=True):
    """A run held in tuples."""

    facts: Summary
    target_records: tuple[TargetRecord, ...] = ()
    link_records: tuple[LinkRecord, ...] = ()
    all_findings: tuple[Finding, ...] = ()
    host_records: tuple[HostRecord, ...] = ()
    all_articles: tuple[Article, ...] = ()
    changes: dict[str, dict[str, object]] = {}
    """The fields of problems that differ from those without a history, by identity."""
    fixed: tuple[Problem, ...] = ()
    earlier: tuple[RunRecord, ...] = ()

    def summary(self) -> Summary:
        return self.facts

    def targets(self) -> Iterator[TargetRecord]:
        return iter(self.target_records)

    def links(self) -> Iterator[LinkRecord]:
        return iter(self.link_records)

    def findings(self) -> Iterator[Finding]:
        return iter(self.all_findings)

    def problems(self) -> Iterator[Problem]:
        groups: dict[tuple[str, Status], list[Finding]] = {}
        for finding in self.all_findings:
            groups.setdefault((finding.problem, finding.status), []).append(finding)
        for (identity, _), found in groups.items():
            articles = len({each.location.path for each in found})
            fixable = sum(each.fix is not None and each.fix.kind is FixKind.SAFE for each in found)
            first = min(found, key=lambda each: SEVERITIES.index(each.severity))
            cause = first.cause or Cause(CauseKind.ARTICLE, first.location.path)
            problem = Problem(id=identity, first=first, cause=cause, places=len(found), articles=articles, fixable=fixable)
            yield msgspec.structs.replace(problem, **self.changes.get(identity, {}))
        yield from self.fixed

    def places(self, problem: Problem) -> Iterator[Finding]:
        found = (each for each in self.all_findings if (each.problem, each.status) == (problem.id, problem.status))
        return iter(()) if problem.change is ProblemChange.FIXED else found

    def runs(self) -> Iterator[RunRecord]:
        return iter(self.earlier)

    def hosts(self) -> Iterator[HostRecord]:
        return iter(self.host_records)

    def articles(self) -> Iterator[Article]:
        return iter(self.all_articles)


def place(path: str, line: int, pointer: str, quote: str, value: str) -> Location:
    """The location of `value` within the quoted line."""
    column = quote.index(value) + 1
    return Location(path=path, span=Span(line, column, line, column + len(value)), pointer=pointer)


class Row(Struct, frozen=True):
    """One link with what became of it, and what is to be said of it."""

    path: str
    line: int
    pointer: str
    role: Role
    url: str
    verdict: Verdict
    answer: Answer | None = None
    failure: Failure | None = None
    hops: tuple[Hop, ...] = ()
    skip: Skip | None = None
    seconds: float = 0.25
    attempts: int = 1
    code: str | None = None
    name: str = ""
    severity: Severity = Severity.ERROR
    message: str = ""
    hint: str | None = None
    facts: dict[str, Fact] = {}
    status: Status = Status.OPEN
    reason: str | None = None
    fix: Fix | None = None
    reused: bool = False
    declared: tuple[int, int] | None = None
    archive: ArchivedCopy | None = None

    @property
    def quote(self) -> str:
        key = self.pointer.rpartition("/")[2]
        indent = "  " * (self.pointer.count("/") - 1)
        return f'{indent}{key}: "{self.url}"'

    @property
    def location(self) -> Location:
        return place(self.path, self.line, self.pointer, self.quote, f'"{self.url}"')

    @property
    def target(self) -> Target:
        probe = Probe.IMAGE if self.role is Role.IMAGE else Probe.PAGE
        return Target(url=self.url.partition("#")[0], probe=probe, host=self.url.split("/")[2])

    @property
    def target_record(self) -> TargetRecord:
        outcome = Outcome(
            url=self.target.url,
            probe=self.target.probe,
            answer=self.answer,
            failure=self.failure,
            hops=self.hops,
            attempts=self.attempts,
            requests=self.attempts + len(self.hops),
            seconds=self.seconds,
            checked_at=CHECKED_AT,
            reused=self.reused,
        )
        return TargetRecord(target=self.target, verdict=self.verdict, outcome=None if self.skip else outcome)

    @property
    def link_record(self) -> LinkRecord:
        width, height = (Claim(side, self.location) for side in self.declared) if self.declared else (None, None)
        link = Link(location=self.location, role=self.role, url=self.url, wants=Expectations(width=width, height=height))
        outcome = self.target_record.outcome
        chain = outcome.chain if outcome else ()
        return LinkRecord(link=link, target=self.target, verdict=self.verdict, skip=self.skip, chain=chain)

    @property
    def finding(self) -> Finding | None:
        if self.code is None:
            return None
        return Finding(
            code=self.code,
            name=self.name,
            severity=self.severity,
            location=self.location,
            message=self.message,
            url=self.url,
            hint=self.hint,
            archive=self.archive,
            facts=self.facts,
            quote=self.quote,
            status=self.status,
            reason=self.reason,
            fix=self.fix,
        )


def page(url: str, title: str, *, status: int = 200) -> Answer:
    return Answer(status=status, url=url, media_type="text/html", page=PageFacts(title=title, canonicals=(url,)))


def image(url: str, width: int, height: int) -> Answer:
    facts = ImageFacts(format="jpeg", width=width, height=height, stored_width=width, stored_height=height, bytes_read=16384)
    return Answer(status=200, url=url, media_type="image/jpeg", image=facts)


OK = Verdict(VerdictKind.OK, "200 OK")
NEWS = "news/2021-06-18-ico-facial-recognition.md"
UMLAUT = "news/2022-03-02-\u00fcberwachung-im-\u00f6ffentlichen-raum.md"
TOKYO = "news/2022-05-11-\u6771\u4eac\u306e\u9854\u8a8d\u8b58.md"
WALLED = "news/2023-01-09-paywalled.md"
SLOW = "news/2023-02-14-timeouts.md"
FAR = "news/2023-06-30-long-url.md"
WELL = "news/2024-01-01-all-is-well.md"
DRAFT = "drafts/broken-front-matter.md"

TECHCRUNCH = "https://techcrunch.com/2021/06/18/uks-ico-warns-over-big-data-surveillance-threat/"
OLD, MIDDLE, NEW = "http://blog.example.de/alt", "https://blog.example.de/alt", "https://blog.example.de/neu/\u00fcbersicht"
SLASH = "https://docs.example.org/guide"
JAPAN = "https://img.example.jp/\u9854\u8a8d\u8b58/\u6771\u4eac.jpg"
FORBES = "https://www.forbes.com/sites/somebody/2023/01/09/faces/"
TIMES = "https://www.nytimes.com/2023/01/09/technology/faces.html"
CAUSEWAY = "https://slow.example.net/story"
DOWN = "https://down.example.net/picture.webp"
GONE = "https://no-such-host.example/story"
PRIVATE = "https://intranet.example.org/page"
OK_ = "https://example.com/fine"

ROWS = (
    Row(
        NEWS,
        7,
        "/webUrl",
        Role.CANONICAL,
        ICO,
        Verdict(VerdictKind.DEAD, "404 Not Found"),
        answer=page(ICO, "Page not found | IT Pro", status=404),
        seconds=0.61,
        code="LC201",
        name="dead",
        message="the page is gone: 404 Not Found",
        hint="Use the page's new URL or an archived copy, or remove the link.",
        facts={"status": 404, "attempts": 1},
        archive=ArchivedCopy(
            f"https://web.archive.org/web/20210618141516/{ICO}", "2021-06-18T14:15:16Z", "ICO | IT Pro", verified=True
        ),
    ),
    Row(
        NEWS,
        28,
        "/images/0/url",
        Role.IMAGE,
        "https://media.itpro.co.uk/image/upload/facialrecshutterstock.jpg",
        OK,
        answer=image("https://media.itpro.co.uk/image/upload/facialrecshutterstock.jpg", 1200, 675),
        declared=(1260, 710),
        seconds=0.2,
    ),
    Row(
        NEWS,
        36,
        "/related/0/webUrl",
        Role.LINK,
        TECHCRUNCH,
        OK,
        answer=page(TECHCRUNCH, "UK\u2019s ICO warns"),
        seconds=1.94,
    ),
    Row(
        UMLAUT,
        4,
        "/webUrl",
        Role.CANONICAL,
        OLD,
        Verdict(VerdictKind.MOVED, f"moved permanently to {NEW}"),
        answer=page(NEW, "\u00dcbersicht"),
        hops=(Hop(OLD, 301, MIDDLE), Hop(MIDDLE, 308, "/neu/%C3%BCbersicht")),
        seconds=0.84,
        code="LC202",
        name="permanent-redirect",
        severity=Severity.WARNING,
        message=f"moved permanently to {NEW}",
        hint="Update the URL (`linkcheck fix` can do this).",
        facts={"final_url": NEW, "hops": (OLD, MIDDLE, NEW)},
        fix=Fix(
            FixKind.SAFE,
            "the same domain and last path segment",
            (Edit(Span(4, 9, 4, 9 + len(OLD)), NEW, 9, 9 + len(OLD)),),
        ),
    ),
    Row(
        UMLAUT,
        9,
        "/related/0/webUrl",
        Role.LINK,
        SLASH,
        Verdict(VerdictKind.MOVED, f"redirects to {SLASH}/ (trailing slash only)"),
        answer=page(SLASH + "/", "Guide"),
        hops=(Hop(SLASH, 301, SLASH + "/"),),
        code="LC203",
        name="trivial-redirect",
        severity=Severity.INFO,
        message=f"redirects to {SLASH}/ (trailing slash only)",
    ),
    Row(
        TOKYO,
        6,
        "/images/0/url",
        Role.IMAGE,
        JAPAN,
        Verdict(VerdictKind.SUSPECT, "the image is an HTML page"),
        answer=Answer(
            status=200, url=JAPAN, media_type="text/html", image=ImageFacts(format=None, bytes_read=512, not_image="html")
        ),
        code="LC401",
        name="not-an-image",
        message="the image is an HTML page",
        hint="Open it in a browser, and use the URL of the image itself.",
        facts={"media_type": "text/html"},
    ),
    Row(
        WALLED,
        5,
        "/webUrl",
        Role.CANONICAL,
        FORBES,
        Verdict(VerdictKind.BLOCKED, "403 Forbidden (cf-mitigated: challenge)"),
        answer=Answer(status=403, url=FORBES, media_type="text/html", challenge="cf-mitigated: challenge"),
        attempts=2,
        seconds=4.2,
        code="LC212",
        name="blocked",
        severity=Severity.INFO,
        message="the server refused the request: 403 Forbidden (cf-mitigated: challenge)",
    ),
    Row(
        WALLED,
        6,
        "/originalUrl",
        Role.ORIGINAL,
        TIMES,
        Verdict(VerdictKind.BLOCKED, "429 Too Many Requests"),
        answer=Answer(status=429, url=TIMES, media_type="text/html"),
        attempts=4,
        seconds=0.1,
        code="LC212",
        name="blocked",
        severity=Severity.INFO,
        message="the server refused the request: 429 Too Many Requests",
    ),
    Row(
        SLOW,
        4,
        "/webUrl",
        Role.CANONICAL,
        CAUSEWAY,
        Verdict(VerdictKind.UNREACHABLE, "slow.example.net did not respond in time"),
        failure=Failure(FailureKind.TIMEOUT, "headers", "slow.example.net did not respond in time"),
        attempts=4,
        seconds=30.0,
        code="LC213",
        name="unreachable",
        severity=Severity.WARNING,
        message="unreachable: slow.example.net did not respond in time (4 attempts)",
        hint="Check again tomorrow; most such failures are temporary.",
        archive=ArchivedCopy(f"https://web.archive.org/web/20230111080910/{CAUSEWAY}", "2023-01-11T08:09:10Z", "Sign in"),
    ),
    Row(
        SLOW,
        8,
        "/images/0/url",
        Role.IMAGE,
        DOWN,
        Verdict(VerdictKind.UNREACHABLE, "503 Service Unavailable"),
        answer=Answer(status=503, url=DOWN, media_type="text/plain"),
        attempts=4,
        code="LC213",
        name="unreachable",
        severity=Severity.WARNING,
        message="server error: 503 Service Unavailable (4 attempts)",
        status=Status.ACCEPTED,
        reason="accepted on 2026-11-01",
    ),
    Row(FAR, 3, "/webUrl", Role.CANONICAL, LONG, OK, answer=page(LONG.partition("#")[0], "Long"), reused=True),
    Row(
        FAR,
        4,
        "/originalUrl",
        Role.ORIGINAL,
        GONE,
        Verdict(VerdictKind.DEAD, "the host name no-such-host.example does not exist"),
        failure=Failure(FailureKind.DNS, "nxdomain", "the host name no-such-host.example does not exist"),
        code="LC204",
        name="domain-not-found",
        message="the host name no-such-host.example does not exist",
        hint="Check the host name for a typo, or use the page's new URL.",
        archive=ArchivedCopy(f"https://web.archive.org/web/20230701000000/{GONE}", "2023-07-01T00:00:00Z"),
        status=Status.IGNORED,
        reason="kept for the record",
    ),
    Row(WELL, 3, "/webUrl", Role.CANONICAL, OK_, OK, answer=page(OK_, "Fine & <well>"), seconds=0.09),
    Row(
        WELL,
        4,
        "/originalUrl",
        Role.ORIGINAL,
        PRIVATE,
        Verdict(VerdictKind.SKIPPED, "excluded"),
        skip=Skip("excluded", 'excluded by pattern "^https://intranet\\.": behind the VPN', PRIVATE),
    ),
)

WIDTH_LINE = "    width: 1260"
TITLE_LINE = "publishDateTime: 2023-13-09 # \u9854\u8a8d\u8b58"

MORE_FINDINGS = (
    Finding(
        code="LC403",
        name="size-differs",
        severity=Severity.WARNING,
        location=place(NEWS, 29, "/images/0/width", WIDTH_LINE, "1260"),
        message="declared 1260x710, the image is 1200x675",
        url="https://media.itpro.co.uk/image/upload/facialrecshutterstock.jpg",
        hint="Use the measured size (`linkcheck fix` can do this).",
        facts={"declared_width": 1260, "declared_height": 710, "width": 1200, "height": 675},
        quote=WIDTH_LINE,
    ),
    Finding(
        code="LC112",
        name="impossible-date",
        severity=Severity.ERROR,
        location=place(DRAFT, 5, "/publishDateTime", TITLE_LINE, "2023-13-09"),
        message='`publishDateTime` is not a valid date: there is no month 13: "2023-13-09"',
        hint="Correct the month.",
        quote=TITLE_LINE,
    ),
    Finding(
        code="LC111",
        name="near-miss-key",
        severity=Severity.WARNING,
        location=place(DRAFT, 7, "/webURL", "webURL: https://example.com/", "webURL"),
        message="unknown property `webURL`",
        hint="Did you mean webUrl? `linkcheck fix` can correct it.",
        quote="webURL: https://example.com/",
    ),
)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda each: (each.location.path, each.location.span.line, each.location.span.column)))


def hosts_of(rows: Iterable[Row]) -> tuple[HostRecord, ...]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.target.host, []).append(row)
    return tuple(
        HostRecord(
            host=host,
            verdicts={kind: n for kind in VerdictKind if (n := sum(row.verdict.kind is kind for row in own))},
            requests=sum(row.target_record.outcome.requests for row in own if row.target_record.outcome),
            mean_seconds=round(sum(row.seconds for row in own) / len(own), 3),
            slowest_seconds=max(row.seconds for row in own),
        )
        for host, own in sorted(found.items())
    )


NIGHT, NIGHT_BEFORE = "2026-11-22T04:00:00Z", "2026-11-21T04:00:00Z"
STILL_THERE = {"change": ProblemChange.STILL, "first_seen": "2026-11-18T04:00:00Z", "runs": 4}
CHANGES: dict[str, dict[str, object]] = {
    "LC201": {"change": ProblemChange.NEW, "first_seen": NIGHT, "last_ok": NIGHT_BEFORE, "runs": 1},
    "LC111": {"change": ProblemChange.NEW, "first_seen": "2026-11-12T04:00:00Z", "last_ok": NIGHT_BEFORE, "is_back": True}
    | {"runs": 1},
    "LC401": {**STILL_THERE, "change": ProblemChange.WORSE, "before": Severity.WARNING},
}
"""What the example's problems were before, by code; most were there."""


def _changes(findings: Sequence[Finding]) -> dict[str, dict[str, object]]:
    listed = [each for each in findings if each.status is Status.OPEN and each.severity is not Severity.INFO]
    return {each.problem: CHANGES.get(each.code, STILL_THERE) for each in listed}


def _fixed() -> Problem:
    place = Location("news/2020-01-05-bridge.md", Span(4, 9, 4, 40), "/webUrl")
    finding = Finding(
        "LC204",
        "domain-not-found",
        Severity.ERROR,
        place,
        "the name old.example does not exist",
        url="https://old.example/a",
    )
    return Problem(
        id=finding.problem,
        first=finding,
        cause=Cause(CauseKind.HOST, "old.example"),
        places=0,
        articles=0,
        change=ProblemChange.FIXED,
        first_seen="2026-11-18T04:00:00Z",
        runs=3,
    )


def _nights() -> tuple[RunRecord, ...]:
    counts = ((18, 5, 9), (19, 4, 6), (20, 4, 6), (21, 3, 4), (22, 3, 4))
    return tuple(
        RunRecord(
            number,
            f"2026-11-{day}T04:00:00Z",
            day != 19,
            {Severity.ERROR: errors, Severity.WARNING: warnings, Severity.INFO: 3},
        )
        for number, (day, errors, warnings) in enumerate(counts, 1)
    )


def _article(path: str) -> Article:
    """An article of an author, if it has a date."""
    names = {"2021": "Jane Doe", "2022": "@kim <kim@a.example>", "2023": "Jane Doe"}
    name = names.get(path.rpartition("/")[2][:4])
    return Article(path=path, data={} if name is None else {"author": {"name": name}})


def example_run() -> ListedRun:
    findings = ordered([*MORE_FINDINGS, *(row.finding for row in ROWS if row.finding)])
    fresh = [finding for finding in findings if finding.status is Status.OPEN]
    return ListedRun(
        facts=Summary(
            started="2026-11-22T04:00:00Z",
            seconds=48.73,
            complete=True,
            articles=8,
            links=len(ROWS),
            targets=len(ROWS) - 1,
            requests=27,
            verdicts={kind: sum(row.verdict.kind is kind for row in ROWS) for kind in VerdictKind},
            findings={kind: sum(finding.severity is kind for finding in fresh) for kind in Severity},
            accepted=1,
            ignored=1,
            reused=1,
            skipped_files=2,
            empty_files=1,
            excluded_files=3,
            skipped_folders=("archetypes", "themes/plain/archetypes"),
            skipped_partials=("posts/TEMPLATE.md",),
            not_checked={'excluded by pattern "^https://intranet\\.": behind the VPN': 1},
            notices=('the exclude "^https://old\\." matched no link; remove it from linkcheck.toml',),
            comparison=Comparison(
                since=NIGHT_BEFORE,
                new=2,
                worse=1,
                fixed=1,
                still=4,
                severities={
                    "new": {Severity.ERROR: 1, Severity.WARNING: 1},
                    "worse": {Severity.ERROR: 1},
                    "still": {Severity.ERROR: 1, Severity.WARNING: 3},
                    "fixed": {Severity.ERROR: 1},
                },
            ),
            problems={kind: sum(finding.severity is kind for finding in fresh) for kind in Severity},
        ),
        target_records=tuple(sorted((row.target_record for row in ROWS if not row.skip), key=lambda each: each.target.url)),
        link_records=tuple(sorted((row.link_record for row in ROWS), key=lambda each: each.link.location.path)),
        all_findings=findings,
        host_records=hosts_of(ROWS),
        all_articles=tuple(map(_article, sorted({row.path for row in ROWS} | {DRAFT}))),
        changes=_changes(findings),
        fixed=(_fixed(),),
        earlier=_nights(),
    )


RULES = (
    RuleHelp(
        code="LC201",
        name="dead",
        summary="The page is gone.",
        text="The page is gone.\n\nIts server returned 404.",
        topics=("availability",),
    ),
    RuleHelp(code="LC403", name="size-differs", summary="A declared size is wrong.", text="A declared size is wrong."),
)


HOSTILE = {
    "script": "</script><script>alert(1)</script>",
    "attribute": "\"><img src=x onerror=alert(1)> ' onmouseover='alert(1)",
    "comment": "--><!-- </title></style></textarea></noscript>",
    "template": "{{ 7 * 7 }} {% raw %} ${7*7} <%= 1 %>",
    "javascript": "javascript:alert(1)//https://example.org",
    "workflow command": "::error file=x,line=1::gotcha",
    "workflow command after a line end": "x\n::set-env name=PATH::/tmp\r\n::add-mask::a",
    "workflow escape": "%0A::stop-commands::t %0D %25 %3A",
    "old workflow command": "##[error]gotcha ##vso[task.setvariable variable=x]y ##teamcity[message]",
    "formula": '=HYPERLINK("http://evil.example","click")',
    "formula with a command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula after a minus": "-2+3+cmd|' /C calc'!A0",
    "formula after a tab": "\t=1+1",
    "wide formula": "\uff1d1+1",
    "separators": 'a;b,c"d"\te|f',
    "cdata": "]]></failure><failure>",
    "entity": "&lt;&#x41;&xxe;<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
    "terminal title": "\x1b]0;owned\x07\x1b[31mred\x1b[2J\x1b[8m",
    "terminal hyperlink": "\x1b]8;;https://evil.example\x1b\\text\x1b]8;;\x1b\\",
    "eight-bit control": "\x9b31m\x90\x85\x7f",
    "carriage return": "safe\rOWNED",
    "backspaces": "abc\x08\x08\x08xyz",
    "right to left": "\u202egnp.exe\u202c \u2066isolated\u2069 \u200f\u061c",
    "invisible": "pay\u200bpal \ufeff\u2060\u00ad\U000e0041",
    "line separators": "a\u2028b\u2029c\u0085d\x0be\x0cf",
    "null": "before\x00after",
    "lone surrogates": "high \ud800 low \udfff reversed \udc00\ud800",
    "noncharacters": "\ufffe\uffff\ufdd0",
    "mention": "@everyone @org/team #1 GH-1 fixes #2 org/repo#3 deadbeefcafe0123 user@example.org",
    "markdown": "](http://evil.example) ![x](http://evil.example/t.png) <details> | ` `` ``` **b** _i_ ~~s~~ [a]: x",
    "backticks": "`" * 100 + "x",
    "fence": "```\n<script>\n~~~",
    "markup of a library": "[red]x[/red] [link=https://evil.example]y[/link]",
    "format directives": "%s %n %(name)s {0} {name} \\x1b \\u202e",
    "not a number": "NaN Infinity -Infinity 1e999",
    "secret-like path": "../../../etc/passwd",
    "empty": "",
    "spaces": "   ",
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea e\u0301\u0301",
    "wide": "\u6771\u4eac" * 200,
    "a megabyte": "A" * 1_000_000,
    "a megabyte without spaces or letters": "<" * 1_000_000,
}


def hostile_run(texts: Sequence[str] = tuple(HOSTILE.values())) -> ListedRun:
    """Each of these texts as URL, host, path, message, hint, quote, reason, fact, page title, media type and notice."""
    targets, links, findings, hosts = [], [], [], []
    for number, text in enumerate(texts):
        path = f"{number:02} {text[:300]}"
        location = Location(path=path, span=Span(3, 5, 3, 5 + len(text)), pointer="/webUrl")
        verdict = Verdict(tuple(VerdictKind)[number % 7], text)
        target = Target(url=f"https://{number:02}.example/{text}", probe=Probe.PAGE, host=text)
        answer = Answer(
            status=200, url=text, media_type=text, page=PageFacts(title=text, canonicals=(text,), amphtml=(text,))
        )
        outcome = Outcome(url=text, probe=Probe.PAGE, answer=answer, hops=(Hop(text, 301, text),), checked_at=CHECKED_AT)
        targets.append(TargetRecord(target=target, verdict=verdict, outcome=outcome))
        skip = Skip("excluded", text, text) if verdict.kind is VerdictKind.SKIPPED else None
        links.append(LinkRecord(Link(location, Role.CANONICAL, text), target, verdict, skip))
        severity = tuple(Severity)[number % 3]
        for pointer, status in (
            ("/webUrl", Status.OPEN),
            ("/title", Status.OPEN),
            ("/images/0/url", tuple(Status)[number % 3]),
        ):
            findings.append(
                Finding(
                    code="LC201",
                    name="dead",
                    severity=severity,
                    location=Location(path=path, span=location.span, pointer=pointer),
                    message=text or "?",
                    url=text,
                    hint=text,
                    facts={"final_url": text, "hops": (text, text)},
                    quote=f"url: {text}",
                    status=status,
                    reason=text,
                    archive=ArchivedCopy(text, text, text) if text else None,
                    fix=Fix(FixKind.SAFE, text, (Edit(location.span, text, 5, 9),)) if text else None,
                )
            )
        hosts.append(HostRecord(host=text, verdicts={verdict.kind: 1}, requests=1, mean_seconds=2.0, slowest_seconds=2.0))
    fresh = [finding for finding in findings if finding.status is Status.OPEN]
    return ListedRun(
        facts=Summary(
            started="2026-11-22T04:00:00Z",
            seconds=1.0,
            complete=False,
            articles=len(texts),
            links=len(links),
            targets=len(targets),
            requests=len(targets),
            verdicts={kind: sum(record.verdict.kind is kind for record in targets) for kind in VerdictKind},
            findings={kind: sum(finding.severity is kind for finding in fresh) for kind in Severity},
            accepted=5,
            not_checked=dict.fromkeys(texts, 1),
            incomplete_because="; ".join(text[:100] for text in texts),
            notices=tuple(texts),
        ),
        target_records=tuple(targets),
        link_records=tuple(links),
        all_findings=tuple(findings),
        host_records=tuple(hosts),
    )


def empty_run() -> ListedRun:
    return ListedRun(
        facts=Summary(
            started="2026-11-22T04:00:00Z",
            seconds=0.1,
            complete=True,
            articles=0,
            links=0,
            targets=0,
            requests=0,
            verdicts=dict.fromkeys(VerdictKind, 0),
            findings=dict.fromkeys(Severity, 0),
        )
    )


class LongRun(Struct, frozen=True):
    """A run whose rows are made when asked for, so that only what a reporter keeps takes memory."""

    articles_in_it: int

    def _rows(self) -> Iterator[Row]:
        for number in range(self.articles_in_it):
            for index in range(5):
                row = ROWS[(3 * number + index) % len(ROWS)]
                address = row.url.partition("#")[0] + f"?n={number}-{index}"
                yield msgspec.structs.replace(
                    row, path=f"news/{number:06}.md", line=3 + 4 * index, pointer=f"/related/{index}/webUrl", url=address
                )

    def summary(self) -> Summary:
        links = 5 * self.articles_in_it
        return msgspec.structs.replace(
            example_run().facts,
            articles=self.articles_in_it,
            links=links,
            targets=links,
            findings=dict.fromkeys(Severity, links // 4),
        )

    def targets(self) -> Iterator[TargetRecord]:
        return (row.target_record for row in self._rows() if not row.skip)

    def links(self) -> Iterator[LinkRecord]:
        return (row.link_record for row in self._rows())

    def findings(self) -> Iterator[Finding]:
        return (finding for row in self._rows() if (finding := row.finding))

    def problems(self) -> Iterator[Problem]:
        cause = Cause(CauseKind.ARTICLE, "")
        return (Problem(id=finding.problem, first=finding, cause=cause) for finding in self.findings())

    def places(self, problem: Problem) -> Iterator[Finding]:
        return iter((problem.first,))

    def runs(self) -> Iterator[RunRecord]:
        return iter(())

    def hosts(self) -> Iterator[HostRecord]:
        return (
            HostRecord(f"{n}.example", {VerdictKind.OK: 5, VerdictKind.BLOCKED: 1}, 6, 1 + n % 7, 9.0)
            for n in range(self.articles_in_it)
        )

    def articles(self) -> Iterator[Article]:
        return (
            Article(path=f"news/{number:06}.md", data={"author": f"Author {number % 7}"})
            for number in range(self.articles_in_it)
        )


RUNS: dict[str, Run] = {
    "example": example_run(),
    "hostile": hostile_run(),
    "empty": empty_run(),
    "long": LongRun(articles_in_it=300),
}
