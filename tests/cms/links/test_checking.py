"""Asking what is due: against a real server on this machine."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.domain.links import check_due, check_page
from cms.domain.links.checking import note_answer
from cms.links.asking import Answer, Rules
from cms.links.faults import Fault
from cms.models import OutsideAddress, PageLink
from tests.cms.desk.scene import make_article, make_column
from tests.cms.links.server import stranger

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = timedelta(days=1)


def make_address(url="https://a.cn/", **fields) -> OutsideAddress:
    return OutsideAddress.objects.create(url=url, **{"due_at": NOW} | fields)


def note(address, *faults, apart=DAY) -> OutsideAddress:
    for place, fault in enumerate(faults):
        status = 404 if fault else 200
        note_answer(address, Answer(fault, status), now=NOW + place * apart)
    address.refresh_from_db()
    return address


def is_broken(address) -> bool:
    return address.links.broken().exists()


@pytest.fixture
def page(home):
    return make_article(make_column(home), None)


@pytest.fixture
def address(page):
    address = make_address()
    PageLink.objects.create(page=page, target=address.url, address=address)
    return address


def test_one_failure_is_none_yet_and_is_asked_again_after_a_day(address):
    note(address, Fault.MISSING)

    assert (is_broken(address), address.due_at) == (False, NOW + DAY)


def test_two_failures_a_day_apart_are_a_broken_link(address):
    note(address, Fault.MISSING, Fault.MISSING)

    assert (is_broken(address), address.first_failed_at, address.due_at) == (True, NOW, None)


def test_failures_within_a_day_count_once(address):
    note(address, Fault.MISSING, Fault.MISSING, Fault.MISSING, apart=timedelta(hours=11))

    assert (is_broken(address), address.failures) == (False, 1)


def test_address_that_answers_again_is_whole(address):
    note(address, Fault.MISSING, Fault.MISSING, None)

    assert (is_broken(address), address.failures, address.first_failed_at) == (False, 0, None)


def test_reason_names_the_status(address):
    note(address, Fault.MISSING, Fault.MISSING)

    assert PageLink.objects.get().reason == "网址不存在（404）"


def test_what_is_due_is_asked(address):
    with stranger({"/there": (200, {})}) as server:
        there = make_address(f"{server.address}/there")
        gone = make_address(f"{server.address}/gone")
        later = make_address(f"{server.address}/later", due_at=NOW + DAY)
        OutsideAddress.objects.filter(pk=address.pk).delete()
        count = check_due(now=NOW, rules=server.rules())

    rows = OutsideAddress.objects.order_by("pk").values_list("pk", "status", "fault")
    assert (count, list(rows)) == (
        2,
        [(there.pk, 200, ""), (gone.pk, 404, "missing"), (later.pk, None, "")],
    )


def test_run_has_an_end_and_the_next_goes_on():
    with stranger({}) as server:
        for place in range(3):
            make_address(f"{server.address}/{place}")
        counts = [
            check_due(now=NOW, rules=server.rules(), seconds=seconds) for seconds in (0, 0.01, 60)
        ]

    assert counts == [0, 1, 2]


def test_address_that_another_run_holds_is_left_to_it():
    with stranger({}) as server:
        make_address(f"{server.address}/")
        held = OutsideAddress.objects.filter(due_at__lte=NOW)
        held.update(due_at=NOW + timedelta(minutes=10))

        assert (check_due(now=NOW, rules=server.rules()), server.asked) == (0, [])


def test_host_out_of_reach_is_asked_once():
    asked = []

    def resolve(host, port):
        asked.append(host)
        return ["10.0.0.1"]

    for place in range(3):
        make_address(f"http://inner.cn/{place}")
    check_due(now=NOW, rules=Rules(resolve=resolve))

    faults = OutsideAddress.objects.values_list("fault", flat=True)
    assert (asked, list(faults)) == (["inner.cn"], ["inner"] * 3)


def no_network(host, port):
    raise OSError("Network is unreachable")


def test_server_without_a_way_out_blames_no_link():
    for place in range(3):
        make_address(f"https://host{place}.cn/")

    check_due(now=NOW, rules=Rules(resolve=no_network))

    rows = OutsideAddress.objects.values_list("failures", "checked_at", "due_at")
    assert list(rows) == [(0, None, NOW + DAY)] * 3


def test_hosts_out_of_reach_are_to_blame_while_another_answers():
    def resolve(host, port):
        return ["127.0.0.1"] if host == "good.cn" else no_network(host, port)

    with stranger({"/": (200, {})}) as server:
        port = server.server_port
        make_address(f"http://good.cn:{port}/", due_at=None, checked_at=NOW)
        for place in range(3):
            make_address(f"http://host{place}.cn:{port}/")
        check_due(now=NOW, rules=server.rules(resolve=resolve))

    failing = OutsideAddress.objects.filter(failures=1)
    assert failing.count() == 3


def test_page_is_read_and_asked_anew(page):
    with stranger({"/there": (200, {})}) as server:
        html = f'<a href="{server.address}/there">在</a><a linktype="page" id="999999">没</a>'
        page.body = [("paragraph", html)]
        page.save_revision().publish()
        told = []
        counts = check_page(
            page=page, report=lambda done, total: told.append((done, total)), rules=server.rules()
        )

    assert (counts, told, len(server.asked)) == ((2, 1), [(1, 1)], 1)
