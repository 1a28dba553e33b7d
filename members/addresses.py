"""Where a request comes from, as the limits count it."""

from ipaddress import IPv6Network, ip_address

from allauth.account.adapter import get_adapter


def client_address(request) -> str:
    """The client's address, seen past our own proxies (TRUSTED_PROXY_COUNT).

    Of IPv6 the /64: that is one household's, and it may pick any address of it.
    """
    address = ip_address(get_adapter().get_client_ip(request))
    return str(address if address.version == 4 else IPv6Network((address, 64), strict=False))
