"""Pictures that the change under check replaced under their names, which articles that it did not touch may show."""

import os
from io import BytesIO
from os.path import splitext

from msgspec.structs import replace

from linkcheck import changes, judge, plan
from linkcheck.ledger import PlannedLink
from linkcheck.local_files import local_file
from linkcheck.model import Article, Evidence, LinkResult, LocalFile, Probe
from linkcheck.pipeline.paths import relative


class ReplacedPictures:
    """The pictures of the base that have another content now."""

    def __init__(self, change: changes.Changes, options: judge.JudgeOptions) -> None:
        self._base = change.base
        self._options = options
        self._former: dict[str, LocalFile] = {}
        self._paths = frozenset(each.path for each in change.changes if each.path == each.before and _is_picture(each.path))

    def __bool__(self) -> bool:
        return bool(self._paths)

    def may_be_shown(self, planned: plan.Planned) -> bool:
        """Whether a link may lead to one of them."""
        return planned.is_image and any(map(self._is_replaced, planned.local))

    def is_worse(self, article: Article, planned: PlannedLink) -> bool:
        """Whether the change made something wrong with a link, by replacing the picture that it leads to."""
        file = None if planned.local is None else planned.local.file
        if file is None or planned.target.probe is not Probe.IMAGE or not self._is_replaced(file):
            return False
        found = self._found(article, planned)
        return bool(found) and not found <= self._found(article, replace(planned, local=self._before(file)))

    def _is_replaced(self, file: str) -> bool:
        """Whether a file is one of the pictures, or a symbolic link to one."""
        return bool(self._paths) and (file in self._paths or relative(os.path.realpath(file)) in self._paths)

    def _found(self, article: Article, planned: PlannedLink) -> set[tuple[str, str]]:
        assert planned.local is not None
        verdict = judge.local_verdict(planned.local, image=True)
        result = LinkResult(planned.link, planned.target, verdict, local=planned.local)
        findings = judge.judge_article(Evidence(article, results=(result,)), self._options).findings
        return {(each.code, each.location.pointer) for each in findings}

    def _before(self, file: str) -> LocalFile:
        if file not in self._former:
            text = self._base.read(file) or b""
            self._former[file] = local_file(file, (file,), BytesIO(text), len(text), image=True)
        return self._former[file]


def _is_picture(path: str) -> bool:
    from linkcheck.images import IMAGE_EXTENSIONS

    return splitext(path)[1].lower().removeprefix(".") in IMAGE_EXTENSIONS
