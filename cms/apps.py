from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("内容")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Models can be imported from now on.
        from cms import link_receivers, page_receivers, receivers, review_receivers  # noqa: F401, PLC0415
        from cms.search import receivers as search_receivers  # noqa: PLC0415

        receivers.connect()
        page_receivers.connect()
        search_receivers.connect()
