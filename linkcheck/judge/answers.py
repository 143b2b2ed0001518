"""Selects the responses that a rule checks."""

from collections.abc import Iterator

from linkcheck.judge.image_traits.placeholders import is_placeholder
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.page_signs.other_content import no_article
from linkcheck.judge.select import LIVING
from linkcheck.judge.suspicion import DAMAGED, Suspicion, SuspicionKind, instead_of_image, suspicion
from linkcheck.judge.url_traits.persistent_ids import is_identifier
from linkcheck.judge.url_traits.redirect_chain import Move, is_contradicted, move_of, onward
from linkcheck.model import Answer, Evidence, Failure, FailureKind, Link, LinkResult, Outcome, PageFacts, Role, VerdictKind


def requested(evidence: Evidence) -> Iterator[tuple[LinkResult, Outcome]]:
    """Links that were requested, with their outcomes."""
    for result in evidence.results:
        if result.outcome is not None:
            yield result, result.outcome


def failed(evidence: Evidence, kind: FailureKind) -> Iterator[tuple[Link, Outcome, Failure]]:
    """Links without a response, for one kind of reason."""
    for result, outcome in requested(evidence):
        if outcome.failure is not None and outcome.failure.kind is kind:
            yield result.link, outcome, outcome.failure


def judged(evidence: Evidence, kind: VerdictKind) -> Iterator[tuple[Link, Outcome]]:
    """Links that were requested, of one verdict."""
    for result, outcome in requested(evidence):
        if result.verdict.kind is kind:
            yield result.link, outcome


def answered(evidence: Evidence) -> Iterator[tuple[Link, Outcome, Answer]]:
    """Links with a correct response; the others have a finding already."""
    for result, outcome in requested(evidence):
        if outcome.answer is not None and result.verdict.kind in LIVING:
            yield result.link, outcome, outcome.answer


def pages(evidence: Evidence, role: Role) -> Iterator[tuple[Link, Answer, PageFacts]]:
    """Pages of a role with a correct response, with what they declare about themselves.

    A page that moves readers on to another page within seconds is a redirect, and not evidence about the article.
    """
    for link, _, answer in answered(evidence):
        if link.role is not role or answer.page is None or answer.page.content is not None:
            continue
        if role is Role.AMP or onward(answer) is None:
            yield link, answer, answer.page


def article_pages(evidence: Evidence) -> Iterator[tuple[Link, Outcome, Answer, PageFacts]]:
    """The pages of articles and of entries such as related articles, if the response is correct.

    The canonical one; the original where there is no canonical.
    """
    canonical = {each.link.owner for each in evidence.results if each.link.role is Role.CANONICAL}
    for link, outcome, answer in answered(evidence):
        own = link.role is Role.CANONICAL or (link.role is Role.ORIGINAL and link.owner not in canonical)
        if own and answer.page is not None and onward(answer) is None:
            yield link, outcome, answer, answer.page


def moved(evidence: Evidence) -> Iterator[tuple[Link, Outcome, Move]]:
    """Links whose page has moved permanently.

    Redirects of AMP caches, AMP pages that are no longer AMP, responses that are not pages, and placeholder images have
    rules of their own; so has a redirect to a page that declares the old URL as canonical. An identifier such as a DOI is
    meant to redirect.
    """
    for link, outcome, answer in answered(evidence):
        if not outcome.hops or link.role is Role.AMP_CACHE:
            continue
        if link.role is Role.AMP and answer.page is not None and not answer.page.is_amp:
            continue
        if is_placeholder(evidence, link, outcome) or no_article(link, answer) is not None:
            continue
        if is_identifier(link.url):
            continue
        move = move_of(outcome)
        if move is not None and not is_contradicted(outcome, move):
            yield link, outcome, move


def suspected(evidence: Evidence, kind: SuspicionKind) -> Iterator[tuple[Link, Answer, Suspicion]]:
    """Links with a success status that are suspect, for one kind of reason."""
    for result, outcome in requested(evidence):
        if result.verdict.kind is VerdictKind.SUSPECT and outcome.answer is not None:
            seen = suspicion(outcome, outcome.answer)
            if seen is not None and seen.kind is kind:
                yield result.link, outcome.answer, seen


def in_place_of_images(evidence: Evidence, *, damaged: bool, hint: str) -> Iterator[Issue]:
    """What was found instead of images, on servers and in the repository: damaged images, or something else."""
    for link, answer, seen in suspected(evidence, SuspicionKind.NOT_IMAGE):
        if link.role is Role.IMAGE and answer.image is not None and (answer.image.not_image in DAMAGED) is damaged:
            yield issue_of(
                link,
                f"the image is {seen.clause}",
                hint,
                not_image=answer.image.not_image,
                media_type=answer.media_type,
                status=answer.status,
            )
    for result in evidence.results:
        local = result.local
        image = local.image if local is not None and result.link.role is Role.IMAGE else None
        if local is not None and image is not None and image.not_image and (image.not_image in DAMAGED) is damaged:
            message = f"the file {local.file} is {instead_of_image(image.not_image)}"
            here = hint if damaged else "Put an image there, or correct the path."
            yield issue_of(result.link, message, here, not_image=image.not_image, file=local.file)
