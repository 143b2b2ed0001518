"""How alike two titles are said to be."""

import pytest

from linkcheck.judge.titles.compare_titles import may_be_alike
from linkcheck.judge.titles.likeness import likeness

UNLIKE = 0.25

EDITED = [
    ("Council rejects plan for the old harbour", "Council approves plan after all | The Gazette"),
    ("Facebook&#39;s new rules", "Facebook\u2019s new rules - CNN"),
    ("Facebook&amp;#8217;s new rules", "FACEBOOKS NEW RULES"),
    ("Mayors ban cameras", "Mayor bans camera"),
    ("Café am Hafen schließt früher", "Cafe am Hafen schliesst fruher - Gazette"),
    ("What the <em>new</em> bridge will cost", "New bridge: the cost"),
    ("Gazette | Council rejects plan", "Council said to reject the plan"),
    ("日本の首相が辞任を表明", "首相が辞任表明 | 日経"),
    ("ราคาน้ำมันขึ้นอีกครั้ง", "ราคาน้ำมันขึ้น - ข่าว"),
    ("सरकार ने नया कानून बनाया", "सरकार का नया कानून | आज तक"),
    ("Власти запустили распознавание лиц", "Система распознавания лиц запущена"),
]
OTHERS = [
    ("Council rejects plan for the old harbour", "gazette.example is for sale"),
    ("日本の首相が辞任を表明", "ドメイン販売中"),
    ("Власти запустили распознавание лиц", "Лучшее онлайн казино"),
]
UNTELLING = [
    ("AI", "The year of the machine"),
    ("Who is who", "Best casinos"),
    ("Council rejects plan for the old harbour", "Just a moment..."),
    ("What the new bridge will cost", "The best of all that we have for you"),
    ("To be or not to be", "To be, or not to be"),
    ("", "Best casinos"),
    ("Council rejects plan", "Sports"),
    ("Council rejects plan", "..."),
]


@pytest.mark.parametrize(("ours", "theirs"), EDITED, ids=[theirs for _, theirs in EDITED])
def test_an_edited_title_is_like_the_former(ours: str, theirs: str) -> None:
    score = likeness(ours, theirs)
    assert score is not None
    assert score >= 2 * UNLIKE - 0.1


@pytest.mark.parametrize(("ours", "theirs"), OTHERS, ids=[theirs for _, theirs in OTHERS])
def test_the_title_of_another_page_is_unlike(ours: str, theirs: str) -> None:
    score = likeness(ours, theirs)
    assert score is not None
    assert score < UNLIKE


@pytest.mark.parametrize(("ours", "theirs"), UNTELLING, ids=[f"{ours} and {theirs}" for ours, theirs in UNTELLING])
def test_of_a_title_that_is_too_short_nothing_is_told(ours: str, theirs: str) -> None:
    assert likeness(ours, theirs) is None


@pytest.mark.parametrize(
    ("ours", "theirs", "alike"),
    [
        ("The bridge", "the Bridge!", True),
        ("The bridge", "", True),
        ("The bridge", "...", True),
        ("", "The bridge", False),
        ("Council opens the bridge", "Council opens the bridge again", True),
        ("Council opens the bridge again", "Council opens the bridge", True),
        ("Council opens the bridge", "Council closes the bridge", False),
        ("AI", "AI in schools", False),
    ],
)
def test_titles_may_be_of_one_page_if_one_is_in_the_other(ours: str, theirs: str, alike: bool) -> None:  # noqa: FBT001
    assert may_be_alike(ours, theirs) is alike
