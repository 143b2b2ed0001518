"""Writes `docs/reference/rules.md` from what the rules say of themselves.

python -m linkcheck.judge.reference > docs/reference/rules.md
"""

import sys
from collections.abc import Callable, Sequence

from linkcheck.judge.documentation import Documentation, documented
from linkcheck.judge.registry import RULES, all_rules
from linkcheck.judge.topics import DESCRIPTIONS
from linkcheck.model import Basis, CorrectionKind, Escalation, RefusalReason, RuleMetadata, Severity

CHAPTERS = {
    "LC0": "linkcheck itself",
    "LC1": "Front matter",
    "LC2": "Answers and redirects",
    "LC3": "Canonical URLs and AMP",
    "LC4": "Images",
    "LC5": "Across articles",
}

_INTRODUCTION = """# Rules

<!-- Made by `python -m linkcheck.judge.reference > docs/reference/rules.md`; change the rules' docstrings instead. -->

Every finding has a code, which never changes, and a name. `--select` and `--ignore` take codes, beginnings of codes (`LC2`)
and names; `[severity]` in the configuration gives a rule another severity, or turns it `off`. A comment in the article,
`# linkcheck: ignore[LC202] reason`, silences a rule for the value on its line. `linkcheck explain CODE` shows what is below,
and `linkcheck explain --topic images` lists the rules of a topic.

The severity is the one a rule has by default, on your own hosts: what only the owner of a page can fix is info on pages of
other sites, or not reported. `own-hosts` in the configuration says which hosts are yours; by default it is the host of
`base-url`, and none without it. Where a rule says so, some of its findings have a milder severity. Rules that an article's
own pages may break until it is published are info until then.
"""


ATTRIBUTES: tuple[tuple[str, Callable[[RuleMetadata], bool]], ...] = (
    ("temporary: an ignore comment is not unused because one run found nothing", lambda rule: rule.transient),
    ("cannot be turned off", lambda rule: not rule.deselectable),
    ("cannot be accepted in a baseline", lambda rule: not rule.acceptable),
    ("info at an article's own pages until it is published", lambda rule: rule.awaits_publication),
    ("becomes an error after several runs in a row", lambda rule: rule.escalation is Escalation.UNREACHABLE),
    ("becomes a warning after several runs in a row", lambda rule: rule.escalation is Escalation.MISSING_COPY),
    ("reported on your own hosts only", lambda rule: _off_host(rule, None)),
    ("info on hosts of others", lambda rule: _off_host(rule, Severity.INFO)),
    ("own host is any host of the redirects", lambda rule: rule.owner_only is not None and rule.owner_only.any_redirect),
    ("found in the article alone: no response is needed to see that it is fixed", lambda rule: rule.basis is Basis.TEXT),
    (
        "found by comparing articles: no response is needed to see that it is fixed",
        lambda rule: rule.basis is Basis.ARTICLES,
    ),
    ("`fix` removes keys", lambda rule: rule.correction is CorrectionKind.REMOVAL),
    ("`fix` writes the URL of the redirect", lambda rule: rule.correction is CorrectionKind.REDIRECT),
    ("`fix` writes the spelling that the page or site uses", lambda rule: rule.correction is CorrectionKind.DECLARED),
    ("`fix` writes the home page", lambda rule: rule.correction is CorrectionKind.HOME),
    ("`fix` writes a computed address", lambda rule: rule.correction is CorrectionKind.ADDRESS),
    ("`fix` writes the measured size", lambda rule: rule.correction is CorrectionKind.SIZE),
    ("`fix` renames a key", lambda rule: rule.correction is CorrectionKind.KEY),
    ("`fix` writes a text", lambda rule: rule.correction is CorrectionKind.TEXT),
    ("`fix` always needs `--unsafe`", lambda rule: rule.unsafe_only),
    ("`fix` is safe even if the severity is info", lambda rule: rule.safe_as_info),
    ("`fix` shows a redirect that it does not write, with the verdict", lambda rule: rule.refusal is RefusalReason.VERDICT),
    ("`fix` shows a redirect that it does not write, with the message", lambda rule: rule.refusal is RefusalReason.MESSAGE),
)
"""What sets rules apart from most others, and which attributes of a rule's module say so."""


def _off_host(rule: RuleMetadata, severity: Severity | None) -> bool:
    return rule.owner_only is not None and rule.owner_only.severity is severity


def markdown() -> str:
    """The whole reference: an index by topic, tables of rules and attributes, and a chapter for each hundred of codes."""
    rules = [documented(rule) for rule in all_rules()]
    chapters = []
    for start, title in CHAPTERS.items():
        sections = [_section(rule) for rule in rules if rule.code.startswith(start)]
        chapters.append("\n\n".join((f"## {start}xx: {title}", *sections)))
    return "\n\n".join((_INTRODUCTION.rstrip(), _topics(rules), _table(rules), _attributes(), *chapters)) + "\n"


def _topics(rules: Sequence[Documentation]) -> str:
    rows = ["## Rules by topic", "", "| topic | covers | rules |", "|---|---|---|"]
    for topic, covers in DESCRIPTIONS.items():
        links = ", ".join(f"[{rule.code} {rule.name}](#{_anchor(rule)})" for rule in rules if topic in rule.topics)
        rows.append(f"| `{topic}` | {covers} | {links} |")
    return "\n".join(rows)


def _table(rules: Sequence[Documentation]) -> str:
    rows = ["## All rules", "", "| code | name | severity | fix | network | says |", "|---|---|---|---|---|---|"]
    for rule in rules:
        fix = f"`{rule.fix.removeprefix('linkcheck ')}`" if rule.fix else ""
        network = rule.network.split(",")[0]
        rows.append(
            f"| [{rule.code}](#{_anchor(rule)}) | {rule.name} | {rule.severity} | {fix} | {network} | {rule.summary} |"
        )
    return "\n".join(rows)


def _attributes() -> str:
    rows = ["## Attributes of rules", "", "| what sets them apart | rules |", "|---|---|"]
    for text, has in ATTRIBUTES:
        links = ", ".join(f"[{rule.code}](#{_anchor(rule)})" for rule in RULES.values() if has(rule))
        rows.append(f"| {text} | {links} |")
    return "\n".join(rows)


def _section(rule: Documentation) -> str:
    facts = [f"Severity: {rule.severity}", f"topics: {', '.join(rule.topics)}", f"network: {rule.network}"]
    if rule.fix:
        facts.append(f"fixed by `{rule.fix}`")
    return "\n\n".join(
        (
            f"### {rule.code} {rule.name}",
            rule.summary,
            f"*{'; '.join(facts)}.*" + (f" {rule.elsewhere}" if rule.elsewhere else ""),
            f"**What it means:** {rule.meaning}",
            f"**Why it matters:** {rule.importance}",
            f"**How to fix it:** {rule.cure}",
            f"**When to leave it:** {rule.exemption}",
            f"**Source:** {rule.source}",
            f"```text\n{rule.example}\n```",
        )
    )


def _anchor(rule: Documentation | RuleMetadata) -> str:
    return f"{rule.code.lower()}-{rule.name}"


if __name__ == "__main__":
    sys.stdout.write(markdown())
