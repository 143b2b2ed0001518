"""The options that several commands share, each a setting of the configuration under the same name."""

import os
from collections.abc import Callable, Mapping
from typing import TypeVar

import click

from linkcheck.cli.console import say
from linkcheck.cli.group import Grouped
from linkcheck.config import Config, load, unknown_variables, working_directory

_F = TypeVar("_F", bound=Callable[..., object])

LOOK = "What to look at"
ASK = "How to ask the web"
REMEMBER = "What to remember"
SAY = "What to report"

_FILE = click.Path(dir_okay=False)


def _option(*declarations: str, heading: str, **attributes: object) -> Callable[[_F], _F]:
    attributes.setdefault("default", None)
    return click.option(*declarations, cls=Grouped, heading=heading, **attributes)


paths = click.argument("paths", nargs=-1, type=click.Path())

LOOKING = (
    _option("--config", heading=LOOK, type=_FILE, help="Configuration; default: linkcheck.toml or pyproject.toml."),
    _option("--schema", heading=LOOK, type=_FILE, help="JSON Schema for every article, whatever else names one."),
    _option("--since", heading=LOOK, metavar="REF", help="Only what changed since the merge base with REF may fail."),
    _option("--files-from", heading=LOOK, metavar="FILE", help="Read paths from FILE, one a line; - is stdin."),
    _option("--base-url", heading=LOOK, metavar="URL", help="What site-relative links are relative to."),
    _option(
        "--own-hosts", heading=LOOK, multiple=True, metavar="HOST", help="A host whose pages you can change (base-url's)."
    ),
    _option("--site-root", heading=LOOK, metavar="DIR", help="Where site-relative files lie in the repository."),
    _option(
        "--extensions", heading=LOOK, multiple=True, metavar="EXT", help="Files looked into (.md .markdown .mdx .html)."
    ),
    _option("--gitignore/--no-gitignore", heading=LOOK, help="Leave out what .gitignore names (default: yes)."),
    _option(
        "--only-articles/--no-only-articles",
        heading=LOOK,
        help="Pass over named files without front matter: for hooks, which name every changed file.",
    ),
    _option(
        "--untrusted", heading=LOOK, is_flag=True, help="The checkout is a stranger's: its configuration may only tighten."
    ),
)
TIMING = (_option("--max-time", heading=LOOK, type=float, metavar="SECONDS", help="End reading after so long."),)
"""For commands that only read."""
REACHING = (
    _option("--connect-timeout", heading=ASK, type=float, metavar="SECONDS", help="To connect (10)."),
    _option("--timeout", heading=ASK, type=float, metavar="SECONDS", help="For a whole attempt (30)."),
    _option("--max-redirects", heading=ASK, type=int, metavar="N", help="Hops of a chain (10)."),
    _option("--user-agent", heading=ASK, metavar="TEXT", help="The User-Agent header to send."),
    _option("--ca-bundle", heading=ASK, type=_FILE, help="Certificates to trust beside the system's."),
    _option("--allow-address", heading=ASK, multiple=True, metavar="CIDR", help="A private network that may be asked."),
    _option(
        "--allow-port",
        heading=ASK,
        multiple=True,
        type=int,
        metavar="N",
        help="A port beside 80 and 443.",
    ),
    _option("--resolve", heading=ASK, multiple=True, metavar="HOST=ADDR", help="Where a host is, instead of asking DNS."),
    _option("--nameserver", heading=ASK, metavar="ADDR[:PORT]", help="The DNS server to ask."),
    _option("--proxy", heading=ASK, metavar="URL", help="An http:// proxy, or `env` for HTTPS_PROXY and its like."),
    _option("--replay", heading=ASK, type=_FILE, help="Take every answer from FILE instead of the web."),
    _option("--record", heading=ASK, type=_FILE, help="Write every answer to FILE, for --replay."),
)
"""What every request heeds."""
ASKING = (
    _option("--offline/--no-offline", heading=ASK, help="Ask nothing of the web."),
    _option("--concurrency", heading=ASK, type=int, metavar="N", help="Requests under way in all (32)."),
    _option("--per-host", heading=ASK, type=int, metavar="N", help="Requests under way per host (2)."),
    _option("--interval", heading=ASK, type=float, metavar="SECONDS", help="Pace per host (0.25)."),
    _option("--retries", heading=ASK, type=int, metavar="N", help="Further tries of what may pass (3)."),
    _option("--max-time", heading=ASK, type=float, metavar="SECONDS", help="End reading, and then asking, after so long."),
    _option(
        "--jobs",
        heading=ASK,
        type=int,
        metavar="N",
        help="Processes; default: from the work and the cores.",
    ),
    _option("--executor", heading=ASK, metavar="URL", help="Where shards run, for example dask://HOST:PORT."),
    *REACHING,
)
"""What a run heeds that asks many; `explain` takes it too, so that the options of a check can be repeated for one URL."""
KEEPING = (
    _option("--baseline", heading=REMEMBER, type=click.Path(dir_okay=False), help="Findings that are accepted."),
    _option("--update-baseline/--no-update-baseline", heading=REMEMBER, help="Write what is found now as accepted."),
)
REMEMBERING = (
    _option("--history", heading=REMEMBER, type=click.Path(), metavar="FILE", help="Keep runs in a database."),
    _option("--resume/--no-resume", heading=REMEMBER, help="Go on where an unfinished run in the history ended."),
    _option("--max-age", heading=REMEMBER, type=float, metavar="DAYS", help="How long a good outcome holds (7)."),
    *KEEPING,
)
SHOWING = (
    _option(
        "--report", heading=SAY, multiple=True, metavar="FORMAT[:FILE]", help="Repeatable; without FILE to stdout (text)."
    ),
    _option("--repository-url", heading=SAY, metavar="URL", help="Where reports link to for the articles' lines."),
    _option("--quiet/--no-quiet", "-q", heading=SAY, help="Findings only, a line each."),
    _option("--verbose/--no-verbose", "-v", heading=SAY, help="Also info, every link, and the facts."),
)
COUNTING = (
    _option("--select", heading=SAY, multiple=True, metavar="CODES", help="Only these rules (LC2 stands for all LC2xx)."),
    _option("--ignore", heading=SAY, multiple=True, metavar="CODES", help="Not these rules."),
    _option(
        "--fail-on",
        heading=SAY,
        type=click.Choice(["error", "warning", "info", "never"]),
        help="What makes it exit 1 (error).",
    ),
    _option("--exit-zero/--no-exit-zero", heading=SAY, help="Exit 0 although there are findings."),
)
WAITING = (
    _option("--grace-days", heading=SAY, type=float, metavar="DAYS", help="For a new article to be published (1)."),
    _option("--strikes", heading=SAY, type=int, metavar="NIGHTS", help="Until unreachable is an error (3)."),
    _option("--strike-days", heading=SAY, type=float, metavar="DAYS", help="Those nights must span (2)."),
    _option("--progress/--no-progress", heading=SAY, help="Show how far it is (default: yes)."),
)
"""What only a run that asks the web heeds; `validate` takes it too, so that one line of options serves both."""


def takes(*groups: tuple[Callable[[_F], _F], ...]) -> Callable[[_F], _F]:
    """The options of these groups, in order."""

    def decorate(function: _F) -> _F:
        for option in reversed([option for group in groups for option in group]):
            function = option(function)
        return function

    return decorate


def configured(flags: Mapping[str, object]) -> Config:
    """The configuration that these options (by click's names) and the surroundings make."""
    given = {name.replace("_", "-"): value for name, value in flags.items() if value is not None and value != ()}
    file = given.pop("config", None)
    for name in ("extensions", "select", "ignore"):
        codes = given.get(name)
        if isinstance(codes, tuple):
            given[name] = tuple(code.strip() for text in codes for code in text.split(","))
    config = load(
        flags=given,
        environment=os.environ,
        directory=working_directory(),
        file=file if isinstance(file, str) else None,
        written=lambda name: "PATHS" if name == "paths" else f"--{name}",
    )
    if not config.settings.quiet:
        for sentence in unknown_variables(os.environ):
            say(sentence)
    return config
