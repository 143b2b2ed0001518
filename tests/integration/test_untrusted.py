"""A stranger's checkout: what its configuration may do, key by key, and what a hostile one brings about."""

import json
import os
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from command import Done, article, linkcheck, surroundings

from linkcheck.config import SETTINGS, Settings, load
from linkcheck.config.declaration import Trust
from linkcheck.config.settings import HostTable
from linkcheck.config.trust import HOST_TRUST, TRUST, restricted
from linkcheck.model import Json
from linkcheck.validate.documents import shipped

TABLES = {"aliases", "archives", "collections", "exclude", "hosts", "severity"}
GIT = surroundings(
    GIT_CONFIG_GLOBAL=os.devnull,
    GIT_CONFIG_SYSTEM=os.devnull,
    **{f"GIT_{who}_{what}": "nobody@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
)


# Every key has its class, and the class is heeded


def test_every_key_has_a_class_of_trust() -> None:
    schema = msgspec.json.decode(shipped("config.schema.json").read_bytes())
    assert set(TRUST) == set(SETTINGS) | TABLES == set(schema["properties"])
    assert set(HOST_TRUST) == {field.name for field in msgspec.structs.fields(HostTable)}


def samples(name: str) -> list[object]:
    """Values of a key: its default where that can be written, and others that a file may hold."""
    default = getattr(Settings(), name.replace("-", "_"))
    match default:
        case bool():
            return [True, False]
        case int() | float():
            return [default, default * 2 + 1, default / 2 if isinstance(default, float) else max(1, default // 2)]
        case tuple():
            items = {"allow-port": 7, "resolve": "a=::1", "extensions": ".x", "report": "json", "allow-address": "::1"}
            items["remap"] = "https://a.example/ https://b.example/"
            return [[items.get(name, "LC4")]]
        case _ if name in ("proxy", "nameserver"):
            return [{"proxy": "http://a.example/", "nameserver": "127.0.0.1"}[name]]
        case _ if name == "fail-on":
            return ["never", "error", "warning", "info"]
        case _ if name in ("max-time", "jobs"):
            return [1]
        case _:
            return ["https://a.example/"]


ALLOWED: dict[Trust, Callable[[Any, Any], bool]] = {
    Trust.YES: lambda value, default: True,
    Trust.LOWER: lambda value, default: default is None or value <= default,
    Trust.HIGHER: lambda value, default: value >= default,
    Trust.ON: lambda value, default: value is True,
    Trust.OFF: lambda value, default: value is False,
    Trust.STRICTER: lambda value, default: value in ("error", "warning", "info"),
    Trust.NEVER: lambda value, default: False,
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name in SETTINGS for value in samples(name)], ids=lambda value: str(value)[:20]
)
@pytest.mark.parametrize("mode", ["trusted", "checkout", "named"])
def test_a_key_applies_as_its_class_says(tmp_path: Path, name: str, value: object, mode: str) -> None:
    (tmp_path / "linkcheck.toml").write_text(f"{name} = {json.dumps(value)}\n")
    flags: dict[str, object] = {} if mode == "trusted" else {"untrusted": True}
    config = load(flags=flags, environment={}, directory=str(tmp_path), file="linkcheck.toml" if mode == "named" else None)
    field = name.replace("-", "_")
    found, default = getattr(config.settings, field), getattr(Settings(), field)
    as_written = getattr(load(flags={}, environment={}, directory=str(tmp_path)).settings, field)
    if name == "untrusted":
        assert found is (value if mode == "trusted" else True)
    elif mode != "checkout" or ALLOWED[TRUST[name]](value, default):
        assert found == as_written
        assert config.notices == ()
    elif name == "gitignore":
        # Left to itself, it is off: a stranger could name the articles in it.
        assert (found, config.notices[0].count("gitignore")) == (False, 1)
    else:
        assert found == default
        assert name in config.notices[0]


def test_the_matrix_can_fail() -> None:
    assert {trust for name, trust in TRUST.items() if name not in TABLES} == set(ALLOWED)


TABLE = """
[[collections]]
paths = ["*.md"]
[[exclude]]
reason = "no reason"
pattern = "."
[severity]
LC201 = "info"
LC202 = "error"
LC203 = "off"
[hosts."a.example"]
interval = 9.0
concurrency = 1
timeout = 0.01
accept = [404]
[hosts."a.example".headers]
Authorization = { env = "TOKEN" }
[hosts."b.example"]
interval = 0.01
concurrency = 99
"""


def test_of_tables_only_what_is_stricter_applies() -> None:
    kept, refused = restricted(tomllib.loads(TABLE), Settings())
    assert kept == {
        "severity": {"LC202": "error"},
        "hosts": {"a.example": {"interval": 9.0, "concurrency": 1}, "b.example": {}},
    }
    assert set(refused) == {
        *("collections", "exclude", "severity.LC201", "severity.LC203"),
        *(f"hosts.'a.example'.{name}" for name in ("timeout", "accept", "headers")),
        *(f"hosts.'b.example'.{name}" for name in ("interval", "concurrency")),
    }


def test_stricter_means_stricter_than_what_the_user_asked_for(tmp_path: Path) -> None:
    (tmp_path / "linkcheck.toml").write_text("[hosts.'a.example']\ninterval = 1.0\n")
    config = load(flags={"untrusted": True, "interval": 2.0}, environment={}, directory=str(tmp_path))
    assert config.hosts["a.example"].interval is None
    assert load(flags={"untrusted": True}, environment={}, directory=str(tmp_path)).hosts["a.example"].interval == 1.0


def test_environment_and_flags_are_trusted(tmp_path: Path) -> None:
    (tmp_path / "linkcheck.toml").write_text("exit-zero = true\n")
    environment = {"LINKCHECK_UNTRUSTED": "true", "LINKCHECK_EXCLUDE": "x", "LINKCHECK_TIMEOUT": "7"}
    settings = load(flags={"allow-address": ("10.0.0.0/8",)}, environment=environment, directory=str(tmp_path)).settings
    assert (settings.exit_zero, settings.timeout, settings.allow_address) == (False, 7.0, ("10.0.0.0/8",))


def test_a_configuration_that_is_wrong_is_told_in_a_strangers_checkout_too(tmp_path: Path) -> None:
    (tmp_path / "linkcheck.toml").write_text("exit-zreo = true\n")
    done = linkcheck("check", "--untrusted", "--offline", cwd=tmp_path)
    assert done.code == 2
    assert "exit-zero" in done.err


# A hostile checkout, watched

CANARY = "c4n4ry-9f27a1d6-not-a-token"
WATCH = """
import os, sys
_out = os.open(os.environ["WATCH"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        path, mode, flags = arguments
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            os.write(_out, f"write {os.path.realpath(os.fsdecode(path))}\\n".encode("utf-8", "replace"))
    elif event in ("subprocess.Popen", "os.posix_spawn", "os.exec", "os.system"):
        # From Python 3.13 on, subprocess uses posix_spawn.
        os.write(_out, f"run {arguments[1][0] if event == 'subprocess.Popen' else arguments[0]}\\n".encode())
    elif event in ("os.rename", "os.remove", "os.mkdir", "os.symlink", "os.link", "shutil.rmtree", "os.chmod"):
        name = os.fsdecode(arguments[1 if event == "os.symlink" else 0])
        folder = arguments[-1] if isinstance(arguments[-1], int) and arguments[-1] >= 0 else None
        place = name if folder is None else os.path.join(os.readlink(f"/proc/self/fd/{folder}"), name)
        place = os.path.join(os.path.realpath(os.path.dirname(place)), os.path.basename(place))
        os.write(_out, f"write {place}\\n".encode("utf-8", "replace"))
    elif event == "sqlite3.connect" and arguments[0] not in ("", ":memory:") and "mode=ro" not in str(arguments[0]):
        os.write(_out, f"write {os.path.realpath(os.fsdecode(arguments[0]))}\\n".encode("utf-8", "replace"))
    elif event in ("socket.connect", "socket.sendto", "socket.getaddrinfo"):
        os.write(_out, f"net {event} {arguments[1:2]}\\n".encode())
sys.dont_write_bytecode = True
sys.addaudithook(watch)
"""
HOSTILE = """
exit-zero = true
report = ["json:{outside}/report.json", "html:../escaped.html"]
record = "{outside}/record.toml"
history = "planted.sqlite3"
baseline = "baseline.json"
update-baseline = true
executor = "dask://127.0.0.1:9"
proxy = "http://127.0.0.1:9"
nameserver = "127.0.0.1:9"
resolve = ["*=127.0.0.1:9"]
allow-address = ["0.0.0.0/0", "::/0"]
allow-port = [9]
replay = "planted.toml"
ignore = ["LC"]
repository-url = "https://evil.example/"
user-agent = "owned"
quiet = true
schema = "evil.json"
site-root = "/"
files-from = "/etc/passwd"
since = "--output=stolen"
max-age = 99999
[[collections]]
paths = ["*.md"]
schema = "evil.json"
[[exclude]]
reason = "nothing to see"
pattern = "."
[severity]
LC201 = "off"
[hosts."*.evil.example"]
headers = {{ X-Token = {{ env = "GITHUB_TOKEN" }} }}
accept = [404]
"""


class Checkout:
    """A repository whose `main` is its owner's, and whose branch is a stranger's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "checkout"
        self.outside = folder / "outside"
        self.temporary = folder / "temporary"
        self.watch = folder / "watch.txt"
        self.temporary.mkdir()
        self.folder.mkdir()
        self.outside.mkdir()
        (self.outside / "precious.txt").write_text("precious")
        # Only what the user names decides, and the user replays a web that is outside of the checkout.
        (self.outside / "web.toml").write_text('["https://a.example/*"]\nstatus = 404\n')
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self.folder, env=GIT, check=True, capture_output=True)

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "A step")

    def branch(self) -> None:
        self.commit()
        self.git("checkout", "-q", "-b", "feature")

    def write(self, **files: str) -> None:
        for name, text in files.items():
            (self.folder / name.replace("__", ".")).write_text(text)

    def attack(self) -> None:
        """Everything a stranger can commit."""
        schema = '{"properties": {"webUrl": {"type": "string"}}}'
        self.write(
            linkcheck__toml=HOSTILE.format(outside=self.outside),
            evil__json=schema,
            planted__toml='["https://a.example/*"]\n',
            planted__sqlite3="",
            _gitignore="",
            a__md=article(webUrl="https://a.example/gone"),
            b__md=article(webUrl="https://a.example/gone2", **{"$schema": "evil.json"}),
        )
        (self.folder / ".gitignore").write_text("*.md\n")
        (self.folder / "link.json").symlink_to(self.outside / "precious.txt")
        (self.folder / "out").symlink_to(self.outside)
        (self.folder / "passwd.md").symlink_to("/etc/passwd")
        self.git("add", "-A", "-f")
        self.git("commit", "-q", "-m", "Fix a typo")

    def check(self, *options: str, code: int | None = 1) -> Done:
        environment = {
            **GIT,
            "GITHUB_TOKEN": CANARY,
            "AWS_SECRET_ACCESS_KEY": CANARY,
            "TMPDIR": str(self.temporary),
            "WATCH": str(self.watch),
        }
        done = linkcheck(
            *("check", "--untrusted", "--replay", str(self.outside / "web.toml"), *options),
            cwd=self.folder,
            environment=environment,
            before=WATCH,
        )
        assert code is None or done.code == code, done
        if "--report" not in options:
            done = done._replace(out=" ".join(done.out.split()))  # as wide as it may be
        assert CANARY not in done.out + done.err
        for file in (*self.folder.rglob("*"), *self.outside.rglob("*")):
            if file.is_file() and not file.is_symlink():
                assert CANARY.encode() not in file.read_bytes()
        assert (self.outside / "precious.txt").read_text() == "precious"
        return done

    def watched(self, kind: str) -> set[str]:
        return {line.partition(" ")[2] for line in self.watch.read_text().splitlines() if line.startswith(f"{kind} ")}

    def written(self) -> set[str]:
        # The lock and the temporary names beside an output end with it, and so does what stands in for `.git`.
        assert list(self.temporary.iterdir()) == []
        passing = ("/dev/", "/proc/", str(self.temporary))
        return {path for path in self.watched("write") if not path.startswith(passing)}


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def codes(done: Done) -> set[tuple[Json, Json]]:
    return {(each["path"], each["code"]) for each in msgspec.json.decode(done.out)["findings"] if each["status"] == "open"}


@pytest.mark.parametrize("since", [(), ("--since", "main")], ids=["all", "since main"])
def test_a_hostile_checkout_runs_nothing_writes_nothing_and_hides_nothing(
    checkout: Checkout, since: tuple[str, ...]
) -> None:
    checkout.write(a__md=article(), README="Words.")
    checkout.branch()
    checkout.attack()
    done = checkout.check("--report", "json", *since)
    assert {("a.md", "LC201"), ("b.md", "LC201")} <= codes(done)
    assert checkout.watched("run") == ({shutil.which("git")} if since else set())
    assert checkout.written() == set()
    assert checkout.watched("net") == set()
    notices = checkout.check(*since).out
    for name in ("exit-zero", "report", "record", "ignore", "exclude", "severity.LC201", "executor"):
        assert name in notices
    assert not (checkout.folder / "stolen").exists()


def test_what_flags_name_is_all_that_is_written(checkout: Checkout) -> None:
    checkout.write(a__md=article())
    checkout.branch()
    checkout.attack()
    checkout.check(
        *("--report", f"json:{checkout.outside}/report.json", "--record", f"{checkout.outside}/record.toml"),
        *("--history", f"{checkout.outside}/history.sqlite3"),
    )
    assert {path.name for path in checkout.outside.iterdir()} - {"history.sqlite3.lock"} == {
        *("precious.txt", "web.toml", "report.json", "record.toml", "history.sqlite3")
    }
    # The lock makes sure that its folder is there.
    written = checkout.written() - {str(checkout.outside)}
    assert {str(Path(path).parent) for path in written} == {str(checkout.outside)}


@pytest.mark.parametrize(
    "options",
    [
        ("--report", "json:link.json"),
        ("--report", "json:out/report.json"),
        ("--record", "link.json"),
        ("--record", "out/record.toml"),
        ("--baseline", "link.json", "--update-baseline"),
    ],
    ids=" ".join,
)
def test_no_output_goes_through_a_link_of_the_checkout(checkout: Checkout, options: tuple[str, ...]) -> None:
    checkout.write(a__md=article())
    checkout.branch()
    checkout.attack()
    done = checkout.check(*options, code=2)
    assert "is a symbolic link in the untrusted checkout" in done.err
    assert checkout.written() == set()


@pytest.mark.parametrize("since", [(), ("--since", "main")], ids=["all", "since main"])
def test_a_planted_history_changes_no_verdict(checkout: Checkout, since: tuple[str, ...]) -> None:
    checkout.write(a__md=article())
    checkout.branch()
    checkout.write(a__md=article(webUrl="https://a.example/gone"))
    # A history in which all is well.
    checkout.write(well__toml='["https://a.example/*"]\n')
    planted = linkcheck("check", "--replay", "well.toml", "--history", "history.sqlite3", cwd=checkout.folder)
    assert planted.code == 0
    before = (checkout.folder / "history.sqlite3").read_bytes()
    (checkout.folder / "link.sqlite3").symlink_to("history.sqlite3")
    for name in ("history.sqlite3", "link.sqlite3"):
        done = checkout.check("--history", name, *since)
        assert "does not read or write this history" in done.out
        assert (checkout.folder / "history.sqlite3").read_bytes() == before
    (checkout.outside / "link.sqlite3").symlink_to(checkout.folder / "history.sqlite3")
    assert "does not read or write" in checkout.check("--history", f"{checkout.outside}/link.sqlite3").out


def test_a_planted_baseline_accepts_nothing(checkout: Checkout) -> None:
    checkout.write(a__md=article(webUrl="https://a.example/old"))
    linkcheck(
        *("check", "--replay", str(checkout.outside / "web.toml"), "--baseline", "b.json", "--update-baseline"),
        cwd=checkout.folder,
    )
    checkout.branch()
    checkout.write(b__md=article(webUrl="https://a.example/new", published=True))
    linkcheck(
        *("check", "--replay", str(checkout.outside / "web.toml"), "--baseline", "b.json", "--update-baseline"),
        cwd=checkout.folder,
    )
    checkout.commit()
    accepted = checkout.check("--baseline", "b.json", "--report", "json")
    assert {("a.md", "LC201"), ("b.md", "LC201")} <= codes(accepted)
    # What the owner accepted counts.
    checkout.write(c__md=article(webUrl="https://a.example/old"), a__md=article(webUrl="https://a.example/old", excerpt="x"))
    of_base = checkout.check("--baseline", "b.json", "--since", "main", "--grace-days", "0", "--report", "json", code=None)
    assert ("a.md", "LC201") not in codes(of_base)


# What the base of the change says


def test_configuration_and_schema_come_from_the_base(checkout: Checkout) -> None:
    checkout.write(
        linkcheck__toml='ignore = ["LC4"]\nfail-on = "warning"\n[[collections]]\npaths = ["*.md"]\nschema = "post.json"\n',
        post__json='{"required": ["author"], "properties": {"webUrl": {"$ref": "part.json"}}}',
        part__json='{"type": "string", "x-link": {"role": "canonical"}}',
        a__md=article(),
    )
    checkout.branch()
    checkout.attack()
    checkout.write(post__json="{}", part__json="true")
    (checkout.folder / "part.json").unlink()
    done = checkout.check("--since", "main", "--report", "json")
    assert {("a.md", "LC201"), ("b.md", "LC201")} <= codes(done)
    assert any("author" in each["message"] for each in msgspec.json.decode(done.out)["findings"])
    notice = checkout.check("--since", "main").out
    assert "linkcheck.toml is read from" in notice
    # Trusted, the same checkout is what its configuration says it is.
    trusted = load(flags={"since": "main"}, environment=GIT, directory=str(checkout.folder))
    assert trusted.settings.exit_zero


def test_a_configuration_that_the_base_does_not_have_may_only_tighten(checkout: Checkout) -> None:
    checkout.write(a__md=article())
    checkout.branch()
    checkout.write(linkcheck__toml="exit-zero = true\nper-host = 1\n")
    config = load(flags={"untrusted": True, "since": "main"}, environment=GIT, directory=str(checkout.folder))
    assert (config.settings.exit_zero, config.settings.per_host) == (False, 1)
    assert "exit-zero" in config.notices[0]


def test_a_named_configuration_that_the_change_brought_may_only_tighten(checkout: Checkout) -> None:
    checkout.write(a__md=article())
    checkout.branch()
    checkout.write(brought__toml="exit-zero = true\nper-host = 1\n")
    flags = {"untrusted": True, "since": "main"}
    config = load(flags=flags, environment=GIT, directory=str(checkout.folder), file="brought.toml")
    assert (config.settings.exit_zero, config.settings.per_host) == (False, 1)
    assert "exit-zero" in config.notices[0]


def test_a_named_configuration_of_the_repository_is_the_one_of_the_base(checkout: Checkout) -> None:
    checkout.write(a__md=article(), ci__toml="per-host = 1\n")
    checkout.branch()
    checkout.write(ci__toml="exit-zero = true\nper-host = 9\n")
    flags = {"untrusted": True, "since": "main"}
    config = load(flags=flags, environment=GIT, directory=str(checkout.folder), file="ci.toml")
    assert (config.settings.exit_zero, config.settings.per_host) == (False, 1)
    (checkout.outside / "ci.toml").write_text("per-host = 7\n")
    named = load(flags=flags, environment=GIT, directory=str(checkout.folder), file=str(checkout.outside / "ci.toml"))
    assert named.settings.per_host == 7


def test_a_schema_that_the_user_names_is_the_users(checkout: Checkout) -> None:
    checkout.write(a__md=article(), mine__json='{"required": ["author"]}')
    checkout.branch()
    checkout.write(mine__json="{}", a__md=article(excerpt="x"))
    done = checkout.check("--schema", "mine.json", "--since", "main", "--report", "json", code=None)
    assert "author" in done.out
    (checkout.outside / "mine.json").write_text('{"required": ["editor"]}')
    other = checkout.check("--schema", f"{checkout.outside}/mine.json", "--report", "json", code=None)
    assert "editor" in other.out


@pytest.mark.parametrize("key", ['schema = "new.json"', '[[collections]]\npaths = ["*.md"]\nschema = "new.json"'])
def test_a_schema_that_the_base_names_and_does_not_have_cannot_be_put_there(checkout: Checkout, key: str) -> None:
    checkout.write(a__md=article(), linkcheck__toml=key)
    checkout.branch()
    checkout.write(new__json="{}", a__md=article(excerpt="x"))
    done = checkout.check("--since", "main", code=2)
    assert "new.json: cannot read the schema: not in " in done.err


# A change that left the base long ago

LAX = 'ignore = ["LC"]\nfail-on = "never"\n'
STRICT = 'fail-on = "warning"\n[[collections]]\npaths = ["*.md"]\nschema = "schemas/post.json"\n'
POST = '{"properties": {"webUrl": {"$ref": "part.json"}}, "required": ["author"]}'
PART = '{"type": "string", "x-link": {"role": "canonical"}}'


def left_long_ago(checkout: Checkout, old: dict[str, str], new: dict[str, str], *, merged: bool) -> None:
    """`main` had `old` where the branch left it, and has `new`. Checked out is the branch, or its merge into `main`."""

    def put(files: dict[str, str]) -> None:
        for name, text in files.items():
            file = checkout.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)

    put({"a.md": article(), **old})
    checkout.branch()
    put({"new.md": article(webUrl="https://a.example/gone")})
    checkout.commit()
    checkout.git("checkout", "-q", "main")
    put(new)
    checkout.commit()
    if merged:
        checkout.git("checkout", "-q", "--detach")
        checkout.git("merge", "-q", "--no-ff", "feature")
    else:
        checkout.git("checkout", "-q", "feature")


PYPROJECT = '[project]\nname = "a"\n'


@pytest.mark.parametrize("merged", [False, True], ids=["the head", "the merge"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"linkcheck.toml": LAX}, {"linkcheck.toml": 'fail-on = "warning"\n'}),
        ({"pyproject.toml": f"{PYPROJECT}[tool.linkcheck]\n{LAX}"}, {"pyproject.toml": PYPROJECT}),
        ({".linkcheck.toml": LAX}, {"linkcheck.toml": 'fail-on = "warning"\n', ".linkcheck.toml": LAX}),
    ],
    ids=["linkcheck.toml", "pyproject.toml", "a file that goes first"],
)
def test_the_configuration_is_the_one_of_the_ref(
    checkout: Checkout, old: dict[str, str], new: dict[str, str], *, merged: bool
) -> None:
    left_long_ago(checkout, old, new, merged=merged)
    done = checkout.check("--since", "main", "--grace-days", "0", "--report", "json")
    assert ("new.md", "LC201") in codes(done)
    # Only what the change brought is looked at, all the same.
    assert {each["path"] for each in msgspec.json.decode(done.out)["findings"]} == {"new.md"}
    if not merged:
        notice = checkout.check("--since", "main", code=None).out
        assert "is read from main (" in notice or "main (" in notice.partition(" has no configuration")[0]


@pytest.mark.parametrize("merged", [False, True], ids=["the head", "the merge"])
@pytest.mark.parametrize("lax", ["schemas/post.json", "schemas/part.json"], ids=["the schema", "what it refers to"])
def test_schemas_are_those_of_the_ref(checkout: Checkout, lax: str, *, merged: bool) -> None:
    new = {"linkcheck.toml": STRICT, "schemas/post.json": POST, "schemas/part.json": PART}
    left_long_ago(checkout, {**new, lax: "{}"}, new, merged=merged)
    found = codes(checkout.check("--since", "main", "--report", "json"))
    assert ("new.md", "LC110") in found or ("new.md", "LC113") in found, found
    assert ("new.md", "LC201") in found


@pytest.mark.parametrize("merged", [False, True], ids=["the head", "the merge"])
def test_the_baseline_is_the_one_of_the_ref(checkout: Checkout, *, merged: bool) -> None:
    checkout.write(new__md=article(webUrl="https://a.example/gone"))
    linkcheck(
        *("check", "--replay", str(checkout.outside / "web.toml"), "--baseline", "b.json", "--update-baseline"),
        *("--grace-days", "0"),
        cwd=checkout.folder,
    )
    accepting = (checkout.folder / "b.json").read_text()
    assert "LC201" in accepting
    (checkout.folder / "new.md").unlink()
    left_long_ago(checkout, {"b.json": accepting}, {"b.json": '{"version": 1, "accepted": []}'}, merged=merged)
    options = ("--since", "main", "--baseline", "b.json", "--grace-days", "0", "--report", "json")
    assert ("new.md", "LC201") in codes(checkout.check(*options))


def test_in_a_folder_below_the_nearest_configuration_of_the_ref_counts(checkout: Checkout) -> None:
    new = {"linkcheck.toml": 'fail-on = "warning"\n', "posts/linkcheck.toml": 'fail-on = "warning"\n'}
    left_long_ago(checkout, {"posts/linkcheck.toml": LAX, "posts/a.md": article()}, new, merged=False)
    (checkout.folder / "posts" / "new.md").write_text(article(publishedDateTime="2021-02-30T00:00:00Z"))
    done = linkcheck("check", "--offline", "--untrusted", "--since", "main", cwd=checkout.folder / "posts", environment=GIT)
    assert done.code == 1
    assert "LC112" in done.out
    trusted = linkcheck("check", "--offline", "--since", "main", cwd=checkout.folder / "posts", environment=GIT)
    assert trusted.code == 0


def test_links_of_the_checkout_lead_no_reference_elsewhere(checkout: Checkout) -> None:
    for name, text in {"post.json": POST, "part.json": PART, "lax.json": "{}"}.items():
        (checkout.folder / "schemas").mkdir(exist_ok=True)
        (checkout.folder / "schemas" / name).write_text(text)
    checkout.write(a__md=article(), linkcheck__toml=STRICT)
    checkout.branch()
    checkout.write(new__md=article(webUrl="https://a.example/gone"))
    for name in ("part.json", "post.json"):
        (checkout.folder / "schemas" / name).unlink()
        (checkout.folder / "schemas" / name).symlink_to("lax.json")
    checkout.commit()
    assert ("new.md", "LC201") in codes(checkout.check("--since", "main", "--grace-days", "0", "--report", "json"))
    (checkout.folder / "lax").mkdir()
    for name in ("part.json", "post.json"):
        (checkout.folder / "schemas" / name).unlink()
        (checkout.folder / "lax" / name).write_text("{}")
    (checkout.folder / "schemas" / "lax.json").unlink()
    (checkout.folder / "schemas").rmdir()
    (checkout.folder / "schemas").symlink_to("lax")
    checkout.commit()
    assert ("new.md", "LC201") in codes(checkout.check("--since", "main", "--grace-days", "0", "--report", "json"))


@pytest.mark.parametrize("name", ["replay", "files-from", "ca-bundle"])
@pytest.mark.parametrize("where", ["flag", "configuration"])
def test_an_input_that_the_change_rewrote_is_refused(checkout: Checkout, name: str, where: str) -> None:
    configured = f'{name} = "input.txt"\n' if where == "configuration" else ""
    checkout.write(a__md=article(), linkcheck__toml=configured, input__txt="")
    checkout.branch()
    checkout.write(input__txt="# rewritten\n")
    flag = (f"--{name}", "input.txt") if where == "flag" else ()
    done = linkcheck("check", "--untrusted", "--since", "main", *flag, cwd=checkout.folder, environment=GIT)
    assert done.code == 2
    assert f"--{name} " in done.err
    assert "differs from the one in main" in done.err


def test_a_named_configuration_without_settings_stands_in_the_place_of_any_in_the_checkout(checkout: Checkout) -> None:
    checkout.write(a__md=article())
    checkout.branch()
    checkout.write(linkcheck__toml="per-host = 1\n")
    empty = checkout.outside / "empty.toml"
    empty.write_text("")
    flags = {"untrusted": True, "since": "main"}
    config = load(flags=flags, environment=GIT, directory=str(checkout.folder), file=str(empty))
    assert config.settings.per_host == Settings().per_host
    assert load(flags=flags, environment=GIT, directory=str(checkout.folder)).settings.per_host == 1
