"""Which rules there are, by what they look at. A group is imported once there is something for it to look at: modules
take time to load, and an offline check of one file needs a dozen of them.
"""

from collections.abc import Iterator
from functools import lru_cache

from linkcheck.judge.protocol import Documented, Rule, RunRule
from linkcheck.model import Evidence

_PROBLEMS, _VIOLATIONS, _LINKS, _FAULTY, _ANSWERS, _FILES, _VALUES = 1, 2, 4, 8, 16, 32, 64
_FAULTY_KINDS = frozenset(("invalid-url", "scheme", "template"))


def rules_for(evidence: Evidence) -> tuple[Rule, ...]:
    """The rules that can find something in this evidence."""
    met = _PROBLEMS * bool(evidence.article.parse_errors) | _VIOLATIONS * bool(evidence.violations)
    met |= _LINKS * bool(evidence.results) | _VALUES * bool(evidence.article.data)
    for result in evidence.results:
        if result.outcome is not None:
            met |= _ANSWERS
        elif result.local is not None:
            met |= _FILES
        elif result.skip is not None and result.skip.kind in _FAULTY_KINDS:
            met |= _FAULTY
    return _rules(met)


@lru_cache(maxsize=128)
def _rules(met: int) -> tuple[Rule, ...]:
    return tuple(rule for group in _groups(met) for rule in group)


def _groups(met: int) -> Iterator[tuple[Rule, ...]]:
    if met & _PROBLEMS:
        from linkcheck.judge.groups import problems

        yield problems.RULES
    if met & _VIOLATIONS:
        from linkcheck.judge.groups import violations

        yield violations.RULES
    if met & _VALUES:
        from linkcheck.judge.groups import values

        yield values.RULES
    if met & _LINKS:
        from linkcheck.judge.groups import links

        yield links.RULES
    if met & _FAULTY:
        from linkcheck.judge.groups import faulty

        yield faulty.RULES
    if met & (_ANSWERS | _FILES):
        from linkcheck.judge.groups import images

        yield images.RULES
    if met & _ANSWERS:
        from linkcheck.judge.groups import answers

        yield answers.RULES


def run_rules() -> tuple[RunRule, ...]:
    """The rules that look at a run as a whole."""
    from linkcheck.judge.groups import runs

    return runs.RULES


@lru_cache(maxsize=1)
def all_rules() -> tuple[Documented, ...]:
    """Every rule there is, by code."""
    from linkcheck.judge.groups import triaged

    article_rules = _rules(_PROBLEMS | _VIOLATIONS | _LINKS | _FAULTY | _ANSWERS | _FILES | _VALUES)
    return tuple(sorted((*article_rules, *run_rules(), *triaged.RULES), key=lambda rule: rule.CODE))


def network_use(rule: Documented) -> str:
    """Whether a rule reports something without any network request: `offline`, `online`, or where."""
    from linkcheck.judge.groups import answers, images, runs
    from linkcheck.judge.rules import missing_file

    if rule in (*answers.RULES, *runs.ONLINE):
        return "online"
    if rule in images.RULES and rule is not missing_file:
        return "online, or offline for files of the repository"
    return "offline"
