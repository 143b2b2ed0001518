"""Merge keys of YAML (`<<: *defaults`), which YAML 1.2 does not have, but Jekyll, Hugo and js-yaml do.

- A key of the mapping itself counts, wherever the merge key is; then that of the first mapping of a list that has it.
- A key `"<<"` in quotes is an ordinary key, as it is for Hugo and js-yaml.
- What is merged has the location of the value in the mapping that it comes from: to change it, a writer must go there.
"""

from collections.abc import Iterator, Mapping

from linkcheck.model import Json, ParseErrorKind, ValuePlace
from linkcheck.parse.reader_result import ParseErrors
from linkcheck.parse.yaml_frames import Frame

_HINT = "Use `<<: *name` with the name of an anchor whose value is a mapping, or `<<: [*first, *second]` for several."


def merged_mappings(
    frame: Frame, places: Mapping[str, ValuePlace], aliases: Mapping[str, str], parse_errors: ParseErrors
) -> Iterator[tuple[dict[str, Json], str]]:
    """The mappings that a mapping's merge keys refer to, each with the pointer that it is read at.

    `aliases` has the pointer of each alias among them, and that of its value: empty for an alias without one, which is
    reported already.
    """
    for pointer, value in frame.merges:
        items = [(pointer, value)]
        if isinstance(value, list) and pointer not in aliases:
            items = [(f"{pointer}/{index}", item) for index, item in enumerate(value)]
        for at, item in items:
            origin = aliases.get(at, at)
            if isinstance(item, dict):
                yield item, origin
            elif origin:
                what = "empty" if item is None else "a list" if isinstance(item, list) else "a single value"
                message = f"`<<` merges mappings, and this is {what}"
                parse_errors.add(ParseErrorKind.SYNTAX, message, places[at].value, frame.pointer, hint=_HINT)
