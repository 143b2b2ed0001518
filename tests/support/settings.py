"""A value other than the default for every setting."""

from linkcheck.config import SETTINGS

WRITTEN = {
    "extensions": "rst",
    "base-url": "https://www.own.example/blog/",
    "repository-url": "https://a.example/",
    "report": "json",
    "proxy": "http://a.example:9",
    "resolve": "a.example=127.0.0.1:9",
    "nameserver": "127.0.0.1",
    "fail-on": "never",
    "select": "LC2",
    "ignore": "dead",
    "allow-address": "10.0.0.0/8",
}
"""As the user writes it, where `9` will not do."""


def written(name: str) -> str:
    """A value as it is written in a variable."""
    value = SETTINGS[name].value
    return str(not value).lower() if isinstance(value, bool) else WRITTEN.get(name, "9")


def meant(name: str) -> object:
    """The value that is so written."""
    setting = SETTINGS[name]
    value = not setting.value if isinstance(setting.value, bool) else setting.kind(written(name))
    assert value != setting.value
    return (value,) if setting.is_list else value
