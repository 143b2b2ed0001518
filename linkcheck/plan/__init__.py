"""Links become targets: each resolved, filtered, and given the probe its role asks for."""

from linkcheck.plan.excludes import Exclude
from linkcheck.plan.planner import PROBES, Planned, Planner, PlanOptions

__all__ = ["PROBES", "Exclude", "PlanOptions", "Planned", "Planner"]
