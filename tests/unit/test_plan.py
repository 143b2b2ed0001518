"""From links to targets."""

from datetime import date

import pytest

from linkcheck.errors import UsageError
from linkcheck.model import FILE_START, SKIP_KINDS, Link, Location, Probe, Role
from linkcheck.patterns import LONGEST
from linkcheck.plan import PROBES, Alias, Exclude, Planner, PlanOptions


def link_to(url: str, role: Role = Role.LINK, path: str = "_news/2020/a.md") -> Link:
    return Link(Location(path, FILE_START, "/url"), role, url)


def test_every_role_has_its_probe() -> None:
    assert set(PROBES) == set(Role)
    assert {role for role, probe in PROBES.items() if probe is Probe.IMAGE} == {Role.IMAGE}
    # Any page may be parked, taken over or "not found" behind a 200.
    assert {probe for role, probe in PROBES.items() if role is not Role.IMAGE} == {Probe.PAGE}


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://example.com/A?b=2&a=1", "https://example.com/A?b=2&a=1"),
        ("HTTPS://EXAMPLE.com:443/A#part", "https://example.com/A"),
        ("https://example.com/%7ea//b", "https://example.com/%7ea//b"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("//example.com/a", "https://example.com/a"),
        (" https://example.com/a ", "https://example.com/a"),
        ("https://user:secret@example.com/a", "https://example.com/a"),
    ],
)
def test_a_url_is_asked_in_its_canonical_form(url: str, asked: str) -> None:
    planned = Planner(PlanOptions()).plan(link_to(url, Role.CANONICAL))
    assert planned.skip is None
    assert planned.target.url == asked
    assert planned.target.host in {"example.com", "xn--bcher-kva.example"}
    assert planned.target.probe == Probe.PAGE


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("mailto:someone@example.com", "scheme"),
        ("data:image/png;base64,AAAA", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("", "invalid-url"),
        ("#part", "invalid-url"),
        ("https://", "invalid-url"),
        ("https://a b/", "invalid-url"),
        ("example.com:8080/a", "invalid-url"),
        ("www.example.com/a", "invalid-url"),
        ("http//example.com/a", "invalid-url"),
        ("Https//example.com/a", "invalid-url"),
        ("ttps//example.com/a", "invalid-url"),
        ("http;//example.com/a", "invalid-url"),
        ("://example.com/a", "invalid-url"),
        ("http://127.0.0.1\\@example.com/", "invalid-url"),
        ("[[Picture.png]]", "wiki"),
        ("![[Picture.png|100]]", "wiki"),
        ("/a.png", "no-base-url"),
        ("/about/", "no-base-url"),
        ("@/about/", "alias"),
        ("~/assets/a.png", "alias"),
        ("@/assets/a.png", "alias"),
        ("~~/a.png", "alias"),
        ("$lib/a.png", "alias"),
        ("@assets/a.png", "alias"),
        ("{{ site.url }}/a.png", "template"),
        ("https://example.com/{% link a.md %}", "template"),
        ("https://example.com/${slug}", "template"),
        ("{category}news", "page"),
        ("|tag|a", "page"),
        (" {author}Ada ", "page"),
        ("{index}", "page"),
        ("{index}#top", "page"),
        ("{static}/a.png", "no-base-url"),
    ],
)
def test_what_cannot_be_asked_is_skipped_with_a_reason(url: str, kind: str) -> None:
    planned = Planner(PlanOptions()).plan(link_to(url))
    assert planned.skip is not None
    assert planned.skip.kind == kind
    assert planned.skip.kind in SKIP_KINDS
    assert planned.skip.reason
    assert planned.target.url == url
    assert planned.local == () or kind == "alias"


@pytest.mark.parametrize(
    ("base", "url", "asked"),
    [
        ("https://example.com", "/a.png", "https://example.com/a.png"),
        ("https://example.com/blog", "/a.png", "https://example.com/blog/a.png"),
        ("https://example.com/blog/", "/blog/a.png", "https://example.com/blog/a.png"),
        ("https://example.com/blog", "/blog", "https://example.com/blog"),
        ("https://example.com/blog", "/~a/b.png", "https://example.com/blog/~a/b.png"),
        ("https://example.com/blog", "/blogs/a", "https://example.com/blog/blogs/a"),
        ("http://example.com/", "//cdn.example.com/a", "http://cdn.example.com/a"),
    ],
)
def test_a_link_within_the_site_is_resolved_against_the_base_url(base: str, url: str, asked: str) -> None:
    planned = Planner(PlanOptions(base_url=base)).plan(link_to(url))
    assert (planned.skip, planned.target.url) == (None, asked)


