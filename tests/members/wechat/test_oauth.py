"""Web authorisation against WeChat's stand-in, over a socket."""

import traceback
from urllib.parse import parse_qs, urlsplit

import pytest

from members.wechat.apps import official_account
from members.wechat.errors import (
    Blocked,
    CodeRefused,
    NotSetUp,
    TokenRefused,
    TooOften,
    Unavailable,
    WechatError,
)
from members.wechat.oauth import (
    ASKING,
    SILENT,
    authorize_url,
    exchange_code,
    nickname_of,
)

EXCHANGE = "/sns/oauth2/access_token"


def test_address_is_what_wechat_takes(wechat):
    url = authorize_url(
        official_account(), redirect_uri="https://x.example/回来", state="ab12", scope=SILENT
    )

    assert url.endswith("#wechat_redirect")
    assert list(parse_qs(urlsplit(url).query).items()) == [
        ("appid", ["wx-official-0001"]),
        ("redirect_uri", ["https://x.example/回来"]),
        ("response_type", ["code"]),
        ("scope", ["snsapi_base"]),
        ("state", ["ab12"]),
    ]


def test_silent_code_tells_the_openid_alone(wechat):
    person = wechat.person()

    grant = exchange_code(official_account(), wechat.oauth_code(person))

    assert (grant.openid, grant.unionid) == ("o-xiuying-0001", "")


def test_asking_code_tells_the_unionid_and_a_nickname_in_chinese(wechat):
    person = wechat.person(nickname="木棉🌺花")

    grant = exchange_code(official_account(), wechat.oauth_code(person, ASKING))

    assert (grant.unionid, nickname_of(grant)) == ("u-xiuying", "木棉🌺花")


def test_silent_grant_tells_no_nickname(wechat):
    grant = exchange_code(official_account(), wechat.oauth_code(wechat.person()))

    with pytest.raises(NotSetUp) as refused:
        nickname_of(grant)

    assert refused.value.code == 48001


def test_grant_is_over_after_two_hours(wechat):
    grant = exchange_code(official_account(), wechat.oauth_code(wechat.person(), ASKING))
    wechat.clock.pass_by(hours=3)

    with pytest.raises(TokenRefused):
        nickname_of(grant)


def test_code_works_once_in_ten(wechat):
    code = wechat.oauth_code(wechat.person())
    taken, refused = 0, set()
    for _ in range(10):
        try:
            exchange_code(official_account(), code)
            taken += 1
        except CodeRefused as error:
            refused.add(error.code)

    assert (taken, refused) == (1, {40163})


def test_code_is_over_after_five_minutes(wechat):
    code = wechat.oauth_code(wechat.person())
    wechat.clock.pass_by(minutes=5)

    with pytest.raises(CodeRefused) as refused:
        exchange_code(official_account(), code)

    assert refused.value.code == 40029


def test_refusal_has_wechats_number_of_the_request(wechat):
    with pytest.raises(CodeRefused) as refused:
        exchange_code(official_account(), "never-given")

    assert len(refused.value.rid) == 26


def test_snapshot_user_is_marked(wechat):
    person = wechat.person(is_snapshot=True)

    assert exchange_code(official_account(), wechat.oauth_code(person)).is_snapshot


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (40001, TokenRefused),
        (42001, TokenRefused),
        (40029, CodeRefused),
        (40163, CodeRefused),
        (41008, CodeRefused),
        (40226, Blocked),
        (45011, TooOften),
        (45009, TooOften),
        (40013, NotSetUp),
        (40125, NotSetUp),
        (41002, NotSetUp),
        (41004, NotSetUp),
        (48001, NotSetUp),
        (99999, NotSetUp),
    ],
)
def test_error_code_with_status_200_is_an_error(wechat, code, kind):
    wechat.server.fail(EXCHANGE, code)

    with pytest.raises(WechatError) as refused:
        exchange_code(official_account(), "any")

    assert (type(refused.value), refused.value.code) == (kind, code)


def test_wrong_secret_is_a_matter_of_the_settings(wechat, settings):
    settings.WECHAT_APP_SECRET = "another"

    with pytest.raises(NotSetUp) as refused:
        exchange_code(official_account(), wechat.oauth_code(wechat.person()))

    assert refused.value.code == 40125


@pytest.mark.parametrize("fault", [-1, "garbage"])
def test_busy_server_is_asked_again(wechat, fault):
    wechat.server.fail(EXCHANGE, fault)

    grant = exchange_code(official_account(), wechat.oauth_code(wechat.person()))

    assert grant.openid == "o-xiuying-0001"
    assert wechat.server.calls[EXCHANGE] == 2


@pytest.mark.parametrize("fault", [-1, "garbage"])
def test_server_that_stays_busy_is_unavailable(wechat, fault):
    wechat.server.fail(EXCHANGE, fault, fault)

    with pytest.raises(Unavailable):
        exchange_code(official_account(), wechat.oauth_code(wechat.person()))


def test_silent_server_is_not_waited_for(wechat, monkeypatch):
    monkeypatch.setattr("members.wechat.asking.TIMEOUT", (0.2, 0.2))
    monkeypatch.setattr(wechat.server.RequestHandlerClass, "SILENCE", 1)
    wechat.server.fail(EXCHANGE, "hang", "hang")
    code = wechat.oauth_code(wechat.person())

    with pytest.raises(Unavailable) as failed:
        exchange_code(official_account(), code)

    # The error of the HTTP library names the address, with the secret and the code in it.
    told = "".join(traceback.format_exception(failed.value))
    assert code not in told
    assert "official-secret" not in told


def test_server_that_is_not_there_is_unavailable(wechat, settings):
    settings.WECHAT_API_URL = "http://127.0.0.1:9"

    with pytest.raises(Unavailable):
        exchange_code(official_account(), "any")


def test_secrets_are_in_no_representation(wechat):
    grant = exchange_code(official_account(), wechat.oauth_code(wechat.person()))

    said = f"{grant!r} {official_account()!r}"

    assert "secret" not in said
    assert grant.access_token not in said
