from django.conf import settings
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.health import healthz, readyz
from courses.views import open_media

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("members.account_urls")),
    path("me/", include("members.urls")),
    path("lessons/", include("courses.urls")),
    path("quizzes/", include("quizzes.urls")),
    path("board/", include("learning.urls")),
    re_path(rf"^{settings.MEDIA_URL.lstrip('/')}(?P<path>.+)$", open_media, name="media"),
    path("", include(wagtail_urls)),
]
