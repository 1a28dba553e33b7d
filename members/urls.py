from django.urls import path

from members import (
    converters,  # noqa: F401  (registers <id:…>)
    my_wechat_views,
    security_views,
    views,
)

app_name = "members"

urlpatterns = [
    path("text-size/", views.text_size, name="text_size"),
    path("notices/", views.notices, name="notices"),
    path("notices/seen/", views.see_notices, name="see_notices"),
    path("reminders/", views.reminders, name="reminders"),
    path("security/", security_views.security, name="security"),
    path("devices/", security_views.devices, name="devices"),
    path("devices/others/end/", security_views.end_others, name="end_other_devices"),
    path("devices/<id:pk>/end/", security_views.end_one, name="end_device"),
    path("wechat/", my_wechat_views.my_wechat, name="wechat"),
]
