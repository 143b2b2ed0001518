"""`linkcheck fix` as it is called: shown first, written when told, and nothing left to do afterwards."""

import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from command import SEEDS, linkcheck
from command import article as article_with
from corpus import ARTICLES, CORPUS
from repositories import commit, git

OLD, NEW, SLASH = "https://a.example/story", "https://a.example/new", "https://a.example/story/"
HOME = '["https://a.example/"]\npage.title = "Home"\n'
LOGIN = '["https://a.example/login*"]\npage.login = true\n'
SLASHED = f'["{SLASH}"]\npage.canonical = "{SLASH}"\n'
TITLE = "Council rejects plan for the old harbour"
PAGE = f'["https://a.example/new"]\npage.title = "{TITLE}"\npage.published = "2021-06-18"\n'
SEED = "2021-06-18-ico-facial-recognition.md"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()  # configuration is looked for up to here
    return tmp_path


def article(**keys: object) -> str:
    """An article with one link: two letters, as in the usual one, would be a home page in some language."""
    return article_with(**{"title": TITLE, "webUrl": OLD, **keys})


def says(what: str, *, url: str = NEW) -> str:
    return f'["{url}"]\n{what}\n'


def fixed(archive: Path, text: str, web: str, *options: str) -> str:
    """What becomes of an article whose web is this. Asserts that a second run changes nothing."""
    (archive / "a.md").write_text(text, newline="")
    (archive / "web.toml").write_text(web)
    assert linkcheck("fix", "--replay", "web.toml", "--write", *options, "a.md", cwd=archive).code == 0
    once = (archive / "a.md").read_bytes()
    assert linkcheck("fix", "--replay", "web.toml", "--write", *options, "a.md", cwd=archive).code == 0
    assert (archive / "a.md").read_bytes() == once
    return once.decode()


def redirect(status: int, to: str, *, of: str = "https://a.example/story") -> str:
    return f'["{of}"]\nstatus = {status}\nlocation = "{to}"\n'


@pytest.mark.parametrize(
    ("web", "url"),
    [
        pytest.param(redirect(301, "/new") + PAGE, NEW, id="moved for good"),
        pytest.param(redirect(308, "/b") + redirect(301, "/new", of="https://a.example/b") + PAGE, NEW, id="for good twice"),
        pytest.param(
            redirect(301, "/b") + redirect(302, "/new", of="https://a.example/b") + PAGE,
            OLD,
            id="moved for good, then for now",
        ),
        pytest.param(redirect(302, "/new") + PAGE, OLD, id="moved for now"),
        pytest.param(redirect(302, "/b") + redirect(301, "/new", of="https://a.example/b") + PAGE, OLD, id="for now first"),
        pytest.param(redirect(301, "/") + HOME, OLD, id="to the home page"),
        pytest.param(redirect(301, "/login?next=/story") + LOGIN, OLD, id="to a login page"),
        pytest.param(redirect(301, "/new") + says("status = 404"), OLD, id="to nothing"),
        pytest.param(redirect(301, "/new") + says("status = 403"), OLD, id="to a refusal"),
        pytest.param(redirect(301, "/story/") + SLASHED, SLASH, id="a slash"),
        pytest.param(says(f"page.canonical = '{SLASH}'", url=OLD) + SLASHED, SLASH, id="a slash that the page asks for"),
        pytest.param(
            says("page.canonical = 'https://www.a.example/story'", url=OLD)
            + redirect(301, OLD, of="https://www.a.example/story"),
            OLD,
            id="two pages that send readers to each other",
        ),
        pytest.param(
            says(f"page.canonical = '{SLASH}'", url=OLD) + says("status = 404", url=SLASH),
            OLD,
            id="a canonical that is gone",
        ),
        pytest.param(says(f"page.canonical = '{NEW}'", url=OLD) + PAGE, OLD, id="another canonical"),
        pytest.param(
            redirect(301, "/new")
            + says(f"page = {{ title = '{TITLE}', published = '2021-06-18', canonical = '{NEW}/' }}")
            + says(f"page.canonical = '{NEW}/'", url=f"{NEW}/"),
            f"{NEW}/",
            id="moved, and the new page asks for a slash",
        ),
    ],
)
def test_a_url_is_written_anew_only_where_that_is_safe(web: str, url: str, archive: Path) -> None:
    text = article() + "https://a.example/story stays in the body\r\n"
    assert fixed(archive, text, web) == text.replace('"https://a.example/story"', f'"{url}"')


