"""The nouns: frozen records that the steps hand to each other."""

from linkcheck.model.article import Article, IgnoreComment, Json, Place, Problem, ProblemKind, Source
from linkcheck.model.evidence import Evidence, LocalFile, Named, Namesake, Sighting, Twin
from linkcheck.model.finding import SEVERITIES, Fact, Finding, Fix, FixKind, Severity, Status
from linkcheck.model.link import Claim, Link, Role, Wants
from linkcheck.model.outcome import (
    NOT_IN_REPLAY,
    UNOFFERED_ENCODING,
    Answer,
    Certificate,
    Failure,
    FailureKind,
    Hop,
    ImageFacts,
    JsonLd,
    Outcome,
    PageFacts,
    as_page,
    is_our_limit,
)
from linkcheck.model.run import Comparison, HostRecord, LinkRecord, Run, Summary, TargetRecord
from linkcheck.model.span import FILE_START, Location, Span
from linkcheck.model.target import CLOSENESS, SKIP_KINDS, Probe, Skip, Target
from linkcheck.model.verdict import Verdict, VerdictKind
from linkcheck.model.violation import Violation

__all__ = [
    "CLOSENESS",
    "FILE_START",
    "NOT_IN_REPLAY",
    "SEVERITIES",
    "SKIP_KINDS",
    "UNOFFERED_ENCODING",
    "Answer",
    "Article",
    "Certificate",
    "Claim",
    "Comparison",
    "Evidence",
    "Fact",
    "Failure",
    "FailureKind",
    "Finding",
    "Fix",
    "FixKind",
    "Hop",
    "HostRecord",
    "IgnoreComment",
    "ImageFacts",
    "Json",
    "JsonLd",
    "Link",
    "LinkRecord",
    "LocalFile",
    "Location",
    "Named",
    "Namesake",
    "Outcome",
    "PageFacts",
    "Place",
    "Probe",
    "Problem",
    "ProblemKind",
    "Role",
    "Run",
    "Severity",
    "Sighting",
    "Skip",
    "Source",
    "Span",
    "Status",
    "Summary",
    "Target",
    "TargetRecord",
    "Twin",
    "Verdict",
    "VerdictKind",
    "Violation",
    "Wants",
    "as_page",
    "is_our_limit",
]
