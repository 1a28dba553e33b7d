"""One question to WeChat over HTTP.

Addresses hold secrets and codes: nothing here logs one, and no error carries one out.
"""

import json
import re
from typing import Any

import requests
import structlog
from django.conf import settings

from members.wechat.errors import Unavailable, WechatError, error_of

log = structlog.get_logger()

# Seconds to connect, and to wait for the answer: somebody looks at a blank page meanwhile.
TIMEOUT = (3, 5)
RID = re.compile(r"rid: ?([0-9a-f-]+)")


def ask(path: str, *, params: dict[str, str] | None = None, body: dict | None = None) -> dict:
    """GET `path`, or POST `body` as JSON. Returns what WeChat answered.

    Busy (-1) and silent servers are asked twice. Raises WechatError.
    """
    try:
        return _ask_once(path, params, body)
    except Unavailable:
        return _ask_once(path, params, body)


def _ask_once(path: str, params: dict[str, str] | None, body: dict | None) -> dict[str, Any]:
    try:
        return _checked(_send(path, params, body))
    except WechatError as error:
        log.warning("wechat_refused", call=path, code=error.code, rid=error.rid)
        raise


def _send(path: str, params: dict[str, str] | None, body: dict | None) -> dict[str, Any]:
    try:
        answer = requests.request(
            "GET" if body is None else "POST",
            settings.WECHAT_API_URL + path,
            params=params,
            data=None if body is None else json.dumps(body, ensure_ascii=False).encode(),
            headers={} if body is None else {"Content-Type": "application/json"},
            timeout=TIMEOUT,
            allow_redirects=False,
        )
        # Whatever the header says: it is text/plain at times, and always JSON in UTF-8.
        read = json.loads(answer.content.decode("utf-8"))
    except (requests.RequestException, ValueError):
        read = None
    if not isinstance(read, dict):
        # Outside the handler, so that nothing chains the address of the request to it.
        raise Unavailable
    return read


def _checked(answer: dict[str, Any]) -> dict[str, Any]:
    code = answer.get("errcode", 0)
    if code:
        found = RID.search(str(answer.get("errmsg", "")))
        raise error_of(code, found[1] if found else "")
    return answer


def text_of(answer: dict, *names: str) -> list[str]:
    """These fields of an answer, none of them empty. Raises Unavailable when one is missing."""
    values = [answer.get(name) for name in names]
    if not all(isinstance(each, str) and each for each in values):
        raise Unavailable
    return values
