from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from members.checks import check_sms_sender


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("执委")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        register(check_sms_sender)
        # Models are not there before.
        from members.sessions import begin  # noqa: PLC0415

        user_logged_in.connect(begin)
