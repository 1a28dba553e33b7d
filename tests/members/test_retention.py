"""What is kept longer than it may be goes; each rule by a clock."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail import hooks

from members.domain.consents import give_consent
from members.domain.erasure import ask_erasure, cancel_erasure, erase_due_members
from members.domain.notices import tell
from members.domain.retention import apply_retention
from members.models import Action, AuditEntry, Consent, ConsentWay, Erasure, Notice
from members.retention import HOOK, Rule, all_rules

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(days=1)
YEAR = 365 * DAY


def test_every_rule_says_what_how_long_and_why():
    rules = all_rules()

    assert len({rule.code for rule in rules}) == len(rules)
    assert all(rule.what and rule.how_long and rule.why for rule in rules)


def test_notices_go_after_a_year(member):
    tell(member_ids=[member.pk], text="旧的", now=NOW - YEAR - DAY)
    tell(member_ids=[member.pk], text="新的", now=NOW - YEAR + DAY)

    assert apply_retention(now=NOW)["notices"] == 1
    assert Notice.objects.get().text == "新的"


def test_proof_outlives_the_account_by_three_years(member):
    give_consent(member=member, way=ConsentWay.SMS, now=NOW)
    ask_erasure(member=member, now=NOW)
    erase_due_members(now=NOW + 7 * DAY)

    apply_retention(now=NOW + 3 * YEAR)
    assert Consent.objects.count() == 2
    apply_retention(now=NOW + 3 * YEAR + 8 * DAY)
    assert (Consent.objects.count(), Erasure.objects.count()) == (0, 0)


def test_consents_of_who_is_still_here_stay(member):
    give_consent(member=member, way=ConsentWay.SMS, now=NOW)

    apply_retention(now=NOW + 10 * YEAR)

    assert Consent.objects.count() == 2


def test_cancelled_erasures_go_after_a_year(member):
    ask_erasure(member=member, now=NOW)
    cancel_erasure(member=member, now=NOW + DAY)

    assert apply_retention(now=NOW + YEAR)["cancelled_erasures"] == 0
    assert apply_retention(now=NOW + YEAR + 2 * DAY)["cancelled_erasures"] == 1


def test_what_went_is_audited_with_its_count(member):
    tell(member_ids=[member.pk] * 3, text="旧的", now=NOW - 2 * YEAR)

    apply_retention(now=NOW)

    entry = AuditEntry.objects.get(action=Action.RETENTION_APPLIED)
    assert entry.detail == {"rule": "notices", "count": 3}


def test_rule_that_fails_holds_up_no_other(member):
    tell(member_ids=[member.pk], text="旧的", now=NOW - 2 * YEAR)

    def fail(now):
        raise RuntimeError

    broken = Rule("broken", "什么", "多久", "为什么", fail)
    with hooks.register_temporarily(HOOK, lambda: [broken], order=-1):
        removed = apply_retention(now=NOW)

    assert removed["notices"] == 1
    assert "broken" not in removed
