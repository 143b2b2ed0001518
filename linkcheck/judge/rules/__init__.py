"""The rules, a module each.

A module states what the rule is (`META`, with the attributes of `model.RuleMetadata`), explains itself in its docstring
under the headings that `judge/rule_documentation.py` reads (its source and topics among them), and yields an `Issue` for
each place where it finds something. To add one, write the module and list it in `judge/registry.py`. A rule that shares a
cause with another may need a row in `judge/redundancy.py` as well.

    LC0xx  linkcheck itself         LC3xx  canonical URLs and AMP
    LC1xx  front matter             LC4xx  images
    LC2xx  answers and redirects    LC5xx  across articles
"""
