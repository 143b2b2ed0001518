"""When a signed URL expires is read off the URL, and what is no signature is none."""

from base64 import b64encode
from datetime import UTC, datetime

import pytest

from linkcheck.urls import Signed, signed

DAY = datetime(2026, 11, 22, tzinfo=UTC)
SECONDS = str(int(DAY.timestamp()))
POLICY = (
    b64encode(f'{{"DateLessThan":{{"AWS:EpochTime":{SECONDS}}}}}'.encode()).decode().translate(str.maketrans("+=/", "-_~"))
)
CLAIMS = b64encode(f'{{"exp":{SECONDS},"nbf":1}}'.encode()).decode().rstrip("=")
HEXADECIMAL = f"{int(DAY.timestamp()):X}"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(
            "https://b.s3.example/a?X-Amz-Date=20261121T230000Z&X-Amz-Expires=3600&X-Amz-Signature=0f", id="AWS version 4"
        ),
        pytest.param(
            "https://b.example/a?x-goog-signature=0f&x-goog-expires=86400&x-goog-date=20261121T000000Z", id="Google"
        ),
        pytest.param("https://b.example/a?x-expires=1&x-tos-signature=0f&x-tos-expires=" + SECONDS, id="the moment itself"),
        pytest.param(f"https://b.example/a?AWSAccessKeyId=A&Expires={SECONDS}&Signature=a%3D", id="AWS version 2"),
        pytest.param(f"https://b.example/a?sig=a%3D&se={'2026-11-22T00%3A00%3A00Z'}", id="Azure"),
        pytest.param(f"https://scontent.xx.fbcdn.net/a.jpg?oh=0f&oe={HEXADECIMAL}", id="Facebook"),
        pytest.param(f"https://cdn.discordapp.com/a.png?ex={HEXADECIMAL}&is=1&hm=0f", id="Discord"),
        pytest.param(f"https://b.example/a?hdnts=exp={SECONDS}~acl=/*~hmac=0f", id="Akamai"),
        pytest.param(f"https://b.cloudfront.net/a?Policy={POLICY}&Signature=a&Key-Pair-Id=b", id="CloudFront's policy"),
        pytest.param(f"https://b.example/a?Expires={SECONDS}&Signature=a&Key-Pair-Id=b", id="CloudFront"),
        pytest.param(f"https://a.imgix.net/a.jpg?w=3&expires={SECONDS}&s={'0f' * 16}", id="imgix"),
        pytest.param(f"https://media.licdn.com/dms/image/a?e={SECONDS}&v=beta&t=abc", id="LinkedIn"),
        pytest.param(f"https://p16.tiktokcdn.com/a.jpeg?x-expires={SECONDS}&x-signature=0f%3D", id="TikTok"),
        pytest.param(f"https://file.notion.so/f/a.png?expirationTimestamp={SECONDS}000&signature=a", id="Notion"),
        pytest.param(f"https://img.notionusercontent.com/s3/a.png?exp={SECONDS}&sig=a", id="Notion's images"),
        pytest.param(f"https://private-user-images.githubusercontent.com/1/2.png?jwt=eyJ.{CLAIMS}.0f", id="GitHub"),
    ],
)
def test_the_moment_a_signature_expires_is_read_off_the_url(url: str) -> None:
    assert signed(url) == Signed(DAY)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://b.example/a?Policy=eyJ&Signature=a&Key-Pair-Id=b", id="a policy"),
        pytest.param("https://b.example/a?X-Amz-Date=soon&X-Amz-Expires=9&X-Amz-Signature=0f", id="a date that is none"),
        pytest.param(
            "https://b.example/a?X-Amz-Date=99991231T000000Z&X-Amz-Expires=999999999&X-Amz-Signature=0f", id="after all days"
        ),
    ],
)
def test_a_signature_may_not_say_when_it_expires(url: str) -> None:
    assert signed(url) == Signed(None)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(f"https://b.example/a?expires={SECONDS}", id="a time without a signature"),
        pytest.param(f"https://b.example/a?x-expires={SECONDS}", id="a time with a prefix, without a signature"),
        pytest.param("https://b.example/a?x-signature=a", id="a signature with a prefix, without a time"),
        pytest.param("https://b.example/a?signature=a", id="a signature without a policy"),
        pytest.param("https://b.example/a?expires=soon&signature=a", id="no time"),
        pytest.param(f"https://b.example/a.jpg?oe={HEXADECIMAL}", id="another host than Facebook's"),
        pytest.param("https://b.example/a?se=north&sig=a", id="a direction"),
        pytest.param(f"https://a.imgix.net/a.jpg?w=640&s={'0f' * 16}", id="imgix, without a time"),
        pytest.param("https://res.cloudinary.com/a/image/upload/s--0f3a--/a.jpg", id="Cloudinary"),
        pytest.param(f"https://b.example/a?e={SECONDS}&t=abc", id="another host than LinkedIn's"),
        pytest.param(f"https://media.licdn.com/dms/image/a?e={SECONDS}&v=beta", id="LinkedIn, without a signature"),
        pytest.param(f"https://cdn.discordapp.com/a.png?ex={HEXADECIMAL}&is=1", id="Discord, without a signature"),
        pytest.param(f"https://b.example/a?expirationtimestamp={SECONDS}", id="Notion, without a signature"),
        pytest.param("https://b.example/a?se=2026-11-22", id="Azure, without a signature"),
        pytest.param(f"https://b.example/a?expires={SECONDS}&s={'0f' * 15}", id="not imgix"),
        pytest.param(f"https://b.example/a?hdnts=acl=/*~exp={SECONDS}", id="a token that ends with its time"),
        pytest.param(f"https://b.example/a?exp={SECONDS}", id="a time alone"),
        pytest.param("https://b.example/a?jwt=a.b.c", id="another host than GitHub's"),
        pytest.param("https://files.slack.com/files-pri/T1-F1/a.png?pub_secret=0f3a", id="Slack's public files"),
        pytest.param("https://lh3.googleusercontent.com/a=w1200-h630", id="Google's images"),
        pytest.param("https://pbs.twimg.com/media/a?format=jpg&name=large", id="images of X"),
        pytest.param("https://b.example/a?policy=open", id="a policy of its own"),
        pytest.param("https://?expires=1700000000&signature=a", id="no URL"),
        pytest.param("https://b.example/expires=1700000000&signature=a", id="no query"),
    ],
)
def test_what_is_not_signed_for_a_time_is_not_taken_so(url: str) -> None:
    assert signed(url) is None


