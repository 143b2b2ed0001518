import tomllib

import pytest

from linkcheck.validate import check_config


@pytest.mark.parametrize(
    ("text", "pointer", "says", "hint"),
    [
        ("timeot = 3", "/timeot", "unknown property `timeot`", "Did you mean timeout?"),
        ("per_host = 3", "/per_host", "unknown property `per_host`", "Did you mean per-host?"),
        ('concurrency = "3"', "/concurrency", 'a whole number, not the text "3"', "Write 3 without quotes."),
        ("concurrency = 0", "/concurrency", "1 or more", None),
        ('fail-on = "errors"', "/fail-on", "one of error, warning, info or never", "Did you mean error?"),
        (
            'ignore = ["LC 2"]',
            "/ignore/0",
            "does not match",
            "Write a rule's code, LC202, the beginning of codes, LC2, or its name, dead.",
        ),
        ('[severity]\nLC202 = "fatal"', "/severity/LC202", "one of error, warning, info or off", None),
        ('[severity]\n"LC 2" = "off"', "/severity/LC 2", "the name `LC 2` is not allowed", None),
        ('[[exclude]]\npattern = "x"', "/exclude/0/reason", "`reason` is missing", None),
        ('[[exclude]]\nreason = "x"', "/exclude/0", "at least one of `pattern`, `roles` or `paths`", None),
        ('[[exclude]]\nreason = "x"\npattern = "("', "/exclude/0/pattern", "not a regular expression", None),
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
        ('base-url = "/blog"', "/base-url", "does not match", None),
        ("hosts = 3", "/hosts", "must be a mapping", None),
        ("interval = nan", "/interval", "finite, not nan", None),
        ("interval = inf", "/interval", "finite, not inf", None),
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


def test_all_faults_are_told() -> None:
    assert len(check_config({"a": 1, "b": 2, "quiet": "no"})) == 3
