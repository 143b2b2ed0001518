"""Globs: whatever somebody writes is read, or told to mean nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.errors import UsageError
from linkcheck.globs import matcher

GLOBS = st.text(alphabet=st.one_of(st.sampled_from("*?[]{},!-/.a&|~"), st.characters()), max_size=20)


@given(GLOBS, st.booleans(), st.text(max_size=20))
def test_any_glob_can_be_asked_or_is_refused(glob: str, below: bool, path: str) -> None:  # noqa: FBT001 - drawn
    refused = ""
    match = None
    try:
        match = matcher(glob, below=below).fullmatch(path)
    except UsageError as error:
        refused = str(error)
    assert match is None or match.string == path
    assert refused == "" or "glob" in refused


@given(st.text(alphabet="abc./", min_size=1, max_size=12).filter(lambda text: text.strip("./") != ""))
def test_a_path_without_wildcards_matches_itself(path: str) -> None:
    plain = path.removeprefix("./")
    assert matcher(path).fullmatch(plain)


@pytest.mark.parametrize("glob", [".", "./"])
def test_the_folder_itself_matches_everything_in_it(glob: str) -> None:
    assert matcher(glob, below=True).fullmatch("posts/a.md")


@pytest.mark.parametrize("glob", ["[z-a].md", ""])
def test_a_glob_that_means_nothing_is_refused(glob: str) -> None:
    with pytest.raises(UsageError, match="glob"):
        matcher(glob, below=True)
