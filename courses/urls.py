from django.urls import path

from courses import views

app_name = "courses"

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:lesson_id>/watch/", views.watch, name="watch"),
    path("<int:lesson_id>/read/", views.read, name="read"),
    path("<int:lesson_id>/media/<slug:part>", views.media, name="media"),
]
