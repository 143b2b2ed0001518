"""The texts of ours that somebody else's machine reads: the action, the workflows, and the blocks in the how-tos."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from ci.composite import ACTION, ROOT

HOW_TOS = tuple(ROOT / "docs" / "how-to" / name for name in ("github.md", "gitlab-and-others.md", "pre-commit.md"))
WORKFLOWS = tuple(sorted((ROOT / ".github" / "workflows").glob("*.yml")))


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def blocks(language: str, *, titled: str = "") -> list[tuple[str, str]]:
    """The fenced blocks of a language in the how-tos, with a name for each; `titled` is in the paragraph before it."""
    fenced = re.compile(rf"([^\n]*)\n\n```{language}\n(.*?)```", re.DOTALL)
    return [
        (f"{path.name}: {match[1][:60]}", match[2])
        for path in HOW_TOS
        for match in fenced.finditer(path.read_text(encoding="utf-8"))
        if titled in match[1]
    ]


def workflow_blocks() -> list[tuple[str, str]]:
    """Blocks that are whole workflows."""
    return [(name, text) for name, text in blocks("yaml") if "jobs:" in text]


def scripts() -> Iterator[tuple[str, str]]:
    """Every `run:` there is, in files and in whole workflows of the how-tos."""
    for step in read(ACTION)["runs"]["steps"]:
        if "run" in step:
            yield f"action.yml: {step['name']}", step["run"]
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in WORKFLOWS]
    for name, text in [*texts, *workflow_blocks()]:
        for job in yaml.safe_load(text)["jobs"].values():
            for number, step in enumerate(job.get("steps", ())):
                if "run" in step:
                    yield f"{name}: step {number + 1}", step["run"]
