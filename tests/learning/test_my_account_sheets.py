"""What she takes along of her account."""

import pytest
from django.utils import timezone

from federations.domain.claims import approve_as_member
from learning.my_account_sheets import account_sheets
from members.models import Member
from tests.factories import make_committee_member, make_staff
from tests.federations.claiming import make_a_claim

pytestmark = pytest.mark.django_db


def test_wechat_and_claims_are_hers(tree):
    member = make_committee_member(tree.village, phone=None)
    made = make_a_claim(tree.village, note="我换了手机号")
    make_a_claim(tree.village, "别人", 2)
    now, manager = timezone.now(), make_staff(tree.town)
    approve_as_member(claim_id=made.pk, member_id=member.pk, by=manager, now=now)

    bound, claims = account_sheets(Member.objects.get(pk=member.pk))

    assert [row[:3] for row in bound.rows] == [("wx-app", "o-1", "u-1")]
    assert [row[:5] for row in claims.rows] == [
        ("陈秀英", "大黄村", "执委", "我换了手机号", made.phone)
    ]
