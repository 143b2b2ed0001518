"""Links to targets: resolve each link, apply the excludes, and select the probe for its role."""

from linkcheck.plan.aliases import Alias
from linkcheck.plan.excludes import Exclude
from linkcheck.plan.local_candidates import is_page
from linkcheck.plan.planner import PROBES, Planned, Planner, PlanOptions, may_be_article, names_resource

__all__ = ["PROBES", "Alias", "Exclude", "PlanOptions", "Planned", "Planner", "is_page", "may_be_article", "names_resource"]
