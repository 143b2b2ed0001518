"""Links become targets: each resolved, filtered, and given the probe its role asks for."""

from linkcheck.plan.excludes import Exclude
from linkcheck.plan.planner import PROBES, Options, Planned, Planner

__all__ = ["PROBES", "Exclude", "Options", "Planned", "Planner"]
