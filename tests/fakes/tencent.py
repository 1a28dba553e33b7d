"""A stand-in for 腾讯云短信: SendSms of 2021-01-11, signed with TC3-HMAC-SHA256.

Every answer has the status 200; what went wrong with the request stands under Error, what became of
the message beside its number.
"""

import hashlib
import hmac
import json
import re
import time
from datetime import UTC, datetime

from tests.fakes.sms_server import Received, SmsServer

KEY_ID, KEY_SECRET = "AKID-tests", "tencent-secret-for-tests"
APP_ID, SIGN_NAME, TEMPLATE = "1400006666", "执委学堂", "1110"
AUTHORIZATION = re.compile(
    r"TC3-HMAC-SHA256 Credential=([^/]+)/(\d{4}-\d\d-\d\d)/sms/tc3_request, "
    r"SignedHeaders=([^,]+), Signature=([0-9a-f]{64})"
)
OF_REQUEST = ("RequestLimitExceeded", "InternalError", "AuthFailure", "Unauthorized")


class Refused(Exception):
    """Of the whole request."""


class TencentServer(SmsServer):
    def reply(self, received: Received) -> tuple[int, str, bytes]:
        try:
            _check_request(received)
            said = self._send(json.loads(received.body))
        except Refused as refused:
            message = f"{refused} for 13800000000"
            said = {"Error": {"Code": str(refused), "Message": message}}
        body = {"Response": said | {"RequestId": "a0aabda6-cf91"}}
        return 200, "application/json", json.dumps(body).encode()

    def _send(self, wanted: dict) -> dict:
        code = self.next_codes.pop(0) if self.next_codes else _fault(wanted)
        if code.startswith(OF_REQUEST):
            raise Refused(code)
        [phone], [value] = wanted["PhoneNumberSet"], wanted["TemplateParamSet"]
        if code == "Ok":
            self.taken.append((phone, value))
        status = {
            "SerialNo": "5000:1045",
            "PhoneNumber": phone,
            "Fee": int(code == "Ok"),
            "SessionContext": "",
            "Code": code,
            "Message": "send success",
            "IsoCode": "CN",
        }
        return {"SendStatusSet": [status]}


def _fault(wanted: dict) -> str:
    if wanted.get("SmsSdkAppId") != APP_ID:
        return "UnauthorizedOperation.SmsSdkAppIdVerifyFail"
    if wanted.get("SignName") != SIGN_NAME:
        return "FailedOperation.SignatureIncorrectOrUnapproved"
    if wanted.get("TemplateId") != TEMPLATE:
        return "FailedOperation.TemplateIncorrectOrUnapproved"
    if not re.fullmatch(r"\+861[3-9]\d{9}", wanted["PhoneNumberSet"][0]):
        return "InvalidParameterValue.IncorrectPhoneNumber"
    return "Ok"


def _check_request(received: Received) -> None:
    headers = received.headers
    if (headers.get("x-tc-action"), headers.get("x-tc-version")) != ("SendSms", "2021-01-11"):
        raise Refused("InvalidAction")
    if "x-tc-region" not in headers:
        raise Refused("MissingParameter")
    if abs(time.time() - int(headers["x-tc-timestamp"])) > 300:
        raise Refused("AuthFailure.SignatureExpire")
    found = AUTHORIZATION.fullmatch(headers.get("authorization", ""))
    if not found:
        raise Refused("AuthFailure.InvalidAuthorization")
    key_id, day, signed, signature = found.groups()
    if key_id != KEY_ID:
        raise Refused("AuthFailure.SecretIdNotFound")
    if not hmac.compare_digest(signature, _signature(received, day, signed.split(";"))):
        raise Refused("AuthFailure.SignatureFailure")


def _signature(received: Received, day: str, signed: list[str]) -> str:
    stamp = received.headers["x-tc-timestamp"]
    if day != datetime.fromtimestamp(int(stamp), UTC).strftime("%Y-%m-%d"):
        raise Refused("AuthFailure.SignatureExpire")
    canonical = "\n".join(
        [
            received.method,
            received.address.path or "/",
            received.address.query,
            *(f"{name}:{received.headers[name].strip().lower()}" for name in signed),
            "",
            ";".join(signed),
            hashlib.sha256(received.body).hexdigest(),
        ]
    )
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    key = f"TC3{KEY_SECRET}".encode()
    for part in (day, "sms", "tc3_request"):
        key = _hmac(key, part)
    return _hmac(key, f"TC3-HMAC-SHA256\n{stamp}\n{day}/sms/tc3_request\n{digest}").hex()


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
