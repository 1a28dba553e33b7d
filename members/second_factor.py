"""Staff's second factor: allauth's authenticator app, passkeys and recovery codes, made to fit."""

from urllib.parse import urlencode

from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.encryption import seal, unseal
from members.models import Member
from members.sessions import has_second_factor

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("验证没有通过：不对、已经用过或过期了。请换一个再试。"),
        "cannot_generate_recovery_codes": gettext_lazy("请先设置验证器或通行密钥，再生成恢复码。"),
    }

    def get_totp_label(self, user):
        """In the app, beside the site's name; the phone would stand there for all to see."""
        return user.name

    def get_totp_issuer(self):
        return settings.WAGTAIL_SITE_NAME

    def _get_user_identifier(self, user):
        return user.name

    def generate_authenticator_name(self, user, type):
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("通行密钥 %(number)s") % {"number": number}

    def encrypt(self, text):
        return seal(text)

    def decrypt(self, encrypted_text):
        return unseal(encrypted_text)


def is_asked(member: Member) -> bool:
    """Whether she is of those who need a second factor: staff, by account or by a role.

    federations hangs `staff_roles` on the member; this layer may use it, not import it.
    """
    return member.is_staff or member.staff_roles.exists()


def may_manage(member: Member) -> bool:
    """Members are never asked; who was staff may still put away what she has."""
    return is_asked(member) or Authenticator.objects.filter(user=member).exists()


def lead_to_second_factor(request):
    """From the admin and the desk to setting one up, or to showing it; None when all is well."""
    if not settings.STAFF_SECOND_FACTOR_REQUIRED or not is_at_staffs_place(request):
        return None
    if has_second_factor(request) or not is_asked(request.user):
        return None
    return ask_for_second_factor(request) or _lead_to("mfa_index", request)


def ask_for_second_factor(request):
    """To showing it, for a session that has not, of a member who has one; None otherwise."""
    if has_second_factor(request) or not get_adapter().is_mfa_enabled(request.user, FACTORS):
        return None
    return _lead_to("mfa_reauthenticate", request)


def _lead_to(name: str, request):
    # A form would come back as an empty page.
    way_back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    return redirect(f"{reverse(name)}?{way_back}" if way_back else reverse(name))


def is_at_staffs_place(request) -> bool:
    """The admin or the desk."""
    places = (reverse("wagtailadmin_home"), reverse("desk_overview"))
    return request.path.startswith(places)
