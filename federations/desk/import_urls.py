"""The desk: importing a roster."""

urlpatterns: list = []
