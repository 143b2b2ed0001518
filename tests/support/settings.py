"""A value other than the default for every setting."""

from linkcheck.config import SETTINGS

WRITTEN = {
    "extensions": "rst",
    "base-url": "https://www.own.example/blog/",
    "repository-url": "https://a.example/",
    "report": "json",
    "proxy": "http://a.example:9",
    "resolve": "a.example=127.0.0.1:9",
    "remap": "https://a.example/ https://b.example/",
    "nameserver": "127.0.0.1",
    "fail-on": "never",
    "select": "LC2",
    "ignore": "dead",
    "allow-address": "10.0.0.0/8",
}
"""Values as the user writes them, for settings that do not accept `9`."""


def written(name: str) -> str:
    """A value of a setting, as written in an environment variable."""
    value = SETTINGS[name].value
    return str(not value).lower() if isinstance(value, bool) else WRITTEN.get(name, "9")


def meant(name: str) -> object:
    """The parsed value of the same setting."""
    setting = SETTINGS[name]
    value = not setting.value if isinstance(setting.value, bool) else setting.kind(written(name))
    assert value != setting.value
    return (value,) if setting.is_list else value
