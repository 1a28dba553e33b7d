"""The desk: overview, people, reminders."""

from django.urls import path

from learning.desk.exports import export_board

urlpatterns = [
    path("board/export/", export_board, name="desk_board_export"),
]
