from django.urls import path

from members import (
    converters,  # noqa: F401  (registers <id:…>)
    erasure_views,
    my_wechat_views,
    own_data_views,
    phone_views,
    security_views,
    views,
)

app_name = "members"

urlpatterns = [
    path("text-size/", views.text_size, name="text_size"),
    path("phone/", phone_views.phone, name="phone"),
    path("phone/own/", phone_views.phone_own, name="phone_own"),
    path("phone/confirm/", phone_views.phone_confirm, name="phone_confirm"),
    path("notices/", views.notices, name="notices"),
    path("notices/seen/", views.see_notices, name="see_notices"),
    path("reminders/", views.reminders, name="reminders"),
    path("security/", security_views.security, name="security"),
    path("devices/", security_views.devices, name="devices"),
    path("devices/others/end/", security_views.end_others, name="end_other_devices"),
    path("devices/<id:pk>/end/", security_views.end_one, name="end_device"),
    path("wechat/", my_wechat_views.my_wechat, name="wechat"),
    path("privacy/", own_data_views.own_data, name="privacy"),
    path("privacy/withdraw/", own_data_views.withdraw, name="withdraw"),
    path("privacy/erasure/", erasure_views.erasure, name="erasure"),
]
