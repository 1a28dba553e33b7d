import pytest

from members.addresses import client_address


@pytest.mark.parametrize(
    ("said", "counted"),
    [("198.51.100.7", "198.51.100.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")],
)
def test_client_address_is_a_households(rf, said, counted):
    assert client_address(rf.get("/", REMOTE_ADDR=said)) == counted


def test_client_address_is_seen_past_our_own_proxy(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.7")

    assert client_address(request) == "198.51.100.7"


def test_client_address_believes_nobody_without_a_proxy(rf):
    request = rf.get("/", REMOTE_ADDR="198.51.100.7", HTTP_X_FORWARDED_FOR="203.0.113.9")

    assert client_address(request) == "198.51.100.7"
