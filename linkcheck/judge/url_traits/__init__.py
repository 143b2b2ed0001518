"""What can be determined from URLs and hosts alone: redirects, owners, copies, identifiers, secrets."""
