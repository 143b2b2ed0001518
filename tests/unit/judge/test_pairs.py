"""Every two rules that can report the same link: one makes the other redundant, or the reason to report both is here."""

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from msgspec import Struct

from linkcheck.judge import RULES
from linkcheck.judge.redundancy import TABLE

CASES = Path(__file__).parents[2] / "cases"
FOLDERS = sorted(path.parent for path in CASES.glob("*/*/expected.txt"))
FINDING = re.compile(r"(\S+:\d+:\d+) (LC\d{3}) ")


class Scope(Struct, frozen=True):
    """What a rule is about: roles of links (`title` and `date` are other values), and the result of the link."""

    roles: frozenset[str]
    states: frozenset[str]


def scope(roles: str, states: str) -> Scope:
    return Scope(frozenset(roles.split()), frozenset(states.split()))


PAGES = "canonical original amp cache link archive"
LINKS = f"{PAGES} image"
REQUESTED = "bad living"
ALWAYS = f"offline {REQUESTED}"
UNUSABLE = "no-url scheme template"

ELSEWHERE = frozenset(
    (
        *("LC001", "LC003", "LC006", "LC009", "LC113", "LC214", "LC221", "LC321", "LC505"),  # the run or a host
        *("LC005", "LC007", "LC008"),  # comments and the baseline
        *("LC002", "LC101", "LC102", "LC103", "LC104", "LC105", "LC106", "LC109"),  # a file that cannot be read
    )
)
"""Rules whose findings are about no value of an article."""

ONE_VERDICT = frozenset(
    (
        *("LC004", "LC010", "LC201", "LC204", "LC205", "LC208", "LC209", "LC210", "LC211", "LC212", "LC213", "LC215"),
        *("LC216", "LC217", "LC218", "LC219", "LC220", "LC222", "LC223", "LC226", "LC227", "LC228", "LC230", "LC314"),
        *("LC401", "LC402"),
    )
)
"""Rules that say why a link is not as it should be. Its verdict has one reason, so no two of them meet."""

PLACES = {
    "LC107": scope(f"{LINKS} title date", f"{ALWAYS} {UNUSABLE}"),
    "LC108": scope(f"{LINKS} title date", f"{ALWAYS} {UNUSABLE}"),
    "LC110": scope(f"{LINKS} title date", f"{ALWAYS} {UNUSABLE}"),
    "LC111": scope("key", "offline"),
    "LC112": scope("date", "offline"),
    "LC114": scope(LINKS, "no-url"),
    "LC115": scope(LINKS, ALWAYS),
    "LC116": scope(LINKS, "offline living"),
    "LC117": scope(LINKS, "scheme"),
    "LC118": scope(LINKS, "template"),
    "LC119": scope("title", "offline"),
    "LC120": scope("date", "offline"),
    "LC121": scope("image", ALWAYS),
    "LC122": scope(LINKS, ALWAYS),
    **{code: scope(LINKS, "bad") for code in ONE_VERDICT},
    "LC314": scope("cache", "bad"),
    "LC401": scope("image", "bad"),
    "LC402": scope("image", "bad"),
    "LC202": scope("original amp image link archive", "living"),
    "LC203": scope("canonical original amp image link archive", "living"),
    "LC206": scope(LINKS, REQUESTED),
    "LC207": scope("canonical original amp image link archive", "living"),
    "LC224": scope(PAGES, "living"),
    "LC225": scope(LINKS, "living"),
    "LC229": scope("canonical original amp", "living"),
    **{code: scope("canonical", "living") for code in ("LC301", "LC302", "LC304", "LC305", "LC306", "LC315")},
    **{code: scope("canonical original", "living") for code in ("LC303", "LC317", "LC318", "LC322")},
    **{code: scope("amp", "living") for code in ("LC307", "LC308", "LC309", "LC310")},
    **{code: scope("cache", ALWAYS) for code in ("LC311", "LC312", "LC319")},
    "LC313": scope("cache", "living"),
    **{code: scope("canonical", ALWAYS) for code in ("LC316", "LC320")},
    **{code: scope("image", ALWAYS) for code in ("LC406", "LC407", "LC414", "LC502")},
    **{f"LC{number}": scope("image", "living") for number in (403, 404, 405, 408, 409, 410, 411, 412, 413, 415)},
    **{code: scope("canonical original", ALWAYS) for code in ("LC501", "LC503", "LC506")},
    "LC323": scope("archive", ALWAYS),
    "LC504": scope("title", "offline"),
}

