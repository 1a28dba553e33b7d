"""What allauth needs to know of this site: the phone is the account, and nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members import sessions
from members.addresses import client_address
from members.consenting import open_gate
from members.domain import devices, password_tries
from members.domain.audit import record
from members.domain.limits import LimitReached
from members.fields import PhoneField
from members.messages import say_limit
from members.models import Action, Member
from members.redirects import is_own_address
from members.sms import get_sender


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "phone_password_mismatch": _("手机号或密码不对，请检查后再试。"),
        "incorrect_password": _("密码不对，请检查后再试。"),
    }

    def is_open_for_signup(self, request):
        return False

    def is_safe_url(self, url):
        return is_own_address(self.request, url)

    def get_login_redirect_url(self, request):
        """Who only works in the admin goes there; everyone else has learning to do."""
        member = request.user
        # federations hangs `appointments` on the member; this layer may use it, not import it.
        if member.is_staff and not member.appointments.exists():
            return reverse("wagtailadmin_home")
        return super().get_login_redirect_url(request)

    def post_login(self, request, user, **kwargs):
        open_gate(request, user, now=timezone.now())
        return super().post_login(request, user, **kwargs)

    def get_password_change_redirect_url(self, request):
        return super().get_login_redirect_url(request)

    # allauth's own lock names the account by user name or email: with phones alone, all members
    # would share one lock. It is off in the settings; this one takes its place.

    def pre_authenticate(self, request, **credentials):
        try:
            password_tries.take_try(**_tried(request, credentials))
        except LimitReached as reached:
            raise ValidationError(say_limit(reached), code="too_many_login_attempts") from reached

    def authenticate(self, request, **credentials):
        member = super().authenticate(request, **credentials)
        if member:
            password_tries.forgive_tries(**_tried(request, credentials))
        return member

    def authentication_failed(self, request, **credentials):
        subject = self.get_user_by_phone(credentials.get("phone"))
        detail = {"way": "password"}
        record(action=Action.SIGN_IN_FAILED, by=None, subject=subject, detail=detail)

    def login(self, request, user):
        before = request.session.session_key
        super().login(request, user)
        sessions.note_sign_in(request, user, before=before)

    def logout(self, request):
        devices.note_sign_out(member=request.user, session_key=request.session.session_key)
        super().logout(request)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not of who has just come in; allauth would ask again for what she typed a moment ago."""
        required = super().is_reauthentication_required(app=app, **kwargs)
        return required and not sessions.has_just_signed_in(self.request, now=timezone.now())

    def phone_form_field(self, **kwargs):
        return PhoneField(**kwargs)

    def get_user_by_phone(self, phone):
        return Member.objects.filter(phone=phone).first()

    def get_phone(self, user):
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def set_phone(self, user, phone, verified):
        user.phone = phone
        user.phone_verified_at = timezone.now() if verified else None
        user.save(update_fields=["phone", "phone_verified_at"])

    def set_phone_verified(self, user, phone):
        self.set_phone(user, phone, verified=True)

    def send_verification_code_sms(self, user, phone, code, **kwargs):
        get_sender().send_code(phone, code)


def _tried(request, credentials: dict) -> dict:
    return {
        "phone": credentials.get("phone", ""),
        "address": client_address(request),
        "now": timezone.now(),
    }
