"""The AMP keys of a host that has dropped AMP: which of them `linkcheck fix` removes, and why not the others."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from quiet import Quiet

from linkcheck import pipeline
from linkcheck.commands.fix import find_corrections, write
from linkcheck.config import load

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NAMES = ("bridge", "harbour", "swimmers")
SITE = "https://gazette.example"
CACHE = "https://gazette-example.cdn.ampproject.org/c/s/gazette.example"
Fix = Callable[..., dict[str, str]]


def article(name: str, *, amp: str | None = None) -> str:
    return (
        f"---\ntitle: {name}\nwebUrl: {SITE}/{name}\nampWebUrl: {amp or f'{SITE}/{name}?amp'}\n"
        f"cdnAmpWebUrl: {CACHE}/{name}?amp\n---\n"
    )


def bare(name: str) -> str:
    return f"---\ntitle: {name}\nwebUrl: {SITE}/{name}\n---\n"


def page(name: str, amphtml: str | None = None) -> str:
    named = "" if amphtml is None else f", amphtml = {json.dumps(amphtml)}"
    return f'["{SITE}/{name}"]\npage = {{canonical = "{SITE}/{name}"{named}}}\n'


def gone(name: str, url: str | None = None) -> str:
    return f'["{url or f"{SITE}/{name}?amp"}"]\nstatus = 404\n'


def redirect(url: str, to: str) -> str:
    return f'["{url}"]\nstatus = 301\nlocation = "{to}"\n'


CACHES = f'["{CACHE}/*"]\nstatus = 404\n'
DROPPED = "".join(page(name) + gone(name) for name in NAMES) + CACHES


@pytest.fixture
def fix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fix:
    """Corrects articles against a web; what the files then hold, and under "told" why some were not corrected."""
    (tmp_path / ".git").mkdir()  # configuration is looked for up to here
    monkeypatch.chdir(tmp_path)

    def fix(articles: dict[str, str], web: str, *, unsafe: bool = False, **flags: object) -> dict[str, str]:
        for name, text in articles.items():
            (tmp_path / f"{name}.md").write_text(text)
        (tmp_path / "web.toml").write_text(web)
        unhurried = {"LINKCHECK_INTERVAL": "0", "LINKCHECK_RETRIES": "0"}
        config = load(flags={"replay": "web.toml", "jobs": 1, **flags}, environment=unhurried, directory=str(tmp_path))
        told: list[str] = []
        for again in (False, True):
            found = find_corrections(pipeline.RunContext(config, now=lambda: NOW), Quiet(), unsafe=unsafe)
            assert not (again and any(change.done for change in found.changes))
            for change in () if again else found.changes:
                write(change)
                told += [f"held back: {each.fix.reason}" for each in change.held]
                told += [f"not fixed: {each.reason}" for each in change.refused]
        with pipeline.check(pipeline.RunContext(config, now=lambda: NOW), Quiet()) as finished:
            told += [f"{found.code} left" for found in finished.run.findings() if found.code in ("LC321", "LC319")]
        return {name: (tmp_path / f"{name}.md").read_text() for name in articles} | {"told": "\n".join(told)}

    return fix


def test_both_keys_of_every_article_are_removed(fix: Fix) -> None:
    assert fix({name: article(name) for name in NAMES}, DROPPED) == {name: bare(name) for name in NAMES} | {"told": ""}


def test_keys_are_known_by_their_roles_and_not_by_their_names(fix: Fix, tmp_path: Path) -> None:
    names = {"webUrl": "page", "ampWebUrl": "fast", "cdnAmpWebUrl": "faster"}
    links = {
        "page": {"role": "canonical"},
        "fast": {"role": "amp", "of": "page"},
        "faster": {"role": "amp-cache", "of": "fast"},
    }
    properties = {name: {"type": "string", "x-link": link} for name, link in links.items()}
    (tmp_path / "schema.json").write_text(json.dumps({"type": "object", "properties": properties}))

    def renamed(text: str) -> str:
        for old, new in names.items():
            text = text.replace(f"\n{old}:", f"\n{new}:")
        return text

    articles = {name: renamed(article(name)) for name in NAMES}
    assert fix(articles, DROPPED, schema="schema.json") == {name: renamed(bare(name)) for name in NAMES} | {"told": ""}


def test_a_key_that_is_written_for_several_places_stays_and_is_listed(fix: Fix) -> None:
    shared = article("swimmers").replace("ampWebUrl: ", "ampWebUrl: &amp ").replace("\n---\n", "\nnote: *amp\n---\n")
    told = fix({**{name: article(name) for name in NAMES[:2]}, "swimmers": shared}, DROPPED)
    assert [told[name] for name in NAMES] == [bare("bridge"), bare("harbour"), shared]
    assert "not fixed: several places share the value through a YAML anchor" in told["told"]


def test_the_home_page_is_never_written_in_the_place_of_an_amp_url(fix: Fix) -> None:
    web = page("bridge", "/bridge?amp") + redirect(f"{SITE}/bridge?amp", f"{SITE}/") + f'["{SITE}/"]\n' + CACHES
    assert fix({"bridge": article("bridge")}, web, unsafe=True)["bridge"] == article("bridge")


def test_related_articles_lose_their_keys_too(fix: Fix) -> None:
    related = "".join(f"  - ampWebUrl: {SITE}/{name}?amp\n    title: {name}\n    webUrl: {SITE}/{name}\n" for name in NAMES)
    left = "".join(f"  - title: {name}\n    webUrl: {SITE}/{name}\n" for name in NAMES)
    text = f"---\ntitle: All\nwebUrl: {SITE}/all\nrelated:\n"
    assert fix({"all": f"{text}{related}---\n"}, DROPPED + page("all"))["all"] == f"{text}{left}---\n"


@pytest.mark.parametrize(
    ("web", "reason"),
    [
        pytest.param(
            "".join(page(name) + gone(name) for name in NAMES[:2]) + page("swimmers", "/swimmers?amp") + gone("swimmers"),
            "it is not known whether the canonical page still has rel=amphtml",
            id="a canonical page that still names it",
        ),
        pytest.param(
            "".join(page(name) + gone(name) for name in NAMES[:2]) + gone("", f"{SITE}/swimmers") + gone("swimmers"),
            "the article's page is gone as well",
            id="a canonical page that is gone",
        ),
        pytest.param(
            "".join(page(name) + gone(name) for name in NAMES[:2])
            + page("swimmers")
            + redirect(f"{SITE}/swimmers?amp", "https://casino.example/swimmers")
            + redirect("https://casino.example/swimmers", f"{SITE}/swimmers"),
            "the AMP page redirects to another domain, casino.example",
            id="a redirect through another domain",
        ),
        pytest.param(
            "".join(page(name) + gone(name) for name in (*NAMES[:2], "all"))
            + page("swimmers")
            + redirect(f"{SITE}/swimmers?amp", f"{SITE}/offer")
            + page("offer"),
            "the AMP URL leads to a page that may be a different one",
            id="a redirect to another page",
        ),
    ],
)
def test_what_less_shows_is_held_back_and_removed_on_request(web: str, reason: str, fix: Fix) -> None:
    articles = {name: article(name) for name in (*NAMES, "all")}
    web += page("all") + gone("all") if f'"{SITE}/all"' not in web else ""
    first = fix(articles, web + CACHES)
    assert [first[name] for name in NAMES] == [bare("bridge"), bare("harbour"), article("swimmers")]
    assert f"held back: {reason}" in first["told"]
    assert fix(articles, web + CACHES, unsafe=True)["swimmers"] == bare("swimmers")


def test_one_article_shows_too_little(fix: Fix) -> None:
    told = fix({"bridge": article("bridge")}, page("bridge") + gone("bridge") + CACHES)
    assert told["bridge"] == article("bridge")
    assert "held back: only one AMP page of the host is known to be gone" in told["told"]
    assert fix({"bridge": article("bridge")}, page("bridge") + gone("bridge") + CACHES, unsafe=True)["bridge"] == bare(
        "bridge"
    )


@pytest.mark.parametrize("options", [pytest.param({}, id="safely"), pytest.param({"unsafe": True}, id="on request")])
@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("status = 403", id="refuses"),
        pytest.param("status = 503", id="is out of order"),
        pytest.param(f'status = 302\nlocation = "{SITE}/login"', id="wants a login"),
    ],
)
def test_an_amp_page_that_is_not_known_to_be_gone_keeps_its_keys(answer: str, options: dict[str, bool], fix: Fix) -> None:
    web = f'{DROPPED}{page("trains")}["{SITE}/trains?amp"]\n{answer}\n["{SITE}/login"]\npage.login = true\n'
    left = fix({name: article(name) for name in (*NAMES, "trains")}, web, **options)
    assert [left[name] for name in (*NAMES, "trains")] == [*map(bare, NAMES), article("trains")]


@pytest.mark.parametrize("options", [pytest.param({}, id="safely"), pytest.param({"unsafe": True}, id="on request")])
@pytest.mark.parametrize(
    "demand",
    [
        pytest.param({"required": ["cdnAmpWebUrl"]}, id="required"),
        pytest.param({"anyOf": [{"required": ["ampWebUrl"]}, {"required": ["originalUrl"]}]}, id="one of several"),
        pytest.param({"required": ["excerpt", "ampWebUrl"]}, id="required beside one that is missing already"),
        pytest.param({"minProperties": 4}, id="a number of keys"),
        pytest.param({"if": {"required": ["title"]}, "then": {"required": ["ampWebUrl"]}}, id="on a condition"),
    ],
)
def test_a_key_that_the_schema_requires_is_never_removed(
    demand: dict[str, object],
    options: dict[str, bool],
    fix: Fix,
    tmp_path: Path,
) -> None:
    properties = {
        "webUrl": {"x-link": {"role": "canonical"}},
        "ampWebUrl": {"x-link": {"role": "amp", "of": "webUrl"}},
        "cdnAmpWebUrl": {"x-link": {"role": "amp-cache", "of": "ampWebUrl"}},
    }
    (tmp_path / "schema.json").write_text(json.dumps({"type": "object", "properties": properties, **demand}))
    articles = {name: article(name) for name in NAMES}
    left = fix(articles, DROPPED, schema="schema.json", **options)
    assert {name: left[name] for name in NAMES} == articles
    assert left["told"].count("not fixed: the schema requires ampWebUrl and cdnAmpWebUrl") == len(NAMES)


@pytest.mark.parametrize("key", ["ampWebUrl", "cdnAmpWebUrl"])
def test_a_key_whose_value_an_anchor_shares_is_kept_and_told(key: str, fix: Fix) -> None:
    articles = {name: article(name) for name in NAMES}
    articles["bridge"] = (
        articles["bridge"].replace(f"\n{key}: ", f"\n{key}: &url ").replace("\n---\n", "\nshare: *url\n---\n")
    )
    texts = fix(articles, DROPPED)
    assert [texts[name] for name in NAMES] == [articles["bridge"], *map(bare, NAMES[1:])]
    assert "not fixed: several places share the value through a YAML anchor" in texts["told"]


def test_what_a_comment_keeps_is_kept(fix: Fix) -> None:
    kept = article("bridge").replace("?amp\ncdn", "?amp # linkcheck: ignore[LC321] in print\ncdn")
    left = fix({"bridge": kept} | {name: article(name) for name in NAMES[1:]}, DROPPED, unsafe=True)
    assert left == {"bridge": kept, "harbour": bare("harbour"), "swimmers": bare("swimmers"), "told": ""}


def test_a_rule_that_is_off_removes_nothing(fix: Fix) -> None:
    articles = {name: article(name) for name in NAMES}
    assert fix(articles, DROPPED, unsafe=True, ignore=["amp-dropped"]) == articles | {"told": ""}


def test_a_copy_without_its_page_is_removed_on_request(fix: Fix) -> None:
    lone = article("trains").replace(f"ampWebUrl: {SITE}/trains?amp\n", "")
    articles = {name: article(name) for name in NAMES} | {"trains": lone}
    web = DROPPED + page("trains")
    assert fix(articles, web)["trains"] == lone
    assert fix(articles, web, unsafe=True)["trains"] == bare("trains")


def test_the_address_of_a_copy_is_not_corrected_where_its_page_is_gone(fix: Fix) -> None:
    wrong = article("bridge").replace("/c/s/", "/c/")
    caches = '["https://gazette-example.cdn.ampproject.org/*"]\nstatus = 404\n'
    assert fix({"bridge": wrong}, page("bridge", "/bridge?amp") + gone("bridge") + caches)["bridge"] == wrong


def test_toml_and_json_keep_their_form(fix: Fix) -> None:
    def toml(*rows: str) -> str:
        return "+++\n" + "".join(f"{row}\n" for row in rows) + "+++\n"

    url, amp = f"{SITE}/bridge", f"ampWebUrl = '{SITE}/bridge?amp'"
    both = {"webUrl": f"{SITE}/harbour", "ampWebUrl": f"{SITE}/harbour?amp", "cdnAmpWebUrl": f"{CACHE}/harbour?amp"}
    articles = {
        "bridge": toml("title = 'b' # t", f'webUrl = "{url}"', amp, f"cdnAmpWebUrl = '{CACHE}/bridge?amp'"),
        "harbour": json.dumps({"title": "h", **both}, indent=4) + "\n",
        "swimmers": f"---\n{{title: s, ampWebUrl: '{SITE}/swimmers?amp', webUrl: '{SITE}/swimmers'}} # all\n---\n",
    }
    assert fix(articles, DROPPED) == {
        "bridge": toml("title = 'b' # t", f'webUrl = "{url}"'),
        "harbour": json.dumps({"title": "h", "webUrl": f"{SITE}/harbour"}, indent=4) + "\n",
        "swimmers": f"---\n{{title: s, webUrl: '{SITE}/swimmers'}} # all\n---\n",
        "told": "",
    }
