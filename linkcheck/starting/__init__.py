"""What a repository needs to begin with linkcheck: configuration, schemas, CI and hook, made for what lies in it."""

from linkcheck.starting.drafts import Draft
from linkcheck.starting.plan import Start, draft_all
from linkcheck.starting.survey import Survey, survey

__all__ = ["Draft", "Start", "Survey", "draft_all", "survey"]
