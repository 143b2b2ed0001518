"""The rules, a module each.

A module says what it is (`CODE`, `NAME`, `SEVERITY`), explains itself in its docstring under the headings that
`judge/documentation.py` reads (its source and topics among them), and yields a `Fault` for each place where it finds
something. To add one, write the module and list it in the group (`judge/groups/`) of what it looks at. Codes are never
used again for something else.

    LC0xx  linkcheck itself         LC3xx  canonical URLs and AMP
    LC1xx  front matter             LC4xx  images
    LC2xx  answers and redirects    LC5xx  across articles
"""
