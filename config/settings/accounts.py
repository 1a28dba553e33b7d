"""Signing in: django-allauth by phone; what Wagtail would offer beside it is turned off.

The reasons are in docs/decisions/0003-sign-in.md.
"""

import environ

env = environ.Env()

ACCOUNT_ADAPTER = "members.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "members.forms.SignInForm",
    "change_password": "members.forms.PasswordChangeForm",
    "set_password": "members.forms.PasswordSetForm",
}
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Members come from the roster. A phone named here, required, would make allauth's phone stage turn
# away whoever has none; without it the stage stands aside, and the check that asks for one is wrong
# where nobody signs up.
ACCOUNT_SIGNUP_FIELDS = ["password1*"]
SILENCED_SYSTEM_CHECKS = ["account.W001"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
# Someone who is signed in and may not open a page is sent here by it: sending her back would loop.
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
# A whole village shares one address, so the real limits are per phone (members.domain); these only
# stop a flood.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": None,
    "wechat": "300/m/ip",
    "change_password": "5/m/user",
}
# Behind a proxy every request has the proxy's address: set this to the number of proxies.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_RESET_ENABLED = False
