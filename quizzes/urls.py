from django.urls import path

from cms import converters  # noqa: F401 registers <id:…>
from quizzes import views

app_name = "quizzes"

urlpatterns = [
    path("", views.index, name="index"),
    path("<id:quiz_id>/start/", views.start, name="start"),
    path("attempts/<id:attempt_id>/", views.resume, name="resume"),
    path("attempts/<id:attempt_id>/<id:number>/", views.question, name="question"),
    path("attempts/<id:attempt_id>/answer/", views.answer, name="answer"),
    path("attempts/<id:attempt_id>/finish/", views.confirm, name="confirm"),
    path("attempts/<id:attempt_id>/submit/", views.submit, name="submit"),
    path("attempts/<id:attempt_id>/result/", views.result, name="result"),
]
