"""What is read from the base and what is refused in an untrusted checkout."""

from pathlib import Path

import pytest
from stored_commit import StoredCommit
from systems import posix_only

from linkcheck.errors import UsageError
from linkcheck.pipeline.untrusted import (
    check_output_links,
    checkout,
    is_from_checkout,
    refuse_changed_inputs,
    schema_reader,
)
from linkcheck.validate import DEFAULT


def test_the_checkout_is_the_repository_around_the_working_directory(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checkout() == here
    (here / "sub").mkdir()
    monkeypatch.chdir(here / "sub")
    assert checkout() == here
    monkeypatch.chdir(here.parent)  # no repository
    assert checkout() == here.parent


@posix_only
def test_a_file_is_from_the_checkout_if_it_or_its_target_is_inside(here: Path) -> None:
    outside = here.parent / "outside"
    outside.mkdir()
    (outside / "file").write_text("")
    (here / "file").write_text("")
    (here / "leads-out").symlink_to(outside / "file")
    (outside / "leads-in").symlink_to(here / "file")
    paths = ("file", str(here / "file"), "absent", "leads-out", "../outside/leads-in", "../outside/file", "..")
    assert {path: is_from_checkout(path) for path in paths} == {
        "file": True,
        str(here / "file"): True,
        "absent": True,
        "leads-out": True,
        "../outside/leads-in": True,
        "../outside/file": False,
        "..": False,
    }


def test_without_a_base_schemas_are_read_from_the_disk() -> None:
    assert schema_reader(None, named="s.json") is None


@posix_only
@pytest.mark.parametrize(
    ("files", "named", "path", "expected"),
    [
        pytest.param({"s.json": b"{}"}, None, "s.json", b"{}", id="the base has it"),
        pytest.param({"s.json": b"{}"}, "s.json", "s.json", b"{}", id="the base has the one that the user named"),
        pytest.param({}, "s.json", "s.json", None, id="the user named it, and the base lacks it"),
        pytest.param({}, "s.json", "part.json", None, id="a part of one that the user named, and the base lacks both"),
        pytest.param({}, None, "s.json", "refused", id="nobody named it, and the base lacks it"),
        pytest.param({}, DEFAULT, "s.json", "refused", id="the user named the default"),
        pytest.param({"s.json": b"{}"}, "s.json", "part.json", "refused", id="a part that the base lacks"),
        pytest.param({}, None, "../s.json", None, id="a file outside the checkout"),
        pytest.param({"s.json": b"{}"}, None, "../leads-in.json", b"{}", id="a link into the checkout"),
        pytest.param({"leads-out.json": b"{}"}, None, "leads-out.json", b"{}", id="a link out of the checkout"),
        pytest.param({}, None, "../leads-in.json", "refused", id="a link into the checkout to what the base lacks"),
    ],
)
def test_a_schema_is_read_from_the_base(
    here: Path, files: dict[str, bytes], named: str | None, path: str, expected: bytes | str | None
) -> None:
    (here / "s.json").write_text("changed")
    (here.parent / "leads-in.json").symlink_to(here / "s.json")
    (here / "leads-out.json").symlink_to(here.parent / "outside.json")
    read = schema_reader(StoredCommit(files), named=named)
    assert read is not None
    place = here.parent / path.removeprefix("../") if path.startswith("../") else here / path
    if expected == "refused":
        with pytest.raises(FileNotFoundError, match=r"not in main \(000000000000\), and the checkout is untrusted"):
            read(place)
    else:
        assert read(place) == expected


REFUSED = (
    "--replay web.toml: the file differs from the one in main (000000000000), and the checkout is untrusted. "
    "Use a file outside the checkout"
)


@pytest.mark.parametrize(
    ("before", "after", "is_refused"),
    [
        pytest.param(b"same", b"same", False, id="the same"),
        pytest.param(b"same", b"sama", True, id="another of the same length"),
        pytest.param(b"same", b"same and more", True, id="a longer one"),
        pytest.param(b"same", b"sam", True, id="a shorter one"),
        pytest.param(b"same", None, True, id="one that is gone"),
        pytest.param(b"", None, False, id="an empty one that is gone"),
        pytest.param(None, b"new", False, id="one that the base lacks"),
    ],
)
def test_an_input_that_the_change_rewrote_is_refused(
    here: Path,
    before: bytes | None,
    after: bytes | None,
    is_refused: bool,  # noqa: FBT001
) -> None:
    if after is not None:
        (here / "web.toml").write_bytes(after)
    base = StoredCommit({} if before is None else {"web.toml": before})
    if not is_refused:
        refuse_changed_inputs(base, {"replay": "web.toml"})
        return
    with pytest.raises(UsageError) as caught:
        refuse_changed_inputs(base, {"replay": "web.toml"})
    assert str(caught.value) == REFUSED


def test_inputs_are_compared_one_by_one(here: Path) -> None:
    (here / "web.toml").write_bytes(b"changed")
    base = StoredCommit({"web.toml": b"before", "-": b"before", "../web.toml": b"before"})
    (here.parent / "web.toml").write_bytes(b"changed")
    refuse_changed_inputs(None, {"replay": "web.toml"})
    refuse_changed_inputs(base, {"files-from": None, "replay": "-", "ca-bundle": "../web.toml"})
    with pytest.raises(UsageError) as caught:
        refuse_changed_inputs(base, {"files-from": None, "ca-bundle": "-", "replay": "web.toml"})
    assert str(caught.value) == REFUSED


@posix_only
def test_no_output_goes_through_a_link_in_the_checkout(here: Path) -> None:
    outside = here.parent / "outside"
    outside.mkdir()
    (here / "reports").mkdir()
    (here / "link").symlink_to(outside)
    (outside / "link").symlink_to(here)
    (here / "file.json").symlink_to(outside / "file.json")
    check_output_links([("--report", path) for path in ("a.json", "reports/a.json", "../outside/a.json", str(here))])
    check_output_links([("--report", "../outside/link/a.json")])  # the link is the user's own
    refused = {"link/a.json": "link", "file.json": "file.json", "link/deep/a.json": "link"}
    for path, link in refused.items():
        with pytest.raises(UsageError) as caught:
            check_output_links([("--report", "a.json"), ("--record", path)])
        assert str(caught.value) == (
            f"--record {path}: {link} is a symbolic link in the untrusted checkout; use a file outside the checkout"
        )


@posix_only
def test_a_checkout_that_is_reached_by_a_link_is_no_reason_to_refuse(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    through = here.parent / "through"
    through.symlink_to(here)
    monkeypatch.chdir(through)
    check_output_links([("--report", "a.json"), ("--report", str(through / "a.json"))])
