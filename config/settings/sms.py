"""Text messages: who sends them, and what they may cost."""

import environ

env = environ.Env()

SMS_SENDER = env("SMS_SENDER", default="members.sms.ConsoleSender")
# Messages a day whose codes nobody used (members.domain.sms_budget); some 0.05 yuan each.
SMS_FIRST_TIMES_PER_DAY = env.int("SMS_FIRST_TIMES_PER_DAY", default=100_000)
SMS_STRANGERS_PER_DAY = env.int("SMS_STRANGERS_PER_DAY", default=5_000)
