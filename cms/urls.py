from django.urls import path

from cms import converters, feeds, local_views  # noqa: F401 the first registers <id:…>

urlpatterns = [
    path("feeds/columns/<id:column_id>/rss/", feeds.rss, name="column_rss"),
    path("feeds/columns/<id:column_id>/atom/", feeds.atom, name="column_atom"),
    path("local/", local_views.index, name="local"),
    path("local/<id:pick_id>/", local_views.app, name="local_app"),
]
