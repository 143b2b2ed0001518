"""The files that a repository needs to use linkcheck: configuration, schemas, CI workflow and hooks."""

from linkcheck.commands.init.plan import InitPlan, draft_all
from linkcheck.commands.init.survey import RepositorySurvey, survey
from linkcheck.commands.init.templates import Draft

__all__ = ["Draft", "InitPlan", "RepositorySurvey", "draft_all", "survey"]
