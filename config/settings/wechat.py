"""WeChat: the official account's and the mini-program's keys. Without them WeChat is not offered.

The reasons are in docs/decisions/0049-wechat.md.
"""

import environ
from csp.constants import SELF

env = environ.Env()

# 服务号: signing in within WeChat's browser, and sharing.
WECHAT_APP_ID = env("WECHAT_APP_ID", default="")
WECHAT_APP_SECRET = env("WECHAT_APP_SECRET", default="")
# 小程序: it shows this site in a web-view.
WECHAT_MINI_APP_ID = env("WECHAT_MINI_APP_ID", default="")
WECHAT_MINI_APP_SECRET = env("WECHAT_MINI_APP_SECRET", default="")
# What WeChat asks to be served at the root to show whose domain this is: name.txt=content, …
WECHAT_VERIFY_FILES = env.dict("WECHAT_VERIFY_FILES", default={})

WECHAT_API_URL = "https://api.weixin.qq.com"
WECHAT_AUTHORIZE_URL = "https://open.weixin.qq.com/connect/oauth2/authorize"
# WeChat publishes its script at its own address only: one more host, and only where it is used.
WECHAT_JS_SDK_URL = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js" if WECHAT_APP_ID else ""
WECHAT_SCRIPT_SOURCES = [SELF, "https://res.wx.qq.com"] if WECHAT_APP_ID else [SELF]
# The embedded run's stand-in for WeChat (config.demo.wechat); nothing else turns it on.
WECHAT_DEMO = False
