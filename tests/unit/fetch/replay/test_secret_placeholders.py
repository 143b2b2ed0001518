"""How secrets become placeholders in a recording, and placeholders secrets in a replay."""

import pytest

from linkcheck.fetch.replay.secret_placeholders import SecretPlaceholders, secrets_of

LINK = "https://a.example/?token=abcdefgh"
MADE_UP, FIXED = "https://a.example/linkcheck-0123456789abcdef", "https://a.example/linkcheck-0000000000000000"


def test_equal_secrets_have_equal_placeholders() -> None:
    disguise = SecretPlaceholders()
    assert [disguise.learn(secret) for secret in ("a", "b", "a", "***", "***7")] == ["***1", "***2", "***1", "***", "***7"]
    assert [disguise.learn("c", "***9"), disguise.learn("c"), disguise.learn("c", "***8")] == ["***9"] * 3
    assert disguise.learn("d") == "***4"


@pytest.mark.parametrize(
    ("text", "link", "learning", "real", "hidden"),
    [
        pytest.param("https://a.example/?token=new", LINK, True, False, "https://a.example/?token=***2", id="a new one"),
        pytest.param("https://a.example/?token=new", LINK, False, False, "https://a.example/?token=***", id="unknown"),
        pytest.param(LINK, LINK, False, False, "https://a.example/?token=***1", id="known"),
        pytest.param("https://a.example/?token=***", LINK, False, False, "https://a.example/?token=***", id="masked"),
        pytest.param("hello abcdefgh", LINK, False, False, "hello ***1", id="an echo"),
        pytest.param("hello abcdefgh", "https://a.example/", False, False, "hello abcdefgh", id="for another link"),
        pytest.param("hello short12", "https://a.example/?token=short12", True, False, "hello short12", id="a short echo"),
        pytest.param(
            "hello unknown1", "https://a.example/?token=unknown1", True, False, "hello unknown1", id="unknown echo"
        ),
        pytest.param(MADE_UP, MADE_UP, False, False, FIXED, id="a page that cannot exist"),
        pytest.param(MADE_UP, MADE_UP, False, True, MADE_UP, id="a link to it"),
    ],
)
def test_a_text_is_hidden(text: str, link: str, *, learning: bool, real: bool, hidden: str) -> None:
    disguise = SecretPlaceholders()
    disguise.learn("abcdefgh")
    disguise.learn("short12") if "short12" in text else None
    assert disguise.hide(text, link, learning=learning, real=real) == hidden


def test_nothing_is_learned_and_no_link_is_real_unless_stated() -> None:
    assert SecretPlaceholders().hide(LINK, LINK) == "https://a.example/?token=***"
    assert SecretPlaceholders().hide(MADE_UP, MADE_UP) == FIXED
    assert SecretPlaceholders().reveal(FIXED, MADE_UP) == MADE_UP


@pytest.mark.parametrize(
    ("text", "link", "real", "revealed"),
    [
        ("x ***1 y ***2 z", LINK, False, "x abcdefgh y ***2 z"),
        ("x *** y ***01", LINK, False, "x *** y ***01"),
        (FIXED, MADE_UP, False, MADE_UP),
        (FIXED, MADE_UP, True, FIXED),
        (FIXED, LINK, False, FIXED),
    ],
)
def test_a_text_is_revealed(text: str, link: str, *, real: bool, revealed: str) -> None:
    disguise = SecretPlaceholders()
    disguise.learn("abcdefgh")
    assert disguise.reveal(text, link, real=real) == revealed


def test_links_are_paired_with_their_recorded_forms() -> None:
    disguise = SecretPlaceholders()
    links = ["https://a.example/?token=one&key=two", "https://a.example/?token=three"]
    disguise.pair(links, ["https://a.example/?token=***5&key=***6", "https://a.example/?token=***7"])
    assert disguise.reveal("***5 ***6 ***7", LINK) == "one two three"
    with pytest.raises(ValueError, match="argument 2"):
        disguise.pair(links, links[:1])


def test_secrets_are_found_in_their_order() -> None:
    assert secrets_of("https://a.example/?token=one&x=y&key=two") == ["one", "two"]
    assert secrets_of("https://a.example/") == []
