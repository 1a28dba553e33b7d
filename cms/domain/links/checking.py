"""Asking the addresses outside that are due, a bounded time at once.

What is due stands in the database, so a run that is cut short or comes twice does no harm.
"""

from datetime import datetime, timedelta
from time import monotonic

import structlog
from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from cms.domain.links.collecting import collect_links
from cms.links.asking import DEFAULT_RULES, Answer, Rules, ask
from cms.links.faults import OF_HOST, Fault
from cms.links.pacing import Pacer
from cms.links.places import Refused, read_place
from cms.models import OutsideAddress, PageLink
from federations.domain.jobs import Report

# Failures within a day of another tell nothing new; the second one makes the link broken.
APART = timedelta(days=1)
# So long nobody else takes an address that is being asked.
HELD = timedelta(minutes=10)
SECONDS_OF_RUN = 45
# Where so many addresses are out of reach at once, the fault may be here.
ENOUGH_TO_TELL = 3
OUT_OF_REACH = {Fault.NO_HOST, Fault.UNREACHABLE, Fault.SLOW}
log = structlog.get_logger(__name__)


class _Visit:
    """One run: hosts are asked politely, and one that is out of reach only once."""

    def __init__(self, rules: Rules):
        self.rules, self.pacer = rules, Pacer()
        self.agent = f"XuetangLinkCheck/1.0 (+{settings.WAGTAILADMIN_BASE_URL})"
        self.unreachable: dict[str, Answer] = {}

    def ask(self, url: str) -> Answer:
        host = self._host_of(url)
        if host in self.unreachable:
            return self.unreachable[host]
        answer = ask(url, agent=self.agent, pacer=self.pacer, rules=self.rules)
        if answer.is_direct and answer.fault in OF_HOST:
            self.unreachable[host] = answer
        return answer

    def _host_of(self, url: str) -> str:
        try:
            place = read_place(url, ports=self.rules.ports)
        except Refused:
            return url
        return f"{place.scheme}://{place.host_header}"


def check_due(
    *, now: datetime, rules: Rules = DEFAULT_RULES, seconds: float = SECONDS_OF_RUN
) -> int:
    """Ask what is due, the longest due first, for about so many seconds; returns how many."""
    visit, until, answers = _Visit(rules), monotonic() + seconds, {}
    due = OutsideAddress.objects.filter(due_at__lte=now).order_by("due_at", "pk")
    while monotonic() < until and (address := due.first()) is not None:
        # Compare and set: of two runs at once one asks.
        same = OutsideAddress.objects.filter(pk=address.pk, due_at=address.due_at)
        if same.update(due_at=now + HELD):
            answers[address] = visit.ask(address.url)
    _note_all(answers, visit, now)
    return len(answers)


def check_page(*, page: Page, report: Report, rules: Rules = DEFAULT_RULES) -> tuple[int, int]:
    """Read one page's links anew and ask all of them; how many there are, and are broken."""
    now = timezone.now()
    collect_links([page.specific], now=now)
    visit, answers = _Visit(rules), {}
    addresses = list(OutsideAddress.objects.filter(links__page=page).distinct())
    for place, address in enumerate(addresses, start=1):
        answers[address] = visit.ask(address.url)
        report(place, len(addresses))
    _note_all(answers, visit, now)
    links = PageLink.objects.filter(page=page)
    return links.count(), links.broken().count()


def _note_all(answers: dict[OutsideAddress, Answer], visit: _Visit, now: datetime) -> None:
    if _is_cut_off(list(answers.values()), visit):
        log.warning("link_check_cut_off", addresses=len(answers))
        later = OutsideAddress.objects.filter(pk__in=[address.pk for address in answers])
        later.update(due_at=now + APART)
        return
    for address, answer in answers.items():
        note_answer(address, answer, now=now)


def _is_cut_off(answers: list[Answer], visit: _Visit) -> bool:
    """Whether it is this server that has no way out: then no link is to blame."""
    if len(answers) < ENOUGH_TO_TELL or any(each.fault not in OUT_OF_REACH for each in answers):
        return False
    answered = OutsideAddress.objects.filter(fault="", checked_at__isnull=False)
    witness = answered.order_by("-checked_at").first()
    return witness is None or visit.ask(witness.url).fault in OUT_OF_REACH


def note_answer(address: OutsideAddress, answer: Answer, *, now: datetime) -> None:
    address.fault, address.status, address.checked_at = answer.fault or "", answer.status, now
    address.due_at = None
    if answer.fault is None:
        address.failures, address.first_failed_at, address.counted_at = 0, None, None
    elif address.counted_at is None or now - address.counted_at >= APART:
        address.failures += 1
        address.counted_at = now
        address.first_failed_at = address.first_failed_at or now
    if address.failures == 1:
        # Asked again as soon as it counts, not a week later.
        address.due_at = address.counted_at + APART
    address.save()
