from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeBaseConfig(AppConfig):
    name = "knowledge_base"
    verbose_name = _("知识库")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Models can be imported from now on.
        from cms.receivers.kept_pages import forget_with  # noqa: PLC0415
        from knowledge_base.models import KnowledgeCategory  # noqa: PLC0415

        forget_with(KnowledgeCategory)
