from django.utils.translation import gettext_lazy as _

from cms.models.base import BasePage


class AcademyPage(BasePage):
    """执委学堂: the members' own section. What lies below it is for committee members only."""

    template = "pages/cms/academy_page.html"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["courses.CoursePage", "quizzes.QuizPage"]

    class Meta:
        verbose_name = _("执委学堂")
