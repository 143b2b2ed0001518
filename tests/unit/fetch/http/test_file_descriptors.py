import pytest
from systems import posix_only

from linkcheck.errors import IncompleteError
from linkcheck.fetch.http import file_descriptors


@posix_only
@pytest.mark.parametrize(
    ("soft", "hard", "wanted", "allowed"),
    [(1024, 4096, 128, 128), (64, 128, 128, 32), (70, 70, 32, 3), (24, 24, 32, 1)],
)
def test_concurrency_fits_the_files_that_may_be_open(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, wanted: int, allowed: int
) -> None:
    monkeypatch.setattr("resource.getrlimit", lambda _: (soft, hard))
    granted: list[object] = []
    monkeypatch.setattr("resource.setrlimit", lambda _, limits: granted.append(limits))
    found, notice = file_descriptors.allowed(wanted)
    assert found == allowed
    assert (notice is None) == (found == wanted)
    assert granted == ([(hard, hard)] if soft < hard else [])


@posix_only
@pytest.mark.parametrize("error", [ValueError, OSError])
def test_a_limit_that_cannot_be_raised_stays(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr("resource.getrlimit", lambda _: (70, 4096))
    monkeypatch.setattr("resource.setrlimit", refuse)
    assert file_descriptors.allowed(32) == (
        3,
        "at most 3 requests at once, since 70 files may be open (raise `ulimit -n`)",
    )


@posix_only
def test_too_few_files_that_may_be_open_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resource.getrlimit", lambda _: (23, 23))
    with pytest.raises(IncompleteError, match="ulimit -n 256"):
        file_descriptors.allowed(32)


@posix_only
@pytest.mark.parametrize(("soft", "processes"), [(24, 1), (32, 2), (40, 3), (64, 4)])
def test_processes_fit_the_files_that_may_be_open(monkeypatch: pytest.MonkeyPatch, soft: int, processes: int) -> None:
    monkeypatch.setattr("resource.getrlimit", lambda _: (soft, soft))
    assert file_descriptors.clamp_processes(4) == processes


@posix_only
@pytest.mark.parametrize(("soft", "concurrency", "kept"), [(1024, 32, 928), (128, 32, 32), (97, 32, 1), (24, 1, 1)])
def test_connections_that_are_kept_idle_fit_the_files_that_may_be_open(
    monkeypatch: pytest.MonkeyPatch, soft: int, concurrency: int, kept: int
) -> None:
    monkeypatch.setattr("resource.getrlimit", lambda _: (soft, soft))
    assert file_descriptors.most_idle_connections(concurrency) == kept
