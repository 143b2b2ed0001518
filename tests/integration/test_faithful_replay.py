"""What `--record` wrote is what `--replay` says: the same verdicts, reasons and findings, over real sockets."""

import gzip
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from command import article, linkcheck
from image_samples import encoded
from loopback import picture, raw, reply, slowly
from random_web import NOT_FOUND, RandomWeb, in_turn, page

from linkcheck.fetch.replay.placeholder_images import ImageSpec, encode_placeholder
from linkcheck.model import Json

if TYPE_CHECKING:
    from loopback import Asked, Behaviour, Loopback, Reader, Writer

HASTY = """
import msgspec, linkcheck.pipeline.options as a, linkcheck.fetch.politeness.circuit_breaker as b
b.FIRST_REST = 0.1
a.fetch_options = lambda config, _f=a.fetch_options: msgspec.structs.replace(_f(config), backoff=0.01, patience=0.2)
"""
VOLATILE = frozenset({"seconds", "checked_at", "bytes_read"})
"""What differs between any two runs: times, and how much of a body without ranges came at once."""
Said = dict[str, list[dict[str, Json]]]


def check(folder: Path, *options: str) -> Said:
    """What a run says of each target and link, and what it finds."""
    done = linkcheck("check", *options, "--report", "json", "posts", cwd=folder, before=HASTY)
    assert done.code in {0, 1}, done.err + done.out[-3000:]
    report = msgspec.json.decode(done.out, type=dict[str, Json])
    return {
        name: [stable(row) for row in msgspec.convert(report[name], list[dict[str, Json]])]
        for name in ("targets", "links", "findings")
    }


def stable(row: dict[str, Json]) -> dict[str, Json]:
    """A row without what is volatile, of its image too."""
    return {
        key: stable(value) if key == "image" and isinstance(value, dict) else value
        for key, value in row.items()
        if key not in VOLATILE
    }


def write(folder: Path, *urls: str) -> None:
    """An article for each URL."""
    (folder / "posts").mkdir(exist_ok=True)
    for number, url in enumerate(urls):
        (folder / f"posts/{number:03}.md").write_text(article(webUrl=url), encoding="utf-8")


def options_for(loopback: "Loopback", *places: str) -> tuple[str, ...]:
    resolve = (*places, f"*:80=127.0.0.1:{loopback.ports['http']}")
    return (
        *("--allow-address", "127.0.0.0/8", "--interval", "0", "--retries", "1"),
        *(word for place in resolve for word in ("--resolve", place)),
    )


def assert_the_same(live: Said, replayed: Said) -> None:
    for name, rows in live.items():
        differing = [(one, other) for one, other in zip(rows, replayed[name], strict=True) if one != other]
        assert not differing, "\n".join(f"- {one}\n+ {other}" for one, other in differing)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_random_web_is_judged_the_same_when_it_is_replayed(
    tmp_path: Path, loopback: "Loopback", seed: int, jobs: int
) -> None:
    web = RandomWeb(10 * seed + jobs, loopback)
    for path, text in web.articles.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    options = (*web.options, "--jobs", str(jobs))
    live = check(tmp_path, "--record", "web.toml", *options)
    asked = len(loopback.asked)
    assert asked > len(live["targets"])
    assert_the_same(live, check(tmp_path, "--replay", "web.toml", *options))
    assert len(loopback.asked) == asked
    recording = (tmp_path / "web.toml").read_text(encoding="utf-8")
    assert "s3cr3t" not in recording