@pytest.mark.parametrize(
    ("url", "pointer", "is_pattern"),
    [
        ("**.png", "/resources/0/src", True),
        ("images/*", "/files", True),
        (" images/* ", "/files", True),
        ("/img/{a,b}.png", "/image", True),
        ("photo-?.png", "/resources/12/src", True),
        ("photo-[12].png", "/resources/0/src", True),
        ("photo.png?v=*", "/image", False),
        ("photo.png?12", "/image", False),
        ("photo-[12].png", "/image", False),
        ("/a{1}.png", "/image", False),
        ("photo.png", "/resources/0/src", False),
        ("see note *", "/image", False),
        ("https://a.example/*/b.png", "/resources/0/src", False),
    ],
)
@pytest.mark.parametrize("base", [None, "https://site.example/"])
def test_a_pattern_for_names_of_files_is_no_link(base: str | None, url: str, pointer: str, is_pattern: bool) -> None:  # noqa: FBT001 - a table's column
    link = Link(Location("content/p/index.md", FILE_START, pointer), Role.IMAGE, url)
    planned = Planner(PlanOptions(base_url=base, site_roots=("static",))).plan(link)
    assert (planned.skip is not None and planned.skip.kind == "pattern") == is_pattern
    assert not (planned.local and is_pattern)


def test_a_link_relative_to_the_article_is_not_guessed_at() -> None:
    planned = Planner(PlanOptions(base_url="https://example.com")).plan(link_to("a.png"))
    assert planned.skip is not None
    assert planned.skip.kind == "no-base-url"


@pytest.mark.parametrize("base", ["example.com", "/blog", "ftp://example.com/", "https://"])
def test_a_base_url_that_is_none_is_an_error_of_use(base: str) -> None:
    with pytest.raises(UsageError, match="base-url"):
        Planner(PlanOptions(base_url=base))


@pytest.mark.parametrize(
    ("url", "role", "local"),
    [
        ("/assets/a.png", Role.IMAGE, ("site/assets/a.png",)),
        ("/assets/a%20b.png?v=2#x", Role.IMAGE, ("site/assets/a b.png",)),
        ("../a.png", Role.IMAGE, ("_news/a.png", "site/a.png")),
        ("a.png", Role.IMAGE, ("_news/2020/a.png", "site/a.png")),
        ("/../../etc/passwd", Role.IMAGE, ("site/etc/passwd",)),
        ("../../../../etc/x.png", Role.IMAGE, ("site/etc/x.png",)),
        ("/about/", Role.LINK, ("site/about/index.html", "site/about/index.md")),
        (
            "/about",
            Role.LINK,
            ("site/about", "site/about.md", "site/about.html", "site/about/index.html", "site/about/index.md"),
        ),
        ("/a.html", Role.CANONICAL, ("site/a.html",)),
    ],
)
def test_with_a_site_root_files_are_looked_for(url: str, role: Role, local: tuple[str, ...]) -> None:
    planned = Planner(PlanOptions(site_roots=("site",))).plan(link_to(url, role))
    assert planned.local == local
    assert planned.skip is not None
    assert planned.skip.kind == ("local" if role is Role.IMAGE else "page")


@pytest.mark.parametrize("url", ["/a%00.png", "/a\\..\\b.png"])
def test_a_name_no_file_can_have_is_not_looked_for(url: str) -> None:
    assert Planner(PlanOptions(site_roots=("site",))).plan(link_to(url, Role.IMAGE)).local == ()


def test_the_path_of_the_base_url_may_stand_before_a_file() -> None:
    planned = Planner(PlanOptions(base_url="https://example.com/blog", site_roots=(".",))).plan(
        link_to("/blog/a.png", Role.IMAGE)
    )
    assert planned.local == ("a.png", "blog/a.png")
    assert planned.target.url == "https://example.com/blog/a.png"


def test_where_both_are_known_files_come_first_and_then_the_web() -> None:
    options = PlanOptions(base_url="https://example.com", site_roots=("site",))
    planned = Planner(options).plan(link_to("/a.png", Role.IMAGE))
    assert planned.local == ("site/a.png",)
    assert planned.skip is None


