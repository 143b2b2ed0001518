"""What the configuration in a checkout may do when a stranger wrote it (`--untrusted`): only what makes a check stricter.

Flags, environment variables and a `--config` named by the user are trusted, and so is what the commit named by `--since`
holds; what is left is a file that came with the articles. Every key has its class here; a key without one fails a test.
"""

from collections.abc import Mapping
from enum import StrEnum

from linkcheck.config.settings import Settings


class Trust(StrEnum):
    """What a stranger's file may do with a key."""

    YES = "as written"
    LOWER = "only lower"
    HIGHER = "only higher"
    ON = "only true"
    OFF = "only false"
    STRICTER = "only stricter"
    ERRORS = "only to error"
    BY_HOST = "by the keys of a host"
    NEVER = "not at all"


TRUST = {
    # Leaving articles out, or holding them against another schema, hides what is wrong with them.
    "paths": Trust.NEVER,
    "files-from": Trust.NEVER,
    "extensions": Trust.NEVER,
    "gitignore": Trust.OFF,
    "only-articles": Trust.OFF,
    "schema": Trust.NEVER,
    "collections": Trust.NEVER,
    "exclude": Trust.NEVER,
    "base-url": Trust.NEVER,
    "own-hosts": Trust.NEVER,
    "site-root": Trust.NEVER,
    "since": Trust.NEVER,
    # Slower and less at once is polite; shorter waits would turn what is dead into what did not answer.
    "offline": Trust.NEVER,
    "concurrency": Trust.LOWER,
    "per-host": Trust.LOWER,
    "interval": Trust.HIGHER,
    "connect-timeout": Trust.NEVER,
    "timeout": Trust.NEVER,
    "retries": Trust.NEVER,
    "max-redirects": Trust.NEVER,
    "max-time": Trust.LOWER,  # who runs out of time ends incomplete, which is no success
    "hosts": Trust.BY_HOST,
    # Who we say we are, whom we trust, and where we may go.
    "user-agent": Trust.NEVER,
    "ca-bundle": Trust.NEVER,
    "allow-address": Trust.NEVER,
    "allow-port": Trust.NEVER,
    "proxy": Trust.NEVER,
    "nameserver": Trust.NEVER,
    "resolve": Trust.NEVER,
    "jobs": Trust.NEVER,
    "executor": Trust.NEVER,
    # Files that are read in place of the web, or written.
    "replay": Trust.NEVER,
    "record": Trust.NEVER,
    "history": Trust.NEVER,
    "resume": Trust.NEVER,
    "report": Trust.NEVER,
    "baseline": Trust.NEVER,
    "update-baseline": Trust.NEVER,
    # What counts, and when.
    "max-age": Trust.LOWER,
    "select": Trust.NEVER,
    "ignore": Trust.NEVER,
    "severity": Trust.ERRORS,
    "fail-on": Trust.STRICTER,
    "exit-zero": Trust.OFF,
    "grace-days": Trust.LOWER,
    "strikes": Trust.LOWER,
    "strike-days": Trust.LOWER,
    # What is said. `quiet` would silence the notice that something does not apply.
    "repository-url": Trust.NEVER,
    "progress": Trust.YES,
    "quiet": Trust.OFF,
    "verbose": Trust.YES,
    "untrusted": Trust.ON,
}

HOST_TRUST = {
    "interval": Trust.HIGHER,
    "concurrency": Trust.LOWER,
    "timeout": Trust.NEVER,
    "headers": Trust.NEVER,
    "accept": Trust.NEVER,
}
_BOUNDS_OF_HOSTS = {"interval": "interval", "concurrency": "per-host"}
_STRICTER = ("never", "error", "warning", "info")


def tightened(table: Mapping[str, object], trusted: Settings) -> tuple[dict[str, object], tuple[str, ...]]:
    """What of a stranger's file applies, and the names of what does not.

    `table` conforms to the schema of the configuration. `trusted` are the settings without the file: what the file says
    must be at least as strict.
    """
    bounds = {
        field: getattr(trusted, field.replace("-", "_")) for field in TRUST if hasattr(trusted, field.replace("-", "_"))
    }
    kept: dict[str, object] = {}
    refused: list[str] = []
    for name, value in table.items():
        match TRUST.get(name, Trust.NEVER), value:
            case Trust.ERRORS, dict():
                kept[name] = {rule: severity for rule, severity in value.items() if severity == "error"}
                refused += [f"{name}.{rule}" for rule, severity in value.items() if severity != "error"]
            case Trust.BY_HOST, dict():
                kept[name], not_kept = _of_hosts(value, bounds)
                refused += not_kept
            case trust, _ if _is_allowed(trust, value, bounds.get(name)):
                kept[name] = value
            case _:
                refused.append(name)
    return kept, tuple(refused)


def _of_hosts(hosts: Mapping[str, object], bounds: Mapping[str, object]) -> tuple[dict[str, object], list[str]]:
    kept: dict[str, object] = {}
    refused: list[str] = []
    for host, keys in hosts.items():
        allowed: dict[str, object] = {}
        for name, value in keys.items() if isinstance(keys, dict) else ():
            if _is_allowed(HOST_TRUST.get(name, Trust.NEVER), value, bounds.get(_BOUNDS_OF_HOSTS.get(name, ""))):
                allowed[name] = value
            else:
                refused.append(f"hosts.{host!r}.{name}")
        kept[host] = allowed
    return kept, refused


def _is_allowed(trust: Trust, value: object, bound: object) -> bool:
    match trust, value, bound:
        case Trust.YES, _, _:
            return True
        case Trust.ON, bool(), _:
            return value
        case Trust.OFF, bool(), _:
            return not value
        case Trust.LOWER, int() | float(), None:
            return True
        case Trust.LOWER, int() | float(), int() | float():
            return value <= bound
        case Trust.HIGHER, int() | float(), int() | float():
            return value >= bound
        case Trust.STRICTER, str(), str():
            return _STRICTER.index(value) >= _STRICTER.index(bound)
        case _:
            return False
