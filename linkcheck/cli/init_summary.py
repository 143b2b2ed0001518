"""What `linkcheck init` tells: what it found, what it would write, what remains, and what to do next. All on stderr."""

import re
import sys
from collections.abc import Container, Iterable, Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from linkcheck.cli.console import has_color, say
from linkcheck.model import Severity
from linkcheck.report.escape import cells, clip, log_line, shown, visible
from linkcheck.report.summary_text import SEVERITIES, count, plain_reason
from linkcheck.report.terminal import Color, Style

if TYPE_CHECKING:
    from linkcheck.commands.init import Draft, FindingsOfRule, Proof, RepositorySurvey, SkippedData, Surveyed
    from linkcheck.infer import Linked

_PLACES = 3
"""Maximum number of properties, paths and articles that are listed; the others are counted."""
_MOST_DEVIATIONS = 5
"""Maximum number of sentences about articles that differ from the others in their collection."""
_WIDTH = 100
"""Columns of a line of text."""
_LONGEST = 2_000
_LACKING = re.compile(r"`([^`]*+)` is missing from ([0-9]++ of [0-9]++ articles), so it is not required(.*)", re.DOTALL)
_COLORS = {Severity.ERROR: Color.RED, Severity.WARNING: Color.YELLOW, Severity.INFO: Color.BLUE}
_WIDEST = 60
"""Cells of a column."""
_WIDEST_LINKS = 80


def tell_survey(survey: "RepositorySurvey", collections: "Sequence[Surveyed]", *, without: Container[str] = ()) -> None:
    """The generators, the settings but those `without` which it is, the collections, and what is not alike in them."""
    site = [_generators(survey)]
    if survey.site.base_url is not None and "base-url" not in without:
        site.append(f"base URL: {survey.site.base_url}")
    if survey.site_roots and "site-root" not in without:
        roots = ("the repository" if root == "." else root for root in survey.site_roots)
        site.append(f"files of the site: {', '.join(roots)}")
    say(shown("; ".join(site)))
    _tell_addresses(survey)
    rows = [("collection", "articles", "paths", "links")]
    rows += [
        (each.collection.name, f"{each.inferred.articles:,}", _listed(each.globs), _links(each.inferred.links))
        for each in collections
    ]
    if collections:
        _print("", *_table(rows))
    if collections and survey.prefixes:
        listed = [f"{place} ({folder}/)" for place, folder in survey.prefixes]
        _print("")
        _tell(f"file names that get the folder of their files as a prefix: {_listed(listed)}")
    _tell_deviations(collections)
    if survey.unread:
        _print("")
        _tell(f"skipped, because the front matter cannot be parsed: {_listed(survey.unread)}")
    if survey.programs:
        _print("")
        _tell(f"skipped, because the front matter is a program, which is not run: {_listed(survey.programs)}")
    if survey.others:
        _print("")
        _tell(
            f"not read, although they start with front matter: {', '.join(survey.others)}; to read them, list the "
            "extensions of all articles with --extensions"
        )
    if survey.rst_files:
        _print("")
        _tell(f"not read, because they are in reStructuredText: {count(survey.rst_files, '.rst file')}")
    if survey.skipped:
        _print("")
        listed = [f"{folder}/ ({count(number, 'article')})" for folder, number in survey.skipped]
        _tell(
            f"not read, because they are folders of templates or parts of articles: {_listed(listed)}; to read one, name "
            "it in the `paths` of a collection"
        )
    if survey.skipped_data:
        _print("")
    for each in survey.skipped_data:
        _tell(_not_surveyed(each))


def _not_surveyed(each: "SkippedData") -> str:
    """Which data files are in no collection, why, and what to do about it."""
    from linkcheck.commands.init import Reason

    where, many = _listed([place or "." for place in each.places]), each.files != 1
    files = f"not surveyed: {'' if each.is_all else 'at least '}{count(each.files, 'data file')}"
    if each.reason is Reason.UNFIT:
        return f"{files} that linkcheck cannot read (a list, more than 256 KiB, or tags of YAML): {where}"
    if each.reason is Reason.MISSING:
        return f"{files} that the settings declare and that {'do' if many else 'does'} not exist: {where}"
    if each.reason is Reason.WITHOUT_LINKS:
        return f"{files} without links in {where}"
    if each.lists == each.files:
        return f"{files} with URLs in {where}; {'they are lists' if many else 'it is a list'}, which linkcheck cannot read"
    pronoun = "them" if many else "it"
    text = f"{files} with URLs in {where}; to check {pronoun}, add {pronoun} to the `paths` of a collection"
    if not each.lists:
        return text
    return f"{text} ({each.lists:,} of them {'is a list' if each.lists == 1 else 'are lists'}, which linkcheck cannot read)"