def test_offline_files_alone_decide() -> None:
    options = PlanOptions(base_url="https://example.com", site_roots=("site",), offline=True)
    planned = Planner(options).plan(link_to("/a.png", Role.IMAGE))
    assert planned.skip is not None
    assert (planned.skip.kind, planned.local) == ("local", ("site/a.png",))


@pytest.mark.parametrize(
    ("url", "role", "local", "kind"),
    [
        ("a.png", Role.IMAGE, ("_news/2020/a.png",), "local"),
        ("./a.png", Role.IMAGE, ("_news/2020/a.png",), "local"),
        ("../img/a%20b.png?v=1", Role.IMAGE, ("_news/img/a b.png",), "local"),
        ("home", Role.IMAGE, ("_news/2020/home",), "no-base-url"),
        ("../../../a.png", Role.IMAGE, (), "no-base-url"),
        ("/a.png", Role.IMAGE, (), "no-base-url"),
        ("other.md", Role.LINK, ("_news/2020/other.md",), "no-base-url"),
    ],
)
def test_without_a_site_root_files_are_looked_for_beside_the_article(
    url: str, role: Role, local: tuple[str, ...], kind: str
) -> None:
    planned = Planner(PlanOptions()).plan(link_to(url, role))
    assert planned.skip is not None
    assert (planned.local, planned.skip.kind) == (local, kind)


@pytest.mark.parametrize(
    ("url", "role", "roots", "local", "kind"),
    [
        ("{static}/a.png", Role.IMAGE, ("content",), ("content/a.png",), "local"),
        ("|static|/a%20b.png?v=1", Role.IMAGE, ("content",), ("content/a b.png",), "local"),
        ("{attach}a.png", Role.IMAGE, ("content",), ("_news/2020/a.png", "content/a.png"), "local"),
        ("{attach}../a.png", Role.IMAGE, (), ("_news/a.png",), "local"),
        ("{filename}/b.md#part", Role.LINK, ("content",), ("content/b.md",), "local"),
        ("{static}/../../etc/x.png", Role.IMAGE, ("content",), ("content/etc/x.png",), "local"),
        ("{static}/a.png", Role.IMAGE, (), (), "no-base-url"),
        ("{filename}b.md", Role.LINK, (), ("_news/2020/b.md",), "no-base-url"),
    ],
)
@pytest.mark.parametrize("base", [None, "https://site.example/"])
def test_links_of_pelican_to_its_content_are_looked_for_and_never_requested(
    base: str | None, url: str, role: Role, *, roots: tuple[str, ...], local: tuple[str, ...], kind: str
) -> None:
    planned = Planner(PlanOptions(base_url=base, site_roots=roots)).plan(link_to(url, role))
    assert planned.skip is not None
    assert (planned.local, planned.skip.kind) == (local, kind)


def test_a_path_that_leads_out_of_the_repository_is_said_to_do_so() -> None:
    planned = Planner(PlanOptions(offline=True)).plan(link_to("../../../etc/hostname.png", Role.IMAGE))
    assert planned.skip is not None
    assert (planned.local, planned.skip.reason) == ((), "it leads out of the repository")


def test_every_site_root_is_searched_and_each_with_the_path_of_the_base_url() -> None:
    options = PlanOptions(base_url="https://example.com/blog", site_roots=("static", "themes/plain/static"), offline=True)
    assert Planner(options).plan(link_to("/blog/a.png", Role.IMAGE)).local == (
        "static/a.png",
        "static/blog/a.png",
        "themes/plain/static/a.png",
        "themes/plain/static/blog/a.png",
    )
    assert Planner(options).plan(link_to("a.png", Role.IMAGE)).local == (
        "_news/2020/a.png",
        "static/a.png",
        "themes/plain/static/a.png",
    )


