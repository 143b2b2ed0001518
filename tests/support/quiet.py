"""A watch for runs in the process of the test."""

from linkcheck.model import VerdictKind


class Quiet:
    """A watch that looks away: notices are in the run's summary as well."""

    def notice(self, sentence: str) -> None: ...

    def start_crawl(self, targets: int) -> "Quiet":
        del targets
        return self

    def update(self, done: int, verdicts: dict[VerdictKind, int], waiting: object) -> None: ...

    def close(self) -> None: ...