def test_hosts_that_were_given_up_are_given_up_for_the_same_links_and_reasons(tmp_path: Path, loopback: "Loopback") -> None:
    loopback.behaviours["wants-rest.example/3"] = raw(reply("429 Too Many Requests", b"", "Retry-After: 9000"))
    loopback.behaviours["wants-rest.example"] = raw(reply())
    loopback.behaviours["refuses.example"] = raw(reply("429 Too Many Requests", b"", "Retry-After: 0"))
    loopback.behaviours["to.example/down"] = raw(reply("302 Found", b"", "Location: http://black-hole.example/target"))
    loopback.behaviours["to.example/rest"] = raw(reply("302 Found", b"", "Location: http://wants-rest.example/target"))
    write(
        tmp_path,
        *(f"http://wants-rest.example/{number}" for number in range(6)),
        *(f"http://refuses.example/{number}" for number in range(6)),
        *(f"http://black-hole.example/{number}" for number in range(6)),
        *("http://to.example/down", "http://to.example/rest"),
        *(f"http://fine-{number}.example/ok" for number in range(3)),
    )
    options = (
        *options_for(loopback, f"black-hole.example:80=127.0.0.1:{loopback.ports['black-hole']}"),
        *("--connect-timeout", "1", "--per-host", "1"),
    )
    live = check(tmp_path, "--record", "web.toml", *options)
    kinds = {failure["kind"] for row in live["targets"] if isinstance(failure := row["failure"], dict)}
    assert kinds == {"host-down", "timeout"}
    assert_the_same(live, check(tmp_path, "--replay", "web.toml", *options))


def test_deadlines_come_back_as_the_failures_they_were(tmp_path: Path, loopback: "Loopback") -> None:
    head = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 60000\r\n\r\n"
    loopback.behaviours["slow.up.example/missing"] = slowly(head, b"x")
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>A page</title>"
    loopback.behaviours["slow.up.example/no-end-of-head"] = slowly(page, b"<!-- -->")
    loopback.behaviours["slow.up.example/no-end-of-body"] = slowly(page + b"<body>", b"<p>")
    paths = ("silent", "slow-headers", "no-body", "slow-body", "no-end-of-head", "no-end-of-body", "missing")
    write(tmp_path, *(f"http://slow.up.example/{path}" for path in paths))
    options = (*options_for(loopback), "--timeout", "2")
    live = check(tmp_path, "--record", "web.toml", *options)
    assert {row["reason"] for row in live["targets"]} >= {
        "404 Not Found",
        "200 OK",
        "200 OK, but the body is incomplete or malformed",
    }
    assert_the_same(live, check(tmp_path, "--replay", "web.toml", *options))


def test_codings_come_back_as_what_they_were(tmp_path: Path, loopback: "Loopback") -> None:
    for coding in ("br", "UTF-8", "gzip"):
        where = f"coded.up.example/{coding}"
        loopback.behaviours[where] = raw(reply("200 OK", page("A page", ""), f"Content-Encoding: {coding}"))
        loopback.behaviours[f"{where}.png"] = raw(
            reply("200 OK", encoded("png"), f"Content-Encoding: {coding}", type="image/png")
        )
    zipped = gzip.compress(page("A page", ""))
    for name, body, codings in (("twice", gzip.compress(zipped), ("gzip", "gzip")), ("checksum", zipped[:-8], ("gzip",))):
        headers = [f"Content-Encoding: {coding}" for coding in codings]
        loopback.behaviours[f"coded.up.example/{name}"] = raw(reply("200 OK", body, *headers))
        loopback.behaviours[f"coded.up.example/{name}.png"] = raw(reply("200 OK", encoded("png"), type="image/png"))
    names = ("br", "UTF-8", "gzip", "twice", "checksum")
    (tmp_path / "posts").mkdir()
    for name in names:
        images = [{"url": f"http://coded.up.example/{name}.png", "width": 96, "height": 64}]
        text = article(webUrl=f"http://coded.up.example/{name}", images=images)
        (tmp_path / f"posts/{name}.md").write_text(text, encoding="utf-8")
    live = check(tmp_path, "--record", "web.toml", *options_for(loopback))
    assert sorted(str(row["verdict"]) for row in live["targets"]) == ["ok"] * 6 + ["suspect"] * 4
    assert_the_same(live, check(tmp_path, "--replay", "web.toml", *options_for(loopback)))


