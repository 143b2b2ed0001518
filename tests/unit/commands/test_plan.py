"""The plan of `init`: what it would write, and what remains without some of its parts."""

from pathlib import Path

import pytest

from linkcheck.commands.init import templates
from linkcheck.commands.init.plan import (
    HOOKS,
    WORKFLOW,
    InitPlan,
    config_text,
    plan_files,
    surveyed,
    with_baseline,
    without,
    without_urls,
)
from linkcheck.commands.init.templates import ConfigPart, Draft

HEADER = ConfigPart("", "base-url = 'x'\n", None)
POSTS = ConfigPart("posts", "[[collections]]\nname = 'posts'\n", None)
NEWS = ConfigPart("news", "[[collections]]\nname = 'news'\n", None)
PLAN = InitPlan("linkcheck.toml", (HEADER, POSTS, NEWS), (Draft("w.yml", "on: push\n"),))


def test_a_baseline_is_named_after_the_header_and_written_last() -> None:
    found = with_baseline(PLAN, "{}")
    assert found.parts == (HEADER, templates.baseline_setting(), POSTS, NEWS)
    assert found.files == (*PLAN.files, Draft(templates.BASELINE, "{}"))
    assert config_text(found) == HEADER.text + templates.baseline_setting().text + POSTS.text + NEWS.text


@pytest.mark.parametrize(
    ("names", "kept"),
    [((), (HEADER, POSTS, NEWS)), (("posts",), (HEADER, NEWS)), (("posts", "news", ""), (HEADER,)), (("x",), PLAN.parts)],
)
def test_a_plan_can_do_without_some_collections(names: tuple[str, ...], kept: tuple[ConfigPart, ...]) -> None:
    assert without(PLAN, names).parts == kept


def test_parts_that_were_not_surveyed_have_no_url_to_leave_out() -> None:
    assert (without_urls(PLAN, ("posts", "news")), surveyed(PLAN)) == (PLAN, ())


def planned(root: Path, **files: str) -> tuple[list[tuple[str, bool, bool]], tuple[str, ...]]:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    drafts, notes = plan_files(str(root), ())
    return [(draft.path, draft.overwrites, draft.adds) for draft in drafts], notes


def test_the_workflow_and_the_hooks_are_new_where_there_are_none(tmp_path: Path) -> None:
    assert planned(tmp_path) == ([(WORKFLOW, False, False), (HOOKS, False, False)], ())


def test_hooks_are_added_to_others(tmp_path: Path) -> None:
    others = "repos:\n  - repo: local\n    hooks:\n      - id: x\n"
    assert planned(tmp_path, **{HOOKS: others}) == ([(WORKFLOW, False, False), (HOOKS, False, True)], ())


def test_hooks_that_cannot_be_extended_are_left_to_the_user(tmp_path: Path) -> None:
    found, (note,) = planned(tmp_path, **{HOOKS: "repos: [{repo: local, hooks: []}]\n", WORKFLOW: "on: push\n"})
    assert found == [(WORKFLOW, True, False)]
    assert note.startswith(f"{HOOKS} exists and cannot be extended safely; add the hooks yourself")


def test_hooks_that_are_there_are_left_alone(tmp_path: Path) -> None:
    own = f"repos:\n  - repo: {templates.HOME}\n    hooks: [{{id: linkcheck}}]\n"
    assert planned(tmp_path, **{HOOKS: own}) == ([(WORKFLOW, False, False)], ())