def _generators(survey: "RepositorySurvey") -> str:
    """The generators of the sites, that of most articles first."""
    from linkcheck import infer

    if survey.generator == infer.PLAIN:
        return "no site generator was recognized"
    names = [_in_folder(each.generator.name, each.info.folder) for each in survey.sites]
    main = _in_folder(survey.generator.name, survey.site.folder)
    others = [name for name in names if name != main]
    return f"site generator{'s' if others else ''}: {_listed([main, *others])}"


def _tell_addresses(survey: "RepositorySurvey") -> None:
    """Why there is no base URL although the addresses of sites are known."""
    if survey.site.base_url is None and survey.on_site and any(each.info.base_url for each in survey.sites):
        places = ((_in_folder(each.generator.name, each.info.folder), each.info.base_url) for each in survey.sites)
        addresses = [f"{place}: {address or 'unknown'}" for place, address in places]
        _tell(
            "base-url is not set, because it applies to all articles, and the sites have different addresses "
            f"({_listed(addresses)}). To check links without a host, set base-url to the address of one site, or run "
            "linkcheck init in the folder of each site, so that each has its own configuration"
        )


def _in_folder(name: str, folder: str) -> str:
    return f"{name} in {folder}" if folder else name


def _tell_deviations(collections: "Iterable[Surveyed]") -> None:
    """What is not alike in the collections, the values that are not URLs first."""
    found = [(order, f"{each.collection.name}: {text}") for each in collections for order, text in _deviations(each)]
    sentences = [text for _, text in sorted(found, key=lambda pair: pair[0])]
    for text in sentences[:_MOST_DEVIATIONS]:
        _tell(text)
    if len(sentences) > _MOST_DEVIATIONS:
        _print(f"and {len(sentences) - _MOST_DEVIATIONS:,} more like these")


def tell_no_links(survey: "RepositorySurvey") -> None:
    articles = sum(each.inferred.articles for each in survey.collections)
    where = f"these {articles:,} articles" if articles != 1 else "this article"
    _print("")
    say(
        f"no link fields were found in the front matter of {where}, so there are no links to check, and no files were "
        "written. Links in the text of articles are not checked; other link checkers, such as lychee, do that. To validate "
        "the front matter against schemas nevertheless, use --without-links"
    )


def tell_proof(proof: "Proof") -> None:
    """What `linkcheck validate` finds with the files, before they are written."""
    paint = Style(color=has_color(sys.stderr)).paint
    for name, reason in proof.left_out:
        why = f"left out: {name}, because it would be refused: {' '.join(reason.split())}"
        _print(*(paint(line, Color.YELLOW) for line in _wrapped(why)))
    for note in proof.plan.notes:
        _tell(note)
    _print("", f"linkcheck validate with these files: {count(proof.articles, 'article')}, {count(proof.links, 'link')}")
    for reason, number in proof.not_checked.items():
        lines = _wrapped(f"{count(number, 'link')} not checked: {plain_reason(reason)}", indent="  ")
        _print(*(paint(line, Color.YELLOW) for line in lines))
    for notice in proof.notices:
        _print(*_wrapped(f"notice: {notice}", indent="  "))
    serious = [each for each in proof.remaining if each.severity is not Severity.INFO]
    info = sum(each.count for each in proof.remaining if each.severity is Severity.INFO)
    if not serious:
        _print("  no errors or warnings" + (f", {count(info, 'info')}" if info else ""))
        return
    rows = [(SEVERITIES[each.severity], f"{each.code} {each.name}", f"{each.count:,}") for each in serious]
    for each, line in zip(serious, _table(rows), strict=True):
        _print(paint(line, _COLORS[each.severity]), *_places(each))
    if info:
        _print(f"  and {count(info, 'info')}")


def tell_files(drafts: "Sequence[Draft]") -> None:
    _print("")
    for line in _files(drafts):
        _print(f"  {line}")


def offer(proof: "Proof") -> str:
    return f"Accept {count(proof.acceptable, 'finding')} in a baseline, so that only new ones fail a run?"


