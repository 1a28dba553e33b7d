"""The desk: background jobs."""

urlpatterns: list = []
