from django.urls import path

from cms import feeds, local_views
from members import converters  # noqa: F401 registers <id:…>

urlpatterns = [
    path("feeds/columns/<id:column_id>/rss/", feeds.rss, name="column_rss"),
    path("feeds/columns/<id:column_id>/atom/", feeds.atom, name="column_atom"),
    path("local/", local_views.index, name="local"),
    path("local/<id:pick_id>/", local_views.app, name="local_app"),
]
