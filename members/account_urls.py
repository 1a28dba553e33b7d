"""The part of allauth that this site uses: no sign-up, no email, no password by email.

The names are allauth's, because allauth reverses them.
"""

from allauth.account import views
from django.urls import include, path

from members import code_views, password_views

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("login/code/", code_views.request_code, name="account_request_login_code"),
    path("login/code/confirm/", code_views.confirm_code, name="account_confirm_login_code"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("password/change/", password_views.change_password, name="account_change_password"),
    path("password/set/", password_views.set_password, name="account_set_password"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("2fa/", include("members.second_factor_urls")),
]
