from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from members.checks import check_sms_sender


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("执委")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        register(check_sms_sender)
