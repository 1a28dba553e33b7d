"""The claim's own page, for who is at the door."""

import pytest
from django.urls import reverse

from federations.domain.claims import decline_claim
from federations.models import RosterClaim
from members.documents import current_token
from tests.factories import make_member, make_staff, make_village
from tests.members.senders import MemorySender
from tests.wechat import wechat  # noqa: F401 a fixture

pytestmark = pytest.mark.django_db
UNKNOWN = "13911112222"


@pytest.fixture
def sent(settings):
    settings.SMS_SENDER = "tests.members.senders.MemorySender"
    MemorySender.sent.clear()
    return MemorySender.sent


@pytest.fixture
def at_the_door(client, sent):
    """With a phone that is hers."""
    client.post("/join/phone/", {"phone": UNKNOWN, "agree": current_token()})
    client.post("/join/code/", {"code": sent[-1][1]})
    return client


def typed(**changed):
    return {"name": "罗带娣", "place": "松口镇 大黄村", "position": "执委", "note": ""} | changed


def test_claim_is_made(at_the_door, tree):
    response = at_the_door.post("/claims/", typed(note="我是刚选上的"))

    assert response.url == "/claims/"
    made = RosterClaim.objects.get()
    assert (made.name, made.federation, made.phone) == ("罗带娣", tree.village, UNKNOWN)
    assert "已经提交，正在核对" in at_the_door.get("/claims/").content.decode()


def test_claim_by_wechat_alone(client, tree, wechat):  # noqa: F811
    wechat.person()
    wechat.sign_in(client)

    refused = client.post("/claims/", typed())
    client.post("/claims/", typed(agree=current_token()))

    assert refused.context["form"].errors.keys() == {"agree"}
    made = RosterClaim.objects.get()
    assert (made.phone, made.identity.member) == (None, None)


def test_nobody_claims_without_having_shown_something(client, tree):
    response = client.post("/claims/", typed())

    assert response.url == "/join/phone/"
    assert not RosterClaim.objects.exists()


def test_namesakes_of_a_place_are_offered_by_their_whole_names(at_the_door, tree):
    twin = make_village(tree.other_town, "大黄村", "440103001009")

    response = at_the_door.post("/claims/", typed(place="大黄村"))

    page = response.content.decode()
    assert "梅州市 梅县区 松口镇 大黄村" in page
    assert "广州市 荔湾区 沙面街道 大黄村" in page
    assert page.count('type="radio" name="place_id"') == 2
    at_the_door.post("/claims/", typed(place="大黄村", place_id=twin.pk))

    assert RosterClaim.objects.get().federation == twin


@pytest.mark.parametrize("place", ["松口镇大黄村妇联", "没有这个村", "%", "441403101001001001"])
def test_unknown_place_keeps_what_was_typed(at_the_door, tree, place):
    response = at_the_door.post("/claims/", typed(place=place))

    assert response.context["form"].errors["place"] == ["没有找到这个妇联，请核对名称。"]
    assert "罗带娣" in response.content.decode()


@pytest.mark.parametrize("place", ["大黄村妇联", "梅州市 大黄村", "441403101001"])
def test_place_as_people_write_it(at_the_door, tree, place):
    at_the_door.post("/claims/", typed(place=place))

    assert RosterClaim.objects.get().federation == tree.village


def test_claim_posted_ten_times_is_one(at_the_door, tree):
    for _ in range(10):
        at_the_door.post("/claims/", typed())

    assert RosterClaim.objects.count() == 1


def test_reason_is_told_when_she_comes_again(at_the_door, tree):
    at_the_door.post("/claims/", typed())
    made = RosterClaim.objects.get()
    manager = make_staff(tree.town)
    decline_claim(claim_id=made.pk, reason="名单里没有您", by=manager, now=made.made_at)

    page = at_the_door.get("/claims/").content.decode()

    assert "名单里没有您" in page
    assert manager.name not in page


def test_fourth_claim_of_a_day_is_refused(at_the_door, tree):
    manager = make_staff(tree.town)
    for _ in range(3):
        at_the_door.post("/claims/", typed())
        made = RosterClaim.objects.latest("pk")
        decline_claim(claim_id=made.pk, reason="请核对", by=manager, now=made.made_at)

    response = at_the_door.post("/claims/", typed())

    [said] = response.context["form"].non_field_errors()
    assert said.startswith("今天提交的次数太多了。请 24 小时后再试")


def test_shared_phone_alone_is_told_the_way(client, tree, sent):
    mother = make_member("刘桂花")
    client.post("/join/phone/", {"phone": mother.phone, "agree": current_token()})
    client.post("/join/code/", {"code": sent[-1][1]})

    response = client.post("/claims/", typed())

    [said] = response.context["form"].non_field_errors()
    assert said.startswith("这个手机号已经登记在别人名下。")
    assert not RosterClaim.objects.exists()


def test_claims_of_others_are_not_shown(at_the_door, client, tree, sent):
    at_the_door.post("/claims/", typed())
    stranger = type(client)()
    stranger.post("/join/phone/", {"phone": "13911113333", "agree": current_token()})
    stranger.post("/join/code/", {"code": sent[-1][1]})

    page = stranger.get("/claims/").content.decode()

    assert "罗带娣" not in page


def test_signed_in_member_has_nothing_to_claim(client, tree):
    client.force_login(make_member())

    assert client.get(reverse("claim")).url == "/"
