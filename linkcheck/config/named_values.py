"""Values that the schema of the configuration does not list: the names of rules and of report formats."""

from collections.abc import Iterator, Mapping

from linkcheck.did_you_mean import closest_value
from linkcheck.pointers import escape
from linkcheck.report import FORMATS
from linkcheck.validate import ConfigProblem, ProblemPlace


def unknown_names(data: Mapping[str, object]) -> Iterator[ConfigProblem]:
    """A problem for each name in a valid configuration that nothing has."""
    for pointer, text in _items(data, "report"):
        name = text.partition(":")[0]
        if name not in FORMATS:
            near = closest_value(name, FORMATS)
            hint = f"Did you mean {near}?" if near else f"Use {', '.join(FORMATS[:-1])} or {FORMATS[-1]}."
            yield ConfigProblem(pointer, f"unknown report format `{name}`", hint)
    severity = data.get("severity")
    keys = [(f"/severity/{escape(name)}", name) for name in severity] if isinstance(severity, Mapping) else []
    selectors = [(*each, ProblemPlace.VALUE) for name in ("select", "ignore") for each in _items(data, name)]
    selectors += [(*each, ProblemPlace.KEY) for each in keys]
    if not selectors:
        return
    from linkcheck.judge import RULES  # imported late: it takes most of the time of a short command
    from linkcheck.triage.selection import advice, is_unknown

    for pointer, selector, at in selectors:
        if is_unknown(selector, RULES):
            yield ConfigProblem(pointer, f"unknown rule `{selector}`", advice(selector, RULES), at)


def _items(data: Mapping[str, object], name: str) -> Iterator[tuple[str, str]]:
    values = data.get(name)
    for index, text in enumerate(values if isinstance(values, list | tuple) else ()):
        yield f"/{name}/{index}", str(text)
