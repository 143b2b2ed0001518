"""A setting has one default, wherever it is written down."""

import msgspec
import pytest

from linkcheck.config import Settings
from linkcheck.fetch.options import FetchOptions
from linkcheck.judge.options import JudgeOptions
from linkcheck.triage.options import TriageOptions

SETTINGS = {field.name: field.default for field in msgspec.structs.fields(Settings)}


@pytest.mark.parametrize("options", [FetchOptions, JudgeOptions, TriageOptions])
def test_the_options_of_a_step_start_from_the_defaults_of_the_settings(options: type[msgspec.Struct]) -> None:
    own = {field.name: field.default for field in msgspec.structs.fields(options)}
    shared = own.keys() & SETTINGS.keys()
    assert shared
    assert {name: own[name] for name in shared} == {name: SETTINGS[name] for name in shared}
