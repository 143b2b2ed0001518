r"""The front matter is not UTF-8.

What it means: its bytes are in another encoding, such as Latin-1 or UTF-16.

Why it matters: generators guess the encoding, readers see the wrong characters, and URLs with such characters break.

How to fix it: save the file as UTF-8. Most editors offer this as "Save with encoding", and Notepad in its dialog "Save as".
If only some characters are in another encoding, write these again: converting the file would damage the others.

When to ignore it: never. The rule stays quiet for a byte order mark, and for the text below the front matter, which is
not read.

Source: TOML 1.0.0 and RFC 8259, section 8.1 (JSON), require UTF-8. YAML 1.2.2, section 5.2, also allows UTF-16; that
linkcheck does not is its own judgment.

Topics: front-matter, texts

Example:
    title: Caf\xe9
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Basis, Evidence, ParseErrorKind, RuleMetadata, Severity

_NAMED = ("UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE", "UTF-32", "Windows-1252")
"""Encodings that the message names; the command has the same names."""
META = RuleMetadata("LC105", "not-utf-8", Severity.ERROR, basis=Basis.TEXT)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for problem in evidence.article.parse_errors:
        if problem.kind is ParseErrorKind.NOT_UTF8:
            encoding = next((name for name in _NAMED if name in problem.message), None)
            how = "Save it as UTF-8 in an editor that shows its characters correctly"
            if encoding is not None:
                command = f"iconv -f {encoding.upper()} -t UTF-8 FILE > NEW && mv NEW FILE"
                how = f"Save it as UTF-8 in an editor, or with `{command}`"
            elif "other characters" in problem.message:
                how = "Write the character again, and save the file as UTF-8"
            yield Issue(problem.location, problem.message, hint=f"{how}; the rest of the article was not checked.")
