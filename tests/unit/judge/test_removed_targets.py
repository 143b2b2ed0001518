"""What is said of links to what the change under check moved or removed."""

import pytest

from linkcheck.judge import JudgeOptions, judge_article, local_verdict
from linkcheck.model import (
    FILE_START,
    Article,
    Evidence,
    Link,
    LinkResult,
    LocalFile,
    Location,
    Probe,
    RemovalKind,
    Removed,
    Role,
    Target,
)


@pytest.mark.parametrize(
    ("removed", "message", "hint"),
    [
        pytest.param(
            Removed("a.png", RemovalKind.DELETED),
            "the link led to a.png, but this change removes it",
            "Keep the file, redirect its URL, or correct the link.",
            id="a deleted file",
        ),
        pytest.param(
            Removed("a.png", RemovalKind.RENAMED, "b.png"),
            "the link led to a.png, but this change moves it to b.png",
            "Keep the file at its path, redirect the old URL, or correct the link.",
            id="a renamed file",
        ),
        pytest.param(
            Removed("a.png", RemovalKind.ARTICLE_MOVED),
            "the link led to a.png, but this change moves the article with the link",
            "Move the file too, or correct the link.",
            id="a file that is left behind",
        ),
        pytest.param(
            Removed("a.png", RemovalKind.SETTINGS, "site-root"),
            "the link led to a.png, but this change edits site-root",
            "Keep site-root, or correct the link.",
            id="a setting",
        ),
        pytest.param(
            Removed("a.md", RemovalKind.DELETED, is_page=True),
            "the link led to the page of a.md, but this change removes it",
            "Keep the article, redirect its URL, or correct the link.",
            id="a deleted article",
        ),
        pytest.param(
            Removed("a.md", RemovalKind.HIDDEN, is_page=True),
            "the link led to the page of a.md, but this change hides it",
            "Publish the article, redirect its URL, or correct the link.",
            id="a hidden article",
        ),
        pytest.param(
            Removed("a.md", RemovalKind.OTHER_URL, is_page=True),
            "the link led to the page of a.md, but this change gives it another URL",
            "Keep the article at its URL, redirect the old one, or correct the link.",
            id="another URL",
        ),
    ],
)
def test_the_finding_says_what_the_change_did(removed: Removed, message: str, hint: str) -> None:
    file = LocalFile(None, () if removed.is_page else (removed.path,), removed=removed)
    link = Link(Location("b.md", FILE_START, "/next"), Role.LINK, "/a/")
    result = LinkResult(link, Target("/a/", Probe.PAGE, ""), local_verdict(file, image=False), local=file)
    (found,) = judge_article(Evidence(Article("b.md"), results=(result,)), JudgeOptions()).findings
    assert (found.message, found.hint, found.facts["removed"]) == (message, hint, removed.path)
