"""微信登录（演示）, as the embedded run has it: bound on a phone; a claim that staff approve."""

import pytest
from django.urls import include, path
from playwright.sync_api import expect

from config import urls
from config.demo.people import VILLAGE_MEMBER
from config.demo.wechat.people import platform
from members.models import WechatIdentity
from tests.browser.conftest import PC, enter
from tests.factories import make_committee_member, make_staff
from tests.members.senders import MemorySender
from tests.wechat import APP, wechat  # noqa: F401 a fixture

urlpatterns = [path("demo/wechat/", include("config.demo.wechat.urls")), *urls.urlpatterns]


@pytest.fixture
def demo(settings, home):
    settings.ROOT_URLCONF = __name__
    settings.WECHAT_DEMO = True
    settings.WECHAT_APP_ID, settings.WECHAT_APP_SECRET = "wxdemo", "demo"
    settings.WECHAT_AUTHORIZE_URL = "/demo/wechat/authorize/"
    settings.SMS_SENDER = "tests.members.senders.MemorySender"
    MemorySender.sent.clear()
    platform.cache_clear()
    yield
    platform.cache_clear()


@pytest.fixture
def xiuying(tree, demo):
    """Without her the demo takes nobody."""
    return make_committee_member(tree.village, VILLAGE_MEMBER.name, phone=VILLAGE_MEMBER.phone)


def choose(page, nickname: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_role("link", name="微信登录").click()
    page.get_by_role("link", name=f"微信“{nickname}”").click()


def prove(page, phone: str) -> None:
    page.get_by_label("手机号").fill(phone)
    page.get_by_label("我已阅读并同意下面两份文件").check()
    page.get_by_role("button", name="获取验证码").click()
    page.get_by_label("短信验证码").fill(MemorySender.sent[-1][1])
    page.get_by_role("button", name="下一步").click()


def stays_within(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_first_time_is_bound_by_phone_and_the_next_is_one_tap(phone, xiuying):
    choose(phone, "秀英")
    prove(phone, xiuying.phone)
    expect(phone.get_by_role("heading", name="陈秀英")).to_be_visible()
    assert stays_within(phone)
    phone.get_by_role("button", name="是我，登录").click()
    expect(phone.get_by_text("欢迎，陈秀英。")).to_be_visible()
    assert "code=" not in phone.url

    phone.context.clear_cookies()
    choose(phone, "秀英")

    expect(phone.get_by_text("欢迎，陈秀英。")).to_be_visible()


def test_who_is_not_on_the_roster_claims_and_staff_let_her_in(
    phone, new_context, live_server, tree, xiuying
):
    manager = make_staff(tree.town)
    choose(phone, "阿珍")
    prove(phone, "13911112222")
    phone.get_by_label("姓名").fill("罗阿珍")
    phone.get_by_label("我在哪个妇联任职").fill("松口镇 大黄村")
    assert stays_within(phone)
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_role("heading", name="已经提交，正在核对")).to_be_visible()

    desk = new_context(PC).new_page()
    enter(desk.context, live_server.url, manager)
    desk.goto("/desk/claims/")
    desk.get_by_role("link", name="罗阿珍").click()
    form = desk.locator("form", has=desk.locator("[value=new]"))
    form.get_by_role("button", name="下一步：看结果").click()
    desk.get_by_role("button", name="确认通过").click()
    expect(desk.get_by_text("已经登记并通过")).to_be_visible()

    choose(phone, "阿珍")

    expect(phone.get_by_text("欢迎，罗阿珍。")).to_be_visible()


def test_snapshot_leads_back_with_a_word(phone, xiuying):
    choose(phone, "访客")

    expect(phone.get_by_text("您现在看的是微信的快照页")).to_be_visible()
    assert not WechatIdentity.objects.exists()


def test_binding_works_without_javascript(new_context, xiuying):
    page = new_context(java_script_enabled=False).new_page()
    choose(page, "秀英")
    prove(page, xiuying.phone)
    page.get_by_role("button", name="是我，登录").click()

    expect(page.get_by_text("欢迎，陈秀英。")).to_be_visible()


def test_demo_takes_nobody_where_its_people_are_not(phone, demo, tree):
    phone.goto("/accounts/login/")
    phone.get_by_role("link", name="微信登录").click()

    expect(phone.get_by_role("heading", name="没有找到这一页")).to_be_visible()


SDK = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"
# What of WeChat's script the page uses.
STUB = """
window.shared = {};
window.wx = {
  config: function (config) { window.configured = config; },
  ready: function (then) { then(); },
};
["updateAppMessageShareData", "updateTimelineShareData"].forEach(function (name) {
  window.wx[name] = function (card) {
    window.shared[name] = card;
    document.documentElement.dataset.shared = Object.keys(window.shared).length;
  };
});
"""


def test_page_in_wechat_is_shared_as_its_head_says(new_context, wechat, settings, home):  # noqa: F811
    settings.WECHAT_JS_SDK_URL = SDK
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    allowed = directives | {"script-src": ["'self'", "https://res.wx.qq.com"]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": allowed}
    context = new_context(user_agent="Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50")
    context.route(SDK, lambda route: route.fulfill(content_type="text/javascript", body=STUB))
    page = context.new_page()

    page.goto("/")
    expect(page.locator("html[data-shared='2']")).to_be_attached()

    card = page.evaluate("window.shared.updateTimelineShareData")
    assert page.evaluate("window.configured.appId") == APP
    assert card["title"] == page.locator("meta[property='og:title']").get_attribute("content")
    assert card["link"] == page.locator("link[rel=canonical]").get_attribute("href")


def test_script_does_nothing_outside_wechat(new_context, wechat, settings, home):  # noqa: F811
    settings.WECHAT_JS_SDK_URL = SDK
    asked = []
    page = new_context().new_page()
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/", wait_until="networkidle")

    assert [each for each in asked if "js-config" in each or "wx.qq" in each] == []
