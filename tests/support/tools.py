"""Programs that some tests need. If one is missing, these tests are skipped; in CI, which must provide it, they fail."""

import os
import shutil
from typing import NoReturn

import pytest

IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}  # read at import: tests run in a clean environment


def missing(what: str, remedy: str) -> NoReturn:
    """Skip the test, or fail it in CI."""
    message = f"{what} is missing: {remedy}"
    if IN_CI:
        pytest.fail(f"{message} (CI skips no test)")
    pytest.skip(message)


def program(*names: str, package: str) -> str:
    """The path of the first of these programs that is installed; `package` is Debian's name for what contains it."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        missing(names[0], f"install {package}")
    return found
