"""HTTP/1.1 from a URL's origin to the pieces of a body: names, addresses, TLS, connections, framing, codings."""
