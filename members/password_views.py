"""A new password, for who knows the old one or has just shown that the phone is hers."""

from datetime import datetime, timedelta

from allauth.account.views import PasswordChangeView
from django.utils import timezone

from members.forms import PasswordSetForm

PROVED_KEY = "phone_proved_at"
PROOF_LASTS = timedelta(minutes=10)


def note_phone_proved(request, *, now: datetime) -> None:
    request.session[PROVED_KEY] = now.timestamp()


def has_just_proved_phone(request, *, now: datetime) -> bool:
    proved_at = request.session.get(PROVED_KEY, 0)
    return now.timestamp() - proved_at < PROOF_LASTS.total_seconds()


class ChangePasswordView(PasswordChangeView):
    """allauth's page; within minutes of an SMS code it does not ask for the forgotten password."""

    def get_form_class(self):
        if has_just_proved_phone(self.request, now=timezone.now()):
            return PasswordSetForm
        return super().get_form_class()


change_password = ChangePasswordView.as_view()
