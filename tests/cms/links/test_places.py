import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.links.faults import Fault
from cms.links.places import Place, Refused, is_public, read_place

INNER = [
    "127.0.0.1",
    "127.8.8.8",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "0.0.0.0",  # noqa: S104 an address to refuse, none to listen on
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12::1",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001:0:1::1",
    "localhost",
    "",
]
PUBLIC = ["8.8.8.8", "203.208.40.1", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", INNER)
def test_inner_address_is_refused(address):
    assert is_public(address) is False


@pytest.mark.parametrize("address", PUBLIC)
def test_address_of_the_open_internet_is_allowed(address):
    assert is_public(address) is True


@given(st.ip_addresses(v=4))
def test_wrapped_address_is_judged_as_what_it_carries(ip):
    wrapped = [f"::ffff:{ip}", f"64:ff9b::{ip}"]

    assert [is_public(each) for each in wrapped] == [is_public(str(ip))] * 2


def test_address_is_read():
    place = read_place("https://Www.GD.gov.cn/路/a%20b?q=妇联&x=1#top")

    assert place == Place(
        "https", "www.gd.gov.cn", 443, "/%E8%B7%AF/a%20b?q=%E5%A6%87%E8%81%94&x=1"
    )


def test_chinese_host_is_spelled_in_ascii():
    assert read_place("http://妇联.cn").host == "xn--gvsw61g.cn"


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("ftp://example.com/", Fault.MALFORMED),
        ("javascript:alert(1)", Fault.MALFORMED),
        ("file:///etc/passwd", Fault.MALFORMED),
        ("http://", Fault.MALFORMED),
        ("http://[::1", Fault.MALFORMED),
        ("http://example.com:port/", Fault.MALFORMED),
        ("http://a b.com/", Fault.MALFORMED),
        ("http://example.com/\r\nHost: inner", Fault.MALFORMED),
        ("http://" + "a" * 64 + ".com", Fault.MALFORMED),
        ("http://example.com/" + "a" * 2000, Fault.MALFORMED),
        ("http://user:secret@example.com/", Fault.CREDENTIALS),
        ("http://example.com@10.0.0.1/", Fault.CREDENTIALS),
        # A link to another port may be right; it is only not asked.
        ("http://example.com:8080/", None),
        ("http://example.com:22/", None),
    ],
)
def test_address_that_is_not_asked(url, fault):
    with pytest.raises(Refused) as refusal:
        read_place(url)

    assert refusal.value.fault == fault
