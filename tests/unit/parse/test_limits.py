"""The limits that hold for every format."""

import pytest

from linkcheck.model import Article, ParseErrorKind, Source
from linkcheck.parse import parse
from linkcheck.parse.limits import LONG_KEYS, MAX_POINTER

FORMS = {
    "JSON": '{{"{key}": [1]}}\n',
    "TOML": '+++\n"{key}" = [1]\n+++\n',
    "TOML, a table": '+++\n["{key}"]\n0 = 1\n+++\n',
    "YAML": "---\n? {key}\n: [1]\n---\n",
    "YAML, a mapping": "---\n? {key}\n: 0: 1\n---\n",
    "YAML, an alias": "---\n? {key}\n: &a [1]\nb: *a\n---\n",
}


def read(text: str) -> Article:
    head = text.encode()
    return parse(Source("a.md", "a.md", head, len(head)))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_keys_above_a_value_are_limited_together(form: str) -> None:
    longest = MAX_POINTER - len("/") - len("/0")
    assert read(form.format(key="k" * longest)).parse_errors == ()
    (error,) = read(form.format(key="k" * (longest + 1))).parse_errors
    assert (error.kind, error.message) == (ParseErrorKind.UNSAFE, LONG_KEYS)
