"""The desk: the roster."""

urlpatterns: list = []
