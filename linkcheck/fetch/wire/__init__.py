"""HTTP/1.1 as it is spoken: from a URL's origin to the head of an answer and the pieces of its body.

    head.py         bytes -> Head: status, headers, how the body ends (pure)
    framing.py      where in the bytes a body ends (pure)
    connection.py   one connection, one request at a time
    body.py         the body of its answer, while it comes
    pool.py         connections kept for the next request to their origin
    dial.py         how a connection comes about: look-up, guard, the fastest of several addresses, proxy, TLS

A browser shows pages that break the specification in many ways; whatever can be read as an answer is one here too.
"""
