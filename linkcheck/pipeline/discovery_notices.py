"""What a user should know about the files of a run: paths without files, and articles that belong to no collection."""

from collections.abc import Iterator

from linkcheck import discover
from linkcheck.globs import has_magic
from linkcheck.pipeline.context import RunContext

_SHOWN = 5
"""Maximum number of folders, or files, in a notice."""


def notices_of(tally: discover.FileCounts, context: RunContext) -> Iterator[str]:
    """The notices, each a sentence without its full stop."""
    where = f" in {context.config_file}; correct or remove it" if _is_configured(context) else ""
    if context.run.files_from is not None:
        yield from map(absent_notice, dict.fromkeys(tally.unmatched))
    else:
        yield from (_unmatched(path, where, context.discover.extensions) for path in dict.fromkeys(tally.unmatched))
    if context.is_whole:
        yield from (f"no file matches {glob} in exclude-files; correct or remove it" for glob in tally.unused_excludes)
    if tally.rst_files:
        yield _in_rst(tally.rst_files)
    if tally.outside and context.run.schema is None:
        yield _outside(tally.outside, checked=context.discover.survey is None or bool(context.run.files_from))


def missing_notice(missing: list[str], *, is_all: bool) -> tuple[str, ...]:
    """The notice on paths that were skipped because they do not exist. `is_all` means that a list contains no others."""
    if not missing:
        return ()
    named = ", ".join(missing[:_SHOWN]) + (f" and {len(missing) - _SHOWN:,} more" if len(missing) > _SHOWN else "")
    files = f"{len(missing):,} files do not exist and were" if len(missing) > 1 else "one file does not exist and was"
    hint = ". The paths of a list are relative to the working directory (git diff --relative)" if is_all else ""
    return (f"{files} skipped: {named}{hint}",)


def absent_notice(path: str) -> str:
    """The notice on a glob of a list, which may be the name of a file that was deleted."""
    return f"{path} does not exist, and no file matches it"


def _unmatched(path: str, where: str, extensions: tuple[str, ...]) -> str:
    is_here = path in (".", "./")
    if has_magic(path) or (where and not is_here):
        return f"no file matches {path}{where}"
    return f"no file in {'this folder' if is_here else path} ends in {', '.join(extensions)}"


def _in_rst(number: int) -> str:
    files = f"{number:,} .rst files with metadata were" if number > 1 else "one .rst file with metadata was"
    return f"{files} not checked, because linkcheck does not read reStructuredText"


def _is_configured(context: RunContext) -> bool:
    is_optional = context.discover.optional and context.run.files_from is None
    return context.config_file is not None and is_optional and context.discover.paths != (".",)


def _outside(folders: dict[str, int], *, checked: bool) -> str:
    number = sum(folders.values())
    most = sorted(folders.items(), key=lambda item: (-item[1], item[0]))
    named = ", ".join(f"{folder} ({articles:,})" for folder, articles in most[:_SHOWN])
    left = len(most) - _SHOWN
    more = f" and {left:,} more folder{'s' if left > 1 else ''}" if left > 0 else ""
    files = f"{number:,} files with front matter belong" if number > 1 else "one file with front matter belongs"
    were = "were" if number > 1 else "was"
    result = f"{were} checked with the default schema" if checked else f"{were} not checked; add a collection"
    return f"{files} to no collection and {result}: {named}{more}"