def test_a_soft_404_is_one_under_either_scheme_of_its_host_and_with_secrets_in_its_url(
    tmp_path: Path, loopback: "Loopback"
) -> None:
    for host in ("a.up.example", "b.up.example"):
        loopback.behaviours[host] = raw(reply("200 OK", NOT_FOUND))
    canonical = '<link rel="canonical" href="http://c.up.example/?session=PLrAXtmErZgOeiKm4sgNOknGvNjby9ef01">'
    loopback.behaviours["c.up.example/"] = raw(reply("200 OK", page("A list", canonical)))
    secure = f"*.up.example:443=127.0.0.1:{loopback.serve('a.up.example', 'b.up.example')}"
    write(
        tmp_path,
        *(f"{scheme}://{host}.up.example/{scheme}?sid=s3cr3t" for scheme in ("http", "https") for host in "ab"),
        *(f"http://c.up.example/?session=PLrAXtmErZgOeiKm4sgNOknGvNjby9ef0{number}" for number in (3, 1, 2)),
    )
    options = (*options_for(loopback, secure), "--ca-bundle", loopback.ca_file)
    live = check(tmp_path, "--record", "web.toml", *options)
    assert sum(row["verdict"] == "suspect" for row in live["targets"]) == 4
    assert_the_same(live, check(tmp_path, "--replay", "web.toml", *options))
    recording = (tmp_path / "web.toml").read_text(encoding="utf-8")
    assert "s3cr3t" not in recording
    assert "PLrAX" not in recording


def test_loops_are_judged_after_a_second_look_by_what_varies(tmp_path: Path, loopback: "Loopback") -> None:
    def itself(path: str, *headers: str) -> bytes:
        return reply("301 Moved Permanently", b"", f"Location: {path}", *headers)

    loopback.behaviours["/for-robots"] = raw(itself("/for-robots", "Vary: User-Agent"))
    loopback.behaviours["/cookie"] = raw(itself("/cookie", "Set-Cookie: a=s3cr3t; Domain=other.example"))
    loopback.behaviours["/bad-cookie"] = raw(itself("/bad-cookie", "Set-Cookie: a=\1"))
    loopback.behaviours["/for-good"] = raw(itself("/for-good"))
    loopback.behaviours["/settles"] = in_turn(*[itself("/settles")] * 15, reply())
    write(
        tmp_path,
        *(f"http://up.example/{path}" for path in ("for-good", "loop-self", "ping", "for-robots", "cookie", "bad-cookie")),
        "http://up.example/settles",
    )
    options = options_for(loopback)
    live = check(tmp_path, "--record", "web.toml", *options)
    assert {str(row["url"]).rpartition("/")[2]: row["verdict"] for row in live["targets"]} == {
        "for-good": "dead",
        "loop-self": "suspect",
        "ping": "suspect",
        "settles": "ok",
        "for-robots": "suspect",
        "cookie": "suspect",
        "bad-cookie": "suspect",
    }
    loops = [row["severity"] for row in live["findings"] if row["code"] == "LC205"]
    assert sorted(map(str, loops)) == ["error", *["warning"] * 5]
    assert_the_same(live, check(tmp_path, "--replay", "web.toml", *options))


