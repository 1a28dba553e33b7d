"""Which addresses may be asked at all: editors write them, and this server stands inside."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urlsplit

from cms.links.faults import Fault

WEB_PORTS = frozenset({80, 443})
STANDARD_PORTS = {"http": 80, "https": 443}
LONGEST = 2000
# IPv6 that carries an IPv4 address in its last 32 bits, and is judged by that.
NAT64 = ip_network("64:ff9b::/96")
# 6to4 and Teredo are dead ways into IPv4; site-local is what fc00::/7 replaced.
TUNNELS = [ip_network("2002::/16"), ip_network("2001::/32"), ip_network("fec0::/10")]
# What a path and a query may hold as they stand; `%` because editors paste encoded addresses.
PLAIN = "%/:?#[]@!$&'()*+,;=~-._"


class Refused(Exception):
    """The address is not asked. `fault` is None where that says nothing about the link."""

    def __init__(self, fault: Fault | None):
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class Place:
    """Where a request goes: `target` is path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == STANDARD_PORTS[self.scheme] else f"{host}:{self.port}"


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet.

    Loopback, private, link-local, shared (CGNAT), reserved and multicast ranges are not, in IPv4
    and in every IPv6 form of them.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        carried = _carried(ip)
        if carried is not None:
            ip = carried
        elif any(ip in tunnel for tunnel in TUNNELS):
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _carried(ip: IPv6Address) -> IPv4Address | None:
    if ip in NAT64:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped


def read_place(url: str, *, ports: frozenset[int] = WEB_PORTS) -> Place:
    """Raises Refused for what is no plain address of the web."""
    if len(url) > LONGEST or any(char <= " " or char == "\x7f" for char in url):
        raise Refused(Fault.MALFORMED)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused(Fault.MALFORMED) from error
    if parts.scheme not in STANDARD_PORTS or not parts.hostname:
        raise Refused(Fault.MALFORMED)
    if parts.username is not None or parts.password is not None:
        raise Refused(Fault.CREDENTIALS)
    port = port or STANDARD_PORTS[parts.scheme]
    if port not in ports:
        raise Refused(None)
    target = quote(parts.path or "/", safe=PLAIN)
    if parts.query:
        target += "?" + quote(parts.query, safe=PLAIN)
    return Place(parts.scheme, _plain_host(parts.hostname), port, target)


def _plain_host(host: str) -> str:
    if ":" in host:
        return host
    try:
        return host.rstrip(".").encode("idna").decode()
    except UnicodeError as error:
        raise Refused(Fault.MALFORMED) from error
