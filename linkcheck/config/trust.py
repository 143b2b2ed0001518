"""Restricts the configuration in an untrusted checkout (`--untrusted`) to values that make checks stricter.

Options, environment variables, a `--config` file and the commit that `--since` specifies are trusted. What remains is a file
that came with the articles. The trust of every key is declared with the key (`settings`).
"""

from collections.abc import Mapping

from linkcheck.config.declaration import Trust, declared
from linkcheck.config.settings import SETTINGS, HostTable, Settings

TRUST = {
    **{name: each.key.trust for name, each in SETTINGS.items()},
    "collections": Trust.NEVER,
    "exclude": Trust.NEVER,
    "hosts": Trust.BY_HOST,
    "severity": Trust.ERRORS,
    "aliases": Trust.NEVER,
    "archives": Trust.NEVER,
}
HOST_TRUST = {each.name: each.key.trust for each in declared(HostTable)}
_BOUNDS_OF_HOSTS = {"interval": "interval", "concurrency": "per-host"}
_STRICTER = ("never", "error", "warning", "info")


def restricted(table: Mapping[str, object], trusted: Settings) -> tuple[dict[str, object], tuple[str, ...]]:
    """The part of an untrusted file that applies, and the names of the keys that do not.

    `table` is valid by the schema of the configuration. `trusted` are the settings without the file: values in the file must
    be at least as strict.
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
