"""Rules for links as they stand in the articles: nothing needs to have been asked."""

from linkcheck.judge.protocol import Rule
from linkcheck.judge.rules import (
    amp_cache_address,
    amp_cache_without_amp,
    canonical_is_copy,
    canonical_shared,
    credentials_in_url,
    domain_differs,
    duplicate_article,
    image_sizes_disagree,
    image_too_small,
    insecure_url,
    lead_image_small,
    not_on_amp_cache,
    related_duplicate,
    related_to_itself,
    secret_or_staging_url,
    signed_image_url,
    size_missing,
    size_not_positive,
)

RULES: tuple[Rule, ...] = (
    credentials_in_url,
    insecure_url,
    signed_image_url,
    secret_or_staging_url,
    amp_cache_address,
    not_on_amp_cache,
    domain_differs,
    amp_cache_without_amp,
    canonical_is_copy,
    size_missing,
    size_not_positive,
    image_too_small,
    lead_image_small,
    canonical_shared,
    duplicate_article,
    image_sizes_disagree,
    related_to_itself,
    related_duplicate,
)
