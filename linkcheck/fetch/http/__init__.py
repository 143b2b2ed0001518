"""HTTP/1.1: names, addresses, TLS, connections, framing and content codings."""
