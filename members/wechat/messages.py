"""What she is told when WeChat does not let her in, and what she can do."""

from django.utils.translation import gettext_lazy as _

from members.wechat.errors import (
    Blocked,
    CodeRefused,
    NotSetUp,
    TokenRefused,
    TooOften,
    Unavailable,
    WechatError,
)

SAID = {
    CodeRefused: _("这次微信登录已经失效（过了 5 分钟，或者用过了）。请重新点“微信登录”。"),
    TooOften: _("操作太频繁了，请等一分钟再试，或用手机号登录。"),
    Blocked: _("微信认为这个微信号有风险，没有放行。请先在微信里按提示处理，或用手机号登录。"),
    NotSetUp: _("微信登录暂时用不了，要等工作人员检查设置。请先用手机号登录。"),
    TokenRefused: _("微信登录暂时用不了，要等工作人员检查设置。请先用手机号登录。"),
    Unavailable: _("微信现在没有回应。请过一会儿再试，或用手机号登录。"),
}
SNAPSHOT = _("您现在看的是微信的快照页。请点页面底部的“使用完整服务”，再点“微信登录”。")
STATE_GONE = _("这次微信登录不是从这里开始的，或者已经用过了。请重新点“微信登录”。")
TICKET_GONE = _("从小程序进来的凭证已经失效（一分钟内有效，只能用一次）。请回到小程序再点一次。")
FOREIGN_PHONE = _("这里只认中国内地的手机号。请换一个手机号，或用短信验证码登录。")
BAD_REQUEST = _("请求不完整，请更新小程序后再试。")


def say_wechat_error(error: WechatError) -> str:
    return str(SAID[type(error)])
