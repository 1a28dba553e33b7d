"""腾讯云短信: SendSms of 2021-01-11, by the official SDK.

The template has one variable, {1}.
"""

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings

from members.sms.sending import (
    READ_TIMEOUT,
    UNREACHED,
    Access,
    ExtraMissing,
    NotSent,
    access,
    refusal,
)

try:
    from tencentcloud.common.credential import Credential
    from tencentcloud.common.exception import TencentCloudSDKException
    from tencentcloud.common.profile.client_profile import ClientProfile
    from tencentcloud.common.profile.http_profile import HttpProfile
    from tencentcloud.sms.v20210111.models import SendSmsRequest, SendSmsResponse
    from tencentcloud.sms.v20210111.sms_client import SmsClient
except ImportError as missing:
    raise ExtraMissing("tencent") from missing

ENDPOINT, REGION = "https://sms.tencentcloudapi.com", "ap-guangzhou"
# Of the gateway, of the service and of the whole account; a number's own limits last longer.
PASSING = (
    "RequestLimitExceeded",
    "InternalError",
    "LimitExceeded.DeliveryFrequencyLimit",
    "LimitExceeded.GlobalSmsSendingRateLimit",
    "ClientNetworkError",
    "ServerNetworkError",
    UNREACHED,
)


class TencentSender:
    def send_code(self, phone: str, code: str) -> None:
        request = SendSmsRequest()
        request.PhoneNumberSet = [f"+86{phone}"]
        request.SmsSdkAppId = settings.SMS_APP_ID
        request.SignName = settings.SMS_SIGN_NAME
        request.TemplateId = settings.SMS_TEMPLATE
        request.TemplateParamSet = [code]
        # Raised out here: an error of the SDK hanging on to ours would bring the phone into a log.
        if refused := self._refused(request):
            raise refused

    def _refused(self, request: "SendSmsRequest") -> NotSent | None:
        try:
            answer = _client(access(region=REGION, endpoint=ENDPOINT)).SendSms(request)
        except TencentCloudSDKException as error:
            return refusal(error.code or UNREACHED, error.requestId or "", passing=PASSING)
        return _refused_by_number(answer)


def _refused_by_number(answer: "SendSmsResponse") -> NotSent | None:
    """The request went through; what became of the message stands beside its number."""
    [status] = answer.SendStatusSet
    if status.Code == "Ok":
        return None
    return refusal(status.Code, answer.RequestId, passing=PASSING)


@lru_cache
def _client(access: Access) -> "SmsClient":
    """One for the process: it keeps its connection."""
    address = urlsplit(access.endpoint)
    http = HttpProfile(
        protocol=address.scheme, endpoint=address.netloc, reqTimeout=READ_TIMEOUT // 1000
    )
    credential = Credential(access.key_id, access.key_secret)
    return SmsClient(credential, access.region, ClientProfile(httpProfile=http))