EXCLUSIVE = (
    (("LC301", "LC202"), ("LC203",), "a move is trivial or it is not"),
    (("LC302", "LC303"), ("LC304", "LC305"), "a page names one canonical URL, several, or none"),
    (("LC302",), ("LC303",), "the canonical URL is another one, or another spelling"),
    (("LC304",), ("LC305",), "a page names several canonical URLs, or none"),
    (("LC305",), ("LC306",), "a canonical URL that is missing is not relative"),
    (("LC403",), ("LC404", "LC405"), "a size differs in one way"),
    (("LC404",), ("LC405",), "a size differs in one way"),
    (("LC311",), ("LC312", "LC319"), "the address is that of another page, on no AMP cache, or of a page that is not named"),
    (("LC312",), ("LC319",), "a copy without a page is on an AMP cache, or it is on none"),
    (("LC309",), ("LC308", "LC310"), "a page is AMP, or it is not"),
    (
        ("LC229",),
        ("LC301", "LC302", "LC303", "LC304", "LC305", "LC306", "LC315", "LC317", "LC318", "LC322"),
        "there is no page",
    ),
    (("LC229",), ("LC202", "LC203", "LC307", "LC308", "LC309", "LC310"), "there is no page"),
    (("LC415",), ("LC202", "LC203"), "the redirect to a stand-in is no move"),
    (("LC207",), ("LC202", "LC203", "LC301"), "a redirect lasts, or it does not"),
    (("LC406",), ("LC502", "LC407", "LC403", "LC404", "LC405"), "a size is declared, or it is not"),
)
"""Rules that never find something at the same link, and why."""

GROUPS = {
    "FORM": "LC107 LC108 LC110",
    "VALUES": "LC112 LC114 LC117 LC118 LC119 LC120",
    "BAD": " ".join(sorted(ONE_VERDICT)),
    "WAY": "LC202 LC203 LC206 LC207 LC224 LC225 LC229 LC301",
    "PAGE": "LC302 LC303 LC304 LC305 LC306 LC315 LC317 LC318 LC322",
    "AMP": "LC307 LC308 LC309 LC310 LC311 LC312 LC313 LC319",
    "SIZE": "LC403 LC404 LC405 LC406 LC407",
    "TYPE": "LC408 LC409",
    "PICTURE": "LC410 LC411 LC412 LC413 LC414 LC415 LC502",
    "ACROSS": "LC501 LC503 LC506",
}

TOGETHER = (
    ("FORM", "FORM VALUES BAD WAY PAGE AMP SIZE TYPE PICTURE ACROSS LC115 LC116 LC121 LC122 LC316 LC320 LC504",
     "a schema asks for a form, and of two values of a key either may be wrong: what a value leads to is another matter"),
    ("LC119", "LC504", "a text with leftovers may be that of a copy as well"),
    ("LC115", "LC116 LC316 LC320 BAD WAY PAGE AMP SIZE TYPE PICTURE ACROSS",
     "a password is public and has to be changed, whatever becomes of the URL"),
    ("LC122", "LC316 LC320 BAD WAY PAGE AMP SIZE TYPE PICTURE ACROSS",
     "a secret is public and has to be revoked, whatever becomes of the URL"),
    ("LC121", "BAD WAY SIZE TYPE PICTURE", "a signature expires, whatever the image is today"),
    ("LC116", "LC316 WAY PAGE AMP SIZE TYPE PICTURE ACROSS", "http is info, and stays when the other fault is fixed"),
    ("LC316", "LC320 BAD WAY PAGE ACROSS", "the provider may be wrong, whatever the page says or does"),
    ("LC320", "BAD WAY PAGE ACROSS", "a fragment or trackers are info, and stay when the other fault is fixed"),
    ("ACROSS", "BAD WAY PAGE ACROSS", "says whose URL it is, and not whether the URL works"),
    ("BAD", "LC206", "the chain is long, and ends where something is wrong: each has a fix of its own"),
    ("BAD", "LC311 LC312 LC319", "a refusal or a page of the cache does not show what the right address is"),
    ("BAD", "LC406 LC414 LC502", "where the image was not seen, what is declared of it is all there is to judge"),
    ("BAD", "LC407", "a width of zero stays wrong with the next image"),
    ("LC323", "FORM LC115 LC122", "the form of a value, and secrets in it, are another matter than which page it is"),
    ("BAD", "LC323", "a refusal or an outage of the archive does not show what the right address is"),
    ("LC203", "LC206 LC224", "the spelling is one hop of the chain, and is corrected by fix at once"),
    ("LC206 LC207 LC224", "LC224 LC225", "each is another fault of the way to the page, which only the owner can correct"),
    ("WAY", "PAGE AMP SIZE TYPE PICTURE", "the page or image that comes has a fault that stays when the new URL is written"),
    ("LC315", "LC303 LC304 LC305 LC306 LC317 LC318 LC322", "the page is left out of search, whatever else it says"),
    ("LC303", "LC306 LC317 LC318 LC322", "the spelling is corrected by fix at once"),
    ("LC304 LC305 LC306", "LC317 LC318 LC322", "a fault of the template, and not why the page is another"),
    ("LC318", "LC322", "a date and an address are set by different people"),
    ("LC308", "LC307 LC310", "AMP page and page have to name each other, and each side has its own template"),
    ("SIZE", "SIZE TYPE PICTURE", "the declared size is wrong, and the image has a fault of its own"),
    ("TYPE PICTURE", "PICTURE", "each is a requirement of its own, with a fix of its own"),
)  # fmt: skip
"""Rules that are both reported at one link, and why."""