def tell_next(drafts: "Sequence[Draft]", proof: "Proof") -> None:
    from linkcheck.commands.init import BASELINE

    _print("")
    say(f"{count(len(drafts), 'file')} written")
    if proof.accepted:
        _print(f"{count(proof.acceptable, 'finding')} accepted in {BASELINE}; remove an entry to see its finding again")
    _print("", "next:", "  linkcheck validate    check the front matter and local files again, offline",
          "  linkcheck check       also request every URL")  # fmt: skip
    if proof.acceptable and not proof.accepted:
        _print(
            f"  linkcheck validate --baseline {BASELINE} --update-baseline",
            f"                        accept {count(proof.acceptable, 'finding')} for now; then set",
            f'                        baseline = "{BASELINE}" in {proof.plan.config}',
        )


def _tell(sentence: str) -> None:
    _print(*_wrapped(sentence))


def _wrapped(sentence: str, *, indent: str = "") -> list[str]:
    """A sentence in lines, of which those after the first one are indented more."""
    return wrap(
        shown(sentence, _LONGEST),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _print(*lines: str) -> None:
    """Lines on stderr that are part of a description, without the name of the program."""
    if lines:
        click.echo("\n".join(map(log_line, lines)), err=True)


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """The rows as lines, with the columns aligned; numbers at the right, but for names in the first column."""
    cut = [(*(clip(visible(cell), _WIDEST) for cell in row[:-1]), visible(row[-1])) for row in rows]
    widths = [max(cells(row[column]) for row in cut) for column in range(len(cut[0]))]
    for row in cut:
        padded = (
            " " * (width - cells(cell)) + cell
            if column and cell.replace(",", "").isdigit()
            else cell + " " * (width - cells(cell))
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield f"  {'  '.join(padded)}".rstrip()


def _links(linked: "Iterable[Linked]") -> str:
    """The links by role: `144 canonical (webUrl), 130 image (cover.image, images[].url)`. Fewer places if it is long."""
    places: dict[str, list[str]] = {}
    numbers: dict[str, int] = {}
    for each in linked:
        places.setdefault(each.role, []).append(each.place)
        numbers[each.role] = numbers.get(each.role, 0) + each.texts
    for most in (_PLACES, 1):
        text = ", ".join(f"{numbers[role]:,} {role} ({_listed(names, most)})" for role, names in places.items())
        if cells(text) <= _WIDEST_LINKS:
            return text or "none"
    return ", ".join(f"{number:,} {role}" for role, number in numbers.items())


def _listed(names: Sequence[str], most: int = _PLACES) -> str:
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(shown(name, 200) for name in names[:most]) + more


def _deviations(each: "Surveyed") -> Iterator[tuple[int, str]]:
    """What nearly all articles of a collection have in common, and where the others are. Lower numbers come first."""
    notes = each.inferred.notes
    for link in each.inferred.links:
        if link.odd:
            listed = [note for note in notes if note.startswith(f"`{link.place}` is not a URL")]
            notes = tuple(note for note in notes if note not in listed)
            number = f"{link.odd:,} of {link.texts:,}"
            yield 0, f"{listed[0]} ({number})" if listed else f"{number} `{link.place}` are not URLs"
    lacking: dict[tuple[str, str], list[str]] = {}
    for note in notes:
        found = _LACKING.fullmatch(note)
        if found is None:
            yield 1, note
        else:
            lacking.setdefault((found[2], found[3]), []).append(f"`{found[1]}`")
    for (articles, places), names in lacking.items():
        verb, pronoun = ("is", "it is") if len(names) == 1 else ("are", "they are")
        yield 2, f"{_listed(names)} {verb} missing from {articles}, so {pronoun} not required{places}"


def _places(each: "FindingsOfRule") -> Iterator[str]:
    """The first places of a rule's findings, one per line."""
    for finding in each.first:
        yield f"      {visible(finding.location.path)}:{finding.location.span.line}"
    if each.count > len(each.first):
        yield f"      and {each.count - len(each.first):,} more"


def _files(drafts: "Sequence[Draft]") -> Iterator[str]:
    schemas = [draft.path for draft in drafts if draft.path.endswith(".schema.json")]
    for draft in drafts:
        if draft.path not in schemas:
            yield f"{visible(draft.path)} ({'new' if draft.before is None else 'extended' if draft.adds else 'replaced'})"
    if schemas:
        yield f"{count(len(schemas), 'schema')}: {_listed(schemas)}"