def test_a_finding_that_a_comment_accepts_is_left_alone(archive: Path) -> None:
    text = article().replace('/story"', '/story" # linkcheck: ignore[LC301] an identifier')
    assert fixed(archive, text, redirect(301, "/new") + PAGE) == text


def test_only_selected_rules_are_fixed(archive: Path) -> None:
    text = article()
    assert fixed(archive, text, redirect(301, "/new") + PAGE, "--ignore", "LC3") == text


def test_a_misspelt_key_is_corrected_and_the_link_that_comes_to_light_as_well(archive: Path) -> None:
    text = article().replace("webUrl", "webURL")
    assert "webURL" in text
    assert fixed(archive, text, redirect(301, "/new") + PAGE) == article(webUrl="https://a.example/new")


def test_an_amp_address_on_the_cache_follows_its_page(archive: Path) -> None:
    cache = "https://a-example.cdn.ampproject.org/c/s/a.example/"
    amp = "page.amp = true\npage.canonical = 'https://a.example/new'\n"
    web = (
        f"{PAGE}page.amphtml = 'https://a.example/amp2'\n{redirect(301, '/amp2', of='https://a.example/amp')}"
        f'["https://a.example/amp2"]\n{amp}["{cache}*"]\n{amp}'
    )
    text = article(webUrl="https://a.example/new", ampWebUrl="https://a.example/amp", cdnAmpWebUrl=f"{cache}amp")
    assert fixed(archive, text, web) == text.replace('/amp"', '/amp2"')


def test_a_size_is_that_of_the_image(archive: Path) -> None:
    web = PAGE + '["https://a.example/a.png"]\nimage = { format = "png", width = 640, height = 480 }\n'
    images = (
        'images:\n  - url: https://a.example/a.png\n    width: 480 # px\n    height: "640"\n'
        "  - {url: https://a.example/a.png, width: 640}\n"
    )
    text = article(webUrl="https://a.example/new").replace("---\nWords", f"{images}---\nWords")
    assert fixed(archive, text, web) == text.replace("480 # px", "640 # px").replace('"640"', '"480"')


def test_without_write_the_difference_is_shown_and_nothing_written(archive: Path) -> None:
    before = article().replace("webUrl", "webURL").replace("\n", "\r\n").encode() + b"\xff\xfe no text"
    (archive / "a b.md").write_bytes(before)
    done = linkcheck("fix", "--offline", ".", cwd=archive)
    assert (done.code, "use --write to apply" in done.err) == (1, True)
    assert (archive / "a b.md").read_bytes() == before
    patch = done.out.encode("utf-8", "surrogateescape")
    subprocess.run(["git", "init", "-q"], cwd=archive, check=True)
    subprocess.run(["git", "apply", "-"], cwd=archive, input=patch, check=True)
    assert (archive / "a b.md").read_bytes() == before.replace(b"webURL", b"webUrl")
    again = linkcheck("fix", "--offline", ".", cwd=archive)
    assert (again.code, again.out) == (0, "")


def test_the_mode_of_a_file_is_kept_and_nothing_lies_beside_it(archive: Path) -> None:
    file = archive / "a.md"
    file.write_text(article().replace("webUrl", "webURL"))
    file.chmod(0o640)
    assert linkcheck("fix", "--offline", "--write", ".", cwd=archive).code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert sorted(path.name for path in archive.iterdir()) == [".git", "a.md"]


def test_a_full_disk_is_told_and_the_file_kept(archive: Path) -> None:
    (archive / "a.md").write_text(article().replace("webUrl", "webURL"))
    full = "import os, errno\ndef fsync(file): raise OSError(errno.ENOSPC, 'No space left on device')\nos.fsync = fsync"
    done = linkcheck("fix", "--offline", "--write", ".", cwd=archive, before=full)
    assert (done.code, "a.md could not be written: No space left on device" in done.err) == (4, True)
    assert "webURL" in (archive / "a.md").read_text()
    assert sorted(path.name for path in archive.iterdir()) == [".git", "a.md"]


def test_an_interrupted_run_writes_nothing(archive: Path) -> None:
    (archive / "a.md").write_text(article().replace("webUrl", "webURL"))
    (archive / "web.toml").write_text(f'["{OLD}"]\ndelay = 60\npage.title = "T"\n')
    stopped = "import threading, os, signal\nthreading.Timer(1.5, os.kill, (os.getpid(), signal.SIGINT)).start()"
    done = linkcheck("fix", "--replay", "web.toml", "--write", ".", cwd=archive, before=stopped)
    assert done.code == 130
    assert "webURL" in (archive / "a.md").read_text()


