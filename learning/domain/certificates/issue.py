"""Issuing certificates: a follower of the members' outcomes."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from secrets import randbits

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federations.models import Appointment, Federation
from learning.domain.certificates.earned import find_earned
from learning.models import Certificate, CertificateEdition, CertificateRule, CertificateTemplate
from learning.models.certificate import DESIGN_COLUMNS, UNIT_LENGTH
from learning.rules.certificate_numbers import RANDOM_BITS, make_number
from members.domain.notices import tell
from members.models import Member

# A notice takes 200 characters.
MOST_TITLE = 120


@transaction.atomic
def issue_certificates(*, member_ids: Sequence[int], now: datetime) -> int:
    """Give these members what they have earned and do not have; returns how many.

    The caller holds the members' locks. What was given is never taken back here.
    """
    earned = find_earned(member_ids=member_ids, now=now)
    receivers = {pk for pks in earned.values() for pk in pks}
    if not receivers:
        return 0
    holders = read_holders(receivers, now)
    numbers = iter(new_numbers(sum(map(len, earned.values())), now))
    editions = {}
    certificates = []
    for rule, pks in earned.items():
        edition = editions.get(rule.template_id) or current_edition(rule.template, now)
        editions[rule.template_id] = edition
        facts = rule_facts(rule) | {"edition": edition, "issued_at": now}
        facts["issued_on"] = localdate(now)
        certificates += [Certificate(number=next(numbers), **facts, **holders[pk]) for pk in pks]
    Certificate.objects.bulk_create(certificates, batch_size=500)
    for rule, pks in earned.items():
        _tell_receivers(rule, pks, now)
    return len(certificates)


def rule_facts(rule: CertificateRule) -> dict:
    return {
        "plan_id": rule.plan_id,
        "page_id": rule.page_id,
        "title": rule.subject_title,
        "hours": rule.hours_text,
    }


def read_holders(member_ids: Iterable[int], now: datetime) -> dict[int, dict]:
    """Name, unit and federation of each member as they are today: three queries for all."""
    members = Member.objects.filter(pk__in=member_ids).values_list("pk", "name")
    counted = Appointment.objects.counted().in_force(localdate(now))
    appointments = counted.filter(member__in=member_ids).select_related("federation")
    places = {each.member_id: each.federation for each in appointments}
    titles = full_titles(places.values())
    return {
        pk: {
            "member_id": pk,
            "name": name,
            "unit": titles[places[pk].pk][:UNIT_LENGTH] if pk in places else "",
            "federation": places.get(pk),
        }
        for pk, name in members
    }


def full_titles(federations: Iterable[Federation]) -> dict[int, str]:
    """梅州市梅县区松口镇大黄村妇联, by the federation's id: one query for all."""
    federations = {each.pk: each for each in federations}
    above = {path for each in federations.values() for path in each.paths_down_to_here[1:-1]}
    names = dict(Federation.objects.filter(path__in=above).values_list("path", "name"))
    return {
        pk: "".join([*(names[path] for path in each.paths_down_to_here[1:-1]), each.title])
        for pk, each in federations.items()
    }


def new_numbers(count: int, now: datetime) -> list[str]:
    """Numbers that nobody has, not to be guessed from each other."""
    numbers: set[str] = set()
    while len(numbers) < count:
        drawn = {
            make_number(year=localdate(now).year, draw=randbits(RANDOM_BITS))
            for _each in range(count - len(numbers))
        }
        taken = Certificate.objects.filter(number__in=drawn).values_list("number", flat=True)
        numbers |= drawn - set(taken)
    return list(numbers)


def current_edition(template: CertificateTemplate, now: datetime) -> CertificateEdition:
    """The template as it is now; a new edition when it was changed since the last one."""
    # Two folds of other members at once make one edition, not two.
    template = CertificateTemplate.objects.select_for_update(no_key=True).get(pk=template.pk)
    design = {name: getattr(template, name) for name in DESIGN_COLUMNS}
    edition = template.editions.filter(**_equal(design)).last()
    return edition or CertificateEdition.objects.create(template=template, made_at=now, **design)


def _equal(values: dict) -> dict:
    return {
        (f"{name}__isnull" if value is None else name): True if value is None else value
        for name, value in values.items()
    }


def _tell_receivers(rule: CertificateRule, member_ids: list[int], now: datetime) -> None:
    text = _("恭喜！你学完了《%s》，证书已经发给你，可以下载和分享。")
    tell(
        member_ids=member_ids,
        text=text % rule.subject_title[:MOST_TITLE],
        url=reverse("certificates:list"),
        now=now,
    )
