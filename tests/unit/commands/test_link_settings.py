"""The settings with which links without a host are found: roots of the site, aliases and prefixes."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from write_files import write_files

from linkcheck.commands.init.link_settings import LinkSettings, LinkSettingsFinder, with_certain_address
from linkcheck.commands.init.surveyed_collections import Surveyed
from linkcheck.infer import Inferred, InferredCollection, SiteInfo
from linkcheck.infer.generators import PLAIN
from linkcheck.model import FILE_START, Json, Link, Location, Role
from linkcheck.pipeline.sites import FoundSite
from linkcheck.plan import Alias, PlanOptions
from linkcheck.repository_files import RepositoryFiles

NAMES = ("gavel.svg", "rocket.svg", "people.svg")
ADDRESS = "https://a.example/"


def links(*urls: str, role: Role = Role.IMAGE, path: str = "posts/a.md") -> list[Link]:
    return [Link(Location(path, FILE_START, "/icon"), role, url) for url in urls]


def schema() -> dict[str, Json]:
    return {"properties": {name: {"type": "string", "x-link": {"role": "image"}} for name in ("icon", "logo")}}


def found(
    root: Path,
    files: tuple[str, ...],
    *links_of: list[Link],
    site: SiteInfo | None = None,
    others: tuple[SiteInfo, ...] = (),
    given: PlanOptions | None = None,
) -> tuple[LinkSettings, list[Json]]:
    """The settings, and the prefix in the schema of each collection."""
    write_files(root, dict.fromkeys(files, ""))
    main = SiteInfo() if site is None else site
    sites = tuple(FoundSite(PLAIN, each) for each in (main, *others))
    finder = LinkSettingsFinder(str(root), sites, main, links_of, RepositoryFiles(str(root)))
    schemas = [schema() for _ in links_of]
    surveyed = [Surveyed(InferredCollection("posts", (), ()), (), Inferred(each, ())) for each in schemas]
    settings = finder.find(surveyed, given=given)
    marks = [each["properties"]["icon"]["x-link"].get("prefix") for each in schemas]  # type: ignore[index, call-overload, union-attr]
    return settings, marks


def below(folder: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{folder}/{name}" for name in names or NAMES)


@pytest.mark.parametrize(
    ("files", "urls", "roots"),
    [
        pytest.param(("src/img/a.png",), ("/img/a.png",), ("src",), id="a folder"),
        pytest.param(below("img"), tuple(f"/img/{name}" for name in NAMES), (".",), id="the repository"),
        pytest.param(("src/img/a.png",), ("/img/b.png",), (), id="a file that is missing"),
        *(
            pytest.param((f"src/{sign}img/a.png",), (f" {sign}img/a.png",), (), id=f"a path of the build: {sign}")
            for sign in "~@$#"
        ),
    ],
)
def test_images_tell_the_roots_of_the_site(
    files: tuple[str, ...], urls: tuple[str, ...], roots: tuple[str, ...], tmp_path: Path
) -> None:
    assert found(tmp_path, files, links(*urls)) == (LinkSettings(roots, {}, ()), [None])


def test_other_links_tell_no_root(tmp_path: Path) -> None:
    assert found(tmp_path, ("src/docs/a.pdf",), links("/docs/a.pdf", role=Role.LINK))[0].site_roots == ()


def test_the_path_of_the_address_is_no_folder(tmp_path: Path) -> None:
    site = SiteInfo(base_url="https://a.example/blog/")
    assert found(tmp_path, ("src/img/a.png",), links("/blog/img/a.png"), site=site)[0].site_roots == ("src",)


@pytest.mark.parametrize("address", [None, "https://a.example:port/"])
def test_an_address_that_is_none_has_no_path(address: str | None, tmp_path: Path) -> None:
    site = SiteInfo(base_url=address)
    assert found(tmp_path, ("src/img/a.png",), links("/img/a.png"), site=site)[0].site_roots == ("src",)


def test_roots_of_the_settings_come_first_if_they_exist(tmp_path: Path) -> None:
    site = SiteInfo(static=("static", "missing"))
    other = SiteInfo(folder="docs", static=("docs/static", "static"))
    files = ("static/a.png", "docs/static/b.png")
    settings, _ = found(tmp_path, files, links("/a.png"), site=site, others=(other,))
    assert settings.site_roots == ("static", "docs/static")


@pytest.mark.parametrize(
    ("files", "url", "aliases"),
    [
        pytest.param(("src/a.png",), "~/a.png", {"~/": "src"}, id="a file"),
        pytest.param(("src/a.png",), " ~/a.png ", {"~/": "src"}, id="a file, with spaces"),
        pytest.param(("src/a.png",), "~/b.png", {}, id="no file"),
        pytest.param(("src/a.png",), "/a.png", {}, id="another link"),
        pytest.param(("a.png",), "@/a.png", {"@/": "."}, id="the repository"),
    ],
)
def test_an_alias_is_kept_if_a_link_leads_to_a_file(
    files: tuple[str, ...], url: str, aliases: dict[str, str], tmp_path: Path
) -> None:
    other = SiteInfo(folder="docs", aliases={"@/": ""})
    settings, _ = found(tmp_path, files, links(url), site=SiteInfo(aliases={"~/": "src"}), others=(other,))
    assert settings.aliases == aliases


def test_aliases_are_in_alphabetical_order(tmp_path: Path) -> None:
    site = SiteInfo(aliases={"~/": "src", "@/": "src"})
    assert [*found(tmp_path, ("src/a.png",), links("~/a.png", "@/a.png"), site=site)[0].aliases] == ["@/", "~/"]


def test_names_of_files_below_a_root_get_a_prefix(tmp_path: Path) -> None:
    settings, prefixes = found(tmp_path, below("static/icons"), links(*NAMES), site=SiteInfo(static=("static",)))
    assert settings == LinkSettings(("static",), {}, (("icon", "static/icons"),))
    assert prefixes == ["/icons/"]


def test_names_of_files_elsewhere_get_a_prefix_that_starts_at_the_repository(tmp_path: Path) -> None:
    settings, prefixes = found(tmp_path, below("templates/icons"), links(*NAMES))
    assert settings == LinkSettings((), {"@repository/": "."}, (("icon", "templates/icons"),))
    assert prefixes == ["@repository/templates/icons/"]


def test_an_alias_for_the_repository_is_in_addition_to_the_others(tmp_path: Path) -> None:
    files = (*below("templates/icons"), "src/a.png")
    site = SiteInfo(aliases={"~/": "src"})
    settings, _ = found(tmp_path, files, links(*NAMES), links("~/a.png"), site=site)
    assert settings.aliases == {"~/": "src", "@repository/": "."}


def test_a_prefix_is_that_of_a_few_files_in_the_same_folder_too(tmp_path: Path) -> None:
    logos = [replace(link, location=Location("posts/b.md", FILE_START, "/logo")) for link in links("tree.svg")]
    settings, _ = found(tmp_path, below("templates/icons", *NAMES, "tree.svg"), links(*NAMES), logos)
    assert settings.prefixes == (("icon", "templates/icons"), ("logo", "templates/icons"))


@pytest.mark.parametrize(
    ("given", "prefix"),
    [
        pytest.param(None, "@repository/_parts/icons/", id="new settings"),
        pytest.param(PlanOptions(site_roots=(".",)), "/_parts/icons/", id="given settings without the alias"),
    ],
)
def test_files_that_the_site_does_not_serve_have_no_path_on_it(
    given: PlanOptions | None, prefix: str, tmp_path: Path
) -> None:
    files = (*below("_parts/icons"), "_config.yml", "_posts/2026-01-01-a.md")
    _, prefixes = found(tmp_path, files, links(*NAMES), site=SiteInfo(static=("",)), given=given)
    assert prefixes == [prefix]


def test_a_prefix_that_two_collections_have_is_told_once(tmp_path: Path) -> None:
    settings, prefixes = found(tmp_path, below("templates/icons"), links(*NAMES), links(*NAMES))
    assert settings.prefixes == (("icon", "templates/icons"),)
    assert prefixes == ["@repository/templates/icons/"] * 2


def test_a_prefix_with_which_other_files_would_be_found_is_not_used(tmp_path: Path) -> None:
    # The first icon is also next to the article, so that it is found without a prefix.
    files = (*below("templates/icons"), "posts/gavel.svg")
    settings, prefixes = found(tmp_path, files, links(*NAMES))
    assert (settings.aliases, settings.prefixes, prefixes) == ({}, (), [None])


@pytest.mark.parametrize(
    ("folder", "given", "prefix"),
    [
        pytest.param("static/icons", PlanOptions(site_roots=("static",)), "/icons/", id="below a root that is given"),
        pytest.param("static/icons", PlanOptions(), None, id="an alias is needed"),
        pytest.param(
            "static/icons", PlanOptions(aliases=(Alias("@repository/", "."),)), "@repository/static/icons/", id="an alias"
        ),
        pytest.param("static/icons", PlanOptions(aliases=(Alias("@repository/", "a"),)), None, id="an alias of another"),
        pytest.param("static/icons", PlanOptions(aliases=(Alias("~/", "."),)), None, id="another alias"),
    ],
)
def test_with_given_settings_prefixes_are_right_together_with_these(
    folder: str, given: PlanOptions, prefix: str | None, tmp_path: Path
) -> None:
    options = PlanOptions(base_url=ADDRESS, site_roots=given.site_roots, aliases=given.aliases)
    settings, prefixes = found(tmp_path, below(folder), links(*NAMES), given=options)
    assert prefixes == [prefix]
    assert settings.prefixes == (() if prefix is None else (("icon", folder),))


@pytest.mark.parametrize(
    ("other", "path", "is_kept"),
    [
        pytest.param(SiteInfo(ADDRESS + "docs/", "docs"), "docs/a.md", False, id="links of another site"),
        pytest.param(SiteInfo(None, "docs"), "docs/a.md", False, id="links of a site without an address"),
        pytest.param(SiteInfo(ADDRESS, "docs"), "docs/a.md", True, id="links of a site with the same address"),
        pytest.param(SiteInfo(ADDRESS + "docs/", "docs"), "site/a.md", True, id="links of this site"),
        pytest.param(SiteInfo(ADDRESS + "docs/", "docs"), "a.md", True, id="links of no site"),
        pytest.param(SiteInfo(ADDRESS + "docs/", "docs"), None, True, id="no links"),
    ],
)
def test_the_address_of_a_site_is_not_used_for_the_links_of_another(
    other: SiteInfo, path: str | None, *, is_kept: bool
) -> None:
    site = SiteInfo(ADDRESS, "site", static=("site/static",))
    sites = [FoundSite(PLAIN, each) for each in (site, other)]
    kept = with_certain_address(site, sites, [] if path is None else links("/x", path="a.md") + links("/x", path=path))
    assert (kept.base_url is not None) is is_kept
    assert kept.static == site.static
