from django.urls import path

from members import my_wechat_views, views

app_name = "members"

urlpatterns = [
    path("text-size/", views.text_size, name="text_size"),
    path("notices/", views.notices, name="notices"),
    path("notices/seen/", views.see_notices, name="see_notices"),
    path("reminders/", views.reminders, name="reminders"),
    path("wechat/", my_wechat_views.my_wechat, name="wechat"),
]
