"""A stand-in for 阿里云短信服务: SendSms of 2017-05-25, signed with ACS3-HMAC-SHA256.

Refusals of the gateway come with a status of 4xx or 5xx, those of the service with 200.
"""

import hashlib
import hmac
import json
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote

from tests.fakes.sms_server import Received, SmsServer

KEY_ID, KEY_SECRET = "LTAI-tests", "aliyun-secret-for-tests"
SIGN_NAME, TEMPLATE = "执委学堂", "SMS_154950909"
AUTHORIZATION = re.compile(
    r"ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})"
)
OF_GATEWAY = {"Throttling.User": 400, "ServiceUnavailable": 503, "InternalError": 500}


class Refused(Exception):
    def __init__(self, code: str, status: int = 200):
        super().__init__(code)
        self.code = code
        self.status = status


class AliyunServer(SmsServer):
    def __init__(self):
        super().__init__()
        self.nonces: set[str] = set()

    def reply(self, received: Received) -> tuple[int, str, bytes]:
        try:
            self._check_request(received)
            if self.next_codes:
                code = self.next_codes.pop(0)
                raise Refused(code, OF_GATEWAY.get(code, 200))
            self.taken.append(_message(dict(parse_qsl(received.address.query))))
        except Refused as refused:
            return refused.status, "application/json;charset=utf-8", _refusal(refused)
        said = {"Code": "OK", "Message": "OK", "BizId": "9006^0", "RequestId": "F655A8D5"}
        return 200, "application/json;charset=utf-8", json.dumps(said).encode()

    def _check_request(self, received: Received) -> None:
        headers = received.headers
        if (headers.get("x-acs-action"), headers.get("x-acs-version")) != ("SendSms", "2017-05-25"):
            raise Refused("InvalidAction.NotFound", 404)
        said_at = datetime.strptime(headers["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ")
        if abs(datetime.now(UTC) - said_at.replace(tzinfo=UTC)) > timedelta(minutes=15):
            raise Refused("InvalidTimeStamp.Expired", 400)
        if headers["x-acs-signature-nonce"] in self.nonces:
            raise Refused("SignatureNonceUsed", 400)
        self.nonces.add(headers["x-acs-signature-nonce"])
        _check_signature(received)


def _check_signature(received: Received) -> None:
    found = AUTHORIZATION.fullmatch(received.headers.get("authorization", ""))
    if not found:
        raise Refused("MissingSignature", 400)
    key_id, signed, signature = found.groups()
    if key_id != KEY_ID:
        raise Refused("InvalidAccessKeyId.NotFound", 404)
    if not hmac.compare_digest(signature, _signature(received, signed.split(";"))):
        raise Refused("SignatureDoesNotMatch", 400)


def _signature(received: Received, signed: list[str]) -> str:
    query = sorted(parse_qsl(received.address.query, keep_blank_values=True))
    canonical = "\n".join(
        [
            received.method,
            received.address.path,
            "&".join(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in query),
            *(f"{name}:{received.headers[name].strip()}" for name in signed),
            "",
            ";".join(signed),
            hashlib.sha256(received.body).hexdigest(),
        ]
    )
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    said = f"ACS3-HMAC-SHA256\n{digest}"
    return hmac.new(KEY_SECRET.encode(), said.encode(), hashlib.sha256).hexdigest()


def _message(query: dict[str, str]) -> tuple[str, str]:
    if query.get("SignName") != SIGN_NAME:
        raise Refused("isv.SMS_SIGNATURE_ILLEGAL")
    if query.get("TemplateCode") != TEMPLATE:
        raise Refused("isv.SMS_TEMPLATE_ILLEGAL")
    if not re.fullmatch(r"1[3-9]\d{9}", query.get("PhoneNumbers", "")):
        raise Refused("isv.MOBILE_NUMBER_ILLEGAL")
    values = json.loads(query.get("TemplateParam", "{}"))
    if not isinstance(values.get("code"), str):
        raise Refused("isv.TEMPLATE_MISSING_PARAMETERS")
    return query["PhoneNumbers"], values["code"]


def _refusal(refused: Refused) -> bytes:
    said = {
        "Code": refused.code,
        "Message": f"{refused.code} for 13800000000",
        "RequestId": "819BE656-D2E0",
    }
    if refused.status != 200:
        said |= {"HostId": "dysmsapi.aliyuncs.com", "Recommend": "https://api.aliyun.com/"}
    return json.dumps(said).encode()
