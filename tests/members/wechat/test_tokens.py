"""The token and the ticket: kept for all processes, renewed early, by one at a time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache

from members.wechat.apps import mini_program, official_account
from members.wechat.asking import ask
from members.wechat.errors import TokenRefused
from members.wechat.js_sdk import page_config, sign
from members.wechat.tokens import access_token, jsapi_ticket, with_token

TOKEN, TICKET = "/cgi-bin/stable_token", "/cgi-bin/ticket/getticket"


def ask_ticket(token: str) -> dict:
    return ask(TICKET, params={"access_token": token, "type": "jsapi"})


def test_token_is_fetched_once(wechat):
    first = access_token(official_account(), now=wechat.clock.now())

    assert access_token(official_account(), now=wechat.clock.now()) == first
    assert wechat.server.calls[TOKEN] == 1


def test_each_application_has_its_own(wechat):
    now = wechat.clock.now()

    assert access_token(official_account(), now=now) != access_token(mini_program(), now=now)


def test_token_is_renewed_before_it_ends(wechat):
    first = access_token(official_account(), now=wechat.clock.now())
    wechat.clock.pass_by(minutes=116, seconds=30)

    second = access_token(official_account(), now=wechat.clock.now())

    assert second != first
    # The old one is good yet for whoever holds it.
    assert wechat.platform.app_of_token(first) == wechat.platform.app_of_token(second)


def test_many_at_once_fetch_one_token(wechat):
    now = wechat.clock.now()

    with ThreadPoolExecutor(8) as pool:
        got = set(pool.map(lambda _: access_token(official_account(), now=now), range(32)))

    assert len(got) == 1
    assert wechat.server.calls[TOKEN] == 1


def test_others_use_the_old_token_while_one_renews(wechat):
    first = access_token(official_account(), now=wechat.clock.now())
    wechat.clock.pass_by(minutes=117)
    cache.add(f"wechat-token:{official_account().app_id}:renewal", 1)

    assert access_token(official_account(), now=wechat.clock.now()) == first


def test_token_that_is_not_taken_any_more_is_renewed_once(wechat):
    app, now = official_account(), wechat.clock.now()
    access_token(app, now=now)
    wechat.platform.revoke_tokens()

    assert with_token(app, ask_ticket, now=now)["errmsg"] == "ok"
    assert wechat.server.calls[TOKEN] == 2


@pytest.mark.parametrize("code", [40001, 42001])
def test_token_refused_for_no_reason_is_renewed_by_force(wechat, code):
    app, now = official_account(), wechat.clock.now()
    first = access_token(app, now=now)
    wechat.server.fail(TICKET, code)

    with_token(app, ask_ticket, now=now)

    assert access_token(app, now=now) != first


def test_token_refused_twice_is_not_fetched_for_ever(wechat):
    wechat.server.fail(TICKET, 40001, 40001)

    with pytest.raises(TokenRefused):
        with_token(official_account(), ask_ticket, now=wechat.clock.now())

    assert wechat.server.calls[TICKET] == 2


def test_ticket_is_kept(wechat):
    app, now = official_account(), wechat.clock.now()

    assert jsapi_ticket(app, now=now) == jsapi_ticket(app, now=now)
    assert wechat.server.calls[TICKET] == 1


def test_ticket_is_renewed_before_it_ends(wechat):
    first = jsapi_ticket(official_account(), now=wechat.clock.now())
    wechat.clock.pass_by(minutes=117)

    assert jsapi_ticket(official_account(), now=wechat.clock.now()) != first


def test_nothing_readable_lies_in_the_cache(wechat):
    app = official_account()
    token = access_token(app, now=wechat.clock.now())

    assert token not in str(cache.get(f"wechat-token:{app.app_id}"))


def test_signature_is_wechats_own_example():
    signature = sign(
        ticket="sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg",
        nonce="Wm3WZYTPz0wzccnW",
        timestamp=1414587457,
        url="http://mp.weixin.qq.com?params=value",
    )

    assert signature == "0f9de62fce790f9a083d5c99e95740ceb90c27ed"


def test_page_is_signed_without_its_fragment(wechat):
    app, now = official_account(), wechat.clock.now()

    config = page_config(app, url="http://testserver/a/?b=中#c", now=now)

    assert config == {
        "appId": app.app_id,
        "timestamp": int(now.timestamp()),
        "nonceStr": config["nonceStr"],
        "signature": sign(
            ticket=jsapi_ticket(app, now=now),
            nonce=config["nonceStr"],
            timestamp=int(now.timestamp()),
            url="http://testserver/a/?b=中",
        ),
    }
