"""Every rule, by what it looks at: to add a rule, list its module here.

The modules of a group are imported once there is something for them to look at: modules take time to load, and an offline
check of one file needs a dozen of them.
"""

from collections.abc import Iterator, Mapping
from enum import Enum, auto
from functools import lru_cache
from importlib import import_module
from itertools import chain
from typing import TypeGuard

from linkcheck.judge.protocol import Documented, Rule, RunRule
from linkcheck.model import Evidence, RuleMetadata


class Group(Enum):
    """What a rule looks at."""

    PROBLEMS = auto()
    """Articles that could not be read properly."""
    VIOLATIONS = auto()
    """Articles that do not conform to their schema."""
    VALUES = auto()
    """Values of the front matter that are not links: texts and dates."""
    IDENTITY = auto()
    """Values that must be unique, and names of entries."""
    LINKS = auto()
    """Links as they are written in the articles: no request is needed."""
    UNUSABLE = auto()
    """Links that cannot be requested: an unfilled template, or another scheme."""
    FILES = auto()
    """Links to files of the repository."""
    CONTENT = auto()
    """What was measured, on the web or in the repository: images above all."""
    RESPONSES = auto()
    """What servers returned."""
    RUN = auto()
    """A run as a whole, without requests."""
    RUN_ONLINE = auto()
    """A run as a whole, after requests."""
    TRIAGE = auto()
    """Ignore comments and the baseline: triage reports these, and the modules only document them."""


MODULES: Mapping[Group, tuple[str, ...]] = {
    Group.PROBLEMS: (
        "duplicate_key",
        "file_unreadable",
        "front_matter_empty",
        "front_matter_missing",
        "front_matter_not_a_mapping",
        "front_matter_syntax",
        "front_matter_too_large",
        "front_matter_unterminated",
        "not_utf_8",
        "unsafe_front_matter",
    ),
    Group.VIOLATIONS: (
        "near_miss_key",
        "schema_violation",
    ),
    Group.VALUES: (
        "date_implausible",
        "entity_in_text",
        "impossible_date",
        "value_cut_by_comment",
    ),
    Group.IDENTITY: (
        "duplicate_value",
        "unknown_reference",
    ),
    Group.LINKS: (
        "amp_cache_address",
        "amp_cache_without_amp",
        "archive_of_another_page",
        "canonical_is_copy",
        "canonical_shared",
        "credentials_in_url",
        "domain_differs",
        "duplicate_article",
        "image_sizes_disagree",
        "image_too_small",
        "insecure_url",
        "invalid_url",
        "lead_image_small",
        "not_on_amp_cache",
        "related_duplicate",
        "related_to_itself",
        "secret_or_staging_url",
        "signed_image_url",
        "size_missing",
        "size_not_positive",
    ),
    Group.UNUSABLE: (
        "unfilled_placeholder",
        "unsupported_scheme",
    ),
    Group.FILES: ("missing_file",),
    Group.CONTENT: (
        "absurd_size",
        "damaged_image",
        "extension_differs",
        "heavy_image",
        "not_an_image",
        "size_differs",
        "size_scaled",
        "size_swapped",
        "stand_in_image",
        "unexpected_image_format",
    ),
    Group.RESPONSES: (
        "amp_cache_dead",
        "amp_cache_retired",
        "amp_canonical_mismatch",
        "amphtml_differs",
        "amphtml_missing",
        "bad_redirect",
        "blocked",
        "broken_body",
        "canonical_differs",
        "canonical_missing",
        "canonical_redirects",
        "canonical_relative",
        "canonical_variant",
        "canonicals_conflict",
        "content_removed",
        "date_mismatch",
        "dead",
        "domain_not_found",
        "domain_taken_over",
        "error_page",
        "internal_error",
        "login_or_consent",
        "long_chain",
        "malformed_location",
        "media_type_differs",
        "meta_refresh",
        "noindex_canonical",
        "not_a_page",
        "not_amp",
        "not_in_replay",
        "parked_domain",
        "permanent_redirect",
        "private_address",
        "redirect_loop",
        "redirect_to_home",
        "signals_disagree",
        "soft_404",
        "temporary_redirect",
        "title_mismatch",
        "tls_expired",
        "tls_incomplete_chain",
        "tls_untrusted",
        "tls_wrong_host",
        "trivial_redirect",
        "unexpected_status",
        "unreachable",
    ),
    Group.RUN: (
        "lead_image_generic",
        "missing_folder",
        "no_base_url",
        "no_links",
        "nothing_checked",
        "unused_exclude",
        "wrong_site_root",
    ),
    Group.RUN_ONLINE: (
        "amp_dropped",
        "certificate_expires_soon",
        "host_down",
        "not_checked",
    ),
    Group.TRIAGE: (
        "baseline_expired",
        "baseline_fixed",
        "unused_ignore",
    ),
}
"""The names of modules in `judge/rules`."""

