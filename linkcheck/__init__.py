"""Checks the links, images and AMP pages that Markdown front matter names."""

TYPE_CHECKING = False  # as `typing` has it, which takes longer to load than `--version` may take
if TYPE_CHECKING:
    from linkcheck.model import Finding, Severity

__all__ = ["Finding", "Severity", "__version__", "check"]
__version__ = "0.1.0"


def check(*paths: str, **settings: object) -> "tuple[Finding, ...]":
    """Check articles as `linkcheck check` does, and return all findings in the order of their places.

    `settings` are those of the configuration, with underscores for hyphens: `check("posts", offline=True)`. Configuration
    file and environment count as on the command line. Raises `linkcheck.errors.LinkcheckError` for what would end the
    command with a message, its `UsageError` for a setting that there is not or a value that the file could not have; an
    incomplete run raises its `IncompleteError`.
    """
    import os

    from linkcheck import pipeline
    from linkcheck.config import load, working_directory
    from linkcheck.errors import IncompleteError

    flags = {name.replace("_", "-"): value for name, value in settings.items()}
    if paths:
        flags["paths"] = paths
    config = load(
        flags=flags,
        environment=os.environ,
        directory=working_directory(),
        written=lambda name: name.replace("-", "_"),
    )
    with pipeline.check(pipeline.RunContext(config), pipeline.NullObserver()) as finished:
        finished.update_baseline()
        if finished.summary.incomplete_because is not None:
            raise IncompleteError(finished.summary.incomplete_because)
        return tuple(finished.run.findings())


def __getattr__(name: str) -> object:
    # The nouns are loaded when asked for: `linkcheck --version` reads this file and nothing else.
    if name in ("Finding", "Severity"):
        from linkcheck import model

        return getattr(model, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
