"""认领 at the desk: seen by managers of the place and above, shown before it is done."""

import pytest
from django.urls import reverse

from federations.domain.claims import decline_claim
from federations.models import ClaimState, StaffRoleType
from members.models import Member
from tests.counting import count_queries
from tests.factories import make_committee_member, make_member, make_staff
from tests.federations.claiming import make_a_claim

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def manager(tree):
    return make_staff(tree.town)


@pytest.fixture
def made(tree):
    return make_a_claim(tree.village, note="我换了手机号")


@pytest.fixture
def known(tree):
    return make_committee_member(tree.village, phone=None)


def page_of(claim) -> str:
    return reverse("desk_claim", args=[claim.pk])


def names(response) -> list[str]:
    return [each.name for each in response.context["page_obj"]]


def say(**values):
    way = values.pop("way")
    return {"way": way} | {f"{way}-{name}": value for name, value in values.items()}


def test_waiting_claims_are_listed_the_oldest_first(client, tree, manager):
    make_a_claim(tree.village, "罗带娣", 1)
    make_a_claim(tree.sibling_village, "钟少莲", 2)
    client.force_login(manager)

    assert names(client.get(reverse("desk_claims"))) == ["罗带娣", "钟少莲"]


def test_decided_claims_are_kept_apart(client, made, manager):
    decline_claim(claim_id=made.pk, reason="请核对", by=manager, now=made.made_at)
    client.force_login(manager)

    assert names(client.get(reverse("desk_claims"))) == []
    assert names(client.get(reverse("desk_claims"), {"state": "past"})) == ["陈秀英"]


def test_list_takes_the_same_queries_for_many(client, tree, manager):
    client.force_login(manager)
    make_a_claim(tree.village, number=0)
    one = count_queries(client, "desk_claims")
    for number in range(1, 30):
        make_a_claim(tree.village, number=number)

    assert count_queries(client, "desk_claims") == one


def test_page_takes_the_same_queries_for_a_large_team(client, tree, manager, made, known):
    client.force_login(manager)
    one = count_queries(client, page_of(made))
    for _ in range(29):
        make_committee_member(tree.village)

    assert count_queries(client, page_of(made)) == one


def test_phone_is_masked(client, made, manager):
    client.force_login(manager)

    page = client.get(page_of(made)).content.decode()

    assert "139****0001" in page
    assert made.phone not in page
    assert "o-1" not in page


@pytest.mark.parametrize(
    ("place", "status"),
    [
        ("village", 200),
        ("town", 200),
        ("county", 200),
        ("sibling_village", 404),
        ("other_town", 404),
        ("dongguan", 404),
    ],
)
def test_claim_is_seen_by_the_place_and_above(client, tree, made, place, status):
    client.force_login(make_staff(getattr(tree, place)))

    assert client.get(page_of(made)).status_code == status
    assert client.post(page_of(made), say(way="decline", reason="不行")).status_code in (302, 404)
    made.refresh_from_db()
    assert made.is_open == (status == 404)


def test_claim_above_is_not_seen_from_below(client, tree):
    above = make_a_claim(tree.county, "罗带娣")
    client.force_login(make_staff(tree.village))

    assert client.get(page_of(above)).status_code == 404
    assert names(client.get(reverse("desk_claims"))) == []


@pytest.mark.parametrize("role", [StaffRoleType.VIEWER, StaffRoleType.EDITOR])
def test_who_is_no_manager_sees_none(client, tree, made, role):
    client.force_login(make_staff(tree.town, role))

    assert client.get(reverse("desk_claims")).status_code == 403
    assert client.post(page_of(made), say(way="decline", reason="不行")).status_code == 403


def test_member_and_visitor_see_none(client, tree, made):
    assert client.get(page_of(made)).status_code == 302
    client.force_login(make_committee_member(tree.village))

    assert client.get(page_of(made)).status_code == 403


def test_linking_says_first_what_will_change(client, made, known, manager):
    client.force_login(manager)

    response = client.post(page_of(made), say(way="member", who=known.pk))

    assert response.context["lines"] == [
        "她以后用的就是 陈秀英 · 没有手机号 · 从没登录过 的账号：任职、学习记录都在。",
        "登录手机号登记为 139****0001。",
        "她现在的微信绑定到这个账号，可以用微信登录。",
    ]
    assert Member.objects.get(pk=known.pk).phone is None


def test_linking_is_done_when_it_is_confirmed(client, made, known, manager):
    client.force_login(manager)

    response = client.post(page_of(made), say(way="member", who=known.pk) | {"confirm": "1"})

    assert response.status_code == 302
    made.refresh_from_db()
    assert (made.state, made.member) == (ClaimState.APPROVED, known)


def test_replacing_a_phone_is_said(client, tree, made, manager):
    member = make_committee_member(tree.village)
    client.force_login(manager)

    kept = client.post(page_of(made), say(way="member", who=member.pk))
    replaced = client.post(page_of(made), say(way="member", who=member.pk, replaces_phone="on"))

    old = member.masked_phone
    assert kept.context["lines"][1] == f"登录手机号还是 {old}。"
    assert replaced.context["lines"][1] == (
        f"登录手机号从 {old} 改为 139****0001，{old} 不能再登录。"
    )


def test_account_of_staff_is_not_offered(client, tree, made, manager):
    staff = make_committee_member(tree.village, is_staff=True)
    client.force_login(manager)

    page = client.get(page_of(made))
    posted = client.post(page_of(made), say(way="member", who=staff.pk) | {"confirm": "1"})

    assert page.context["has_nobody"]
    assert posted.status_code == 200
    made.refresh_from_db()
    assert made.is_open


def test_somebody_elsewhere_is_not_taken(client, tree, made, known, manager):
    elsewhere = make_committee_member(tree.other_village)
    client.force_login(manager)

    client.post(page_of(made), say(way="member", who=elsewhere.pk) | {"confirm": "1"})

    made.refresh_from_db()
    assert made.is_open


def test_enrolling_at_the_desk(client, tree, made, manager):
    client.force_login(manager)
    typed = say(way="new", position="执委", starts_on="2026-01-01", term="第十三届", source="增补")
    first = client.post(page_of(made), typed)

    client.post(page_of(made), typed | {"confirm": "1"})

    assert first.context["lines"][0] == "登记一个新账号：陈秀英，计入这里。"
    member = Member.objects.get(name="陈秀英")
    assert member.appointments.get().federation == tree.village


def test_declining_needs_a_reason(client, made, manager):
    client.force_login(manager)

    response = client.post(page_of(made), say(way="decline", reason=""))

    [form] = [form for key, _, form in response.context["ways"] if key == "decline"]
    assert form.errors["reason"] == ["请写明原因，她会看到。"]


def test_second_decision_is_refused_in_words(client, made, known, manager):
    client.force_login(manager)
    decline_claim(claim_id=made.pk, reason="请核对", by=manager, now=made.made_at)

    response = client.post(page_of(made), say(way="member", who=known.pk) | {"confirm": "1"})

    assert response.status_code == 200
    assert Member.objects.get(pk=known.pk).phone is None


def test_phone_taken_meanwhile_is_said(client, made, known, manager):
    make_member("别人", phone=made.phone)
    client.force_login(manager)

    response = client.post(page_of(made), say(way="member", who=known.pk) | {"confirm": "1"})

    assert "她的手机号刚刚登记给了另一个账号" in response.content.decode()