def test_images_that_a_range_leads_away_from_come_back_as_what_they_were(tmp_path: Path, loopback: "Loopback") -> None:
    jpeg = encode_placeholder(ImageSpec("jpeg", 96, 64))
    late = jpeg[:2] + (b"\xff\xee\xff\xff" + b"\0" * 65533) * 2 + jpeg[2:]
    whole = {True: late, False: encoded("png")}
    answers = {
        "itself.png": reply("302 Found", b"", "Location: /itself.png"),
        "gone.png": reply("301 Moved Permanently", b"", "Location: /missing"),
        "nowhere.png": reply("302 Found", b"", "Location: http://["),
        "guarded.png": reply("302 Found", b"", "Location: http://10.1.2.3/"),
        "page.png": reply(),
        "empty.png": reply("200 OK", b"", type="image/png"),
        "no-http.png": b"garbage\r\n\r\n",
        "refused-late.jpg": reply("403 Forbidden", b"no"),
        "silent-late.jpg": b"",
        "begun-late.jpg": b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes %d-%d/%d\r\n\r\n\0\0",
    }

    def behave(name: str, answer: bytes) -> "Behaviour":
        async def send(asked: "Asked", reader: "Reader", writer: "Writer") -> None:
            data = whole[name.endswith("late.jpg")]
            span = asked.headers.get("range", "").removeprefix("bytes=").split("-")
            if span == [""]:
                writer.write(reply("200 OK", data, type="image/jpeg" if data is late else "image/png"))
            elif data is late and span[0] == "0":
                end = int(span[1]) + 1
                where = f"Content-Range: bytes 0-{end - 1}/{len(data)}"
                writer.write(reply("206 Partial Content", data[:end], where, type="image/jpeg"))
            else:
                writer.write(answer % (*map(int, span), len(data)) if b"%d" in answer else answer)
                await writer.drain()
                if name in {"silent-late.jpg", "begun-late.jpg"}:
                    await reader.read()

        return send

    (tmp_path / "posts").mkdir()
    for name, answer in answers.items():
        loopback.behaviours[f"parts.up.example/{name}"] = behave(name, answer)
        images = [{"url": f"http://parts.up.example/{name}", "width": 96, "height": 64}]
        (tmp_path / f"posts/{name}.md").write_text(article(webUrl="http://up.example/ok", images=images), encoding="utf-8")
    loopback.behaviours["parts.up.example/missing"] = raw(reply("404 Not Found", b"gone"))
    options = (*options_for(loopback), "--timeout", "10")
    live = check(tmp_path, "--record", "web.toml", *options)
    assert {row["verdict"] for row in live["targets"]} == {"ok"}
    assert_the_same(live, check(tmp_path, "--replay", "web.toml", *options))


def test_drawings_of_every_kind_and_what_is_no_image_come_back_as_what_they_were(
    tmp_path: Path, loopback: "Loopback"
) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="64" content="HERE"/>'
    licence = "".join(f" {number * number}" for number in range(1_000))
    files = {
        "editor.svg": drawing.replace("HERE", "x" * 90_000).encode(),
        "compressed.svgz": gzip.compress(drawing.replace("HERE", licence).encode(), mtime=0),
        "licensed.svg": f"<!--{licence * 20}-->{drawing}".encode(),
        "document.jpg": b"%PDF-1.7\n%\xe2\xe3" + bytes(20_000),
        "video.jpg": b"\0\0\0\x18ftypisom" + bytes(20_000),
    }
    (tmp_path / "posts").mkdir()
    for name, data in files.items():
        loopback.behaviours[f"up.example/{name}"] = raw(reply("200 OK", data, type="image/svg+xml"))
        images = [{"url": f"http://up.example/{name}", "width": 96, "height": 64}]
        (tmp_path / f"posts/{name}.md").write_text(article(webUrl="http://up.example/ok", images=images), encoding="utf-8")
    options = options_for(loopback)
    live = check(tmp_path, "--record", "web.toml", *options)
    found = {str(row["path"]).rpartition("/")[2] for row in live["findings"] if row["code"] == "LC401"}
    assert found == {"compressed.svgz.md", "document.jpg.md", "video.jpg.md"}
    assert_the_same(live, check(tmp_path, "--replay", "web.toml", *options))