def codes_of(names: str) -> frozenset[str]:
    return frozenset(code for name in names.split() for code in GROUPS.get(name, name).split())


def meeting() -> Iterator[frozenset[str]]:
    for one, other in combinations(sorted(PLACES), 2):
        a, b = PLACES[one], PLACES[other]
        if a.roles & b.roles and a.states & b.states and not {one, other} <= ONE_VERDICT:
            yield frozenset((one, other))


REDUNDANT = {frozenset((stronger, weaker)) for row in TABLE for stronger in row.stronger for weaker in row.weaker}
NEVER = {frozenset((one, other)) for ones, others, _ in EXCLUSIVE for one in ones for other in others}
EXPECTED = [
    {frozenset((one, other)) for one in codes_of(ones) for other in codes_of(others) if one != other}
    for ones, others, _ in TOGETHER
]


def test_a_rule_has_a_place_or_is_about_no_value() -> None:
    """A rule may have neither: then only the findings of its cases at one place have to be expected."""
    assert not ELSEWHERE & PLACES.keys()
    assert ELSEWHERE | PLACES.keys() <= RULES.keys()


def test_every_pair_that_can_meet_is_decided() -> None:
    decided = REDUNDANT | NEVER | set().union(*EXPECTED)
    assert [sorted(pair) for pair in meeting() if pair not in decided] == []


def test_no_reason_is_given_for_what_cannot_be() -> None:
    open_pairs = {pair for pair in meeting() if pair not in REDUNDANT and pair not in NEVER}
    idle = [
        f"{ones}: {others}"
        for pairs, (ones, others, _) in zip(EXPECTED, TOGETHER, strict=True)
        if pairs.isdisjoint(open_pairs) and all(pair <= PLACES.keys() for pair in pairs)
    ]
    assert idle == []


def placed(folder: Path) -> Iterator[frozenset[str]]:
    """The pairs of codes that a case has at one place."""
    codes: dict[str, set[str]] = {}
    for line in (folder / "expected.txt").read_text("utf-8").splitlines():
        if (found := FINDING.match(line)) is not None:
            codes.setdefault(found[1], set()).add(found[2])
    for each in codes.values():
        yield from map(frozenset, combinations(sorted(each), 2))


def test_findings_of_a_case_at_one_place_are_expected() -> None:
    expected = set().union(*EXPECTED)
    reported = {(f"{folder.parent.name}/{folder.name}", pair) for folder in FOLDERS for pair in placed(folder)}
    about_values = {(name, pair) for name, pair in reported if not pair & ELSEWHERE}
    unexpected = sorted((name, sorted(pair)) for name, pair in about_values if pair not in expected)
    assert unexpected == [], "if both findings help a reader, add the two codes and the reason to TOGETHER"
    assert about_values