@pytest.mark.parametrize(
    ("article", "url", "is_found"),
    [
        ("2021-02-03-old-bridge/index.md", "blog/2021/02/03/old-bridge/card.png", True),
        ("2021-02-03-old-bridge/index.es.md", "/blog/2021/02/03/old-bridge/card.png", True),
        ("2021-02-03-old-bridge/index.md", "/blog/old-bridge/card.png", True),
        ("2021-02-03-old-bridge/index.md", "/blog/2021/02/04/old-bridge/card.png", False),
        ("2021-02-03-old-bridge/index.md", "/blog/2021/02/03/old/card.png", False),
        ("2021-02-03-old-bridge/index.md", "/news/2021/02/03/old-bridge/card.png", False),
        ("2021-02-03-old-bridge/index.md", "/bridge/card.png", False),
        ("2021-02-03-old-bridge/a.md", "/blog/2021/02/03/old-bridge/card.png", False),
    ],
)
def test_a_picture_below_the_url_of_its_article_is_looked_for_next_to_the_article(
    article: str, url: str, *, is_found: bool
) -> None:
    path = f"content/blog/{article}"
    planned = Planner(PlanOptions(site_roots=("static",))).plan(link_to(url, Role.IMAGE, path=path))
    assert (planned.local[-1] == "content/blog/2021-02-03-old-bridge/card.png") is is_found
    page = Planner(PlanOptions(site_roots=("static",))).plan(link_to(url, Role.LINK, path=path))
    assert "content/blog/2021-02-03-old-bridge/card.png" not in page.local


@pytest.mark.parametrize(
    ("article", "url", "local"),
    [
        ("source/_posts/harbor.md", "a.png", ("source/_posts/harbor/a.png", "source/_posts/a.png", "source/a.png")),
        ("_drafts/2024/harbor.md", "i/a.png", ("_drafts/2024/harbor/i/a.png", "_drafts/2024/i/a.png", "source/i/a.png")),
        ("source/_posts/harbor.md", "/a.png", ("source/a.png",)),
        ("source/_posts/harbor.md", "../../../a.png", ("source/a.png",)),
        ("source/_posts/harbor.md", "../a.png", ("source/a.png",)),
        ("content/harbor.md", "a.png", ("content/a.png", "source/a.png")),
    ],
)
def test_a_picture_of_a_post_is_looked_for_first_in_the_folder_named_like_it(
    article: str, url: str, local: tuple[str, ...]
) -> None:
    planned = Planner(PlanOptions(site_roots=("source",))).plan(link_to(url, Role.IMAGE, path=article))
    assert planned.local == local


@pytest.mark.parametrize(
    ("levels", "url", "local"),
    [
        (0, "../a.png", ()),
        (1, "../a.png", ("../a.png",)),
        (1, "../../a.png", ()),
        (2, "../../a.png", ("../../a.png",)),
        (1, "..b/a.png", ("..b/a.png",)),
        (0, "..b/a.png", ("..b/a.png",)),
    ],
)
def test_a_link_leads_above_the_working_directory_only_within_the_repository(
    levels: int, url: str, local: tuple[str, ...]
) -> None:
    assert Planner(PlanOptions(levels=levels)).plan(link_to(url, Role.IMAGE, path="a.md")).local == local


@pytest.mark.parametrize(
    ("url", "role", "local"),
    [
        ("~/assets/a.png", Role.IMAGE, ("src/assets/a.png",)),
        ("~/../../etc/a.png", Role.IMAGE, ("src/etc/a.png",)),
        ("@assets/a%20b.png", Role.IMAGE, ("src/assets/a b.png",)),
        ("@/a.png", Role.IMAGE, ("app/a.png",)),
        ("/@/a.png", Role.IMAGE, ("dev/a.png",)),
        ("@/pages/b.md", Role.LINK, ("app/pages/b.md",)),
    ],
)
def test_an_alias_leads_to_the_files_of_its_folder(url: str, role: Role, local: tuple[str, ...]) -> None:
    aliases = (Alias("~/", "src"), Alias("@", "app"), Alias("@assets/", "src/assets"), Alias("/@/", "dev"))
    options = PlanOptions(base_url="https://example.com", site_roots=("static",), aliases=aliases)
    planned = Planner(options).plan(link_to(url, role))
    assert planned.skip is not None
    assert (planned.local, planned.skip.kind) == (local, "local")


def test_an_alias_alone_is_no_file() -> None:
    planned = Planner(PlanOptions(aliases=(Alias("~/", "src"),))).plan(link_to("~/", Role.IMAGE))
    assert planned.skip is not None
    assert (planned.local, planned.skip.kind) == ((), "invalid-url")


