"""Both companies, each with the settings under which its stand-in takes messages."""

from dataclasses import dataclass

from tests.fakes import aliyun, tencent
from tests.fakes.sms_server import SmsServer


@dataclass(frozen=True)
class Company:
    server: type[SmsServer]
    settings: dict[str, str]
    # What is over in seconds, and what is not: of the gateway and of the service.
    passing: tuple[str, ...]
    lasting: tuple[str, ...]
    wrong_key: str
    wrong_secret: str
    phone_prefix: str = ""


COMPANIES = {
    "aliyun": Company(
        server=aliyun.AliyunServer,
        settings={
            "SMS_SENDER": "members.sms.aliyun.AliyunSender",
            "SMS_SIGN_NAME": aliyun.SIGN_NAME,
            "SMS_TEMPLATE": aliyun.TEMPLATE,
            "SMS_KEY_ID": aliyun.KEY_ID,
            "SMS_KEY_SECRET": aliyun.KEY_SECRET,
        },
        passing=("Throttling.User", "ServiceUnavailable", "InternalError", "isp.SYSTEM_ERROR"),
        lasting=(
            "isv.BUSINESS_LIMIT_CONTROL",
            "isv.SMS_TEMPLATE_ILLEGAL",
            "isv.BLACK_KEY_CONTROL_LIMIT",
            "isv.AMOUNT_NOT_ENOUGH",
        ),
        wrong_key="InvalidAccessKeyId.NotFound",
        wrong_secret="SignatureDoesNotMatch",
    ),
    "tencent": Company(
        server=tencent.TencentServer,
        settings={
            "SMS_SENDER": "members.sms.tencent.TencentSender",
            "SMS_SIGN_NAME": tencent.SIGN_NAME,
            "SMS_TEMPLATE": tencent.TEMPLATE,
            "SMS_APP_ID": tencent.APP_ID,
            "SMS_KEY_ID": tencent.KEY_ID,
            "SMS_KEY_SECRET": tencent.KEY_SECRET,
        },
        passing=(
            "RequestLimitExceeded",
            "InternalError.Timeout",
            "LimitExceeded.DeliveryFrequencyLimit",
        ),
        lasting=(
            "LimitExceeded.PhoneNumberDailyLimit",
            "FailedOperation.TemplateIncorrectOrUnapproved",
            "FailedOperation.PhoneNumberInBlacklist",
            "FailedOperation.InsufficientBalanceInSmsPackage",
            "UnauthorizedOperation.ServiceSuspendDueToArrears",
        ),
        wrong_key="AuthFailure.SecretIdNotFound",
        wrong_secret="AuthFailure.SignatureFailure",
        phone_prefix="+86",
    ),
}
