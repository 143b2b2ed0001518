"""The outcome of a target: an answer or a failure, and the redirects to it. Facts only; `judge` interprets them."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.model.target import Probe


class Hop(Struct, frozen=True):
    """One redirect step: the requested URL, its status, and the raw `Location` value (None where there was none)."""

    url: str
    status: int
    location: str | None = None


class FailureKind(StrEnum):
    """Why there is no answer."""

    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    RESET = "reset"
    PROTOCOL = "protocol"
    REFUSED_BY_GUARD = "refused-by-guard"
    TOO_MANY_HOPS = "too-many-hops"
    TOO_LARGE = "too-large"
    OUT_OF_TIME = "out-of-time"
    INVALID_URL = "invalid-url"
    """A redirect led to something other than an http(s) URL."""
    HOST_DOWN = "host-down"
    """Not requested: other targets of the host had shown that it does not answer, or answers everything with an error."""
    NETWORK_DOWN = "network-down"
    """Not requested, or not reliable: the network itself failed."""
    INTERNAL = "internal"
    """An internal error during the request, which says nothing about the target."""


NOT_IN_REPLAY = "not-in-replay"
"""The one detail of `internal` that is not an internal error: the file of `--replay` has no response."""


class Failure(Struct, frozen=True):
    """No answer, and why.

    `detail` is a stable word within the kind: dns `nxdomain`, `no-address`, `servfail`, `timeout`, `no-names`; connect
    `refused`, `unreachable`, `no-route`, `timeout`, `no-descriptors`, `no-ipv6`, `proxy`, `proxy-silent`; tls `expired`,
    `not-yet-valid`, `wrong-host`, `untrusted`, `self-signed`, `incomplete-chain`, `handshake`; timeout `connect`, `headers`,
    `body`, `total`; reset `before-headers`, `in-headers`; protocol `not-http`, `http2-only`, `headers`, `framing`;
    refused-by-guard `address`, `name`, `port`, `preview-port` (of `--remap`); too-many-hops `loop`, `loop-varies`, `long`;
    too-large `headers`; host-down `no-answer`, `resting`, `server-errors`, `rate-limited`; invalid-url `location`, `scheme`,
    `disagreement`, `too-long`; internal `unforeseen`, `not-in-replay`.
    A `loop` comes back to URLs that it had visited with the same cookies; `loop-varies` is one whose redirects set cookies
    or vary with what a browser sends (`Vary: User-Agent`), so that a browser may get out of it.
    `message` is one sentence: what happened, at which phase, to which host.
    """

    kind: FailureKind
    detail: str
    message: str


_OUR_LIMITS = {
    (FailureKind.CONNECT, "no-ipv6"),
    (FailureKind.CONNECT, "proxy"),
    (FailureKind.PROTOCOL, "http2-only"),
}


def is_our_limit(failure: Failure | None) -> bool:
    """Whether a failure is a limit of this run (its machine, its proxy or linkcheck) and says nothing about the page."""
    return failure is not None and (failure.kind, failure.detail) in _OUR_LIMITS


class ImageFacts(Struct, frozen=True):
    """The format and size of an image, read from its first bytes.

    `width` and `height` are as displayed (after orientation), `stored_*` as coded; both in pixels (CSS pixels for SVG,
    None if an SVG has only a ratio, then `ratio` is width / height). `orientation` is Exif 1-8. `format` is None if the
    bytes are not a known image format, and `not_image` is then what they look like: `html`, `xml`, `json`, `empty`,
    `text`, `truncated` (ends within the header), `broken` (contradicts its own beginning), `svgz` (compressed, which the
    server does not declare), `svg-without-namespace`, a key of `images.other.MAGIC` such as `pdf` and `mp4`, or `unknown`. A
    `format` without sizes and without ratio is an image whose size comes after the part that is read.
    """

    format: str | None
    width: int | None = None
    height: int | None = None
    stored_width: int | None = None
    stored_height: int | None = None
    orientation: int = 1
    animated: bool = False
    ratio: float | None = None
    bytes_read: int = 0
    not_image: str | None = None


class JsonLd(Struct, frozen=True):
    """What a page's JSON-LD declares about its article: its URL and image, resolved; its date, as written; its headline.

    `publisher` is the name of its publisher.
    """

    url: str | None = None
    image: str | None = None
    published: str | None = None
    headline: str | None = None
    publisher: str | None = None


class PageFacts(Struct, frozen=True):
    """What an HTML page declares in its head and its `Link` headers. URLs are resolved unless said otherwise.

    `canonicals` and `amphtml` are all distinct values in document order, `Link` header first. `raw_canonicals` are the
    canonicals as written. `canonical_in_body` is one found outside the head (browsers and search engines ignore it).
    `heading` is the text of the first `<h1>` that came with the head. `refresh` is where a `Refresh` header or a meta
    refresh leads after `refresh_seconds`, which are few. `parking` is the mark of a domain-parking service on a page without
    any other description. `unavailable_after` is the date, as written, after which search engines should drop the page.
    `json_ld` is None if the page has no JSON-LD of its article.
    `is_wordless` is true for a small page with hardly any text except its title and main heading. `player` is the status of
    YouTube's player (`OK`, `ERROR`) on a page without a preview of its video, `unread` if the page was not read that far;
    None if there is no player, and for all other sites.
    `content` is what the bytes are if they are not a page: `empty`, `json`, `feed`, `sitemap`, `error`, `image`, `pdf` or
    `binary`; and `html` for a page that is declared as data.
    """

    title: str | None = None
    heading: str | None = None
    canonicals: tuple[str, ...] = ()
    raw_canonicals: tuple[str, ...] = ()
    canonical_in_body: str | None = None
    amphtml: tuple[str, ...] = ()
    is_amp: bool = False
    has_amp_runtime: bool = False
    noindex: bool = False
    unavailable_after: str | None = None
    og_title: str | None = None
    og_url: str | None = None
    og_image: str | None = None
    og_image_width: int | None = None
    og_image_height: int | None = None
    twitter_image: str | None = None
    json_ld: JsonLd | None = None
    published: str | None = None
    refresh: str | None = None
    refresh_seconds: int | None = None
    lang: str | None = None
    site_name: str | None = None
    parking: str | None = None
    is_wordless: bool = False
    player: str | None = None
    has_password_field: bool = False
    truncated: bool = False
    content: str | None = None


UNOFFERED_ENCODING = "unoffered-encoding: "
"""What `Answer.body` begins with where the body is in a coding that no request offered; its name follows."""


class Answer(Struct, frozen=True):
    """A final response, reduced to what rules use.

    `media_type` is the Content-Type without parameters, lower case. `headers` are the few that rules and later runs use
    (ETag and Last-Modified among them), names in lower case. `challenge` is the evidence that a bot wall answered in place
    of the page (`cf-mitigated: challenge`), `vendor` a clue to the service in front of the host. `body` is None where it
    was complete or not needed, else the defect: `incomplete`, `too-large`, `bad-encoding`, `unoffered-encoding: br`,
    `empty` (a 202 without content). `soft_404` is the evidence that the host answers for a page as it does for a
    nonexistent one; it begins with "redirected" where redirects show it. `vouched` is true where an article that links here
    has the page's title or is about the same subject, so that the page is the one that was meant. `image` and `page` are
    both set where the server returned an HTML page in place of an image.
    """

    status: int
    url: str
    media_type: str | None = None
    length: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    challenge: str | None = None
    vendor: str | None = None
    body: str | None = None
    soft_404: str | None = None
    vouched: bool = False
    image: ImageFacts | None = None
    page: PageFacts | None = None


class Certificate(Struct, frozen=True):
    """The certificate of the last hop's host: its issuer, its end (RFC 3339, UTC), and for how many days it was issued."""

    issuer: str
    not_after: str
    days_left: int
    lifetime_days: int | None = None


