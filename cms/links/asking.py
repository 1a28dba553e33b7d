"""Asking one address whether it is still there.

The name is resolved once, every address it has must be allowed, and the connection goes to the
address that was looked at: a name that changes its mind in between (DNS rebinding) leads nowhere.
Each redirect passes the same door. No body is ever read.
"""

import socket
import ssl
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from threading import Timer
from time import monotonic
from urllib.parse import urljoin

from cms.links.faults import Fault
from cms.links.pacing import Pacer
from cms.links.places import WEB_PORTS, Place, Refused, is_public, read_place

MOST_REDIRECTS = 5
MOST_TRIED = 3
REDIRECTS = {301, 302, 303, 307, 308}
GONE = {404, 410}
EXPIRED = 10  # OpenSSL: X509_V_ERR_CERT_HAS_EXPIRED


def resolve(host: str, port: int) -> list[str]:
    """The host's addresses; raises socket.gaierror."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


@dataclass(frozen=True)
class Rules:
    """Whom to ask and how long to wait: seconds for one request, and for all that one link takes.

    Tests let a server of their own in; nothing else changes them.
    """

    is_allowed: Callable[[str], bool] = is_public
    ports: frozenset[int] = WEB_PORTS
    resolve: Callable[[str, int], list[str]] = resolve
    request_seconds: float = 10
    link_seconds: float = 30


DEFAULT_RULES = Rules()


@dataclass(frozen=True)
class Answer:
    """`fault` None: it is there, or it cannot be told (a site that turns machines away).

    `is_direct`: the host that was named answered so, not one that it led to.
    """

    fault: Fault | None
    status: int | None = None
    is_direct: bool = True


def ask(url: str, *, agent: str, pacer: Pacer, rules: Rules = DEFAULT_RULES) -> Answer:
    until, hop, status = monotonic() + rules.link_seconds, 0, None
    try:
        for hop in range(MOST_REDIRECTS + 1):
            place = read_place(url, ports=rules.ports)
            status, location = _look(place, agent, pacer, rules, until)
            if status not in REDIRECTS or not location:
                return Answer(_judge(status), status, is_direct=hop == 0)
            url = _follow(url, location)
    except Refused as refused:
        return Answer(refused.fault, is_direct=hop == 0)
    except (OSError, HTTPException) as error:
        return Answer(fault_of(error), is_direct=hop == 0)
    return Answer(Fault.CIRCLES, status, is_direct=False)


def _follow(url: str, location: str) -> str:
    # Header lines are bytes; http.client reads them as Latin-1.
    return urljoin(url, location.encode("latin-1").decode("utf-8", "replace").strip())


def _judge(status: int) -> Fault | None:
    if status in GONE:
        return Fault.MISSING
    return Fault.SERVER_ERROR if status >= 500 else None


def fault_of(error: Exception) -> Fault:
    match error:
        case socket.gaierror():
            return Fault.NO_HOST
        case TimeoutError():
            return Fault.SLOW
        case ssl.SSLCertVerificationError(verify_code=code):
            return Fault.EXPIRED_CERTIFICATE if code == EXPIRED else Fault.BAD_CERTIFICATE
        case ssl.SSLError():
            return Fault.NO_ENCRYPTION
    return Fault.UNREACHABLE


def _look(place: Place, agent: str, pacer: Pacer, rules: Rules, until: float):
    """Status and Location. HEAD first; servers that refuse it or stumble over it get a GET."""
    addresses = _addresses_of(place, rules)

    def send(method: str):
        pacer.wait_for(place.host)
        seconds = min(rules.request_seconds, until - monotonic())
        if seconds <= 0:
            raise TimeoutError
        return _send(method, place, addresses, agent, seconds)

    try:
        status, location = send("HEAD")
    except (HTTPException, ConnectionResetError):
        return send("GET")
    return send("GET") if status >= 400 else (status, location)


def _addresses_of(place: Place, rules: Rules) -> list[str]:
    addresses = rules.resolve(place.host, place.port)
    if not addresses or not all(rules.is_allowed(address) for address in addresses):
        raise Refused(Fault.INNER)
    return addresses[:MOST_TRIED]


def _send(method: str, place: Place, addresses: list[str], agent: str, seconds: float):
    until = monotonic() + seconds
    with closing(_connect(addresses, place, seconds)) as sock:
        is_cut = False

        def cut():
            # A server that sends a byte now and then never runs into the socket's own timeout.
            nonlocal is_cut
            is_cut = True
            with suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

        watch = Timer(max(0.0, until - monotonic()), cut)
        watch.start()
        try:
            said = _talk(method, place, sock, agent)
        except (OSError, HTTPException):
            if not is_cut:
                raise
        finally:
            watch.cancel()
        # To http.client, headers that break off are headers that end.
        if is_cut:
            raise TimeoutError
        return said


def _connect(addresses: list[str], place: Place, seconds: float) -> socket.socket:
    failure: OSError = ConnectionRefusedError()
    for address in addresses:
        try:
            sock = socket.create_connection((address, place.port), timeout=seconds / len(addresses))
        except OSError as error:
            failure = error
            continue
        sock.settimeout(seconds)
        if place.scheme == "http":
            return sock
        context = ssl.create_default_context()
        return context.wrap_socket(sock, server_hostname=place.host, do_handshake_on_connect=False)
    raise failure


def _talk(method: str, place: Place, sock: socket.socket, agent: str):
    if isinstance(sock, ssl.SSLSocket):
        sock.do_handshake()
    connection = HTTPConnection(place.host, place.port)
    connection.sock = sock
    headers = {
        "Host": place.host_header,
        "User-Agent": agent,
        "Accept": "*/*",
        "Connection": "close",
    }
    connection.request(method, place.target, headers=headers)
    with connection.getresponse() as response:
        return response.status, response.getheader("Location")
