"""Many articles have the same lead image.

What it means: one image is the first image of at least five articles, and of at least 2 percent of the articles in the
archive. The rule applies only to runs over the whole archive, not to a change or to individual files.

Why it matters: it is a default image that is unrelated to the article. Google advises against generic images and logos
as the image of an article.

How to fix it: give each article its own image, or none.

When to ignore it: if the image belongs to a series. The rule stays quiet when all these articles were published within
two weeks, as those about one event are, and for the images of providers, authors and related articles.

Source: Google Search Central, "Image SEO best practices" and "Get on Discover". The counts are linkcheck's own
judgment.

Topics: images, archive

Example:
    posts/a.md: images: [{url: https://example.com/default.jpg}]
    posts/b.md: images: [{url: https://example.com/default.jpg}]
"""

from collections.abc import Iterator
from datetime import timedelta

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.run_facts import RunFacts, SharedImage
from linkcheck.judge.select import is_lead
from linkcheck.model import Basis, RuleMetadata, Severity
from linkcheck.timestamps import moment_of

META = RuleMetadata("LC505", "lead-image-generic", Severity.INFO, basis=Basis.ARTICLES)

_LEAST_PERCENT = 2
_STORY = timedelta(days=14)
"""How long the articles about one event share a photograph."""


def check_run(run: RunFacts, options: JudgeOptions) -> Iterator[Issue]:
    for image in run.shared_images:
        if not is_lead(image.place.pointer) or _is_of_story(image):
            continue
        if image.articles * 100 >= run.articles * _LEAST_PERCENT:
            message = f"{image.articles} of {run.articles} articles have this lead image"
            facts = {"articles": image.articles}
            hint = "Give each article its own image."
            yield Issue(image.place, message, image.url, hint, {**facts}, subject=image.url)


def _is_of_story(image: SharedImage) -> bool:
    first, last = moment_of(image.first_day), moment_of(image.last_day)
    return first is not None and last is not None and last - first <= _STORY