class Outcome(Struct, frozen=True):
    """An answer or a failure, never both, with how it was reached.

    `requests` counts everything sent (hops and retries too), `attempts` the tries of the whole chain. `seconds` is the
    time of the last attempt, `checked_at` RFC 3339 UTC. `address` is the last address connected to. `reused` is true for the
    result of an earlier run (the ledger's history). `tried_statuses` are those of earlier attempts, oldest first (0: none).
    `by_device` says that a redirect, or the answer where there was none, depends on the device (`Vary: User-Agent` or a
    client hint).
    """

    url: str
    probe: Probe
    answer: Answer | None = None
    failure: Failure | None = None
    hops: tuple[Hop, ...] = ()
    attempts: int = 1
    requests: int = 1
    seconds: float = 0.0
    checked_at: str = ""
    address: str | None = None
    certificate: Certificate | None = None
    reused: bool = False
    tried_statuses: tuple[int, ...] = ()
    by_device: bool = False

    @property
    def chain(self) -> tuple[Hop, ...]:
        """The redirects, and the answer they led to, if any; empty where there were none."""
        if not self.hops or self.answer is None:
            return self.hops
        return *self.hops, Hop(self.answer.url, self.answer.status)


def as_page(outcome: Outcome) -> Outcome:
    """The outcome as a link to a page sees it, where links to images have the same URL: it need not be an image."""
    answer = outcome.answer
    if answer is None or answer.image is None or answer.image.not_image is None:
        return outcome
    return replace(outcome, answer=replace(answer, image=None))
