"""A new password, for who knows the old one or has just shown that the phone is hers. It ends all
other sessions of hers."""

from datetime import datetime, timedelta

from allauth.account.views import PasswordChangeView, PasswordSetView
from django.db import transaction
from django.utils import timezone

from members.domain.audit import record
from members.domain.devices import follow_key
from members.forms import PasswordSetForm
from members.models import Action
from members.sessions import keep_only_this

PROVED_KEY = "phone_proved_at"
PROOF_LASTS = timedelta(minutes=10)


def note_phone_proved(request, *, now: datetime) -> None:
    request.session[PROVED_KEY] = now.timestamp()


def has_just_proved_phone(request, *, now: datetime) -> bool:
    proved_at = request.session.get(PROVED_KEY, 0)
    return now.timestamp() - proved_at < PROOF_LASTS.total_seconds()


class NewPasswordMixin:
    """Written down, and whoever knew the old one is out."""

    @transaction.atomic
    def form_valid(self, form):
        member, old = self.request.user, self.request.session.session_key
        response = super().form_valid(form)
        follow_key(old=old, new=self.request.session.session_key)
        record(action=Action.PASSWORD_CHANGED, by=member, subject=member)
        keep_only_this(self.request, why="password")
        return response


class ChangePasswordView(NewPasswordMixin, PasswordChangeView):
    """allauth's page; within minutes of an SMS code it does not ask for the forgotten password."""

    def get_form_class(self):
        if has_just_proved_phone(self.request, now=timezone.now()):
            return PasswordSetForm
        return super().get_form_class()


class SetPasswordView(NewPasswordMixin, PasswordSetView):
    """allauth's page for who has no password yet."""


change_password = ChangePasswordView.as_view()
set_password = SetPasswordView.as_view()
