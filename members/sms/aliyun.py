"""阿里云短信服务: SendSms of 2017-05-25, by the official SDK.

The template has one variable, ${code}.
"""

import json
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings

from members.sms.sending import (
    CONNECT_TIMEOUT,
    READ_TIMEOUT,
    UNREACHED,
    Access,
    Busy,
    ExtraMissing,
    NotSent,
    access,
    refusal,
)

try:
    from alibabacloud_dysmsapi20170525.client import Client
    from alibabacloud_dysmsapi20170525.models import SendSmsRequest
    from alibabacloud_tea_openapi.exceptions import AlibabaCloudException
    from alibabacloud_tea_openapi.utils_models import Config
    from darabonba.exceptions import UnretryableException
except ImportError as missing:
    raise ExtraMissing("aliyun") from missing

ENDPOINT, REGION = "https://dysmsapi.aliyuncs.com", "cn-hangzhou"
# Of the gateway and of the service. A number's own limits (isv.BUSINESS_LIMIT_CONTROL) last hours.
PASSING = ("Throttling", "ServiceUnavailable", "InternalError", "isp.SYSTEM", "isp.GATEWAY")


class AliyunSender:
    def send_code(self, phone: str, code: str) -> None:
        request = SendSmsRequest(
            phone_numbers=phone,
            sign_name=settings.SMS_SIGN_NAME,
            template_code=settings.SMS_TEMPLATE,
            template_param=json.dumps({"code": code}),
        )
        # Raised out here: an error of the SDK hanging on to ours would bring the phone into a log.
        if refused := self._refused(request):
            raise refused

    def _refused(self, request: "SendSmsRequest") -> NotSent | None:
        try:
            body = _client(access(region=REGION, endpoint=ENDPOINT)).send_sms(request).body
        except AlibabaCloudException as error:
            return refusal(error.code, error.request_id or "", passing=PASSING)
        except UnretryableException:  # nobody answered, or not in the company's language
            return Busy(UNREACHED)
        if body.code == "OK":
            return None
        return refusal(body.code or UNREACHED, body.request_id or "", passing=PASSING)


@lru_cache
def _client(access: Access) -> "Client":
    """One for the process: it keeps its connection."""
    address = urlsplit(access.endpoint)
    return Client(
        Config(
            access_key_id=access.key_id,
            access_key_secret=access.key_secret,
            region_id=access.region,
            endpoint=address.netloc,
            protocol=address.scheme,
            connect_timeout=CONNECT_TIMEOUT,
            read_timeout=READ_TIMEOUT,
        )
    )