_UNUSABLE_KINDS = frozenset(("scheme", "template"))
_NETWORK = {
    Group.CONTENT: "online, or offline for files of the repository",
    Group.RESPONSES: "online",
    Group.RUN_ONLINE: "online",
}


def rules_for(evidence: Evidence) -> tuple[Rule, ...]:
    """The rules that can find something in this evidence."""
    return _article_rules(tuple(_groups_for(evidence)))


def run_rules() -> tuple[RunRule, ...]:
    """The rules that look at a run as a whole."""
    return tuple(filter(_is_run_rule, (*_modules(Group.RUN), *_modules(Group.RUN_ONLINE))))


@lru_cache(maxsize=1)
def all_rules() -> tuple[Documented, ...]:
    """Every rule there is, by code."""
    return tuple(sorted(chain.from_iterable(map(_modules, Group)), key=lambda rule: rule.META.code))


def network_use(rule: Documented) -> str:
    """Whether a rule reports something without any network request: `offline`, `online`, or where."""
    return _NETWORK.get(next(group for group in Group if rule in _modules(group)), "offline")


class _MetadataByCode(Mapping[str, RuleMetadata]):
    """Loads the other rules only for a code that no loaded rule has, and to list them all."""

    def __getitem__(self, code: str) -> RuleMetadata:
        if code not in _LOADED:
            all_rules()
        return _LOADED[code]

    def __iter__(self) -> Iterator[str]:
        return (rule.META.code for rule in all_rules())

    def __len__(self) -> int:
        return len(all_rules())


_LOADED: dict[str, RuleMetadata] = {}
RULES: Mapping[str, RuleMetadata] = _MetadataByCode()
"""What each rule is, by its code, in order."""


def _groups_for(evidence: Evidence) -> Iterator[Group]:
    article, results = evidence.article, evidence.results
    if article.parse_errors:
        yield Group.PROBLEMS
    if evidence.violations:
        yield Group.VIOLATIONS
    if article.data:
        yield Group.VALUES
    if evidence.shared_values or evidence.unknown_references:
        yield Group.IDENTITY
    if results:
        yield Group.LINKS
    if any(each.skip is not None and each.skip.kind in _UNUSABLE_KINDS for each in results):
        yield Group.UNUSABLE
    has_responses = any(each.outcome is not None for each in results)
    has_files = any(each.local is not None for each in results)
    if has_files:
        yield Group.FILES
    if has_files or has_responses:
        yield Group.CONTENT
    if has_responses:
        yield Group.RESPONSES


@lru_cache(maxsize=128)
def _article_rules(groups: tuple[Group, ...]) -> tuple[Rule, ...]:
    return tuple(filter(_is_article_rule, chain.from_iterable(map(_modules, groups))))


@lru_cache(maxsize=len(Group))
def _modules(group: Group) -> tuple[Documented, ...]:
    modules = tuple(filter(_is_documented, (import_module(f"linkcheck.judge.rules.{name}") for name in MODULES[group])))
    _LOADED.update((module.META.code, module.META) for module in modules)
    return modules


# `isinstance` on a Protocol would load `inspect`; the tests compare every module with the whole of it.


def _is_documented(module: object) -> TypeGuard[Documented]:
    return hasattr(module, "META")


def _is_article_rule(module: object) -> TypeGuard[Rule]:
    return hasattr(module, "check")


def _is_run_rule(module: object) -> TypeGuard[RunRule]:
    return hasattr(module, "check_run")
