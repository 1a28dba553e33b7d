import socket
import ssl
from time import monotonic

import pytest

from cms.links.asking import Answer, Rules, ask, fault_of
from cms.links.faults import Fault
from cms.links.pacing import Pacer
from tests.cms.links.server import dripping, stranger

AGENT = "XuetangLinkCheck/1.0 (+https://xuetang.example)"


def look(url, rules):
    return ask(url, agent=AGENT, pacer=Pacer(gap=0), rules=rules)


def look_at(path, answers, **changes):
    """What comes of the address, and what the server was asked for."""
    with stranger(answers) as server:
        answer = look(server.address + path, server.rules(**changes))
    return answer, [(method, path) for method, path, _headers in server.asked]


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (200, None),
        (204, None),
        # It turns machines away, which says nothing about readers.
        (401, None),
        (403, None),
        (412, None),
        (429, None),
        (404, Fault.MISSING),
        (410, Fault.MISSING),
        (500, Fault.SERVER_ERROR),
        (502, Fault.SERVER_ERROR),
    ],
)
def test_status_is_judged(status, fault):
    answer, _asked = look_at("/a", {"/a": (status, {})})

    assert answer == Answer(fault, status)


def test_only_the_head_of_a_good_page_is_asked():
    _answer, asked = look_at("/a", {"/a": (200, {})})

    assert asked == [("HEAD", "/a")]


@pytest.mark.parametrize("head", [(405, {}), (404, {}), (500, {}), "hang up"])
def test_server_that_knows_no_head_is_asked_again(head):
    answer, asked = look_at("/a", {"HEAD /a": head, "GET /a": (200, {})})

    assert (answer, asked) == (Answer(None, 200), [("HEAD", "/a"), ("GET", "/a")])


def test_who_asks_says_so():
    with stranger({"/": (200, {})}) as server:
        look(server.address, server.rules())

    assert server.asked[0][2]["User-Agent"] == AGENT


def test_redirects_are_followed():
    answers = {"/a": (302, {"Location": "/b"}), "/b": (301, {"Location": "/c"}), "/c": (200, {})}

    answer, asked = look_at("/a", answers)

    assert (answer, [path for _method, path in asked]) == (
        Answer(None, 200, is_direct=False),
        ["/a", "/b", "/c"],
    )


def test_redirects_end():
    answer, asked = look_at("/a", {"/a": (302, {"Location": "/a"})})

    assert (answer.fault, len(asked)) == (Fault.CIRCLES, 6)


@pytest.mark.parametrize(
    ("location", "fault"),
    [
        ("http://inner.example/", Fault.INNER),
        ("http://169.254.169.254/latest/", Fault.INNER),
        ("http://user:word@name.example/", Fault.CREDENTIALS),
        ("file:///etc/passwd", Fault.MALFORMED),
    ],
)
def test_redirect_passes_the_same_door(location, fault):
    with stranger({"/": (302, {"Location": ""})}) as server:
        port = server.server_port
        server.answers["/"] = (
            302,
            {"Location": location.replace(".example/", f".example:{port}/")},
        )
        rules = server.rules(
            ports=frozenset({80, port}),
            resolve=lambda host, port: ["10.0.0.1"] if host[0] in "i1" else ["127.0.0.1"],
        )
        answer = look(f"http://name.example:{port}/", rules)

    assert (answer, len(server.asked)) == (Answer(fault, is_direct=False), 1)


def test_redirect_to_another_port_is_not_followed():
    answer, asked = look_at("/", {"/": (302, {"Location": "http://127.0.0.1:22/"})})

    assert (answer.fault, len(asked)) == (None, 1)


def test_server_of_this_machine_is_refused_by_default():
    with stranger({"/": (200, {})}) as server:
        answer = look(server.address, Rules(ports=frozenset({server.server_port})))

    assert (answer, server.asked) == (Answer(Fault.INNER), [])


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "[::1]"])
def test_other_names_of_this_machine_are_refused(host):
    with stranger({"/": (200, {})}) as server:
        port = server.server_port
        answer = look(f"http://{host}:{port}/", Rules(ports=frozenset({port})))

    assert (answer, server.asked) == (Answer(Fault.INNER), [])


