import pytest

from linkcheck.globs import escaped, is_quick, matcher


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("content/news", "content/news/a.md", True),
        ("content/news/", "content/news/2021/a.md", True),
        ("content/news", "content/newsletters/a.md", False),
        ("./content/news", "content/news/a.md", True),
        ("_news/*.md", "_news/a.md", True),
        ("_news/*.md", "_news/b/a.md", False),
        ("_news/*.md", "_news/a.html", False),
        ("**/*.md", "a.md", True),
        ("**/*.md", "a/b/c.md", True),
        ("a/**/c.md", "a/c.md", True),
        ("a/**/c.md", "a/b/b/c.md", True),
        ("a/**", "a/b/c.md", True),
        ("a/**", "b/c.md", False),
        ("**", "a.md", True),
        (".", "a/b.md", True),
        ("a?.md", "ab.md", True),
        ("a?.md", "a/.md", False),
        ("[ab].md", "a.md", True),
        ("[!ab].md", "a.md", False),
        ("[!ab].md", "c.md", True),
        ("{news,blog}/*.md", "blog/a.md", True),
        ("{news,blog}/*.md", "people/a.md", False),
        ("[a&&b].md", "&.md", True),
        ("a.md", "axmd", False),
        ("a[.md", "a[.md", True),
        ("a+(b).md", "a+(b).md", True),
        (".", "a.md", True),
        ("./", "a/b.md", True),
    ],
)
def test_a_glob_matches_whole_paths(glob: str, path: str, matches: bool) -> None:  # noqa: FBT001 - a column of the table
    assert (matcher(glob, below=True).fullmatch(path) is not None) == matches


@pytest.mark.parametrize("path", ["a.md", "[lang]/a.md", "{a,b}/c?.md", "*/[!a].md"])
def test_an_escaped_path_matches_only_itself(path: str) -> None:
    glob = matcher(escaped(path))
    assert glob.fullmatch(path) is not None
    assert glob.fullmatch(path.translate(str.maketrans("*?[]{}", "xlabcd"))) is None or path == "a.md"


@pytest.mark.parametrize(
    ("glob", "quick"),
    [
        pytest.param("content/**/[!_]*-*.{json,yaml}", True, id="a usual one"),
        pytest.param("docs/**/_posts/**", True, id="folders of any depth"),
        pytest.param("*/*/*/*.md", True, id="a wildcard in each part"),
        pytest.param("*a*a*.md", False, id="many wildcards in a part"),
        pytest.param("**/a/**/b/**/c", False, id="many folders of any depth"),
        pytest.param("**/**a/**b", False, id="folders of any depth within parts"),
        pytest.param("{a,?}{a,?}{a,?}", False, id="many choices"),
        pytest.param("{" + "a," * 20 + "b}", False, id="a choice of many"),
        pytest.param("a" * 501, False, id="a long one"),
    ],
)
def test_a_glob_that_can_take_long_is_not_quick(glob: str, quick: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_quick(glob) == quick
