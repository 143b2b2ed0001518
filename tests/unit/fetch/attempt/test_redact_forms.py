"""The forms of a secret that are looked for."""

import pytest

from linkcheck.fetch.attempt.redact import _forms


@pytest.mark.parametrize("form", ["ab/cd ef", "ab%2Fcd%20ef", "ab/cd%20ef", "ab%2Fcd+ef"])
def test_a_secret_is_known_in_every_form_that_a_url_has(form: str) -> None:
    assert form in _forms("ab/cd ef")
