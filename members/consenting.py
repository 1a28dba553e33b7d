"""Consent on the way in: the box on the sign-in forms, and what device and session remember of it.

The session is told at sign-in what the member agreed to, so no request asks the database. Sessions
that were never told (older ones, those of tests) are left alone.
"""

from datetime import datetime

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from members.documents import current_token
from members.domain.consents import give_consent, has_agreed
from members.domain.erasure import waiting_erasure
from members.models import ConsentWay, Member

COOKIE = "agreed"
# Only the sign-in pages get it: to all others a visitor without cookies stays one without.
COOKIE_PATH = "/accounts/"
COOKIE_AGE = 60 * 60 * 24 * 365
TICK_KEY = "consent_tick"
# What she agreed to (a token), NOTHING, or ERASING while her account waits to be erased.
GATE_KEY = "consent"
NOTHING, ERASING = "", "erasing"
REFUSED = _("请先阅读，同意后在方框里打勾。不同意就不能登录，公开的内容照样可以看。")


class ConsentMixin(forms.Form):
    """The box of a sign-in form. The form has `request`; templates/account/_consent.html shows it.

    A device on which the current versions were agreed to is not asked again.
    """

    agree = forms.CharField(required=False)

    @property
    def consent_token(self) -> str:
        return current_token()

    @property
    def is_agreed_here(self) -> bool:
        return self.request.COOKIES.get(COOKIE) == current_token()

    @property
    def has_tick(self) -> bool:
        return self.data.get("agree") == current_token()

    def clean_agree(self) -> str:
        if not (self.has_tick or self.is_agreed_here):
            raise ValidationError(REFUSED, code="consent")
        return self.cleaned_data["agree"]

    def keep_tick(self, way: ConsentWay, *, goes_on: bool = False) -> None:
        """Call it when the form has gone through; the consent is written when she is signed in.

        Without a tick one that was kept before is another person's, unless the form `goes_on` with
        what the same person began.
        """
        if self.has_tick:
            keep_tick(self.request, way)
        elif not goes_on:
            self.request.session.pop(TICK_KEY, None)


class ConsentAtTheDoorMixin(ConsentMixin):
    """For the forms of who is not known yet: what she ticked on the first holds for the next."""

    @property
    def is_agreed_here(self) -> bool:
        tick = self.request.session.get(TICK_KEY)
        return bool(tick) and tick["token"] == current_token()


def keep_tick(request: HttpRequest, way: ConsentWay) -> None:
    request.session[TICK_KEY] = {"token": current_token(), "way": way}
    request.has_consent_tick = True


def open_gate(request: HttpRequest, member: Member, *, now: datetime) -> None:
    """She has just signed in: write her consent when she ticked, and tell the session."""
    tick = request.session.pop(TICK_KEY, None)
    if waiting_erasure(member):
        request.session[GATE_KEY] = ERASING
        return
    if tick and tick["token"] == current_token():
        give_consent(member=member, way=tick["way"], now=now)
    request.session[GATE_KEY] = current_token() if has_agreed(member) else NOTHING


def is_stopped(request: HttpRequest) -> bool:
    """Whether the session says that she has to be asked first; no query."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return request.session.get(GATE_KEY, current_token()) != current_token()


def remember_device(request: HttpRequest, response: HttpResponse) -> None:
    response.set_cookie(
        COOKIE,
        current_token(),
        max_age=COOKIE_AGE,
        path=COOKIE_PATH,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
