from django.urls import path

from members import converters  # noqa: F401 registers <id:…>
from quizzes import views

app_name = "quizzes"

urlpatterns = [
    path("", views.index, name="index"),
    path("mistakes/", views.mistakes, name="mistakes"),
    path("mistakes/review/", views.review, name="review"),
    path("mistakes/review/answer/", views.review_answer, name="review_answer"),
    path("mistakes/review/judge/", views.review_judge, name="review_judge"),
    path("mistakes/review/next/", views.review_next, name="review_next"),
    path("checks/", views.lesson_check, name="lesson_check"),
    path("favourites/", views.favourites, name="favourites"),
    path("notes/", views.notes, name="notes"),
    path("reports/", views.reports, name="reports"),
    path("tools/favourite/", views.mark_favourite, name="mark_favourite"),
    path("tools/note/", views.save_note, name="save_note"),
    path("tools/report/", views.send_report, name="send_report"),
    path("media/<id:media_id>/", views.media, name="media"),
    path("<id:quiz_id>/start/", views.start, name="start"),
    path("attempts/<id:attempt_id>/", views.resume, name="resume"),
    path("attempts/<id:attempt_id>/<id:number>/", views.question, name="question"),
    path("attempts/<id:attempt_id>/answer/", views.answer, name="answer"),
    path("attempts/<id:attempt_id>/answers/", views.answers, name="answers"),
    path("attempts/<id:attempt_id>/finish/", views.confirm, name="confirm"),
    path("attempts/<id:attempt_id>/submit/", views.submit, name="submit"),
    path("attempts/<id:attempt_id>/result/", views.result, name="result"),
    path("attempts/<id:attempt_id>/result/<id:number>/", views.reviewed, name="reviewed"),
]