def test_host_with_one_inner_address_is_refused():
    with stranger({"/": (200, {})}) as server:
        rules = server.rules(resolve=lambda host, port: ["127.0.0.1", "10.0.0.1"])
        answer = look(f"http://name.example:{server.server_port}/", rules)

    assert (answer, server.asked) == (Answer(Fault.INNER), [])


def test_name_that_changes_its_mind_is_asked_once():
    """The connection goes to the address that was looked at (DNS rebinding)."""
    turns = [["127.0.0.1"], ["10.0.0.1"]]
    with stranger({"HEAD /": (500, {}), "GET /": (200, {})}) as server:
        rules = server.rules(resolve=lambda host, port: turns.pop(0))
        answer = look(f"http://name.example:{server.server_port}/", rules)

    assert (answer, len(server.asked), turns) == (Answer(None, 200), 2, [["10.0.0.1"]])


def test_host_is_named_to_the_server_though_its_number_is_called():
    with stranger({"/": (200, {})}) as server:
        look(f"http://name.example:{server.server_port}/", server.rules())

    assert server.asked[0][2]["Host"] == f"name.example:{server.server_port}"


def test_second_address_is_tried_when_the_first_is_dead():
    with stranger({"/": (200, {})}) as server:
        rules = server.rules(
            is_allowed=lambda ip: True, resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"]
        )
        answer = look(f"http://name.example:{server.server_port}/", rules)

    assert answer == Answer(None, 200)


def test_nobody_listening():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    rules = Rules(is_allowed=lambda ip: True, ports=frozenset({port}))

    assert look(f"http://127.0.0.1:{port}/", rules) == Answer(Fault.UNREACHABLE)


def test_server_that_says_nothing_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        rules = Rules(is_allowed=lambda ip: True, ports=frozenset({port}), request_seconds=0.2)
        answer = look(f"http://127.0.0.1:{port}/", rules)

    assert answer == Answer(Fault.SLOW)


def test_server_that_drips_is_given_up():
    with dripping() as port:
        rules = Rules(is_allowed=lambda ip: True, ports=frozenset({port}), request_seconds=0.3)
        begun = monotonic()
        answer = look(f"http://127.0.0.1:{port}/", rules)

    assert (answer, monotonic() - begun < 3) == (Answer(Fault.SLOW), True)


def test_all_hops_together_have_an_end():
    with stranger({"/a": (302, {"Location": "/a"})}) as server:
        answer = ask(
            server.address + "/a",
            agent=AGENT,
            pacer=Pacer(gap=0.2),
            rules=server.rules(link_seconds=0.3),
        )

    assert (answer.fault, len(server.asked)) == (Fault.SLOW, 2)


def test_plain_server_behind_https():
    with stranger({}) as server:
        answer = look(server.address.replace("http:", "https:"), server.rules())

    assert answer == Answer(Fault.NO_ENCRYPTION)


def certificate_error(code):
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = code
    return error


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (certificate_error(10), Fault.EXPIRED_CERTIFICATE),
        (certificate_error(18), Fault.BAD_CERTIFICATE),
        (socket.gaierror(-2, "Name or service not known"), Fault.NO_HOST),
        (ConnectionRefusedError(), Fault.UNREACHABLE),
    ],
)
def test_errors_have_their_faults(error, fault):
    assert fault_of(error) == fault


def test_one_host_is_not_asked_twice_within_a_second():
    now, rests = [0.0], []

    def rest(seconds):
        rests.append(seconds)
        now[0] += seconds

    pacer = Pacer(clock=lambda: now[0], rest=rest)
    for host in ["a", "b", "a", "a"]:
        pacer.wait_for(host)

    assert rests == [1.0, 1.0]
