from django.urls import path

from members import views

app_name = "members"

urlpatterns = [
    path("text-size/", views.text_size, name="text_size"),
]
