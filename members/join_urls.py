from django.urls import path

from members import joining_views

urlpatterns = [
    path("", joining_views.join, name="join"),
    path("phone/", joining_views.ask_phone, name="join_phone"),
    path("code/", joining_views.prove_phone, name="join_code"),
]
