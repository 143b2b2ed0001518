"""An observer for runs in the process of the test."""

from linkcheck.model import VerdictKind


class Quiet:
    """An observer that ignores everything: notices are in the summary of the run too."""

    def notice(self, sentence: str) -> None: ...

    def start_crawl(self, targets: int) -> "Quiet":
        del targets
        return self

    def update(self, done: int, verdicts: dict[VerdictKind, int], waiting: object, least_seconds: float) -> None: ...

    def close(self) -> None: ...
