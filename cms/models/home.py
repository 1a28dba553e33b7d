from django.utils.translation import gettext_lazy as _

from cms.models.base import BasePage


class HomePage(BasePage):
    """The front door. The apps that own its sections fill them: docs/decisions/0001."""

    template = "pages/cms/home_page.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "cms.ColumnIndexPage",
        "cms.AcademyPage",
        "courses.CourseIndexPage",
        "knowledge_base.KnowledgeIndexPage",
    ]

    class Meta:
        verbose_name = _("首页")