def test_a_link_with_an_unknown_alias_is_looked_for_like_any_other_but_never_missing() -> None:
    planned = Planner(PlanOptions(site_roots=("static",))).plan(link_to("~/a.png", Role.IMAGE))
    assert planned.skip is not None
    assert planned.local == ("_news/2020/~/a.png", "static/~/a.png")
    assert planned.skip.kind == "alias"
    assert planned.skip.reason == "it starts with `~/`, which is not in the aliases of the configuration"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("~/a.png", "it starts with `~/`, and the folder of this alias does not exist: src"),
        ("@/a.png", "it starts with `@/`, which is not in the aliases of the configuration"),
        ("/img/a.png", "it is relative to the site, and no base-url is configured"),
    ],
)
def test_an_alias_of_a_missing_folder_is_told_from_one_that_is_not_configured(url: str, reason: str) -> None:
    missing = (Alias("~/", "src"), Alias("/img/", "images"))
    planned = Planner(PlanOptions(missing_aliases=missing)).plan(link_to(url, Role.IMAGE))
    assert planned.skip is not None
    assert planned.skip.reason == reason


def test_a_url_with_a_host_is_never_looked_for_in_files() -> None:
    assert Planner(PlanOptions(site_roots=("site",))).plan(link_to("https://example.com/a.png", Role.IMAGE)).local == ()


@pytest.mark.parametrize(("url", "kind"), [("https://example.com/", "offline"), ("https://a b/", "invalid-url")])
def test_offline_nothing_is_asked_and_faults_stay_faults(url: str, kind: str) -> None:
    skip = Planner(PlanOptions(offline=True)).plan(link_to(url)).skip
    assert skip is not None
    assert skip.kind == kind


@pytest.mark.parametrize(
    ("exclude", "taken"),
    [
        (Exclude("why", pattern=r"^https://example\.com/"), True),
        (Exclude("why", pattern="EXAMPLE"), True),
        (Exclude("why", pattern="other"), False),
        (Exclude("why", roles=(Role.IMAGE, Role.AMP)), True),
        (Exclude("why", roles=(Role.AMP,)), False),
        (Exclude("why", paths=("_news/**",)), True),
        (Exclude("why", paths=("_news",)), True),
        (Exclude("why", paths=("./_news/2020/",)), True),
        (Exclude("why", paths=("**/a.md",)), True),
        (Exclude("why", paths=("_news/*/?.md",)), True),
        (Exclude("why", paths=("_news/*.md",)), False),
        (Exclude("why", paths=("news",)), False),
        (Exclude("why", pattern="example", roles=(Role.AMP,)), False),
        (Exclude("why", pattern="example", paths=("_people/**", "_news/**")), True),
        (Exclude("why", pattern="example", until="2026-11-22"), True),
        (Exclude("why", pattern="example", until="2026-11-21"), False),
    ],
    ids=str,
)
def test_an_exclude_takes_what_fits_all_it_says(exclude: Exclude, taken: bool) -> None:  # noqa: FBT001 - a table's column
    planner = Planner(PlanOptions(excludes=(exclude,), today=date(2026, 11, 22)))
    skip = planner.plan(link_to("https://EXAMPLE.com/a.png", Role.IMAGE)).skip
    assert (skip is not None and skip.kind == "excluded" and skip.reason.endswith(": why")) == taken
    assert (skip is None) != taken
    assert (planner.unused() == ()) == taken


def test_the_first_exclude_that_fits_gives_the_reason_and_the_others_are_told() -> None:
    excludes = (Exclude("first", pattern="example"), Exclude("second", pattern="example"))
    planner = Planner(PlanOptions(excludes=excludes))
    skip = planner.plan(link_to("https://example.com/")).skip
    assert skip is not None
    assert skip.reason == 'excluded by pattern "example": first'
    assert planner.unused() == ('the exclude "second" (pattern "example") matched no link: correct or remove it',)


@pytest.mark.parametrize(
    ("exclude", "reason"),
    [
        (Exclude("why", roles=(Role.LINK, Role.AMP)), "excluded by role link, amp: why"),
        (Exclude("why", paths=("a", "_news")), "excluded by path a, _news: why"),
        (
            Exclude("why", pattern="a", roles=(Role.LINK,), paths=("_news",)),
            'excluded by pattern "a" and role link and path _news: why',
        ),
    ],
)
def test_the_reason_names_all_conditions(exclude: Exclude, reason: str) -> None:
    skip = Planner(PlanOptions(excludes=(exclude,))).plan(link_to("https://a.example/")).skip
    assert skip is not None
    assert skip.reason == reason


