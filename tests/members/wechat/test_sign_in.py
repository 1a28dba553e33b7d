"""Signing in with WeChat's web authorisation, as a browser sees it."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from members.documents import current_token
from members.domain.wechat import WechatUser, bind
from members.models import Action, AuditEntry, WechatIdentity
from tests.factories import PASSWORD, make_member
from tests.wechat import APP, MINI

pytestmark = pytest.mark.django_db

SNAPSHOT = "您现在看的是微信的快照页。请点页面底部的“使用完整服务”，再点“微信登录”。"
STATE_GONE = "这次微信登录不是从这里开始的，或者已经用过了。请重新点“微信登录”。"


def signed_in(client) -> str | None:
    return client.session.get("_auth_user_id")


def bound(member, person, app_id=APP):
    user = WechatUser(app_id, person.openid(app_id), person.unionid if app_id == MINI else "")
    return bind(user=user, member=member, way="phone", now=timezone.now())


def said(response) -> list[str]:
    return [str(each) for each in response.context["messages"]]


def test_known_wechat_signs_in_silently(client, wechat, member):
    bound(member, wechat.person())

    response = wechat.sign_in(client)

    assert (response.status_code, response.url) == (302, "/")
    assert signed_in(client) == str(member.pk)
    assert wechat.server.calls["/connect/oauth2/authorize"] == 1


def test_next_is_carried_all_the_way(client, wechat, member):
    bound(member, wechat.person())

    assert wechat.sign_in(client, "/board/").url == "/board/"


@pytest.mark.parametrize("target", ["//evil.example/", "https://evil.example/", "javascript:x"])
def test_next_to_anywhere_else_is_dropped(client, wechat, member, target):
    bound(member, wechat.person())

    assert wechat.sign_in(client, target).url == "/"


def test_session_key_changes_at_sign_in(client, wechat, member):
    bound(member, wechat.person())
    response = client.get("/wechat/sign-in/")
    before = client.session.session_key

    client.get(wechat.follow(client, response))

    assert client.session.session_key != before


def test_unknown_wechat_is_asked_and_then_shows_who_she_is(client, wechat):
    wechat.person(nickname="木棉🌺花")

    response = wechat.sign_in(client, "/board/")

    assert response.url == "/join/?next=%2Fboard%2F"
    assert wechat.server.calls["/connect/oauth2/authorize"] == 2
    assert "木棉🌺花" in client.get("/join/phone/").content.decode()
    assert not WechatIdentity.objects.exists()


def test_who_is_known_by_the_mini_program_is_recognised(client, wechat, member):
    bound(member, wechat.person(), MINI)

    assert wechat.sign_in(client).url == "/"

    assert signed_in(client) == str(member.pk)
    assert WechatIdentity.objects.filter(app_id=APP, member=member).exists()


def test_snapshot_user_gets_in_nowhere(client, wechat):
    wechat.person(is_snapshot=True)

    response = wechat.sign_in(client)

    assert response.url == "/accounts/login/"
    assert said(client.get(response.url)) == [SNAPSHOT]
    assert client.get("/join/").url == "/join/phone/"
    assert not WechatIdentity.objects.exists()


def test_inactive_member_is_told_so(client, wechat):
    member = make_member()
    bound(member, wechat.person())
    member.is_active = False
    member.save()

    assert wechat.sign_in(client).url == "/accounts/inactive/"


def test_callback_replayed_ten_times_signs_in_once(wechat, member, client):
    bound(member, wechat.person())
    address = wechat.follow(client, client.get("/wechat/sign-in/"))
    client.get(address)
    client.logout()

    responses = [client.get(address) for _ in range(10)]

    assert {each.url for each in responses} == {"/accounts/login/"}
    assert signed_in(client) is None
    assert wechat.server.calls["/sns/oauth2/access_token"] == 1


def test_callback_of_another_session_is_turned_away(client, wechat, member):
    """Whoever sends her own link to a victim would sign the victim in as herself."""
    bound(member, wechat.person())
    address = wechat.follow(client, client.get("/wechat/sign-in/"))
    victim = Client()

    response = victim.get(address)

    assert said(victim.get(response.url)) == [STATE_GONE]
    assert signed_in(victim) is None


def test_old_state_is_turned_away(client, wechat, member):
    bound(member, wechat.person())
    address = wechat.follow(client, client.get("/wechat/sign-in/"))
    session = client.session
    [state] = session["wechat_states"]
    session["wechat_states"] = {state: session["wechat_states"][state] | {"at": 0}}
    session.save()

    assert client.get(address).url == "/accounts/login/"


def test_two_tabs_each_come_back(client, wechat, member):
    bound(member, wechat.person())
    first, second = (client.get("/wechat/sign-in/") for _ in range(2))

    assert client.get(wechat.follow(client, second)).url == "/"
    assert client.get(wechat.follow(client, first)).url == "/me/wechat/"


def test_code_does_not_stay_in_the_address(client, wechat, member):
    bound(member, wechat.person())
    address = wechat.follow(client, client.get("/wechat/sign-in/"))

    response = client.get(address)

    assert (response.status_code, response["Referrer-Policy"]) == (302, "no-referrer")


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (40029, "这次微信登录已经失效（过了 5 分钟，或者用过了）。请重新点“微信登录”。"),
        (45011, "操作太频繁了，请等一分钟再试，或用手机号登录。"),
        (40226, "微信认为这个微信号有风险，没有放行。请先在微信里按提示处理，或用手机号登录。"),
        (40013, "微信登录暂时用不了，要等工作人员检查设置。请先用手机号登录。"),
        (40001, "微信登录暂时用不了，要等工作人员检查设置。请先用手机号登录。"),
    ],
)
def test_each_refusal_is_said_in_words(client, wechat, fault, text):
    wechat.person()
    address = wechat.follow(client, client.get("/wechat/sign-in/"))
    wechat.server.fail("/sns/oauth2/access_token", fault)

    response = client.get(address)

    assert said(client.get(response.url)) == [text]


def test_busy_wechat_is_said_in_words(client, wechat):
    wechat.person()
    address = wechat.follow(client, client.get("/wechat/sign-in/", {"next": "/board/"}))
    wechat.server.fail("/sns/oauth2/access_token", -1, -1)

    response = client.get(address)

    assert response.url == "/accounts/login/?next=%2Fboard%2F"
    assert said(client.get(response.url)) == ["微信现在没有回应。请过一会儿再试，或用手机号登录。"]


def test_nothing_is_offered_without_keys(client, settings):
    settings.WECHAT_APP_ID = ""

    assert client.get("/wechat/sign-in/").status_code == 404
    assert client.get("/wechat/callback/").status_code == 404


@pytest.mark.parametrize(("agent", "shown"), [("MicroMessenger/8.0", True), ("Chrome", False)])
def test_button_is_shown_where_wechat_works(client, wechat, agent, shown):
    page = client.get("/accounts/login/", headers={"User-Agent": agent}).content.decode()

    assert ("/wechat/sign-in/" in page) == shown


def test_signed_in_member_binds_the_wechat_that_she_comes_by(client, wechat, member):
    client.force_login(member)
    wechat.person()
    assert wechat.sign_in(client).url == "/join/"
    assert "把微信“秀英🌸”绑定到“陈秀英”的账号吗" in client.get("/join/").content.decode()

    assert client.post("/join/").url == "/me/wechat/"

    assert WechatIdentity.objects.get().member == member
    [entry] = AuditEntry.objects.filter(action=Action.WECHAT_BOUND)
    assert entry.detail == {"way": "session", "identity": WechatIdentity.objects.get().pk}


def test_wechat_of_another_is_not_bound(client, wechat, member):
    other = make_member("刘桂花")
    bound(other, wechat.person())
    client.force_login(member)
    wechat.sign_in(client)

    response = client.post("/join/")

    assert said(response) == ["这个微信已经绑定了别人的账号。请换一个微信，或先在那个账号里解绑。"]
    assert WechatIdentity.objects.get().member == other


def test_second_wechat_of_one_member_is_refused(client, wechat, member):
    bound(member, wechat.person("first"))
    client.force_login(member)
    wechat.person("second")
    wechat.sign_in(client)

    response = client.post("/join/")

    assert said(response)[0].startswith("这个账号已经绑定了另一个微信。")
    assert WechatIdentity.objects.count() == 1


def run_at_once(*acts) -> list:
    """What each returned or raised."""
    outcomes, barrier = [], threading.Barrier(len(acts))

    def run(act):
        barrier.wait()
        try:
            outcomes.append(act())
        except Exception as error:
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return outcomes


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_wechat_is_bound_to_one_of_two_members_at_once(wechat):
    person = wechat.person()
    members = [make_member(name) for name in ("陈秀英", "刘桂花")]

    outcomes = run_at_once(*(lambda m=m: bound(m, person) for m in members))

    assert outcomes.count("WechatTaken") == 1
    assert WechatIdentity.objects.get().member in members


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_member_gets_one_of_two_wechats_at_once(wechat):
    member = make_member()
    people = [wechat.person("first"), wechat.person("second")]

    outcomes = run_at_once(*(lambda p=p: bound(member, p) for p in people))

    assert outcomes.count("HasAnotherWechat") == 1
    assert WechatIdentity.objects.filter(member=member).count() == 1


def test_password_still_signs_in(client, wechat, member):
    bound(member, wechat.person())

    typed = {"login": member.phone, "password": PASSWORD, "agree": current_token()}
    client.post("/accounts/login/", typed)

    assert signed_in(client) == str(member.pk)
