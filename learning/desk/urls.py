"""The desk: overview, people, reminders."""

urlpatterns: list = []
