"""Setting up the second factor: allauth's pages for staff, each change written down."""

from base64 import b64encode
from functools import wraps

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from members.domain.second_factor import note_change
from members.second_factor import ask_for_second_factor, may_manage
from members.sessions import note_second_factor

INDEX = reverse_lazy("mfa_index")


def for_staff(view):
    """For all pages on which a second factor is set up or put away."""

    @wraps(view)
    @never_cache
    @login_required
    def guarded(request, *args, **kwargs):
        if may_manage(request.user):
            # A session from before she had one does not bring in another.
            return ask_for_second_factor(request) or view(request, *args, **kwargs)
        messages.info(request, _("两步验证只给工作人员的账号用，您的账号不需要。"))
        return redirect("members:security")

    return guarded


class NotedMixin:
    """`change` goes into the audit trail; `kind`, if any, was just shown to be in her hands."""

    change = kind = ""

    def form_valid(self, form):
        response = super().form_valid(form)
        member = self.request.user
        note_change(member=member, by=member, change=self.change)
        if self.kind:
            note_second_factor(self.request, self.kind)
        return response


class Activate(NotedMixin, totp.ActivateTOTPView):
    change, kind = "totp_added", "totp"


class Deactivate(NotedMixin, totp.DeactivateTOTPView):
    change = "totp_removed"


class AddPasskey(NotedMixin, webauthn.AddWebAuthnView):
    change, kind = "passkey_added", "webauthn"


class RemovePasskey(NotedMixin, webauthn.RemoveWebAuthnView):
    change, success_url = "passkey_removed", INDEX


class RenamePasskey(webauthn.EditWebAuthnView):
    success_url = INDEX


class NewRecoveryCodes(NotedMixin, recovery_codes.GenerateRecoveryCodesView):
    change = "recovery_codes_made"


class RecoveryCodes(recovery_codes.ViewRecoveryCodesView):
    """Shown once. The file is in the page itself: a second request would find them gone."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if context["can_view_codes"]:
            text = "".join(f"{code}\r\n" for code in context["unused_codes"])
            context["file"] = f"data:text/plain;base64,{b64encode(text.encode()).decode()}"
        return context


index = base.index
activate = Activate.as_view()
deactivate = Deactivate.as_view()
add_passkey = AddPasskey.as_view()
remove_passkey = RemovePasskey.as_view()
rename_passkey = RenamePasskey.as_view()
new_recovery_codes = NewRecoveryCodes.as_view()
view_recovery_codes = RecoveryCodes.as_view()
