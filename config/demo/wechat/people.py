"""Who can be chosen in the demo, and the one stand-in that all of its requests meet."""

from functools import cache

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from config.demo.people import SIGN_INS, VILLAGE_MEMBER
from config.demo.wechat.platform import Person, Platform
from config.demo.wechat.server import WechatServer
from members.models import Member

PEOPLE = {
    "bind": (_("名册里有她：用 13900000001 的验证码绑定"), Person("xiuying", "秀英")),
    "claim": (_("名册里没有她：申请认领"), Person("azhen", "阿珍")),
    "look": (_("只是看看（微信快照页，不能登录）"), Person("look", "访客", is_snapshot=True)),
}


def is_demo() -> bool:
    """Whether the demo's people are there: with others, nobody may choose whom she signs in as."""
    phones = [each.phone for each in SIGN_INS]
    return Member.objects.filter(phone__in=phones, name=VILLAGE_MEMBER.name).exists()


@cache
def platform() -> Platform:
    """Made, and its server started, when somebody first comes: in the process that serves."""
    made = Platform(apps={settings.WECHAT_APP_ID: settings.WECHAT_APP_SECRET})
    # Its port is not known before: the one setting that is set while the server runs.
    settings.WECHAT_API_URL = WechatServer(made).start().url
    return made
