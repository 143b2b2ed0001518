from hypothesis import given
from hypothesis import strategies as st

from linkcheck.fetch.http.missing_intermediates import issuer_url


@given(st.binary(max_size=200))
def test_the_issuers_place_is_read_from_any_bytes(data: bytes) -> None:
    found = issuer_url(b"\x06\x08\x2b\x06\x01\x05\x05\x07\x30\x02\x86" + data)
    assert found is None or found.encode("latin-1") in data
