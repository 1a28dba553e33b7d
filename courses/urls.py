from django.urls import path

from courses import views
from members import converters  # noqa: F401 registers <id:…>

app_name = "courses"

urlpatterns = [
    path("", views.index, name="index"),
    path("watched/", views.watch_batch, name="watch_batch"),
    path("data-saving/", views.data_saving, name="data_saving"),
    path("<id:lesson_id>/watch/", views.watch, name="watch"),
    path("<id:lesson_id>/read/", views.read, name="read"),
    path("<id:lesson_id>/media/<slug:part>", views.media, name="media"),
    path("recordings/<id:media_id>/<slug:part>", views.recording, name="recording"),
    path("<id:lesson_id>/episode/", views.episode, name="episode"),
    path("<id:lesson_id>/files/<id:attachment_id>/", views.attachment, name="attachment"),
]