def test_what_cannot_be_corrected_is_told(archive: Path) -> None:
    (archive / "a.md").write_text("---\ntitle: &t https://a.example/\nwebURL: *t\nwebUrl: 1\nimages: []\n---\n")
    (archive / "b.md").write_text("+++\ntitle='t'\n[provder]\nname='n'\n[provder.x]\ny=1\n+++\n")
    done = linkcheck("fix", "--offline", "--schema", "default", ".", cwd=archive)
    assert (done.code, done.out) == (0, "")
    assert "b.md:3:2: LC111 not fixed: provder -> provider (" in done.err


def test_the_articles_of_a_change_are_fixed(archive: Path) -> None:
    wrong = article().replace("webUrl", "webURL")
    git(archive, "init", "-q", "-b", "main")
    for name in ("a.md", "b.md"):
        (archive / name).write_text(wrong)
    commit(archive)
    (archive / "a.md").write_text(f"{wrong}More text.\n")
    (archive / "new.md").write_text(wrong)
    (archive / "new.txt").write_text(wrong)
    assert linkcheck("fix", "--offline", "--write", "--since", "HEAD", cwd=archive).code == 0
    names = ("a.md", "b.md", "new.md", "new.txt")
    assert ["webURL" in (archive / name).read_text() for name in names] == [False, True, False, True]
    commit(archive)
    assert linkcheck("fix", "--offline", "--since", "HEAD", cwd=archive).code == 0


def test_files_can_be_listed_on_the_standard_input(archive: Path) -> None:
    for name in ("a.md", "b.md"):
        (archive / name).write_text(article().replace("webUrl", "webURL"))
    assert linkcheck("fix", "--offline", "--write", "--files-from", "-", cwd=archive, stdin=b"b.md\0").code == 0
    assert ["webURL" in (archive / name).read_text() for name in ("a.md", "b.md")] == [True, False]
    assert linkcheck("fix", "--offline", "--write", "--files-from", "-", cwd=archive).code == 0
    assert "webURL" in (archive / "a.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [
        (("--files-from", "-"), b"gone.md\na.md\n"),
        (("--files-from", "-"), b"gone.md\n"),
        (("--only-articles", "a.md", "gone.md"), b""),
    ],
    ids=["in a list", "alone in a list", "given by a hook"],
)
def test_files_that_do_not_exist_are_skipped(archive: Path, arguments: tuple[str, ...], stdin: bytes) -> None:
    (archive / "a.md").write_text(article().replace("webUrl", "webURL"))
    done = linkcheck("fix", "--offline", *arguments, cwd=archive, stdin=stdin)
    assert (done.code, "webUrl" in done.out) == ((1, True) if "a.md" in f"{arguments}{stdin!r}" else (0, False))
    assert done.err.count("one file does not exist and was skipped: gone.md") == 1


def test_a_list_of_a_deleted_file_with_the_name_of_a_glob_has_no_corrections(archive: Path) -> None:
    for name in ("star[x].md", "[x].md"):
        done = linkcheck("fix", "--offline", "--files-from", "-", cwd=archive, stdin=name.encode())
        assert done.code == 0
        assert f"{name} does not exist, and no file matches it" in done.err


def test_an_untrusted_checkout_is_shown_and_never_written(archive: Path) -> None:
    before = article().replace("webUrl", "webURL")
    (archive / "a.md").write_text(before)
    done = linkcheck("fix", "--offline", "--untrusted", "--write", "a.md", cwd=archive)
    assert (done.code, "--write cannot be combined with --untrusted" in done.err) == (2, True)
    done = linkcheck("fix", "--offline", "--untrusted", "a.md", cwd=archive)
    assert (done.code, '+webUrl: "' in done.out, (archive / "a.md").read_text()) == (1, True, before)