@pytest.mark.parametrize(
    ("number", "told"), [(0, ""), (1, "one URL, which is not excluded"), (2, "2 URLs, which are not excluded")]
)
def test_a_pattern_that_takes_too_long_is_told_with_the_number_of_urls(number: int, told: str) -> None:
    planner = Planner(PlanOptions(excludes=(Exclude("why", pattern="^(a|aa)+$"),)))
    for each in range(number):
        skip = planner.plan(link_to(f"https://a.example/{each}" + "a" * LONGEST)).skip
        assert skip is None or skip.kind != "excluded"
    assert [told in notice for notice in planner.unfinished()] == [True] * (number > 0)


@pytest.mark.parametrize(
    ("url", "is_url"),
    [
        ("https://a.example/", True),
        ("https://site.example/a/", True),
        ("//a.example/a.png", True),
        ("/a.png", False),
        ("a.png", False),
        ("mailto:a@a.example", False),
        ("https://site.example/{{ a }}", False),
    ],
)
def test_a_link_with_a_host_is_a_url(url: str, is_url: bool) -> None:  # noqa: FBT001 - a table's column
    planned = Planner(PlanOptions(base_url="https://site.example/", site_roots=("site",))).plan(link_to(url))
    assert planned.is_url is is_url
    assert bool(planned.local) is (url in ("https://site.example/a/", "/a.png", "a.png"))


def test_an_exclude_past_its_day_is_told() -> None:
    planner = Planner(PlanOptions(excludes=(Exclude("old", pattern="x", until="2020-01-01"),), today=date(2026, 1, 1)))
    assert planner.unused() == (
        'the exclude "old" (pattern "x") ended on 2020-01-01 and no longer excludes anything: renew or remove it',
    )


@pytest.mark.parametrize(
    ("exclude", "clue"),
    [
        (Exclude("why", pattern="("), "not a regular expression"),
        (Exclude("why", pattern="x" * 2000), "longer than"),
        (Exclude("why"), "every link"),
        (Exclude("why", pattern="x", until="soon"), "2027-01-31"),
    ],
    ids=str,
)
def test_a_broken_exclude_is_an_error_of_use(exclude: Exclude, clue: str) -> None:
    with pytest.raises(UsageError, match=clue) as caught:
        Planner(PlanOptions(excludes=(exclude,)))
    assert 'the exclude "why"' in str(caught.value)


def test_an_invalid_url_can_be_excluded_too() -> None:
    skip = Planner(PlanOptions(excludes=(Exclude("why", pattern="^https://a b"),))).plan(link_to("https://a b/")).skip
    assert skip is not None
    assert skip.kind == "excluded"


def test_one_url_under_two_roles_is_planned_for_each() -> None:
    planner = Planner(PlanOptions(excludes=(Exclude("why", roles=(Role.IMAGE,)),)))
    assert planner.plan(link_to("https://example.com/", Role.IMAGE)).skip is not None
    planned = planner.plan(link_to("https://example.com/", Role.CANONICAL))
    assert planned.skip is None
    assert planned.target.probe == Probe.PAGE


ONLINE = PlanOptions(base_url="https://example.com/blog/", site_roots=("static",))
OFFLINE = PlanOptions(base_url="https://example.com/blog/", site_roots=("static",), offline=True)
WITHOUT_ADDRESS = PlanOptions(site_roots=("static",))


@pytest.mark.parametrize(
    "url",
    ["/posts/a/", "/posts/a", "/posts/a.html", "/a.php?b=c.png", "/feed.xml", "/v1.2", "/next.js", "../b", "b/", "/a.png/"],
)
@pytest.mark.parametrize("role", [Role.LINK, Role.CANONICAL, Role.ORIGINAL])
def test_a_page_without_a_file_is_unknown_and_not_missing(url: str, role: Role) -> None:
    skips = [Planner(options).plan(link_to(url, role)).skip for options in (OFFLINE, WITHOUT_ADDRESS)]
    assert [skip.kind if skip else None for skip in skips] == ["page", "page"]
    assert all(skip.reason.startswith("no file or article has this URL") for skip in skips if skip)


