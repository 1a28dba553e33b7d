"""Claims: made by who is at the door, decided by staff; nobody gets into another's account."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from federations.domain.claims import (
    AlreadyOpen,
    Claimant,
    NothingToKnowHerBy,
    approve_as_member,
    approve_as_new,
    candidates_for,
    claims_of,
    decline_claim,
    forget_claims,
    make_claim,
    remove_old_claims,
)
from federations.domain.errors import RosterChanged, RosterError
from federations.domain.merging import merge_accounts
from federations.models import ClaimState, Position, RosterClaim, Source, StaffRoleType
from members.domain.limits import LimitReached
from members.domain.wechat import WechatUser, bind, recognise
from members.models import Action, AuditEntry, Member, Notice, WechatIdentity
from tests.factories import make_committee_member, make_member, make_staff

pytestmark = pytest.mark.django_db
NEW_PHONE = "13911112222"
WECHAT = WechatUser("wx-app", "o-1", "u-1")
POST = {
    "position": Position.MEMBER,
    "starts_on": date(2026, 1, 1),
    "term": "",
    "source": Source.ADDED,
}


def now():
    return timezone.now()


def claim(village, *, phone=NEW_PHONE, user=WECHAT, name="陈秀英", note=""):
    claimant = Claimant(phone, now() if phone else None, user)
    return make_claim(
        claimant=claimant,
        name=name,
        federation=village,
        position=Position.MEMBER,
        note=note,
        now=now(),
    )


@pytest.fixture
def manager(tree):
    return make_staff(tree.town)


@pytest.fixture
def known(tree):
    """On the roster without a phone."""
    return make_committee_member(tree.village, phone=None)


def link(made, member, by, **ticked):
    return approve_as_member(claim_id=made.pk, member_id=member.pk, by=by, now=now(), **ticked)


def test_claim_changes_nothing_by_itself(tree, known):
    claim(tree.village)

    assert recognise(user=WECHAT, now=now()) is None
    assert Member.objects.get(pk=known.pk).phone is None


def test_linking_gives_the_phone_and_the_wechat(tree, known, manager):
    made = claim(tree.village)

    link(made, known, manager)

    known.refresh_from_db()
    assert known.phone == NEW_PHONE
    assert known.phone_verified_at is not None
    assert recognise(user=WECHAT, now=now()) == known
    made.refresh_from_db()
    assert (made.state, made.member, made.decided_by) == (ClaimState.APPROVED, known, manager)


def test_linking_is_audited_and_told(tree, known, manager):
    made = claim(tree.village)

    link(made, known, manager)

    entries = AuditEntry.objects.order_by("pk").values_list("action", "actor_id", "subject_id")
    assert list(entries) == [
        (Action.PHONE_CHANGED, manager.pk, str(known.pk)),
        (Action.SESSION_ENDED, manager.pk, str(known.pk)),
        (Action.WECHAT_BOUND, manager.pk, str(known.pk)),
        (Action.CLAIM_DECIDED, manager.pk, str(made.pk)),
    ]
    assert Notice.objects.get(member=known).text.startswith("大黄村妇联通过了您的认领。")


def test_phone_of_hers_stays_unless_it_is_ticked(tree, manager):
    member = make_committee_member(tree.village)
    before = member.phone

    link(claim(tree.village), member, manager)

    member.refresh_from_db()
    assert member.phone == before
    assert recognise(user=WECHAT, now=now()) == member


def test_phone_of_hers_is_replaced_when_it_is_ticked(tree, manager):
    member = make_committee_member(tree.village)

    link(claim(tree.village), member, manager, replaces_phone=True)

    member.refresh_from_db()
    assert member.phone == NEW_PHONE


def test_changed_phone_without_wechat_needs_the_tick(tree, manager):
    member = make_committee_member(tree.village)
    made = claim(tree.village, user=None)

    with pytest.raises(RosterError) as refused:
        link(made, member, manager)

    assert refused.value.field == "replaces_phone"
    made.refresh_from_db()
    assert made.is_open


def test_wechat_of_hers_is_replaced_only_when_it_is_ticked(tree, known, manager):
    other = WechatUser("wx-app", "o-old")
    bind(user=other, member=known, way="phone", now=now())
    made = claim(tree.village)
    with pytest.raises(RosterError) as refused:
        link(made, known, manager)
    assert refused.value.field == "replaces_wechat"
    assert Member.objects.get(pk=known.pk).phone is None

    link(made, known, manager, replaces_wechat=True)

    assert recognise(user=other, now=now()) is None
    assert recognise(user=WECHAT, now=now()) == known


def test_two_people_on_one_phone_the_second_comes_by_wechat(tree, known, manager):
    mother = make_committee_member(tree.village, "刘桂花")

    made = claim(tree.village, phone=mother.phone)
    link(made, known, manager)

    assert (made.phone, made.shares_phone) == (None, True)
    assert Member.objects.get(pk=known.pk).phone is None
    assert Member.objects.get(pk=mother.pk).phone == mother.phone
    assert recognise(user=WECHAT, now=now()) == known


def test_shared_phone_without_wechat_is_no_claim(tree):
    mother = make_committee_member(tree.village, "刘桂花")

    with pytest.raises(NothingToKnowHerBy):
        claim(tree.village, phone=mother.phone, user=None)


def test_wechat_without_a_phone_is_enough(tree, known, manager):
    made = claim(tree.village, phone="")
    link(made, known, manager)

    assert not made.shares_phone
    assert recognise(user=WECHAT, now=now()) == known


def test_one_open_claim_at_a_time(tree):
    claim(tree.village)

    with pytest.raises(AlreadyOpen):
        claim(tree.sibling_village)
    with pytest.raises(AlreadyOpen):
        claim(tree.village, user=None)


def test_three_claims_a_day(tree, manager):
    for _ in range(3):
        made = claim(tree.village)
        decline_claim(claim_id=made.pk, reason="请核对", by=manager, now=now())

    with pytest.raises(LimitReached):
        claim(tree.village)


def test_enrolling_makes_an_account_with_an_appointment(tree, manager):
    made = claim(tree.village, name="罗带娣")

    member = approve_as_new(claim_id=made.pk, by=manager, now=now(), **POST)

    assert (member.name, member.phone) == ("罗带娣", NEW_PHONE)
    assert member.appointments.get().federation == tree.village
    assert recognise(user=WECHAT, now=now()) == member


def test_namesake_is_not_enrolled_by_oversight(tree, known, manager):
    made = claim(tree.village)
    with pytest.raises(RosterError) as refused:
        approve_as_new(claim_id=made.pk, by=manager, now=now(), **POST)
    assert refused.value.field == "is_namesake"

    member = approve_as_new(claim_id=made.pk, by=manager, now=now(), is_namesake=True, **POST)

    assert member != known


def test_declined_claim_says_why(tree, manager):
    made = claim(tree.village)

    decline_claim(claim_id=made.pk, reason="名单里没有您", by=manager, now=now())

    last = claims_of(Claimant(user=WECHAT)).first()
    assert (last.state, last.reason) == (ClaimState.DECLINED, "名单里没有您")
    assert recognise(user=WECHAT, now=now()) is None


def test_namesakes_come_first(tree, manager):
    others = [make_committee_member(tree.village, name) for name in ("阿一", "陈秀英", "黄二")]

    found = candidates_for(claim(tree.village), by=manager, today=now().date())

    assert [each.name for each in found] == ["陈秀英", "阿一", "黄二"]
    assert set(found) == set(others)


@pytest.mark.parametrize("kind", ["is_staff", "is_superuser", "role"])
def test_staff_account_is_never_claimed(tree, kind):
    superuser = make_member("管理员", is_superuser=True)
    target = make_committee_member(tree.village)
    if kind == "role":
        target.staff_roles.create(
            federation=tree.village, role=StaffRoleType.VIEWER, starts_on=date(2024, 1, 1)
        )
    else:
        setattr(target, kind, True)
        target.save()
    made = claim(tree.village)

    with pytest.raises(RosterError):
        link(made, target, superuser, replaces_phone=True)

    assert not WechatIdentity.objects.filter(member=target).exists()


def test_member_of_another_team_is_not_claimed(tree, manager):
    elsewhere = make_committee_member(tree.sibling_village)

    with pytest.raises(RosterError):
        link(claim(tree.village), elsewhere, manager, replaces_phone=True)


def test_member_counted_elsewhere_is_in_others_care(tree, manager):
    guest = make_committee_member(tree.other_village)
    guest.appointments.create(
        federation=tree.village,
        position=Position.MEMBER,
        starts_on=date(2024, 1, 1),
        is_counted=False,
    )

    with pytest.raises(RosterError):
        link(claim(tree.village), guest, manager, replaces_phone=True)


@pytest.mark.parametrize("place", ["sibling_village", "other_town", "other_city"])
def test_staff_of_another_branch_decide_nothing(tree, known, place):
    stranger = make_staff(getattr(tree, place))
    made = claim(tree.village)

    for act in (
        lambda: link(made, known, stranger),
        lambda: approve_as_new(claim_id=made.pk, by=stranger, now=now(), **POST),
        lambda: decline_claim(claim_id=made.pk, reason="不行", by=stranger, now=now()),
    ):
        with pytest.raises(RosterError):
            act()

    made.refresh_from_db()
    assert made.is_open


@pytest.mark.parametrize("role", [StaffRoleType.VIEWER, StaffRoleType.EDITOR])
def test_who_is_no_manager_decides_nothing(tree, known, role):
    made = claim(tree.village)

    with pytest.raises(RosterError):
        link(made, known, make_staff(tree.town, role))


@pytest.mark.parametrize("place", ["village", "town", "county", "province"])
def test_managers_of_the_place_and_above_decide(tree, known, place):
    link(claim(tree.village), known, make_staff(getattr(tree, place)))

    assert recognise(user=WECHAT, now=now()) == known


def test_decided_claim_is_decided_once(tree, known, manager):
    made = claim(tree.village)
    link(made, known, manager)

    for _ in range(10):
        with pytest.raises(RosterChanged):
            decline_claim(claim_id=made.pk, reason="不行", by=manager, now=now())

    assert AuditEntry.objects.filter(action=Action.CLAIM_DECIDED).count() == 1


def test_phone_that_somebody_has_meanwhile_is_not_taken(tree, known, manager):
    made = claim(tree.village)
    make_member("别人", phone=NEW_PHONE)

    with pytest.raises(RosterChanged):
        link(made, known, manager)

    assert recognise(user=WECHAT, now=now()) is None


def test_who_has_found_her_way_in_meanwhile_is_not_linked(tree, known, manager):
    made = claim(tree.village)
    other = make_committee_member(tree.village, "刘桂花")
    bind(user=WECHAT, member=other, way="phone", now=now())

    with pytest.raises(RosterChanged):
        link(made, known, manager)

    assert Member.objects.get(pk=known.pk).phone is None


def test_erased_member_leaves_no_claim(tree, known, manager):
    link(claim(tree.village, note="我换了手机号"), known, manager)

    forget_claims(Member.objects.get(pk=known.pk), now())

    assert not RosterClaim.objects.exists()


def test_old_decided_claims_are_removed_with_the_strangers_wechat(tree, known, manager):
    refused = claim(tree.village, phone="", user=WechatUser("wx-app", "o-stranger"))
    decline_claim(claim_id=refused.pk, reason="请核对", by=manager, now=now())
    link(claim(tree.village), known, manager)
    waiting = claim(tree.village, phone="", user=WechatUser("wx-app", "o-waiting"))

    assert remove_old_claims(now() + timedelta(days=364)) == 0
    assert remove_old_claims(now() + timedelta(days=366)) == 2

    assert list(RosterClaim.objects.all()) == [waiting]
    kept = WechatIdentity.objects.values_list("openid", flat=True)
    assert set(kept) == {"o-1", "o-waiting"}


def test_merged_accounts_bring_their_wechat_along(tree, known, manager):
    twin = make_committee_member(tree.village)
    link(claim(tree.village), known, manager)

    merge_accounts(kept_id=twin.pk, gone_id=known.pk, by=manager, reason="同一人", now=now())

    assert recognise(user=WECHAT, now=now()) == twin


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_staff_at_once_decide_once(tree):
    managers = [make_staff(tree.town), make_staff(tree.county)]
    members = [make_committee_member(tree.village, name, phone=None) for name in ("甲一", "乙二")]
    made = claim(tree.village)
    outcomes, barrier = [], threading.Barrier(2)

    def decide(member, by):
        barrier.wait()
        try:
            link(made, member, by)
            outcomes.append("linked")
        except RosterError as error:
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=decide, args=pair) for pair in zip(members, managers, strict=True)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(outcomes) == ["RosterChanged", "linked"]
    assert Member.objects.filter(phone=NEW_PHONE).count() == 1