@pytest.mark.parametrize(
    "url",
    [
        *(
            f"https://b.example/a?expires={SECONDS}&{name}=0f"
            for name in ("signature", "sig", "key-pair-id", "hmac", "md5", "hash", "token")
        ),
        *(f"https://b.example/a?{name}=acl=/*~exp={SECONDS}~hmac=0f" for name in ("hdnea", "hdnts", "hdntl")),
        *(f"https://a{host}/b?oe={HEXADECIMAL}" for host in (".fbcdn.net", ".cdninstagram.com")),
        *(
            f"https://{host}/b?ex={HEXADECIMAL}&hm=0f"
            for host in (
                *("cdn.discordapp.com", "media.discordapp.net"),
                *("images-ext-1.discordapp.net", "images-ext-2.discordapp.net"),
            )
        ),
    ],
)
def test_a_time_counts_beside_each_signature_and_on_each_host(url: str) -> None:
    assert signed(url) == Signed(DAY)


@pytest.mark.parametrize(
    ("time", "expires"),
    [
        ("100000000", datetime(1973, 3, 3, 9, 46, 40, tzinfo=UTC)),
        ("10000000", None),
        ("012345678", None),
        ("99999999999", datetime(5138, 11, 16, 9, 46, 39, tzinfo=UTC)),
        ("1000000000000", datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC)),
        ("0000000000000", None),
    ],
)
def test_a_time_is_a_number_of_seconds_or_milliseconds(time: str, expires: datetime | None) -> None:
    assert signed(f"https://b.example/a?exp={time}&sig=a") == (None if expires is None else Signed(expires))


@pytest.mark.parametrize(
    ("time", "expires"),
    [
        ("2026-11-22T01:00:00%2B01:00", DAY),
        ("2026-11-22T00:00:00", DAY),
        ("2026-11-22", DAY),
        ("0001-01-01T00:00:00%2B01:00", None),
    ],
)
def test_a_time_in_iso_8601_may_have_a_zone(time: str, expires: datetime | None) -> None:
    assert signed(f"https://b.example/a?se={time}&sig=a") == (None if expires is None else Signed(expires))
