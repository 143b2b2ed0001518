"""An AMP page, its canonical page and its copy on an AMP cache in every combination of states: one finding, one advice.

`amp_states.txt` holds what is said of each combination, the caches that make no difference together.
`pytest tests/pipeline/test_amp_states.py --accept` rewrites it; read the difference before you commit it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby, product
from pathlib import Path

import pytest
from golden import Golden
from quiet import Quiet

from linkcheck import pipeline
from linkcheck.config import load
from linkcheck.model import Finding

EXPECTED = Path(__file__).parent / "amp_states.txt"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TITLE = "Council opens the bridge"
PAGE = "https://HOST/bridge"
AMP = "https://HOST/amp/bridge"
CACHE = "https://CACHED.cdn.ampproject.org/c/s/HOST/amp/bridge"


def page(url: str, *more: str, title: str = TITLE, canonical: str | None = PAGE) -> str:
    named = () if canonical is None else (f'canonical = "{canonical}"',)
    return f'["{url}"]\npage = {{{", ".join((f"title = {title!r}", *named, *more))}}}\n'


def status(url: str, code: int) -> str:
    return f'["{url}"]\nstatus = {code}\n'


def failure(url: str, kind: str) -> str:
    return f'["{url}"]\nfailure = "{kind}"\n'


def redirect(url: str, to: str, code: int = 302, vary: str | None = None) -> str:
    varies = "" if vary is None else f'headers = {{vary = "{vary}"}}\n'
    return f'["{url}"]\nstatus = {code}\nlocation = "{to}"\n{varies}'


HOME = page("https://HOST/", title="The Gazette", canonical=None)
LOGIN = page("https://HOST/login?next=x", "login = true", title="Log in", canonical=None)
CANONICALS = {
    "absent": "",
    "names the AMP page": page(PAGE, f'amphtml = "{AMP}"'),
    "names no AMP page": page(PAGE),
    "names another AMP page": page(PAGE, f'amphtml = "{PAGE}?outputType=amp"'),
    "gone": status(PAGE, 404),
    "unreachable": status(PAGE, 503),
    "blocked": status(PAGE, 403),
    "login": (redirect(PAGE, "/login?next=x") + LOGIN).replace("next=x", "next=page"),
    "a wall in its place": page(PAGE, title="Wir verwenden Cookies", canonical=None),
}
AMPS = {
    "absent": page(AMP, "amp = true"),
    "lives": page(AMP, "amp = true"),
    "lives, names another page": page(AMP, "amp = true", canonical=f"{PAGE}-2"),
    "gone, 404": status(AMP, 404),
    "gone, no such host": failure(AMP, "dns"),
    "redirects to the page for good": redirect(AMP, PAGE, 301),
    "redirects to the page": redirect(AMP, PAGE),
    "redirects to the page by device": redirect(AMP, PAGE, vary="Accept-Encoding, User-Agent"),
    "redirects to the page for good by device": redirect(AMP, PAGE, 301, vary="Sec-CH-UA-Mobile"),
    "redirects to the home page for good": redirect(AMP, "/", 301) + HOME,
    "redirects to the home page": redirect(AMP, "/") + HOME,
    "redirects to another AMP page": redirect(AMP, f"{PAGE}/amp/", 301) + page(f"{PAGE}/amp/", "amp = true"),
    "redirects to another page": redirect(AMP, "/2", 301)
    + page("https://HOST/2", title="Other", canonical="https://HOST/2"),
    "login": redirect(AMP, "/login?next=x") + LOGIN,
    "a wall in its place": page(AMP, title="Wir verwenden Cookies", canonical=None),
    "consent, 404": redirect(AMP, "/consent?next=x") + status("https://HOST/consent?next=x", 404),
    "consent, 404, for good": redirect(AMP, "/consent?next=x", 301) + status("https://HOST/consent?next=x", 404),
    "login, 403": redirect(AMP, "/login?next=x") + status("https://HOST/login?next=x", 403),
    "blocked, 403": status(AMP, 403),
    "unreachable, 503": status(AMP, 503),
    "unreachable, certificate": failure(AMP, "tls expired"),
    "odd, 400": status(AMP, 400),
    "not AMP": page(AMP),
    "AMP with a fault": f'["{AMP}"]\nbody = "<title>{TITLE}</title><script src=https://cdn.ampproject.org/v0.js></script>"\n',
    "soft 404": page(AMP, title="Page not found", canonical=None),
    "JSON": f'["{AMP}"]\nbody = "{{}}"\ntype = "application/json"\n',
}
CACHES = {
    "absent": "",
    "lives": page(CACHE, "amp = true"),
    "404": status(CACHE, 404),
    "leads to the AMP page": redirect(CACHE, AMP),
    "leads to the page": redirect(CACHE, PAGE),
    "wrong certificate": failure(CACHE, "tls wrong-host"),
    "503": status(CACHE, 503),
    "no such host": failure(CACHE, "dns"),
    "not AMP": page(CACHE),
}
ROWS = [
    row
    for row in product(AMPS, CANONICALS, CACHES)
    if (row[0], row[2]) != ("absent", "absent")  # nothing to report
    and not (row[1] == "absent" and "to the page" in f"{row[0]} {row[2]}".replace("AMP page", ""))
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Finding]]:
    """What one run says of an article of each combination, each on a host of its own, at its AMP URL and its copy."""
    folder = tmp_path_factory.mktemp("states")
    (folder / ".git").mkdir()  # configuration is looked for up to here
    web: list[str] = []
    for number, (amp, canonical, cache) in enumerate(ROWS):
        urls = {"webUrl": (canonical, PAGE), "ampWebUrl": (amp, AMP), "cdnAmpWebUrl": (cache, CACHE)}
        keys = "".join(f"{key}: {url}\n" for key, (state, url) in urls.items() if state != "absent")
        text = f"---\ntitle: {TITLE}\n{keys}---\n"
        (folder / f"{number:04}.md").write_text(_of_host(text, number))
        web.append(_of_host(CANONICALS[canonical] + AMPS[amp] + CACHES[cache], number))
    (folder / "web.toml").write_text("".join(web) + '["https://*/linkcheck-*"]\nstatus = 404\n')
    unhurried = {"LINKCHECK_INTERVAL": "0", "LINKCHECK_RETRIES": "0"}
    config = load(
        flags={"replay": str(folder / "web.toml"), "jobs": 8, "paths": [str(folder)]},
        environment=unhurried,
        directory=str(folder),
    )
    found: dict[str, list[Finding]] = {}
    with pipeline.check(pipeline.RunContext(config, now=lambda: NOW), Quiet()) as finished:
        for finding in finished.run.findings():
            if finding.location.pointer in ("/ampWebUrl", "/cdnAmpWebUrl"):
                found.setdefault(Path(finding.location.path).stem, []).append(finding)
    return found


def _of_host(text: str, number: int) -> str:
    return text.replace("HOST", f"h{number:04}.example").replace("CACHED", f"h{number:04}-example")


@pytest.mark.parametrize(
    ("amp", "canonical"),
    [pytest.param(*pair, id=f"AMP page: {pair[0]}; canonical page: {pair[1]}") for pair in product(AMPS, CANONICALS)],
)
def test_an_amp_page_and_its_copy_have_at_most_one_finding(amp: str, canonical: str, told: dict[str, list[Finding]]) -> None:
    found = {row[2]: told.get(f"{number:04}", []) for number, row in enumerate(ROWS) if row[:2] == (amp, canonical)}
    assert {cache: each for cache, each in found.items() if len(each) > 1} == {}


def test_what_is_said_of_each_combination_is_what_was_read(told: dict[str, list[Finding]], golden: Golden) -> None:
    lines = "".join(f"{line}\n" for line in _lines(told))
    assert lines == golden(EXPECTED, lines)


def _lines(told: dict[str, list[Finding]]) -> Iterator[str]:
    """AMP page | canonical page | copies: finding."""
    numbered = list(enumerate(ROWS))
    for (amp, canonical), rows in groupby(numbered, key=lambda each: each[1][:2]):
        by_finding: dict[str, list[str]] = {}
        for number, row in rows:
            found = told.get(f"{number:04}", [])
            by_finding.setdefault("; ".join(map(_told, found)) or "nothing", []).append(row[2])
        for finding, caches in by_finding.items():
            yield f"{amp} | {canonical} | {'any' if len(by_finding) == 1 else ', '.join(caches)}: {finding}"


def _told(finding: Finding) -> str:
    return f"{finding.code} {finding.name}, {finding.severity.value}"
