"""The hashes in a baseline stay the same from version to version."""

from linkcheck.triage.digest import digest


def test_a_hash_is_short_and_depends_on_where_a_part_ends() -> None:
    assert digest("LC201", "/url") == "b4d06edaa3135e0b"
    assert digest("LC201/", "url") != digest("LC201", "/url") != digest("LC201/url")


def test_a_text_with_half_a_character_has_a_hash() -> None:
    assert len(digest("\ud83d")) == 16