def test_a_soft_404_below_one_folder_and_what_else_is_gone_behind_200_is_replayed(
    tmp_path: Path, loopback: "Loopback"
) -> None:
    missing = raw(reply("200 OK", page("Sorry, this story was not found in our archive")))
    loopback.behaviours["paper.example"] = raw(reply("404 Not Found", b"none"))
    for path in ("/news/a", "/news/b"):
        loopback.behaviours[f"paper.example{path}"] = missing
    loopback.behaviours["archive.example"] = missing
    loopback.behaviours["heading.example"] = raw(reply("200 OK", b"<title>My Site</title><h1>404 - Page not found</h1>"))
    loopback.behaviours["leaves.example"] = raw(reply("200 OK", page("Moved"), "Refresh: 0; url=/errors/404.html"))
    loopback.behaviours["sold.example"] = raw(reply("302 Found", b"", "Location: http://ww1.sold.example/story"))
    loopback.behaviours["ww1.sold.example"] = raw(reply("200 OK", page("sold.example - This website is for sale!")))
    loopback.behaviours["lapsed.example"] = raw(reply("200 OK", page("SLOT GACOR 88 Situs Judi Online Terpercaya")))
    write(
        tmp_path,
        *("http://paper.example/news/a", "http://paper.example/news/b", "http://archive.example/2019/05/story"),
        *(
            "http://heading.example/a",
            "http://leaves.example/a",
            "http://sold.example/story",
            "http://lapsed.example/old-story",
        ),
    )
    options = options_for(loopback)
    live = check(tmp_path, "--record", "web.toml", *options)
    suspect = {row["url"]: row["reason"] for row in live["targets"] if row["verdict"] == "suspect"}
    assert set(suspect) == {
        *("http://archive.example/2019/05/story", "http://heading.example/a", "http://leaves.example/a"),
        *("http://sold.example/story", "http://lapsed.example/old-story"),
    }
    assert_the_same(live, check(tmp_path, "--replay", "web.toml", *options))


def test_walls_error_pages_and_what_is_no_page_are_replayed(tmp_path: Path, loopback: "Loopback") -> None:
    hello = raw(reply("200 OK", page("Hello")))
    story = "/2019/05/story"
    loopback.behaviours["wall.example"] = raw(reply("302 Found", b"", "Location: http://wall.example/hello"))
    loopback.behaviours["wall.example/hello"] = hello
    loopback.behaviours["gone.example"] = raw(reply("301 Moved Permanently", b"", "Location: http://gone.example/hello"))
    loopback.behaviours["gone.example/hello"] = hello
    loopback.behaviours["fails.example"] = raw(reply("200 OK", page("Error establishing a database connection")))
    loopback.behaviours["data.example"] = raw(reply("200 OK", b'{"id": 7}'))
    loopback.behaviours["feed.example"] = raw(reply("200 OK", b"<?xml version='1.0'?><rss><channel/></rss>"))
    loopback.behaviours["image.example"] = raw(reply("200 OK", b"\x89PNG\r\n\x1a\n" + b"\0" * 40))
    loopback.behaviours["empty.example"] = raw(reply("200 OK", b""))
    hosts = ("wall", "gone", "fails", "data", "feed", "image", "empty")
    write(tmp_path, *(f"http://{host}.example{story}" for host in hosts))
    options = options_for(loopback)
    live = check(tmp_path, "--record", "web.toml", *options)
    found = {(row["code"], f"{row['url']}".split("/")[2].partition(".")[0]) for row in live["findings"]}
    wanted = {("LC210", "wall"), ("LC208", "gone"), ("LC230", "fails")}
    wanted |= {("LC229", host) for host in ("data", "feed", "image", "empty")}
    assert {each for each in found if each[0] in {code for code, _ in wanted}} == wanted
    assert_the_same(live, check(tmp_path, "--replay", "web.toml", *options))


class Folder:
    """Answers as it should everywhere but below `/news/`, where it has one page for everything."""

    async def __call__(self, asked: "Asked", _reader: "Reader", writer: "Writer") -> None:
        below = asked.path.startswith("/news/")
        body = page("Sorry, this story was not found in our archive")
        writer.write(reply("200 OK", body) if below else reply("404 Not Found", b"none"))
        await writer.drain()


