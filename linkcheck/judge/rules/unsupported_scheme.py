"""A link uses neither http nor https.

What it means: linkcheck requests web pages only: `ftp:`, `file:`, `data:` and the like are not checked, which is a
warning. In a plain link, a scheme of another program, such as `git:` or `magnet:`, is info. `javascript:`, `vbscript:`
and a `data:` URL that contains a page are an error.

Why it matters: as the URL of a page or an image, they do not work for readers. A URL that runs a script when a reader
follows it is an attack.

How to fix it: replace the URL with that of a web page. If it is a script, find out who added it.

When to ignore it: if the scheme is intended, in a property that is a plain link; never a script. The rule stays quiet
for `mailto:`, `tel:` and `sms:` in plain links.

Source: OWASP, Cross Site Scripting Prevention Cheat Sheet; RFC 9110, section 4.2.

Topics: urls, security

Example:
    webUrl: ftp://example.com/article
"""

import re
from collections.abc import Iterator

from linkcheck.did_you_mean import closest
from linkcheck.judge.issue import Issue, issue_of, milder
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import skipped
from linkcheck.model import Basis, Evidence, Link, Role, RuleMetadata, Severity
from linkcheck.urls import scheme_of

META = RuleMetadata("LC117", "unsupported-scheme", Severity.ERROR, basis=Basis.TEXT)

_PERSONAL = frozenset(("mailto", "tel", "sms"))
_PROGRAMS = frozenset(
    (
        *("git", "ssh", "svn", "irc", "ircs", "xmpp", "matrix", "sip", "sips", "skype", "callto", "facetime", "tg"),
        *("whatsapp", "magnet", "ipfs", "ipns", "gemini", "gopher", "news", "nntp", "geo", "webcal", "urn", "doi", "at"),
        *("nostr", "steam", "spotify", "zotero", "obsidian", "vscode", "itms-apps", "market"),
    )
)
"""Schemes that other programs than browsers open."""
_SCRIPTS = frozenset(("javascript", "vbscript"))
_PAGES = re.compile(r"data:\s*(text/(html|xml)|application/(xhtml\+xml|xml)|image/svg\+xml)\b", re.IGNORECASE)
"""What browsers show as a document, with its scripts."""
_REMOVED = re.compile(r"[\t\n\r]|\A[\x00-\x20]+")
"""What browsers remove from a URL before they parse it (WHATWG URL Standard, 4.4)."""


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, skip in skipped(evidence, "scheme"):
        scheme = scheme_of(link.url)
        if scheme in _SCRIPTS or _is_page(link):
            yield issue_of(
                link,
                f"not a web page: a {scheme}: URL can run a script in the reader's browser",
                "Remove it, and find out who added it.",
            )
        elif link.role is not Role.LINK or scheme not in _PERSONAL:
            is_misspelled = scheme is not None and closest(scheme, ("https", "http"), sure=True) is not None
            hint = "Did you mean https?" if is_misspelled else "Replace it with an http or https URL."
            is_intended = link.role is Role.LINK and scheme in _PROGRAMS
            yield milder(issue_of(link, skip.reason, hint), Severity.INFO if is_intended else Severity.WARNING)


def _is_page(link: Link) -> bool:
    """Whether a `data:` URL contains a document; in an image property an SVG is an image, and browsers run no script in
    it.
    """
    found = _PAGES.match(_REMOVED.sub("", link.url))
    return found is not None and not (link.role is Role.IMAGE and found[1].lower().startswith("image/"))
