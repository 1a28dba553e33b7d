"""What allauth needs to know of this site: the phone is the account, and nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.consenting import open_gate
from members.domain.limits import Limit, LimitReached
from members.fields import PhoneField
from members.messages import say_limit
from members.models import Member
from members.redirects import is_own_address
from members.sms import get_sender

# Per phone and whoever asks: a village shares an address, so an address is never locked.
PASSWORD_TRIES = Limit("password", amount=5, seconds=5 * 60)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "phone_password_mismatch": _("手机号或密码不对，请检查后再试。"),
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
            PASSWORD_TRIES.take(credentials.get("phone", ""), now=timezone.now())
        except LimitReached as reached:
            raise ValidationError(say_limit(reached), code="too_many_login_attempts") from reached

    def authenticate(self, request, **credentials):
        member = super().authenticate(request, **credentials)
        if member:
            PASSWORD_TRIES.clear(credentials.get("phone", ""))
        return member

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
