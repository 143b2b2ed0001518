"""`explain`: rules by code and name, and one URL asked aloud."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command import PROJECT, linkcheck

from linkcheck.judge.registry import all_rules

if TYPE_CHECKING:
    from loopback import Loopback

MOVED = "https://www.voanews.com/silicon-valley-technology/facial-recognition-technology-solves-crimes-what-cost"
PICTURE = "https://www.aclu.org/files/images/Generic-SocialShare-1200x628.png"


def test_all_rules_are_listed_and_each_is_explained(tmp_path: Path) -> None:
    listed = linkcheck("explain", cwd=tmp_path)
    assert linkcheck("explain", "LC", cwd=tmp_path).out == listed.out
    assert listed.code == 0
    lines = listed.out.splitlines()
    assert [line.split()[0] for line in lines] == sorted(rule.META.code for rule in all_rules())
    by_code, by_name = (linkcheck("explain", subject, cwd=tmp_path) for subject in ("lc201", "dead"))
    assert by_code.code == by_name.code == 0
    assert by_code.out == by_name.out
    for heading in ("LC201 dead", "What it means", "Why it matters", "How to fix it", "When to ignore it"):
        assert heading in by_code.out


@pytest.mark.parametrize(
    ("url", "code", "said"),
    [
        (
            MOVED,
            0,
            ["1  https://www.voanews.com/silicon", "301 Moved Permanently", "location: https", "2  https", "\nmoved: "],
        ),
        (PICTURE, 0, ["image    png 1200x628", "\nok: "]),
        ("https://www.expressandstar.com/resizer/x", 1, ["404 Not Found", "\ndead: ", "\n   error LC201 dead: "]),
        ("https://www.rt.com/uk/", 0, ["failure  connect (timeout)", "\nunreachable: ", "would retry"]),
        ("https://www.computing.co.uk/news/4033149/information-commissioner-warning-facial-recognition", 0, ["\nblocked: "]),
    ],
    ids=["moved", "an image", "dead", "unreachable", "a bot wall"],
)
def test_a_url_is_asked_aloud(url: str, code: int, said: list[str]) -> None:
    done = linkcheck("explain", url, "--replay", "seeds/web.toml", cwd=PROJECT)
    assert (done.code, done.err) == (code, "")
    for words in said:
        assert words in done.out
    assert "To send the same request: curl -sS -D - -o /dev/null -L --max-redirs 10 " in done.out
    assert done.out.rstrip().endswith(url)
    assert ("-H 'Range: bytes=0-16383'" in done.out) is url.endswith(".png")


@pytest.mark.parametrize("extension", ["jfif", "JPE", "heif", "apng", "svg"])
def test_a_url_that_is_named_like_an_image_is_measured(tmp_path: Path, extension: str) -> None:
    url = f"https://a.example/lead.{extension}?v=1"
    (tmp_path / "web.toml").write_text(f'["{url}"]\nimage = {{format = "jpeg", width = 40, height = 30}}\n')
    done = linkcheck("explain", url, "--replay", "web.toml", cwd=tmp_path)
    assert "image    jpeg 40x30" in done.out


def test_it_tells_what_a_page_says_of_itself_where_it_is_shared(tmp_path: Path) -> None:
    card = 'og-url = "/b", og-image = "/b.jpg", published = "2021-06-18"'
    story = '{"@type": "NewsArticle", "headline": "A story", "url": "/c"}'
    (tmp_path / "web.toml").write_text(f"""["https://a.example/a"]\npage = {{{card}, json-ld = '{story}'}}\n""")
    done = linkcheck("explain", "https://a.example/a", "--replay", "web.toml", cwd=tmp_path)
    for said in ("og:url: https://a.example/b\n", "og:image: https://a.example/b.jpg", "published: 2021-06-18"):
        assert f"page     {said}" in done.out
    assert "page     JSON-LD url: https://a.example/c\npage     JSON-LD headline: A story\n" in done.out


def test_on_real_sockets_it_tells_address_times_and_certificate(tmp_path: Path, loopback: "Loopback") -> None:
    options = ("--ca-bundle", loopback.ca_file, "--allow-address", "127.0.0.0/8")
    where = ("--resolve", f"*:443=127.0.0.1:{loopback.ports['good']}")
    done = linkcheck("explain", "https://good.example/chain/1", *options, *where, cwd=tmp_path)
    assert done.code == 0
    assert "address  127.0.0.1" in done.out
    assert "connect " in done.out
    assert ", wait " in done.out
    assert "TLS      certificate issued by " in done.out
    assert "page     title: A page" in done.out


@pytest.mark.parametrize(
    ("subject", "code", "said"),
    [
        ("http://127.0.0.1/", 1, "an address of this machine"),
        ("http://127.0.0.1/", 1, "--allow-address"),
        ("http://a.example:8080/", 0, "--allow-port 8080"),
        ("http://a.example:22/", 0, "Replace the URL with one that browsers open"),
        ("example.com", 2, "https://example.com\n"),
        ("example.com:8080/a", 2, "https://example.com:8080/a\n"),
        ("mailto:me@example.com", 2, "not a rule and not an http or https URL"),
        ("LC9", 2, "starts with LC9"),
        ("http://[::1/", 2, "not a valid IPv6 address"),
        ("ftp://a.example/", 2, "ftp"),
        ("LC20l", 2, "LC20"),
        ("ded", 2, "Did you mean dead?"),
        ("LC999", 2, "unknown rule `LC999` (`linkcheck explain` lists all rules.)"),
        ("amp", 2, "unknown rule `amp` (`linkcheck explain --topic amp` lists the rules on this topic.)"),
    ],
)
def test_what_is_not_asked_says_why(tmp_path: Path, subject: str, code: int, said: str) -> None:
    done = linkcheck("explain", subject, cwd=tmp_path)
    assert done.code == code
    assert said in (done.out + done.err)


def test_the_beginning_of_codes_lists_them(tmp_path: Path) -> None:
    done = linkcheck("explain", "lc4", cwd=tmp_path)
    assert done.code == 0
    assert [line.split()[0] for line in done.out.splitlines()] == [
        rule.META.code for rule in all_rules() if rule.META.code.startswith("LC4")
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--topic", "dates"], {"LC112", "LC120", "LC318"}),
        (["--topic", "TLS"], {"LC217", "LC218", "LC219", "LC220", "LC221"}),
        (["LC5", "--topic", "canonical"], {"LC501"}),
    ],
    ids=["a topic", "in capitals", "and the beginning of codes"],
)
def test_the_rules_on_a_topic_are_listed(tmp_path: Path, options: list[str], expected: set[str]) -> None:
    done = linkcheck("explain", *options, cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert {line.split()[0] for line in done.out.splitlines()} == expected


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--topic", "imags"], "unknown topic `imags` (Did you mean images?)"),
        (["--topic", "weather"], "unknown topic `weather` (Use run, front-matter, "),
        (["--topic", "amp", "LC4"], "no rule of LC4 is on the topic amp"),
        (["--topic", "amp", "dead"], "--topic cannot be combined with 'dead'"),
        (["--topic", "amp", "https://a.example/"], "--topic cannot be combined with 'https://a.example/'"),
    ],
    ids=["a slip", "none", "of other codes", "beside a rule", "beside a URL"],
)
def test_a_topic_that_lists_nothing_is_refused(tmp_path: Path, options: list[str], said: str) -> None:
    done = linkcheck("explain", *options, cwd=tmp_path)
    assert done.code == 2
    assert said in done.err


def test_a_rule_is_shown_with_its_source_and_topics(tmp_path: Path) -> None:
    done = linkcheck("explain", "LC408", cwd=tmp_path)
    for said in ("Source\n\nFetch Standard", "Network\n\nOnline", "Topics\n\nImages, own-pages.", "Only the owner"):
        assert said in done.out


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ('failure = "tls wrong-host"', 1),
        ('failure = "tls expired"', 0),
        ('failure = "tls handshake"', 0),
        ('failure = "dns nxdomain"', 1),
        ('failure = "internal"', 3),
        ("page.login = true", 0),
    ],
    ids=str,
)
def test_it_ends_with_1_where_a_check_would_find_an_error(tmp_path: Path, answer: str, code: int) -> None:
    (tmp_path / "web.toml").write_text(f'["https://a.example/"]\n{answer}\n')
    assert linkcheck("explain", "https://a.example/", "--replay", "web.toml", cwd=tmp_path).code == code
    missing = linkcheck("explain", "https://b.example/", "--replay", "web.toml", cwd=tmp_path)
    assert (missing.code, "LC010 not-in-replay" in missing.out) == (4, True)


def test_secrets_and_escapes_do_not_reach_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "web.toml").write_text(
        '["https://user:hunter2@a.example/?token=8c5d1f0e9b7a4c3d2e1f"]\n'
        'headers = { server = "\\u001b]0;owned\\u0007" }\npage.title = "\\u001b[31mred\\u202e"\n'
    )
    url = "https://user:hunter2@a.example/?token=8c5d1f0e9b7a4c3d2e1f"
    done = linkcheck("explain", url, "--replay", "web.toml", cwd=tmp_path)
    assert "hunter2" not in done.out + done.err
    assert "8c5d1f0e9b7a4c3d2e1f" not in done.out + done.err
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out
