"""Looks a link up in the repository: the file it leads to, and what image that is. Nothing outside the root is opened."""

import os
from functools import lru_cache
from typing import BinaryIO

from linkcheck.files import open_file
from linkcheck.model import ImageFacts, LocalFile

_REMEMBERED = 4096  # an archive's articles share their logos; a million links must not live here


class LocalResolver:
    """Answers for links in one repository, and remembers the last few thousand answers.

    `root` is the folder that no link may lead out of, absolute. Candidates are relative to `folder`, the working directory,
    by default the root itself.
    """

    def __init__(self, root: str, *, folder: str | None = None) -> None:
        self._root = os.path.realpath(root)
        self._folder = root if folder is None else folder
        self.look = lru_cache(maxsize=_REMEMBERED)(self._look)

    def _look(self, candidates: tuple[str, ...], *, image: bool) -> LocalFile:
        """The first candidate that is a regular file within the root; of an image at most 1 MiB is read to measure it."""
        for candidate in candidates:
            stream = self._open(candidate)
            if stream is not None:
                with stream:
                    size = os.fstat(stream.fileno()).st_size
                    return LocalFile(candidate, candidates, _measure(stream) if image else None, size)
        return LocalFile(None, candidates)

    def _open(self, candidate: str) -> BinaryIO | None:
        """None where there is no such file, or where it is not for us to read."""
        try:
            file = os.path.realpath(os.path.join(self._folder, candidate))
            if os.path.commonpath((file, self._root)) != self._root:
                return None
            # A link put there since the path was resolved is not followed.
            return open_file(file, follow=False)
        except (OSError, ValueError):
            return None


def _measure(stream: BinaryIO) -> ImageFacts | None:
    from linkcheck.images import measure_by

    def read(start: int, stop: int) -> bytes:
        stream.seek(start)
        return stream.read(stop - start)

    try:
        return measure_by(read)
    except OSError:
        return None
