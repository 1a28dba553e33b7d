from django.urls import path

from learning import views

app_name = "learning"

urlpatterns = [
    path("", views.board, name="board"),
    path("plans/<int:plan_id>/", views.plan, name="plan"),
]
