from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("课程")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Models can be imported from now on.
        from courses.receivers import connect  # noqa: PLC0415

        connect()
