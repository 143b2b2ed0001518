"""The meaning of status codes."""

PERMANENT = frozenset((301, 308))
"""Redirects that promise to stay (RFC 9110, 15.4.2 and 15.4.9)."""

PARTIAL = 206
"""The answer to a request for a part of an image."""

REFUSALS = frozenset((401, 402, 403, 405, 406, 407, 418, 420, 429, 430, 451, 456, 468, 999))
"""Responses about the client and not about the page. 405, 406 and 418 to a plain GET come from bot walls; 402 asks
robots to pay; 420, 430 and 999 are the inventions of Twitter, Shopify and LinkedIn for "too many", 456 and 468 those of
bot walls."""

GONE = frozenset((404, 410))
"""The only 4xx that mean that there is nothing at this URL. Every other one concerns the request (400, 409, 422, 423,
431) or comes from a proxy (444, 496): the page may exist."""

_PHRASES = {
    200: "OK",
    202: "Accepted",
    204: "No Content",
    206: "Partial Content",
    300: "Multiple Choices",
    301: "Moved Permanently",
    302: "Found",
    303: "See Other",
    304: "Not Modified",
    307: "Temporary Redirect",
    308: "Permanent Redirect",
    400: "Bad Request",
    401: "Unauthorized",
    402: "Payment Required",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    407: "Proxy Authentication Required",
    408: "Request Timeout",
    409: "Conflict",
    410: "Gone",
    414: "URI Too Long",
    415: "Unsupported Media Type",
    416: "Range Not Satisfiable",
    418: "I'm a teapot",
    421: "Misdirected Request",
    422: "Unprocessable Content",
    423: "Locked",
    425: "Too Early",
    426: "Upgrade Required",
    429: "Too Many Requests",
    431: "Request Header Fields Too Large",
    451: "Unavailable For Legal Reasons",
    500: "Internal Server Error",
    501: "Not Implemented",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
    508: "Loop Detected",
    520: "Cloudflare: unknown error of the origin",
    521: "Cloudflare: the origin is down",
    522: "Cloudflare: the origin timed out",
    523: "Cloudflare: the origin is unreachable",
    524: "Cloudflare: the origin took too long",
    525: "Cloudflare: no TLS with the origin",
    526: "Cloudflare: the origin's certificate is invalid",
    530: "Cloudflare: the origin's name is not found",
    999: "Request Denied",
}
"""Our own reason phrases: those of servers are arbitrary, and `http.HTTPStatus` costs start-up time."""


def phrase(status: int) -> str:
    """`404 Not Found`; the bare number where it is not a known one."""
    words = _PHRASES.get(status)
    return f"{status} {words}" if words else str(status)
