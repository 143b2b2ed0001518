"""Where an article is in its site, and which URL paths that explains: by value."""

import pytest
from msgspec.structs import asdict

from linkcheck.article_urls.own_keys import OwnValues
from linkcheck.article_urls.places import Place, Roots, explains, place_of, read_day

NOTHING = OwnValues()


def stated(place: Place) -> dict[str, object]:
    """What is not as it is by default."""
    by_default = asdict(Place("", (), ()))
    return {name: value for name, value in asdict(place).items() if value != by_default[name]}


@pytest.mark.parametrize(
    ("path", "own", "expected"),
    [
        ("a.md", NOTHING, {"slugs": ("a",), "stem": "a"}),
        ("a", NOTHING, {"slugs": ("a",), "stem": "a"}),
        ("b/A x.md", NOTHING, {"folder": ("b",), "slugs": ("a-x",), "stem": "a-x", "names": ("A x",)}),
        ("B/a.md", NOTHING, {"folder": ("b",), "slugs": ("a",), "stem": "a", "names": ("B",)}),
        ("index.md", NOTHING, {"slugs": ("index",), "stem": "index", "is_home": True}),
        ("b/c/index.md", NOTHING, {"folder": ("b",), "slugs": ("c",), "stem": "c", "is_home": True}),
        ("b/_index.md", NOTHING, {"slugs": ("b",), "stem": "b", "is_home": True}),
        ("b/+page.svelte", NOTHING, {"slugs": ("b",), "stem": "b", "is_home": True}),
        ("b/Index.md", NOTHING, {"slugs": ("b",), "stem": "b", "is_home": True}),
        ("b/readme.md", NOTHING, {"folder": ("b",), "slugs": ("readme",), "stem": "readme"}),
        ("about.fr.md", NOTHING, {"slugs": ("about",), "stem": "about", "language": "fr", "suffix": "fr"}),
        ("about.fr", NOTHING, {"slugs": ("about",), "stem": "about"}),
        (".fr.md", NOTHING, {"slugs": (".fr",), "stem": ".fr"}),
        (
            "about.fr.md",
            OwnValues(language="DE"),
            {"slugs": ("about",), "stem": "about", "language": "fr", "suffix": "fr"},
        ),
        ("a.md", OwnValues(language="DE"), {"slugs": ("a",), "stem": "a", "language": "de"}),
        (
            "b/_posts/c/2021-06-18-d.md",
            NOTHING,
            {
                "folder": ("b",),
                "slugs": ("2021-06-18-d", "d"),
                "dates": ((2021, 6, 18),),
                "is_post": True,
                "stem": "2021-06-18-d",
                "is_dated": True,
                "names": ("_posts",),
            },
        ),
        ("_drafts/c/index.md", NOTHING, {"slugs": ("c",), "is_post": True, "stem": "c", "names": ("_drafts",)}),
        ("_posts/_posts/c.md", NOTHING, {"slugs": ("c",), "is_post": True, "stem": "c", "names": ("_posts", "_posts")}),
        ("2021-06-18.md", NOTHING, {"slugs": ("2021-06-18",), "dates": ((2021, 6, 18),), "stem": "2021-06-18"}),
        ("2021-13-18-d.md", NOTHING, {"slugs": ("2021-13-18-d",), "stem": "2021-13-18-d"}),
        (
            "a.md",
            OwnValues(slugs=("b/c", "d", "e")),
            {"slugs": ("a", "c", "d", "e"), "stem": "a", "stated": "d"},
        ),
        (
            "a.md",
            OwnValues(titles=("A", "B c")),
            {"slugs": ("a", "b-c"), "stem": "a", "title": "a", "titles": ("b-c",)},
        ),
        (
            "a.md",
            OwnValues(dates=("2021-06-18", "2021/6/18 10:00", "soon", "2022.01.02", "2022-00-02")),
            {"slugs": ("a",), "stem": "a", "dates": ((2021, 6, 18), (2022, 1, 2))},
        ),
        ("a.md", OwnValues(date=" 2021-06-18 "), {"slugs": ("a",), "stem": "a", "own_date": (2021, 6, 18)}),
        ("a.md", OwnValues(date="2021-06-18T10:00"), {"slugs": ("a",), "stem": "a"}),
        ("a.md", OwnValues(categories=("C d", "e")), {"slugs": ("a",), "stem": "a", "categories": ("c-d", "e")}),
    ],
)
def test_the_place_of_an_article(path: str, own: OwnValues, expected: dict[str, object]) -> None:
    assert stated(place_of(path, own)) == {"path": path, **expected}


@pytest.mark.parametrize(
    ("path", "folder", "slugs"),
    [
        ("versioned_docs/version-1.2/a/b.md", ("docs", "1.2", "a"), ("b",)),
        ("x/versioned_docs/version-1.2/b.md", ("x", "docs", "1.2"), ("b",)),
        ("versioned_docs/1.2/b.md", ("versioned_docs", "1.2"), ("b",)),
        ("versioned_docs/b.md", ("versioned_docs",), ("b",)),
        ("x/i18n/fr/docusaurus-plugin-content-docs/current/a/b.md", ("x", "fr", "docs", "a"), ("b",)),
        ("i18n/fr/docusaurus-plugin-content-docs/1.2/b.md", ("fr", "docs", "1.2"), ("b",)),
        ("i18n/fr/docusaurus-plugin-content-blog-news/b.md", ("fr", "blog"), ("b",)),
        ("i18n/fr/docusaurus-plugin-content-pages/b.md", ("fr",), ("b",)),
        ("i18n/fr/other/b.md", ("i18n", "fr", "other"), ("b",)),
        ("i18n/fr/b.md", ("i18n", "fr"), ("b",)),
    ],
)
def test_docusaurus_publishes_versions_and_translations_elsewhere(
    path: str, folder: tuple[str, ...], slugs: tuple[str, ...]
) -> None:
    place = place_of(path, NOTHING)
    assert (place.folder, place.slugs) == (folder, slugs)


