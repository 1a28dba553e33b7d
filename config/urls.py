from allauth.account.views import logout
from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.urls import reports as wagtailadmin_reports
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms import sitemap
from cms.admin_views import for_superusers
from cms.serving import serve
from config.health import healthz, readyz
from courses.views import open_media
from learning.views import me
from learning.views.verify import verify, verify_number
from members.wechat_views import verify_file

# One door: Wagtail's own sign-in forms lead to ours.
to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)
# Wagtail's own addresses but for the last, the pages': those are ours (cms.serving).
wagtail_tools = [each for each in wagtail_urls.urlpatterns if each.name != "wagtail_serve"]
decorate_urlpatterns(wagtailadmin_reports.urlpatterns, for_superusers)
# The embedded run's stand-in for WeChat; anywhere else its code is not even loaded.
demo = [path("demo/wechat/", include("config.demo.wechat.urls"))] if settings.WECHAT_DEMO else []

urlpatterns = [
    *demo,
    path("healthz", healthz),
    path("readyz", readyz),
    path("robots.txt", sitemap.robots),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap.part, name="sitemap_part"),
    path("admin/login/", to_login),
    path("_util/login/", to_login),
    # And one way out, for the audit trail.
    path("admin/logout/", logout),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("members.account_urls")),
    path("wechat/", include("members.wechat_urls")),
    path("join/", include("members.join_urls")),
    path("claims/", include("federations.claim_urls")),
    re_path(r"^(?P<file_name>[A-Za-z0-9_-]{1,64}\.txt)$", verify_file),
    path("", include("members.privacy_urls")),
    path("me/", me, name="me"),
    path("me/", include("members.urls")),
    path("me/privacy/corrections/", include("federations.correction_urls")),
    path("me/privacy/data/", include("learning.data_urls")),
    path("search/", include("cms.search.urls")),
    path("", include("cms.urls")),
    path("lessons/", include("courses.urls")),
    path("quizzes/", include("quizzes.urls")),
    path("entries/", include("knowledge_base.urls")),
    path("board/", include("learning.urls")),
    path("learning/", include("learning.ledger_urls")),
    path("learning/certificates/", include("learning.certificate_urls")),
    path("desk/", include("learning.desk.urls")),
    path("desk/roster/", include("federations.desk.roster_urls")),
    path("desk/claims/", include("federations.desk.claim_urls")),
    path("desk/import/", include("federations.desk.import_urls")),
    path("desk/corrections/", include("federations.desk.correction_urls")),
    path("desk/jobs/", include("federations.desk.job_urls")),
    path("desk/assessment/", include("learning.assessment.urls")),
    path("verify/", verify, name="verify"),
    path("verify/<str:number>/", verify_number, name="verify_number"),
    re_path(rf"^{settings.MEDIA_URL.lstrip('/')}(?P<path>.+)$", open_media, name="media"),
    path("", include(wagtail_tools)),
    re_path(serve_pattern, serve, name="wagtail_serve"),
]