def test_a_folder_that_has_a_page_for_everything_is_told_from_its_honest_host(tmp_path: Path, loopback: "Loopback") -> None:
    loopback.behaviours["paper.example"] = Folder()
    write(tmp_path, "http://paper.example/news/a", "http://paper.example/news/b", "http://paper.example/news/2019/c")
    options = options_for(loopback)
    live = check(tmp_path, "--record", "web.toml", *options)
    assert {row["verdict"] for row in live["targets"]} == {"suspect"}
    made_up = sorted(asked.path.rpartition("/")[0] for asked in loopback.asked if "linkcheck-" in asked.path)
    assert made_up == ["", "/news", "/news/2019"]
    recording = (tmp_path / "web.toml").read_text(encoding="utf-8")
    assert "http://paper.example/news/linkcheck-0000000000000000" in recording
    assert_the_same(live, check(tmp_path, "--replay", "web.toml", *options))


@pytest.mark.parametrize("filler", [0, 40_000], ids=["short", "long"])
@pytest.mark.parametrize("ranges", [True, False], ids=["ranges", "no-ranges"])
def test_a_page_that_is_also_an_image_is_judged_for_each_link(
    tmp_path: Path, loopback: "Loopback", filler: int, *, ranges: bool
) -> None:
    head = f"<style>{'x' * filler}</style>" + '<link rel="canonical" href="http://a.up.example/other">'
    loopback.behaviours["a.up.example/story"] = picture(
        page("A story", head) + b" " * 60_000, ranges=ranges, type="text/html"
    )
    (tmp_path / "posts").mkdir()
    url = "http://a.up.example/story"
    (tmp_path / "posts/a.md").write_text(article(webUrl=url, images=[{"url": url, "width": 640, "height": 480}]))
    live = check(tmp_path, "--record", "web.toml", *options_for(loopback))
    assert [(link["role"], link["verdict"]) for link in live["links"]] == [("canonical", "ok"), ("image", "suspect")]
    assert [(row["code"], row["pointer"]) for row in live["findings"] if row["code"] in {"LC302", "LC401"}] == [
        ("LC302", "/webUrl"),
        ("LC401", "/images/0/url"),
    ]
    assert_the_same(live, check(tmp_path, "--replay", "web.toml", *options_for(loopback)))


def test_what_a_page_says_of_itself_in_json_ld_and_its_share_card_comes_back(tmp_path: Path, loopback: "Loopback") -> None:
    story = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2014-03-01", "url": "/b"}</script>'
    )
    card = '<link rel="canonical" href="http://a.up.example/a"><meta property="twitter:image" content="/new.jpg">'
    loopback.behaviours["a.up.example/a"] = raw(reply("200 OK", page("A story", card + story, words=9000)))
    loopback.behaviours["a.up.example/old.jpg"] = raw(reply("404 Not Found"))
    loopback.behaviours["b.up.example/b"] = raw(
        reply("200 OK", page("A story", '<meta http-equiv="refresh" content="0; /c">'))
    )
    images = [{"url": "http://a.up.example/old.jpg", "width": 1, "height": 1}]
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/a.md").write_text(article(webUrl="http://a.up.example/a", images=images, title="A story"), "utf-8")
    (tmp_path / "posts/b.md").write_text(article(webUrl="http://b.up.example/b", title="A story"), "utf-8")
    live = check(tmp_path, "--record", "web.toml", *options_for(loopback))
    assert {row["code"] for row in live["findings"]} >= {"LC201", "LC301", "LC318", "LC322"}
    assert any("http://a.up.example/new.jpg" in str(row["hint"]) for row in live["findings"])
    assert_the_same(live, check(tmp_path, "--replay", "web.toml", *options_for(loopback)))
