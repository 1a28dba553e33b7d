from django.urls import path

from learning import views
from members import converters  # noqa: F401 registers <id:…>

app_name = "learning"

urlpatterns = [
    path("", views.board, name="board"),
    path("all/", views.boards, name="boards"),
    path("why/", views.why, name="board_why"),
    path("record/", views.record, name="record"),
    path("export/", views.export, name="export"),
    path("favourites/", views.favourites, name="favourites"),
    path("favourites/<id:page_id>/", views.mark_favourite, name="mark_favourite"),
    path("plans/", views.plans, name="plans"),
    path("plans/<id:plan_id>/", views.plan, name="plan"),
]
