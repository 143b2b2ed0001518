"""The files that a repository needs to use linkcheck: configuration, schemas, CI workflow and hooks."""

from linkcheck.commands.init.data_collections import Reason, SkippedData
from linkcheck.commands.init.extend import existing, plan_additions, survey_rest
from linkcheck.commands.init.plan import InitPlan, drafts, plan_all, surveyed
from linkcheck.commands.init.prove import FindingsOfRule, Proof, accept, prove
from linkcheck.commands.init.survey import RepositorySurvey, counts_links, survey
from linkcheck.commands.init.surveyed_collections import Surveyed
from linkcheck.commands.init.templates import BASELINE, Draft

__all__ = [
    "BASELINE",
    "Draft",
    "FindingsOfRule",
    "InitPlan",
    "Proof",
    "Reason",
    "RepositorySurvey",
    "SkippedData",
    "Surveyed",
    "accept",
    "counts_links",
    "drafts",
    "existing",
    "plan_additions",
    "plan_all",
    "prove",
    "survey",
    "survey_rest",
    "surveyed",
]
