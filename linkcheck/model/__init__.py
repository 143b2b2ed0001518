"""The nouns: frozen records that the steps hand to each other."""

from linkcheck.model.article import Article, IgnoreComment, Json, ParseError, ParseErrorKind, Source, ValuePlace
from linkcheck.model.evidence import DuplicateLink, Evidence, LinkResult, LocalFile, Named, Namesake
from linkcheck.model.finding import SEVERITIES, Fact, Finding, Fix, FixKind, Severity, Status
from linkcheck.model.link import Claim, Expectations, Link, Role
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
    "DuplicateLink",
    "Evidence",
    "Expectations",
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
    "LinkResult",
    "LocalFile",
    "Location",
    "Named",
    "Namesake",
    "Outcome",
    "PageFacts",
    "ParseError",
    "ParseErrorKind",
    "Probe",
    "Role",
    "Run",
    "Severity",
    "Skip",
    "Source",
    "Span",
    "Status",
    "Summary",
    "Target",
    "TargetRecord",
    "ValuePlace",
    "Verdict",
    "VerdictKind",
    "Violation",
    "as_page",
    "is_our_limit",
]
