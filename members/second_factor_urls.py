"""allauth's addresses of the second factor that this site uses; allauth reverses the names."""

from allauth.mfa.base.views import authenticate, reauthenticate
from allauth.mfa.webauthn.views import login_webauthn, reauthenticate_webauthn
from django.urls import path
from wagtail.utils.urlpatterns import decorate_urlpatterns

from members import converters  # noqa: F401  (registers <id:…>)
from members import second_factor_views as views

managing = [
    path("", views.index, name="mfa_index"),
    path("totp/activate/", views.activate, name="mfa_activate_totp"),
    path("totp/deactivate/", views.deactivate, name="mfa_deactivate_totp"),
    path("recovery-codes/", views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", views.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("passkeys/add/", views.add_passkey, name="mfa_add_webauthn"),
    path("passkeys/<id:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("passkeys/<id:pk>/edit/", views.rename_passkey, name="mfa_edit_webauthn"),
]
decorate_urlpatterns(managing, views.for_staff)

urlpatterns = [
    *managing,
    path("authenticate/", authenticate, name="mfa_authenticate"),
    path("reauthenticate/", reauthenticate, name="mfa_reauthenticate"),
    path("passkeys/sign-in/", login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/reauthenticate/", reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]