def test_a_dry_run_tells_place_change_and_reason_beside_a_difference_that_holds_what_is_safe(archive: Path) -> None:
    plain, spam = "http://a.example/news", "https://mabosplay.example/promo/2026"
    (archive / "a.md").write_text(article(webUrl=plain, originalUrl=OLD))
    (archive / "web.toml").write_text(
        redirect(301, "https://a.example/news", of=plain)
        + says("", url="https://a.example/news")
        + redirect(301, spam)
        + says("", url=spam)
    )
    done = linkcheck("fix", "--replay", "web.toml", "a.md", cwd=archive)
    assert done.code == 1
    assert done.err.splitlines() == [
        (
            "a.md:4:9: LC203 to fix, safe: http://a.example/news -> https://a.example/news "
            "(the same URL except for https instead of http)"
        ),
        (
            f"a.md:5:14: LC202 held back, unsafe: {OLD} -> {spam} "
            "(the new URL is on another domain, mabosplay.example; use --unsafe to fix it)"
        ),
        (
            "linkcheck: 1 correction in 1 file; use --write to apply; 1 unsafe correction held back; "
            "review them, then use --unsafe"
        ),
    ]
    assert [line for line in done.out.splitlines() if line[:1] in "+-" and "http" in line] == [
        '-webUrl: "http://a.example/news"',
        '+webUrl: "https://a.example/news"',
    ]
    quiet = linkcheck("fix", "--replay", "web.toml", "--quiet", "a.md", cwd=archive)
    assert (quiet.code, quiet.out, quiet.err) == (1, done.out, "")


def test_keys_that_are_removed_are_told_by_name(archive: Path) -> None:
    amp = {"ampWebUrl": f"{OLD}?amp", "cdnAmpWebUrl": "https://a-example.cdn.ampproject.org/c/s/a.example/story?amp"}
    (archive / "a.md").write_text(article(**amp))
    (archive / "web.toml").write_text(
        says(f"page.title = '{TITLE}'", url=OLD) + redirect(301, OLD, of=f"{OLD}?amp") + '["https://*"]\nstatus = 404\n'
    )
    done = linkcheck("fix", "--replay", "web.toml", "--unsafe", "a.md", cwd=archive)
    assert done.code == 1
    assert done.err.splitlines() == [
        (
            "a.md:5:1: LC321 to fix, unsafe: remove ampWebUrl and cdnAmpWebUrl "
            "(only one AMP page of the host is known to be gone)"
        ),
        "linkcheck: 1 correction in 1 file; use --write to apply",
    ]
    assert [line for line in done.out.splitlines() if line[:1] in "+-" and "http" in line] == [
        f'-{name}: "{url}"' for name, url in amp.items()
    ]


def plant(text: str) -> str:
    """Faults that leave no trace when they are mended."""
    text = text.replace("ampproject.org/c/s/", "ampproject.org/c/").replace("\nwebUrl:", "\nwebURL:")
    return text.replace("publishedDateTime:", "publishedDatetime:", 1).replace("\noriginalUrl:", "\nOriginalUrl:")


def test_faults_planted_in_the_seed_are_mended_to_the_byte(archive: Path) -> None:
    shutil.copy(SEEDS / "web.toml", archive)
    shutil.copy(SEEDS / SEED, archive)
    assert linkcheck("fix", "--replay", "web.toml", "--write", SEED, cwd=archive).code == 0
    good = (archive / SEED).read_text()
    bad = plant(good).replace("width: 50\n", "width: 57\n").replace("height: 628\n", "height: 630\n")
    moved = "https://www.voanews.com/a/silicon-valley-technology_facial-recognition-technology-solves-crimes-what-cost/6207100.html"
    old = "https://www.voanews.com/silicon-valley-technology/facial-recognition-technology-solves-crimes-what-cost"
    assert moved in good
    bad = bad.replace(moved, old)
    # The copy of a page that is no AMP page any more has no right address.
    bad = bad.replace("ampproject.org/c/techcrunch", "ampproject.org/c/s/techcrunch")
    (archive / SEED).write_text(bad)
    assert linkcheck("fix", "--replay", "web.toml", "--write", SEED, cwd=archive).code == 0
    assert (archive / SEED).read_text() == good


def test_faults_planted_in_the_corpus_are_mended_to_the_byte(archive: Path) -> None:
    planted = []
    for path in ARTICLES:
        good = path.read_bytes().decode()
        bad = plant(good)
        file = archive / path.relative_to(CORPUS)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bad.encode())
        planted += [path] * (bad != good)
    assert len(planted) == 18
    assert linkcheck("fix", "--offline", "--write", ".", cwd=archive).code == 0
    assert [path.name for path in ARTICLES if (archive / path.relative_to(CORPUS)).read_bytes() != path.read_bytes()] == []
