import tomllib

import pytest

from linkcheck.validate import check_config


@pytest.mark.parametrize(
    ("text", "pointer", "says", "hint"),
    [
        ("timeot = 3", "/timeot", "unknown property `timeot`", "Did you mean timeout?"),
        ("per_host = 3", "/per_host", "unknown property `per_host`", "Did you mean per-host?"),
        ('concurrency = "3"', "/concurrency", 'a whole number, not the text "3"', "Remove the quotes: 3."),
        ("concurrency = 0", "/concurrency", "1 or more", None),
        ('fail-on = "errors"', "/fail-on", "one of error, warning, info or never", "Did you mean error?"),
        (
            'ignore = ["LC 2"]',
            "/ignore/0",
            "is not valid",
            "Use a rule's code (LC202), the beginning of codes (LC2), or a rule's name (dead).",
        ),
        ('[severity]\nLC202 = "fatal"', "/severity/LC202", "one of error, warning, info or off", None),
        ('[severity]\n"LC 2" = "off"', "/severity/LC 2", "the name `LC 2` is not allowed", None),
        ('[[exclude]]\npattern = "x"', "/exclude/0/reason", "`reason` is missing", None),
        ('[[exclude]]\nreason = "x"', "/exclude/0", "`pattern`, `roles` or `paths` is missing in item 1 of `exclude`", None),
        ('[[exclude]]\nreason = "x"\npattern = "("', "/exclude/0/pattern", "not a regular expression", None),
        ("[[exclude]]\nreason = 'x'\npattern = '\\p{L}'", "/exclude/0/pattern", "expression of Python", None),
        (
            "[[exclude]]\nreason = 'x'\npattern = '(?<a>b)'",
            "/exclude/0/pattern",
            "unknown extension ?<a at position 1",
            None,
        ),
        ('[[exclude]]\nreason = "x"\nroles = ["imge"]', "/exclude/0/roles/0", "must be one of", "Did you mean image?"),
        (
            '[[exclude]]\nreason = "x"\npaths = ["a"]\nuntil = 2027-01-31',
            "/exclude/0/until",
            "a bare date",
            'Put it in quotes: "2027-01-31".',
        ),
        ('[[collections]]\nname = "x"', "/collections/0/paths", "`paths` is missing", None),
        ('[hosts."*.a.example"]\ntimeot = 1', "/hosts/*.a.example/timeot", "unknown property", "Did you mean timeout?"),
        ('[hosts."https://a.example"]', "/hosts/https:~1~1a.example", "is not allowed", None),
        ('[hosts."a.example".headers]\nCookie = "secret"', "/hosts/a.example/headers/Cookie", "must be a mapping", None),
        ('[hosts."a.example".headers]\n"a b" = {env = "X"}', "/hosts/a.example/headers/a b", "the name `a b`", None),
        ('base-url = "/blog"', "/base-url", "is not valid", None),
        ('proxy = "foo"', "/proxy", "is not valid", None),
        ('proxy = "socks5://a.example:1"', "/proxy", "is not valid", None),
        ('proxy = "https://me:hunter2@a.example:1"', "/proxy", '"https://***@a.example:1"', None),
        ('proxy = "http://:1"', "/proxy", "not the URL of a proxy", "Use the form http://HOST:PORT."),
        ('proxy = "http://a.example:99999"', "/proxy", "not the URL of a proxy", None),
        ('proxy = "http://a.example/path"', "/proxy", "not the URL of a proxy", None),
        ('proxy = "http://[::1"', "/proxy", "not the URL of a proxy", None),
        ('nameserver = "foo"', "/nameserver", "not an address", "Use the form 127.0.0.1:53 or [::1]:53."),
        ('nameserver = "127.0.0.1:99999"', "/nameserver", "not an address", None),
        ('nameserver = "300.0.0.1"', "/nameserver", "not an address", None),
        ('resolve = ["a.example=b.example"]', "/resolve/0", "contains no valid address", None),
        (
            'remap = ["https://a.example/"]',
            "/remap/0",
            "is not valid",
            "Use the form FROM TO: two URLs.",
        ),
        ('remap = ["https://a.example/ /b"]', "/remap/0", "TO is not a URL: it has no scheme", None),
        ('remap = ["a.example https://b.example/"]', "/remap/0", "FROM is not a URL: it has no scheme", None),
        ('remap = ["https://a.example/?a https://b.example/"]', "/remap/0", "FROM has a user name, query or fragment", None),
        ('remap = ["https://a.example/ https://me:hunter2@b.example/"]', "/remap/0", "https://***@b.example/", None),
        (
            'remap = ["https://a.example/b https://c.example", "https://A.example:443/%62/ https://d.example"]',
            "/remap/1",
            "another value has the same FROM",
            "Remove one of them.",
        ),
        ('remap = [""]', "/remap/0", "item 1 of `remap` is empty", "Use the form FROM TO: two URLs."),
        ('since = ""', "/since", "`since` is empty", "Specify a value, or leave it out."),
        ('base-url = ""', "/base-url", "`base-url` is empty", "Specify a value, or leave it out."),
        ("since = 3", "/since", "must be text", None),
        ('allow-address = ["10.0.0.0/99"]', "/allow-address/0", "is not a valid network", None),
        ('user-agent = "a\\nb: c"', "/user-agent", "is not valid", None),
        ('user-agent = "a\\n"', "/user-agent", "is not valid", None),
        ("hosts = 3", "/hosts", "must be a mapping", None),
        ("interval = nan", "/interval", "finite number, not nan", None),
        ("interval = inf", "/interval", "finite number, not inf", None),
    ],
)
def test_a_fault_of_the_configuration_is_named(text: str, pointer: str, says: str, hint: str | None) -> None:
    (fault,) = check_config(tomllib.loads(text))
    assert fault.pointer == pointer
    assert says in fault.message
    if hint is not None:
        assert fault.hint == hint


def test_a_full_configuration_is_accepted() -> None:
    text = """
        paths = ["_news"]
        base-url = "https://example.com/"
        report = ["text", "json:report.json"]
        allow-port = [8443]
        select = ["LC2", "LC301"]
        max-age = 0.5

        [severity]
        LC202 = "off"
        LC5 = "info"
        dead = "warning"

        [[collections]]
        name = "news"
        paths = ["_news/**"]
        schema = "schemas/news.json"

        [[exclude]]
        pattern = "^https://example.org/"
        roles = ["link"]
        reason = "a bot wall"
        until = "2027-01-31"

        [hosts."*.example.com"]
        interval = 2
        concurrency = 1
        timeout = 60
        headers = { Authorization = { env = "TOKEN" } }
        accept = [403]
    """
    assert check_config(tomllib.loads(text)) == ()


@pytest.mark.parametrize("proxy", ["http://a.example", "http://me:word@a.example:3128/", "http://[::1]:8080", "env"])
@pytest.mark.parametrize("place", ["127.0.0.1", "127.0.0.1:53", "::1", "[::1]", "[::1]:53"])
def test_an_address_may_be_written_in_each_of_its_forms(proxy: str, place: str) -> None:
    data = {"proxy": proxy, "nameserver": place, "resolve": [f"*.example={place}"], "allow-address": ["::1", "10.0.0.0/8"]}
    assert check_config(data) == ()


def test_all_faults_are_told() -> None:
    assert len(check_config({"a": 1, "b": 2, "quiet": "no"})) == 3
