import pytest

from cms.hosts import BadAddress, read_domain, read_host


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.gd.gov.cn/a?b=1#c", "www.gd.gov.cn"),
        ("https://GD.gov.cn", "gd.gov.cn"),
        ("HTTPS://gd.gov.cn/", "gd.gov.cn"),
    ],
)
def test_host_of_a_plain_address(address, host):
    assert read_host(address) == host


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://gd.gov.cn/", "scheme"),
        ("//gd.gov.cn/", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("/columns/", "scheme"),
        ("", "scheme"),
        ("https://gd.gov.cn@evil.example/", "userinfo"),
        ("https://gd.gov.cn:443@evil.example/", "userinfo"),
        ("https://gd.gov.cn:8443/", "port"),
        ("https://gd.gov.cn:/", "port"),
        ("https://[::1]/", "port"),
        ("https://[gd.gov.cn/", "unreadable"),
        ("https://evil.example\\@gd.gov.cn/", "unreadable"),
        ("https://gd.gov.cn/\n", "unreadable"),
        ("https://gd.gov.cn\t.evil.example/", "unreadable"),
        ("https://gd.gov.cn /", "unreadable"),
        ("https:///gd.gov.cn/", "host"),
        ("https://127.0.0.1/", "host"),
        ("https://127.1/", "host"),
        ("https://2130706433/", "host"),
        ("https://0x7f.0.0.1/", "host"),
        ("https://localhost/", "host"),
        ("https://xn--fiq228c.cn/", "host"),
        ("https://广东.中国/", "host"),
        ("https://gd.gov.cn./", "host"),
        ("https://gd..cn/", "host"),
        ("https://-gd.cn/", "host"),
        ("https://gd%2egov.cn/", "host"),
        ("https://ｇd.gov.cn/", "host"),
    ],
)
def test_what_a_browser_could_read_otherwise_is_refused(address, code):
    with pytest.raises(BadAddress) as refused:
        read_host(address)

    assert refused.value.code == code


@pytest.mark.parametrize("text", ["https://gd.gov.cn", "*.gov.cn", "gd.gov.cn/a", "cn", "a b.cn"])
def test_domain_is_a_bare_name(text):
    with pytest.raises(BadAddress):
        read_domain(text)


def test_domain_is_kept_in_small_letters():
    assert read_domain("GD.gov.cn") == "gd.gov.cn"
