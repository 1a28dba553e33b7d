"""Text messages: who sends them, and what they may cost."""

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

SMS_SENDER = env("SMS_SENDER", default="members.sms.ConsoleSender")
# At the company: the approved signature (【…】) and template, the application (Tencent), the keys.
SMS_SIGN_NAME = env("SMS_SIGN_NAME", default="")
SMS_TEMPLATE = env("SMS_TEMPLATE", default="")
SMS_APP_ID = env("SMS_APP_ID", default="")
SMS_KEY_ID = env("SMS_KEY_ID", default="")
SMS_KEY_SECRET = env("SMS_KEY_SECRET", default="")
# Empty: the company's usual one.
SMS_REGION = env("SMS_REGION", default="")
SMS_ENDPOINT = env("SMS_ENDPOINT", default="")

# What a sender cannot do without (members.checks).
SMS_NEEDS = {
    "members.sms.aliyun.AliyunSender": (
        *("SMS_SIGN_NAME", "SMS_TEMPLATE", "SMS_KEY_ID", "SMS_KEY_SECRET"),
    ),
    "members.sms.tencent.TencentSender": (
        *("SMS_SIGN_NAME", "SMS_TEMPLATE", "SMS_APP_ID", "SMS_KEY_ID", "SMS_KEY_SECRET"),
    ),
}

# Messages a day whose codes nobody used (members.domain.sms_budget); some 0.05 yuan each.
SMS_FIRST_TIMES_PER_DAY = env.int("SMS_FIRST_TIMES_PER_DAY", default=100_000)
SMS_STRANGERS_PER_DAY = env.int("SMS_STRANGERS_PER_DAY", default=5_000)


def require_sms_settings() -> None:
    """Stop the start when the chosen sender lacks something; names the first that is missing."""
    for name in SMS_NEEDS.get(SMS_SENDER, ()):
        if not globals()[name]:
            raise ImproperlyConfigured(f"Set {name} in the environment: {SMS_SENDER} needs it")
