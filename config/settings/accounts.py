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
    "reauthenticate": "members.forms.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Members come from the roster. A phone named here, required, would make allauth's phone stage turn
# away whoever has none; without it the stage stands aside, and the check that asks for one is wrong
# where nobody signs up.
ACCOUNT_SIGNUP_FIELDS = ["password1*"]
SILENCED_SYSTEM_CHECKS = ["account.W001"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# A box on the sign-in page, ticked.
ACCOUNT_SESSION_REMEMBER = None
# Someone who is signed in and may not open a page is sent here by it: sending her back would loop.
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
# A whole village shares one address, so the real limits are per phone (members.domain); these only
# stop a flood.
ACCOUNT_RATE_LIMITS = {
    "login": "1200/m/ip",
    "login_failed": None,
    "change_password": "5/m/user",
}
# Behind a proxy every request has the proxy's address: set this to the number of proxies.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False

# The second factor: docs/decisions/0048-accounts.md.
MFA_ADAPTER = "members.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "members.second_factor_forms.ActivateTotpForm",
    "add_webauthn": "members.second_factor_forms.AddPasskeyForm",
    "authenticate": "members.second_factor_forms.AuthenticateForm",
    "authenticate_webauthn": "members.second_factor_forms.PasskeyForm",
    "edit_webauthn": "members.second_factor_forms.RenamePasskeyForm",
    "login_webauthn": "members.second_factor_forms.PasskeySignInForm",
    "reauthenticate": "members.second_factor_forms.ReauthenticateForm",
    "reauthenticate_webauthn": "members.second_factor_forms.ReauthenticatePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# A phone's clock may be half a minute off; members.domain.second_factor sees to replays.
MFA_TOTP_TOLERANCE = 1
# Nobody has an address of allauth's kind; without this each change would look for one.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A flood's limit, as above: a passkey cannot be guessed.
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
# Staff without one reach nothing of the admin and the desk. Production asks for it.
STAFF_SECOND_FACTOR_REQUIRED = env.bool("STAFF_SECOND_FACTOR_REQUIRED", default=False)
