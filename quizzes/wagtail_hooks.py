from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem

from quizzes import page_contexts  # noqa: F401 it registers hooks
from quizzes.admin_choosers import QuestionChooserViewSet
from quizzes.admin_views import QuestionBankViewSet, QuestionCount, QuestionViewSet
from quizzes.forms import QuizPageForm
from quizzes.models import QuizPage

# Set here, not on the class: the form needs models that are not there yet when the page is made.
QuizPage.base_form_class = QuizPageForm

VIEWSETS = (QuestionViewSet(), QuestionBankViewSet())


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [*VIEWSETS, QuestionChooserViewSet("question_chooser")]


@hooks.register("register_admin_menu_item")
def register_bank_menu():
    items = [each.get_menu_item() for each in VIEWSETS]
    return SubmenuMenuItem(_("题库"), Menu(items=items), name="bank", icon_name="help", order=200)


@hooks.register("construct_homepage_summary_items")
def add_question_count(request, items):
    items.append(QuestionCount(request))
