from django.urls import path

from members import phone_views, views

app_name = "members"

urlpatterns = [
    path("text-size/", views.text_size, name="text_size"),
    path("phone/", phone_views.phone, name="phone"),
    path("phone/own/", phone_views.phone_own, name="phone_own"),
    path("phone/confirm/", phone_views.phone_confirm, name="phone_confirm"),
    path("notices/", views.notices, name="notices"),
    path("notices/seen/", views.see_notices, name="see_notices"),
    path("reminders/", views.reminders, name="reminders"),
]
