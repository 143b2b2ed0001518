"""What a repository needs to begin with linkcheck: configuration, schemas, CI and hook, made for what lies in it."""

from linkcheck.commands.init.plan import InitPlan, draft_all
from linkcheck.commands.init.survey import RepositorySurvey, survey
from linkcheck.commands.init.templates import Draft

__all__ = ["Draft", "InitPlan", "RepositorySurvey", "draft_all", "survey"]
