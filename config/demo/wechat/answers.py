"""WeChat's interfaces: what each answers to the query and the body of a request."""

from collections.abc import Callable

from config.demo.wechat.platform import Platform, Refusal

Query = dict[str, str]


def authorize(platform: Platform, query: Query, _body: dict) -> dict:
    """Where it sends the person who holds the phone; {"location": address}."""
    if platform.visitor is None:
        raise Refusal(10003, "nobody holds the phone")
    if query.get("response_type") != "code" or query.get("appid") not in platform.apps:
        raise Refusal(10002, "invalid parameters")
    scope = query.get("scope", "")
    if scope not in ("snsapi_base", "snsapi_userinfo"):
        raise Refusal(10005, "scope is wrong")
    code = platform.give_code(platform.visitor, query["appid"], kind="oauth", scope=scope)
    return {"location": f"{query['redirect_uri']}?code={code}&state={query.get('state', '')}"}


def access_token(platform: Platform, query: Query, _body: dict) -> dict:
    platform.check_app(query.get("appid", ""), query.get("secret", ""))
    code = platform.take_code(query.get("code", ""), kind="oauth", app_id=query["appid"])
    return platform.grant(code.person, code.app_id, code.scope)


def userinfo(platform: Platform, query: Query, _body: dict) -> dict:
    held = platform.granted(query.get("access_token", ""), query.get("openid", ""))
    if held.scope != "snsapi_userinfo":
        raise Refusal(48001, "api unauthorized")
    # Sex and places are empty since 2021.
    return {
        "openid": held.person.openid(held.app_id),
        "nickname": held.person.nickname,
        "sex": 0,
        "language": "",
        "city": "",
        "province": "",
        "country": "",
        "headimgurl": "",
        "privilege": [],
        "unionid": held.person.unionid,
    }


def jscode2session(platform: Platform, query: Query, _body: dict) -> dict:
    platform.check_app(query.get("appid", ""), query.get("secret", ""))
    code = platform.take_code(query.get("js_code", ""), kind="login", app_id=query["appid"])
    if code.person.is_blocked:
        raise Refusal(40226, "code blocked")
    platform.note_session(code.person)
    return {
        "openid": code.person.openid(code.app_id),
        "session_key": "c2Vzc2lvbi1rZXktb2YtMTY=",
        "unionid": code.person.unionid,
    }


def phone_number(platform: Platform, query: Query, body: dict) -> dict:
    app_id = platform.app_of_token(query.get("access_token", ""))
    code = platform.take_code(body.get("code", ""), kind="phone", app_id=app_id)
    if body.get("openid") not in (None, code.person.openid(app_id)):
        raise Refusal(40029, "invalid code")
    country = code.person.country
    return {
        "errcode": 0,
        "errmsg": "ok",
        "phone_info": {
            "phoneNumber": code.person.phone if country == "86" else country + code.person.phone,
            "purePhoneNumber": code.person.phone,
            # A number in the sample, text in the table.
            "countryCode": int(country),
            "watermark": {
                "timestamp": int(platform.clock()),
                "appid": code.person.sealed_for or app_id,
            },
        },
    }


def token(platform: Platform, query: Query, _body: dict) -> dict:
    if query.get("grant_type") != "client_credential":
        raise Refusal(40002, "invalid grant_type")
    platform.check_app(query.get("appid", ""), query.get("secret", ""))
    return _told(platform, "token", query["appid"])


def stable_token(platform: Platform, _query: Query, body: dict) -> dict:
    if body.get("grant_type") != "client_credential":
        raise Refusal(40002, "invalid grant_type")
    platform.check_app(body.get("appid", ""), body.get("secret", ""))
    return _told(platform, "stable", body["appid"], is_forced=bool(body.get("force_refresh")))


def _told(platform: Platform, kind: str, app_id: str, *, is_forced: bool = False) -> dict:
    current = platform.current(kind, app_id, is_forced=is_forced)
    return {
        "access_token": current.value,
        "expires_in": int(current.ends_at - platform.clock()),
    }


def ticket(platform: Platform, query: Query, _body: dict) -> dict:
    app_id = platform.app_of_token(query.get("access_token", ""))
    if query.get("type") != "jsapi":
        raise Refusal(40097, "invalid args")
    current = platform.current("ticket", app_id)
    seconds = int(current.ends_at - platform.clock())
    return {"errcode": 0, "errmsg": "ok", "ticket": current.value, "expires_in": seconds}


Answer = Callable[[Platform, Query, dict], dict]
ANSWERS: dict[tuple[str, str], Answer] = {
    ("GET", "/connect/oauth2/authorize"): authorize,
    ("GET", "/sns/oauth2/access_token"): access_token,
    ("GET", "/sns/userinfo"): userinfo,
    ("GET", "/sns/jscode2session"): jscode2session,
    ("POST", "/wxa/business/getuserphonenumber"): phone_number,
    ("GET", "/cgi-bin/token"): token,
    ("POST", "/cgi-bin/stable_token"): stable_token,
    ("GET", "/cgi-bin/ticket/getticket"): ticket,
}
