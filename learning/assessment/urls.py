"""The desk: assessments."""

urlpatterns: list = []