@pytest.mark.parametrize("name", ["readme.md", "README.md"])
def test_a_readme_is_the_index_of_its_folder_where_the_generator_says_so(name: str) -> None:
    assert place_of(f"b/{name}", NOTHING, readme=True).is_home
    assert not place_of(f"b/{name}", NOTHING).is_home
    assert not place_of("b/a.md", NOTHING, readme=True).is_home


@pytest.mark.parametrize(
    ("folder", "lengths"),
    [
        ((), (0,)),
        (("a",), (0,)),
        (("content",), (1,)),
        (("content", "a"), (1,)),
        (("a", "content"), (0, 2)),
        (("docs",), (0, 1)),
        (("docs", "a"), (0, 1)),
        (("docs", "content"), (0, 2)),
        (("my", "site2"), (0, 2)),
        (("my", "site2", "a"), (0, 2)),
        (("docs", "fr"), (0, 1, 2)),
        (("docs", "fr", "a"), (0, 1, 2)),
        (("fr",), (0,)),
        (("a", "fr"), (0,)),
    ],
)
def test_where_urls_can_start(folder: tuple[str, ...], lengths: tuple[int, ...]) -> None:
    assert Roots(("/My/site2/",)).of(folder) == lengths
    plain = Roots(("/My/site2/",), any_language=False).of(folder)
    assert plain == tuple(each for each in lengths if folder[each - 1 : each] != ("fr",))


def place(folder: str = "content/a/b", **more: object) -> Place:
    return Place("x.md", tuple(folder.split("/")), ("x",), **more)  # type: ignore[arg-type]


DATES = ((2021, 6, 18), (2022, 1, 2))


@pytest.mark.parametrize(
    ("at", "above", "is_explained"),
    [
        (place(), "a/b", True),
        (place(), "a", False),
        (place(), "b", False),
        (place(), "", False),
        (place("content"), "", True),
        (place(language="fr"), "fr/a/b", True),
        (place(language="fr"), "fr/a", False),
        (place(language="fr"), "fr/fr/a/b", False),
        (place(language="fr"), "de/a/b", False),
        (place(categories=("c", "d")), "d/c", True),
        (place(categories=("c", "d")), "d/e", False),
        (place(categories=("c", "d")), "", False),
        (place(is_post=True), "", True),
        (place(is_post=True), "b", False),
        (place(dates=DATES), "2021/06/18", True),
        (place(dates=DATES), "2021/6", True),
        (place(dates=DATES), "2021", True),
        (place(dates=DATES), "2022/01/02", True),
        (place(dates=DATES), "2021/06/19", False),
        (place(dates=DATES), "2022/06/18", False),
        (place(dates=DATES), "202/06/18", False),
        (place(dates=DATES), "2021/06/18/00018", False),
        (place(dates=DATES), "a/2021/06/18", True),
        (place(dates=DATES), "2021/06/18/a", True),
        (place(dates=DATES), "a/2021/06/18/b", True),
        (place(dates=DATES), "b/2021", False),
        (place(dates=DATES, categories=("c",)), "c/2021", True),
        (place(dates=DATES, categories=("c",)), "c/e/2021", False),
        (place(), "2021", False),
        (place(suffix="fr", language="fr"), "a/b", True),
    ],
)
def test_which_folders_of_a_url_an_article_explains(at: Place, above: str, is_explained: bool) -> None:  # noqa: FBT001
    assert explains(at, tuple(filter(None, above.split("/"))), Roots()) is is_explained


@pytest.mark.parametrize(
    ("at", "above", "is_explained"),
    [
        (place(suffix="fr", language="fr"), "fr/a/b", True),
        (place(suffix="fr", language="fr"), "a/b", False),
        (place(suffix="fr", language="fr"), "fr/a", False),
        (place(suffix="fr", language="fr"), "fr/fr/a/b", False),
        (place(suffix="fr", language="fr"), "", False),
        (place(language="fr"), "a/b", True),
    ],
)
def test_a_language_in_a_file_name_may_have_to_be_in_the_url(at: Place, above: str, is_explained: bool) -> None:  # noqa: FBT001
    assert explains(at, tuple(filter(None, above.split("/"))), Roots(), any_language=False) is is_explained


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-06-18", (2021, 6, 18)),
        ("2021/6/8 and more", (2021, 6, 8)),
        ("2021.12.31", (2021, 12, 31)),
        ("2021-01-01", (2021, 1, 1)),
        ("2021-00-01", None),
        ("2021-13-01", None),
        ("2021-01-00", None),
        ("2021-01-32", None),
        ("on 2021-06-18", None),
        ("", None),
    ],
)
def test_a_day_is_read_at_the_start_of_a_text(text: str, day: tuple[int, int, int] | None) -> None:
    assert read_day(text) == day
