"""What a URL or a host tells by itself: redirects, owners, copies, identifiers, secrets."""
