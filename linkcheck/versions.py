"""Folders of versions in the paths of documentation."""

import re

_VERSION = re.compile(
    r"(?:version-)?(?:v[0-9]{1,5}(?:\.(?:[0-9]{1,5}|x)){0,3}|[0-9]{1,5}(?:\.(?:[0-9]{1,5}|x)){1,3})|latest|next|stable",
    re.IGNORECASE,
)


def is_version(name: str) -> bool:
    """Whether a folder has the name of a version: `v2`, `1.4`, `v0.52.x`, `version-2.0`, `latest`, but not a year."""
    return _VERSION.fullmatch(name) is not None


def is_other_version(path: str, other: str) -> bool:
    """Whether two paths differ only in the folder of a version: `docs/v1.0/a.md` and `docs/v1.1/a.md`, or `docs/a.md`."""
    return path != other and _without_versions(path) == _without_versions(other)


def _without_versions(path: str) -> list[str]:
    *folders, name = path.split("/")
    return [*(part for part in folders if not is_version(part)), name]
