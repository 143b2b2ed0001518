"""The settings of a run: defaults < configuration file < environment < command line.

The keys of the file are those of `schemas/config.schema.json`. Every plain setting has an option (`--per-host`), a key
(`per-host`) and a variable (`LINKCHECK_PER_HOST`; lists are separated by commas or line breaks). Tables (`[[collections]]`,
`[[exclude]]`, `[hosts."..."]`, `[severity]`) can be set only in the file.
"""

from linkcheck.config.ci_repository import CiJob, find_ci_job
from linkcheck.config.load import FILE_NAMES, has_settings, load, load_former, working_directory
from linkcheck.config.overrides import PREFIX, unknown_variables
from linkcheck.config.settings import PATH_SETTINGS, SETTINGS, Config, Settings

__all__ = [
    "FILE_NAMES",
    "PATH_SETTINGS",
    "PREFIX",
    "SETTINGS",
    "CiJob",
    "Config",
    "Settings",
    "find_ci_job",
    "has_settings",
    "load",
    "load_former",
    "unknown_variables",
    "working_directory",
]
