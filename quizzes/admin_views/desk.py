"""What the pages of the desk have in common: they are for editors."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from federations.editing import is_editor, within_edited
from quizzes.models import QuizPage


def edited_quizzes(user):
    """Quizzes of her federation and those below, published or not."""
    if not is_editor(user):
        return QuizPage.objects.none()
    return QuizPage.objects.filter(within_edited(user, "federation"))


class DeskView(WagtailAdminTemplateMixin, View):
    """`parents` are the pages above: (name of the URL, label)."""

    parents: tuple = ()

    def dispatch(self, request, *args, **kwargs):
        if not is_editor(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_header_title(self):
        """With what the page is about: it names the tab, and the end of the breadcrumbs."""
        title, subtitle = self.get_page_title(), self.get_page_subtitle()
        return f"{title}：{subtitle}" if subtitle else title

    def get_breadcrumbs_items(self):
        above = [{"url": reverse(name), "label": label} for name, label in self.parents]
        here = {"url": "", "label": self.get_header_title()}
        return [*super().get_breadcrumbs_items(), *above, here]

    def show(self, **context):
        return self.render_to_response(self.get_context_data(**context))
