"""What the rules are about: a rule may have several topics. Its docstring lists them, but for `own-pages`."""

from enum import StrEnum


class Topic(StrEnum):
    RUN = "run"
    FRONT_MATTER = "front-matter"
    TEXTS = "texts"
    DATES = "dates"
    URLS = "urls"
    SECURITY = "security"
    AVAILABILITY = "availability"
    REDIRECTS = "redirects"
    TLS = "tls"
    PAGE_CONTENT = "page-content"
    CANONICAL = "canonical"
    AMP = "amp"
    IMAGES = "images"
    RELATED = "related"
    ARCHIVE = "archive"
    OWN_PAGES = "own-pages"
    """Follows from `RuleMetadata.owner_only`."""


DESCRIPTIONS = {
    Topic.RUN: "The run, the configuration, the baseline and ignore comments",
    Topic.FRONT_MATTER: "Syntax of the front matter, and its schema",
    Topic.TEXTS: "Titles and other text",
    Topic.DATES: "Publication dates",
    Topic.URLS: "How a URL is written",
    Topic.SECURITY: "Secrets, private addresses, scripts, and domains that have a new owner",
    Topic.AVAILABILITY: "Whether the server returns the page or image",
    Topic.REDIRECTS: "Redirects",
    Topic.TLS: "TLS and certificates",
    Topic.PAGE_CONTENT: "The server responds, but perhaps not with the article",
    Topic.CANONICAL: "Canonical URLs",
    Topic.AMP: "AMP pages and their copies on AMP caches",
    Topic.IMAGES: "Images: format, size, and what they show",
    Topic.RELATED: "Lists of related articles",
    Topic.ARCHIVE: "Comparisons across articles in the archive",
    Topic.OWN_PAGES: "Problems that only the owner of the page can fix",
}
"""What each topic covers, for the reference."""
