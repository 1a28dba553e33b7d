from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuizzesConfig(AppConfig):
    name = "quizzes"
    verbose_name = _("测验与题库")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Models can be imported from now on.
        from quizzes.receivers import connect  # noqa: PLC0415

        connect()
