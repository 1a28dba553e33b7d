from django.urls import path

from members import erasure_views, own_data_views, views

app_name = "members"

urlpatterns = [
    path("text-size/", views.text_size, name="text_size"),
    path("notices/", views.notices, name="notices"),
    path("notices/seen/", views.see_notices, name="see_notices"),
    path("reminders/", views.reminders, name="reminders"),
    path("privacy/", own_data_views.own_data, name="privacy"),
    path("privacy/withdraw/", own_data_views.withdraw, name="withdraw"),
    path("privacy/erasure/", erasure_views.erasure, name="erasure"),
]
