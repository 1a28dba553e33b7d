import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from config.scale.words import is_postgresql
from federations.models import Appointment, Federation, Level
from learning.domain.ledger import award_points
from learning.domain.standings import rebuild_standings
from learning.models import LedgerEntry, Plan, Progress, ScoreStep, Standing
from members.models import PHONE_PATTERN, Member
from tests.factories import make_member

pytestmark = pytest.mark.django_db
SMALL = {
    "members": 400,
    "appointments": 440,
    "plans": 3,
    "progress": 2_400,
    "boards": False,
    "yes_fake_data": True,
}


def seed(**changes):
    out = StringIO()
    call_command("seed_scale", stdout=out, **(SMALL | changes))
    return out.getvalue()


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """One seeded database for the module, taken back at its end."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        try:
            seed()
            yield
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


def test_refuses_a_database_with_data():
    make_member()
    with pytest.raises(CommandError, match="已经有数据"):
        seed()


def test_refuses_invented_people_in_production(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="--yes-fake-data"):
        seed(yes_fake_data=False)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"members": 441}, "不能少于执委人数"),
        ({"appointments": 801}, "两倍"),
        ({"plans": 13}, "1 到 12"),
        ({"progress": 0}, "大于 0"),
    ],
)
def test_refuses_numbers_that_do_not_go_together(changes, words):
    with pytest.raises(CommandError, match=words):
        seed(**changes)


@pytest.mark.skipif(is_postgresql(), reason="SQLite alone")
def test_refuses_much_on_sqlite():
    with pytest.raises(CommandError, match="SQLite"):
        seed(members=5_001, appointments=5_001)


def test_seed_makes_exactly_what_was_asked_for(seeded):
    counts = (
        Federation.objects.count(),
        Member.objects.count(),
        Appointment.objects.count(),
        Appointment.objects.counted().count(),
        Progress.objects.count(),
        Plan.objects.count(),
    )
    assert counts == (28_743, 400, 440, 400, 2_400, 3)


def test_teams_are_as_large_as_real_ones(seeded):
    city = Federation.objects.get(name="广州市")
    counted = Appointment.objects.counted()
    team = counted.filter(federation=city).count()
    villages = counted.filter(federation__level=Level.VILLAGE).order_by()
    sizes = villages.values_list("federation").annotate(size=Count("pk"))
    assert 55 <= team <= 65
    assert max(size for _pk, size in sizes) <= 15


def test_phones_are_valid_and_nobodys(seeded):
    phones = Member.objects.values_list("phone", flat=True)
    assert all(re.match(PHONE_PATTERN, phone) for phone in phones)
    assert {phone[:3] for phone in phones} == {"160"}


def test_ledger_is_what_the_rules_make_of_the_records(seeded):
    before = LedgerEntry.objects.count()
    written = award_points(
        member_ids=list(Member.objects.values_list("pk", flat=True)), now=timezone.now()
    )
    assert (before > 0, written) == (True, 0)


def test_score_steps_follow_the_records(seeded):
    scored = Progress.objects.filter(best_score_bp__isnull=False)
    steps = ScoreStep.objects.values_list("member_id", "page_id", "score_bp", "reached_at")
    rows = scored.values_list("member_id", "page_id", "best_score_bp", "handed_in_at")
    assert set(steps) == set(rows)


def test_standings_stand_after_seeding(seeded):
    now = timezone.now()
    checks = [
        rebuild_standings(plan_id=pk, now=now, check=True).differences
        for pk in Plan.objects.values_list("pk", flat=True)
    ]
    province = Standing.objects.get(plan__is_default=True, federation__parent=None)
    assert checks == [[]] * 3
    assert province.subtree_due == Appointment.objects.counted().in_force(now.date()).count()
    assert 0 < province.subtree_joined < province.subtree_due


def test_one_plan_is_frozen_with_its_roster(seeded):
    frozen = Plan.objects.get(frozen_at__isnull=False)
    province = frozen.standings.get(federation__parent=None)
    assert frozen.roster.count() == province.subtree_due
