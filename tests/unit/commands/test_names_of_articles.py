"""Properties that name other articles can have the name of an article that is added later."""

from pathlib import Path

import pytest
from write_files import write_files

from linkcheck.commands.init import survey


@pytest.mark.parametrize(
    ("articles", "is_enumeration"),
    [
        pytest.param({"docs/a.md": "title: The sea", "docs/b.md": "nav_title: Harbors"}, False, id="titles"),
        pytest.param({"docs/the-sea.md": "x: 1", "guide/harbors/index.md": "x: 1"}, False, id="names of files"),
        pytest.param({"docs/a.md": "slug: the-sea", "docs/b.md": "id: harbors"}, False, id="slugs"),
        pytest.param({"docs/a.md": "about: The sea", "docs/b.md": "about: Harbors"}, True, id="other properties"),
    ],
)
def test_a_property_that_names_articles_is_no_enumeration(
    articles: dict[str, str],
    is_enumeration: bool,  # noqa: FBT001
    tmp_path: Path,
) -> None:
    below = {f"docs/page{number}.md": f"section: {('The sea', 'Harbors')[number % 2]}" for number in range(60)}
    write_files(tmp_path, {path: f"---\n{text}\n---\n" for path, text in (articles | below).items()})
    schemas = [each.inferred.schema for each in survey(str(tmp_path)).collections]
    assert any("'enum'" in str(schema) for schema in schemas) is is_enumeration
