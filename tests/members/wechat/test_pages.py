"""我的微信, the signature for sharing, and the files that WeChat looks for at the root."""

import pytest
from django.utils import timezone

from members.domain.wechat import NoOtherWayIn, WechatUser, bind, forget_wechat, unbind
from members.models import Action, AuditEntry, WechatIdentity
from tests.factories import make_member
from tests.wechat import APP, MINI

pytestmark = pytest.mark.django_db
URL = "http://testserver/columns/?p=2#part"


def bound(member, app_id=APP, openid="o-1"):
    return bind(user=WechatUser(app_id, openid), member=member, way="phone", now=timezone.now())


def test_binding_is_shown(client, wechat, member):
    bound(member)
    bound(member, MINI)
    client.force_login(member)

    page = client.get("/me/wechat/").content.decode()

    assert "已经绑定微信" in page
    assert "小程序" in page
    assert "o-1" not in page


def test_unbinding_takes_both_away(client, member):
    bound(member)
    bound(member, MINI)
    client.force_login(member)

    client.post("/me/wechat/")

    assert not WechatIdentity.objects.exists()
    assert AuditEntry.objects.filter(action=Action.WECHAT_UNBOUND, actor_id=member.pk).count() == 1


def test_who_has_no_other_way_in_is_kept(client):
    member = make_member()
    member.set_unusable_password()
    member.save()
    bound(member)
    client.force_login(member)

    page = client.post("/me/wechat/", follow=True)

    assert WechatIdentity.objects.filter(member=member).exists()
    assert "现在还不能解绑" in page.content.decode()
    with pytest.raises(NoOtherWayIn):
        unbind(member=member, by=member)


def test_others_are_not_touched(client, member):
    bound(make_member("刘桂花"))
    client.force_login(member)

    client.post("/me/wechat/")

    assert WechatIdentity.objects.count() == 1


def test_page_is_hers_alone(client):
    assert client.get("/me/wechat/").url == "/accounts/login/?next=/me/wechat/"


def test_erased_member_leaves_no_wechat(member):
    bound(member)

    forget_wechat(member, timezone.now())

    assert not WechatIdentity.objects.exists()


def test_page_of_ours_is_signed(client, wechat, settings):
    settings.WECHAT_JS_SDK_URL = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"

    config = client.get("/wechat/js-config/", {"url": URL}).json()

    assert config.keys() == {"appId", "timestamp", "nonceStr", "signature"}
    assert config["appId"] == APP


@pytest.mark.parametrize("url", ["", "https://evil.example/", "//evil.example/", "/columns/"])
def test_page_of_others_is_not_signed(client, wechat, settings, url):
    settings.WECHAT_JS_SDK_URL = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"

    assert client.get("/wechat/js-config/", {"url": url}).status_code == 404


def test_no_signature_while_wechat_is_away(client, wechat, settings):
    settings.WECHAT_JS_SDK_URL = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"
    settings.WECHAT_API_URL = "http://127.0.0.1:9"

    assert client.get("/wechat/js-config/", {"url": URL}).status_code == 503


def test_sharing_script_is_in_the_page_only_with_keys(client, home, settings):
    assert "wechat-share.js" not in client.get("/").content.decode()

    settings.WECHAT_JS_SDK_URL = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"

    assert "wechat-share.js" in client.get("/").content.decode()


def test_no_foreign_script_is_allowed_without_keys(client, home):
    assert "res.wx.qq.com" not in client.get("/")["Content-Security-Policy"]


def test_file_for_wechat_is_served_at_the_root(client, settings):
    settings.WECHAT_VERIFY_FILES = {"MP_verify_ab12.txt": "ab12"}

    response = client.get("/MP_verify_ab12.txt")

    assert (response.content, response["Content-Type"]) == (b"ab12", "text/plain; charset=utf-8")


@pytest.mark.parametrize("name", ["another.txt", "..%2Fsecret_key.txt", "MP_verify_ab12.txt/x"])
def test_other_files_are_not_there(client, home, settings, name):
    settings.WECHAT_VERIFY_FILES = {"MP_verify_ab12.txt": "ab12"}

    assert client.get(f"/{name}").status_code == 404


def test_robots_are_told_what_they_were_told(client, home, settings):
    settings.WECHAT_VERIFY_FILES = {"robots.txt": "shadow"}

    assert client.get("/robots.txt").content.startswith(b"User-agent: *")


def test_stand_in_for_wechat_is_nowhere_but_in_the_demo(client, home):
    assert client.get("/demo/wechat/authorize/").status_code == 404
