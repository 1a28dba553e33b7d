from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("内容")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Models can be imported from now on.
        from cms import exports, receivers  # noqa: PLC0415

        receivers.connect()
        exports.write_as_ours()
