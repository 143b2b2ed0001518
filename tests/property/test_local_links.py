"""Links to files of the repository, however they are spelled: nothing raises, and a correction leads to the file."""

import tempfile
from pathlib import Path
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck.judge import JudgeOptions
from linkcheck.judge.rules.missing_file import check
from linkcheck.local_files import LocalResolver
from linkcheck.model import (
    FILE_START,
    Article,
    Evidence,
    Link,
    LinkResult,
    LocalFile,
    Location,
    Role,
    Target,
    Verdict,
    VerdictKind,
)
from linkcheck.plan import Alias, Planner, PlanOptions

ARTICLE = "posts/2021-02-03-bridge/index.md"
PLANNERS = tuple(
    Planner(options)
    for options in (
        PlanOptions(),
        PlanOptions(site_roots=("static", "."), base_url="https://a.example/blog/", offline=True),
        PlanOptions(site_roots=("static",), aliases=(Alias("~/", "posts"),), levels=1),
    )
)
NAMES = st.text(st.sampled_from("aAbBéÉßİ \u0301.%-"), min_size=1, max_size=6).filter(lambda name: set(name) != {"."})
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
FOLDERS = st.sampled_from(("static", "posts/2021-02-03-bridge", "posts", "."))
ANYTHING = st.text(st.sampled_from("aA./\\?#~@$% \0é{"), max_size=12) | st.text(max_size=12)


def link_to(url: str) -> Link:
    return Link(Location(ARTICLE, FILE_START, "/url"), Role.IMAGE, url)


def looked_up(lookup: LocalResolver, planner: Planner, url: str) -> LocalFile | None:
    planned = planner.plan(link_to(url))
    if not planned.local:
        return None
    found = lookup.look(planned.local, image=False)
    if found.file is not None:
        return found
    return LocalFile(None, planned.local, nearby=lookup.nearby(planned.local, planned.path))


@settings(max_examples=60)
@given(
    st.lists(st.tuples(FOLDERS, PATHS), min_size=1, max_size=6), st.lists(st.sampled_from(("", "/", "./", "~/")) | ANYTHING)
)
def test_what_is_suggested_exists_and_what_is_corrected_leads_to_it(files: list[tuple[str, str]], starts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as top:
        for folder, path in files:
            try:
                Path(top, folder, path).parent.mkdir(parents=True, exist_ok=True)
                Path(top, folder, path).touch()
            except OSError:
                continue  # a folder of the name of a file
        lookup = LocalResolver(top)
        urls = [
            f"{start}{spelled}" for start in starts for _, path in files for spelled in (path.upper(), quote(path.lower()))
        ]
        for planner in PLANNERS:
            for url in (*urls, *starts):
                local = looked_up(lookup, planner, url)
                if local is None or local.file is not None:
                    continue
                assert local.nearby is not None
                near = local.nearby
                assert all(
                    Path(top, file).is_file() for file in (*near.other_case, *near.elsewhere, *near.similar, *near.same_name)
                )
                result = LinkResult(
                    link_to(url), Target(url, planner.plan(link_to(url)).target.probe, ""), DEAD, local=local
                )
                (issue,) = check(Evidence(Article(ARTICLE), results=(result,)), JudgeOptions())
                if issue.fix is not None:
                    again = looked_up(lookup, planner, str(issue.facts["expected"]))
                    assert again is not None
                    assert (again.file,) == near.other_case


DEAD = Verdict(VerdictKind.DEAD, "no such file")
