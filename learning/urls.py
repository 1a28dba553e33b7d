from django.urls import path

from cms import converters  # noqa: F401 registers <id:…>
from learning import views

app_name = "learning"

urlpatterns = [
    path("", views.board, name="board"),
    path("plans/", views.plans, name="plans"),
    path("plans/<id:plan_id>/", views.plan, name="plan"),
]
