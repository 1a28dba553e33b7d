"""Ways in and around for tests of sessions."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from members.sessions import SEEN
from tests.factories import PASSWORD, TICK

LOGIN = "/accounts/login/"
WECHAT = "Mozilla/5.0 (Linux; Android 12; M2012K11AC) Chrome/107.0 Mobile MicroMessenger/8.0.49"


def sign_in(client, member, password: str = PASSWORD, **data):
    return client.post(LOGIN, {"login": member.phone, "password": password, **TICK, **data})


def signed_in(member, **headers) -> Client:
    """Another device of hers."""
    client = Client(**headers)
    sign_in(client, member, remember="on")
    return client


def signed_in_id(client) -> str | None:
    return client.session.get("_auth_user_id")


def still_in(client) -> bool:
    """Whether a page for members opens."""
    return client.get("/me/devices/").status_code == 200


def leave_alone(client, ago: timedelta) -> None:
    session = client.session
    session[SEEN] = (timezone.now() - ago).timestamp()
    session.save()
