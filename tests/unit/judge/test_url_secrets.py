"""What a URL's query holds that is not for readers: told by name and value together."""

import pytest

from linkcheck.judge.url_traits.secrets import Kind, personal_parameter

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0NzExIn0.0f3a"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://api.gazette.example/a?access_token=0f3a0f3a", Kind.SECRET),
        ("https://api.gazette.example/v1/council-rejects-the-plan?access_token=0f3a0f3a", Kind.SECRET),
        ("https://gazette.example/feed?api_key=9f86d081884c7d65", Kind.SECRET),
        ("https://gazette.example/feed?apikey=abc123", Kind.SECRET),
        ("https://gazette.example/feed?client_secret=3fa85f64-5717-4562-b3fc-2c963f66afa6", Kind.SECRET),
        ("https://gazette.example/feed#id_token=" + JWT, Kind.SECRET),
        ("https://gazette.example/login?user=ann&password=hunter2", Kind.SECRET),
        ("https://gazette.example/a?key=ghp_0123456789abcdef0123", Kind.SECRET),
        ("https://raw.githubusercontent.com/a/b/main/c.png?token=GHSAT0AAAAAACABCDEFGH", Kind.SECRET),
        ("https://gazette.example/content/abc?accessToken=zwAAAX0123456789&sharetype=gift", Kind.GIFT),
        ("https://gazette.example/2021/council-rejects-the-plan?accessToken=" + JWT, Kind.GIFT),
        ("https://gazette.example/2021/council-rejects-the-plan?token=" + JWT, Kind.GIFT),
        ("https://gazette.example/feed?token=" + JWT, Kind.SECRET),
        ("https://gazette.example/2021/council-rejects-the-plan?key=" + JWT, Kind.GIFT),
        ("https://gazette.example/feed?key=" + JWT, Kind.SECRET),
        ("https://gazette.example/2021/council-rejects-the-plan?key=ghp_0123456789abcdef0123", Kind.SECRET),
        ("https://gazette.example/a;jsessionid=0F3A0F3A0F3A0F3A", Kind.SESSION),
        ("https://gazette.example/a?PHPSESSID=9f86d081884c7d65", Kind.SESSION),
        ("https://gazette.example/a?sessionid=abcdefghXYZijklmnop", Kind.SESSION),
        ("https://gazette.example/a?sessionid=abc12x", Kind.SESSION),
        ("https://gazette.example/a?elq_cid=22023705", Kind.SUBSCRIBER),
        ("https://gazette.example/a?email=mailto:ann@herald.example", Kind.SUBSCRIBER),
        ("https://notzoom.us/j/4711?pwd=a1B2c3D4e5", Kind.SECRET),
        ("https://gazette.example/feed?secret=9f86d081884c7d65", Kind.SECRET),
        ("https://gazette.example/feed?apikey=%39f86d0", Kind.SECRET),
        ("https://gazette.example/feed?accessToken=9f86d081884c7d65&gift", Kind.GIFT),
        ("https://gazette.example/feed?accessToken=9f86d081884c7d65&a=gift", Kind.GIFT),
        ("https://gazette.example/feed?accessToken=9f86d081884c7d65&a=gifts", Kind.SECRET),
        ("https://gazette.example/feed?apikey=9f86d081884c7d65&gift", Kind.SECRET),
        ("https://graph.gazette.example/2021/council-rejects-the-plan?access_token=0f3a0f3a", Kind.SECRET),
        ("https://gazette.example/a?mkt_tok=eyJpIjoi", Kind.SUBSCRIBER),
        ("https://gazette.example/a?recipient=ann%40herald.example", Kind.SUBSCRIBER),
    ],
)
def test_a_name_and_a_value_of_its_kind_tell(url: str, kind: Kind) -> None:
    found = personal_parameter(url)
    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize(
    "url",
    [
        "https://gazette.example/account?password=reset",
        "https://gazette.example/account?action=password&secret=garden2021",
        "https://gazette.example/account?pwd=forgotten",
        "https://zoom.us/j/4711?pwd=a1B2c3D4e5",
        "https://us02web.zoom.us/j/4711?pwd=a1B2c3D4e5",
        "https://gazette.example/account?pwd=abc12",
        "https://gazette.example/account?pwd=abcdef",
        "https://gazette.example/account?pwd=123456",
        "https://gazette.example/account?secret=abc123",
        "https://gazette.example/account?apikey=abc12",
        "https://gazette.example/a?email=ann",
        "https://gazette.example/a?mkt_tok=redacted",
        "https://conference.example/talks?session_id=4711",
        "https://conference.example/talks?sessionid=IT203",
        "https://api.nasa.example/apod?api_key=DEMO_KEY",
        "https://api.gazette.example/a?api_key=YOUR_API_KEY_1234",
        "https://api.gazette.example/a?api_key=",
        "https://api.gazette.example/a?api_key={{key}}",
        "https://api.gazette.example/a?access_token=xxxxxxxxxxxx",
        "https://api.maps.example/static.png?access_token=pk.eyJ1Ijoi0f3a",
        "https://www.nytimes.com/2024/a.html?unlocked_article_code=1.abcDEF123456&smid=url-share",
        "https://www.wsj.com/articles/a?st=a1b2c3d4e5&reflink=share",
        "https://www.ft.com/content/a?sharetype=gift&token=0f3a0f3a-0f3a-0f3a",
        "https://www.thetimes.example/a?shareToken=0f3a0f3a0f3a0f3a",
        "https://www.theatlantic.com/a?gift=0f3a0f3a0f3a0f3a",
        "https://medium.com/@ann/a?sk=0f3a0f3a0f3a0f3a",
        "https://gazette.example/a?key=7&token=abc&sid=8&code=GB&auth=editor",
        "https://maps.googleapis.com/maps/api/staticmap?key=AIzaSy0123456789abcdefghijklmnopqrstuvw",
        "https://gazette.example/contact?email=info@gazette.example",
        "https://gazette.example/a?email=yes&mail=daily",
        "https://gazette.example/search?q=access_token",
        "https://gazette.example/a?mkt_tok=",
    ],
)
def test_what_only_looks_like_a_secret_tells_nothing(url: str) -> None:
    assert personal_parameter(url) is None
