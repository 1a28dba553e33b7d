from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.permissions import register_permission_policy

from quizzes import page_contexts  # noqa: F401 it registers hooks
from quizzes.admin_choosers import QuestionChooserViewSet
from quizzes.admin_views import QuestionBankViewSet, QuestionCount, QuestionViewSet
from quizzes.admin_views_scope import BANK_POLICY, QUESTION_POLICY
from quizzes.forms import QuizPageForm
from quizzes.models import Question, QuestionBank, QuizPage

# Set here, not on the class: the form needs models that are not there yet when the page is made.
QuizPage.base_form_class = QuizPageForm

# Before any view asks: a model's first question would otherwise fix the fallback policy.
register_permission_policy(Question, QUESTION_POLICY, exact_class=True)
register_permission_policy(QuestionBank, BANK_POLICY, exact_class=True)

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
