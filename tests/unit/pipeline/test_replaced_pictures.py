"""What a picture that was replaced under its name makes wrong in an article."""

from pathlib import Path

import pytest
from image_samples import encoded, picture
from stored_commit import changes_from
from systems import posix_only

from linkcheck import judge, plan
from linkcheck.ledger import PlannedLink
from linkcheck.local_files import LocalResolver
from linkcheck.model import FILE_START, Article, Claim, Expectations, Link, Location, Role
from linkcheck.pipeline.replaced_pictures import ReplacedPictures

SMALL, LARGE = encoded("PNG"), encoded("PNG", picture(size=(300, 400)))
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"


def planned(url: str = "a.png", *, role: Role = Role.IMAGE) -> plan.Planned:
    """A link to a picture that is declared to be 96 pixels wide and 64 high."""
    width, height = (
        Claim(value, Location("a.md", FILE_START, f"/{name}")) for value, name in ((96, "width"), (64, "height"))
    )
    link = Link(Location("a.md", FILE_START, "/url"), role, url, Expectations(width=width, height=height))
    return plan.Planner(plan.PlanOptions(offline=True)).plan(link)


def is_worse(here: Path, before: bytes, *, changed: str = "a.png", role: Role = Role.IMAGE) -> bool:
    each = planned(role=role)
    file = LocalResolver(str(here)).look(("a.png",), image=role is Role.IMAGE)
    pictures = ReplacedPictures(changes_from({changed: before, "a.png": before}, changed), judge.JudgeOptions())
    return pictures.is_worse(Article("a.md"), PlannedLink(each.link, each.target, local=file))


@pytest.mark.parametrize(
    ("before", "after", "worse"),
    [
        pytest.param(SMALL, LARGE, True, id="another size"),
        pytest.param(LARGE, SMALL, False, id="the size that is declared"),
        pytest.param(SMALL, SMALL + b"x", False, id="the same size"),
        pytest.param(LARGE, encoded("PNG", picture(size=(200, 400))), False, id="another wrong size"),
        pytest.param(LARGE, LARGE[:20], True, id="another problem"),
        pytest.param(LARGE, POINTER, False, id="a pointer, whose content is unknown"),
        pytest.param(POINTER, SMALL, False, id="the content of a pointer"),
    ],
)
def test_a_picture_is_worse_if_it_has_a_problem_that_it_did_not_have(
    here: Path,
    before: bytes,
    after: bytes,
    worse: bool,  # noqa: FBT001
) -> None:
    (here / "a.png").write_bytes(after)
    assert is_worse(here, before) is worse


def test_other_files_and_other_links_are_not_measured(here: Path) -> None:
    (here / "a.png").write_bytes(LARGE)
    assert not is_worse(here, SMALL, changed="b.png")
    assert not is_worse(here, SMALL, role=Role.LINK)
    pictures = ReplacedPictures(changes_from({"a.png": SMALL}, "a.png"), judge.JudgeOptions())
    assert not pictures.is_worse(Article("a.md"), PlannedLink(planned().link, planned().target))


@pytest.mark.parametrize(
    ("path", "files", "replaced"),
    [
        ("a.png", {"a.png": SMALL}, True),
        ("a.png", {}, False),
        ("a.txt", {"a.txt": b""}, False),
        ("A.PNG", {"A.PNG": SMALL}, True),
    ],
    ids=["a picture", "a new picture", "another file", "in capitals"],
)
def test_only_pictures_that_were_there_are_replaced(path: str, files: dict[str, bytes], replaced: bool) -> None:  # noqa: FBT001
    pictures = ReplacedPictures(changes_from(files, path), judge.JudgeOptions())
    assert bool(pictures) is replaced
    assert pictures.may_be_shown(planned(path)) is replaced
    assert not pictures.may_be_shown(planned("other.png"))


@posix_only
def test_a_picture_behind_a_symbolic_link_is_replaced_too(here: Path) -> None:
    (here / "b.png").write_bytes(LARGE)
    (here / "a.png").symlink_to("b.png")
    assert is_worse(here, SMALL, changed="b.png")
