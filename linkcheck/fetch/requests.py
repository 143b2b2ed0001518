"""What we send: an honest name, few headers, and the URL as we read it, so that no other parser decides what is asked."""

import httpx

from linkcheck import __version__
from linkcheck.fetch.deadline import Deadline
from linkcheck.model import Probe
from linkcheck.urls import Url, parse_url

HOME = "https://github.com/frontmatter-linkcheck/linkcheck"
USER_AGENT = f"linkcheck/{__version__} (+{HOME})"

Headers = list[tuple[str, str]]


def request_for(url: Url, headers: Headers, deadline: Deadline) -> httpx.Request:
    return httpx.Request("GET", url.href, headers=headers, extensions={"target": url, "deadline": deadline})


def headers_of(user_agent: str, probe: Probe) -> Headers:
    """The headers that every request for a probe has.

    Images are asked for as they are stored: a Range is of the encoded bytes, and no format is preferred, since the one
    a browser would be given may have another size.
    """
    return [
        ("User-Agent", user_agent or USER_AGENT),
        ("Accept", "*/*" if probe is Probe.IMAGE else "text/html,application/xhtml+xml,*/*;q=0.8"),
        ("Accept-Encoding", "identity" if probe is Probe.IMAGE else "gzip"),
    ]


def url_of(request: httpx.Request) -> Url:
    """The URL of `request`: ours where the request was made by us, else read from httpx's.

    Raises InvalidUrl.
    """
    url = request.extensions.get("target")
    return url if isinstance(url, Url) else parse_url(str(request.url))
