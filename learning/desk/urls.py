"""The desk: overview, people, reminders."""

from django.urls import path

from learning.desk import overview, people, reminders, today

urlpatterns: list = [
    path("", overview.overview, name="desk_overview"),
    path("today/<slug:fact>/", today.today, name="desk_today"),
    path("people/", people.people, name="desk_people"),
    path("people/export/", people.export, name="desk_people_export"),
    path("reminders/", reminders.reminders, name="desk_reminders"),
]