@pytest.mark.parametrize(
    ("url", "kind", "reason"),
    [
        ("", "invalid-url", "it is empty"),
        ("#a", "invalid-url", "it has no path"),
        ("{index}", "page", "it leads to a page that Pelican makes from no file of its own"),
        *(
            (text, "template", "it contains a placeholder for the site generator")
            for text in ("{{ a }}", "<% a %>", "{% a %}")
        ),
        ("[[a]]", "wiki", "it is a wiki link, and no file of the repository has this name"),
        ("{static}/a.png", "no-base-url", "it leads to a file of the site, and no site-root is configured"),
        ("mailto:a@b.example", "scheme", "not checked: scheme 'mailto' is neither http nor https"),
        ("https//a.example", "invalid-url", "it has no scheme; replace `https//` with https://"),
        ("WWW.a.example", "invalid-url", "it has no scheme; add https:// in front"),
        ("@/a.png", "alias", "it starts with `@/`, which is not in the aliases of the configuration"),
        ("b/", "no-base-url", "it is relative to the article, whose own address is unknown"),
        ("/b/", "no-base-url", "it is relative to the site, and no base-url is configured"),
        ("../../../x.png", "no-base-url", "it leads out of the repository"),
        ("<https://a.example/>", "invalid-url", "it is in angle brackets"),
        ("//[", "invalid-url", "its host is not a valid name"),
        ("images/*.png", "pattern", "it is a pattern for the names of files, not a link"),
    ],
)
def test_why_a_link_is_not_requested(url: str, kind: str, reason: str) -> None:
    skip = Planner(PlanOptions()).plan(link_to(url, path="posts/a.md")).skip
    assert skip is not None
    assert (skip.kind, skip.reason, skip.url) == (kind, reason, url)


@pytest.mark.parametrize(
    ("url", "options", "why"),
    [
        ("b/", OFFLINE, "it is relative to the article, whose own address is unknown"),
        ("/b/", WITHOUT_ADDRESS, "it is relative to the site, and no base-url is configured"),
        ("/b/", PlanOptions(offline=True), "it is relative to the site, and no base-url is configured"),
        ("/b/", OFFLINE, "the run is offline"),
        ("/b/", PlanOptions(base_url="https://example.com/", offline=True), "the run is offline"),
    ],
)
def test_why_a_page_is_unknown(url: str, options: PlanOptions, why: str) -> None:
    skip = Planner(options).plan(link_to(url)).skip
    assert skip is not None
    assert skip.kind == "page"
    assert skip.reason == f"no file or article has this URL, but the site generator may make the page; {why}"


@pytest.mark.parametrize("url", ["/a.pdf", "/a.png#b", "../a.md", "/a.MP4?b", "/a.tar.gz"])
def test_a_file_that_is_published_as_it_is_must_be_there(url: str) -> None:
    skips = [Planner(options).plan(link_to(url)).skip for options in (OFFLINE, WITHOUT_ADDRESS)]
    assert [skip.kind if skip else None for skip in skips] == ["local", "local"]


@pytest.mark.parametrize("url", ["/posts/a/", "/posts/a.png", "https://example.com/blog/posts/a"])
def test_online_what_is_not_in_the_repository_is_requested(url: str) -> None:
    planned = Planner(ONLINE).plan(link_to(url))
    assert planned.skip is None
    assert planned.target.host == "example.com"


@pytest.mark.parametrize(
    ("url", "path", "local"),
    [
        ("https://example.com/blog/img/a%20b.png?v=1", "/img/a b.png", ("static/img/a b.png",)),
        ("https://example.com/blog/", "/", ("static",)),
        ("https://example.com/", "", ()),
        ("https://example.com/blogroll/a.png", "", ()),
        ("http://example.com/blog/a.png", "", ()),
        ("https://user@example.com/blog/a.png", "/a.png", ("static/a.png",)),
        ("https://example.com/blog/%2e%2e/a.png", "", ()),
        ("https://example.com.evil.example/blog/a.png", "", ()),
    ],
)
def test_a_url_below_the_base_url_is_looked_for_like_its_path(url: str, path: str, local: tuple[str, ...]) -> None:
    planned = Planner(ONLINE).plan(link_to(url, Role.IMAGE))
    assert (planned.path, planned.local) == (path, local)
    assert planned.skip is None


@pytest.mark.parametrize(
    ("pointer", "role", "path"),
    [
        ("/url", Role.CANONICAL, ""),
        ("/url", Role.ORIGINAL, ""),
        ("/url", Role.AMP, ""),
        ("/related/0/url", Role.CANONICAL, "/a"),
        ("/related/0/url", Role.AMP, ""),
        ("/url", Role.LINK, "/a"),
    ],
)
def test_what_an_article_calls_its_own_page_is_requested(pointer: str, role: Role, path: str) -> None:
    link = Link(Location("a.md", FILE_START, pointer), role, "https://example.com/blog/a")
    assert Planner(ONLINE).plan(link).path == path
