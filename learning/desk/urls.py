"""The desk: overview, people, reminders, exports of boards."""

from django.urls import path

from learning.desk import exports, overview, people, reminders, today

urlpatterns = [
    path("", overview.overview, name="desk_overview"),
    path("today/<slug:fact>/", today.today, name="desk_today"),
    path("people/", people.people, name="desk_people"),
    path("people/export/", people.export, name="desk_people_export"),
    path("reminders/", reminders.reminders, name="desk_reminders"),
    path("board/export/", exports.export_board, name="desk_board_export"),
]
