"""Writes `docs/reference/rules.md` from what the rules say of themselves.

python -m linkcheck.judge.reference > docs/reference/rules.md
"""

import sys
from collections.abc import Sequence

from linkcheck.judge.documentation import Documentation, documented
from linkcheck.judge.groups import all_rules
from linkcheck.judge.topics import DESCRIPTIONS

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


def markdown() -> str:
    """The whole reference: an index by topic, a table of all rules, and a chapter for each hundred of codes."""
    rules = [documented(rule) for rule in all_rules()]
    chapters = []
    for start, title in CHAPTERS.items():
        sections = [_section(rule) for rule in rules if rule.code.startswith(start)]
        chapters.append("\n\n".join((f"## {start}xx: {title}", *sections)))
    return "\n\n".join((_INTRODUCTION.rstrip(), _topics(rules), _table(rules), *chapters)) + "\n"


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


def _anchor(rule: Documentation) -> str:
    return f"{rule.code.lower()}-{rule.name}"


if __name__ == "__main__":
    sys.stdout.write(markdown())
