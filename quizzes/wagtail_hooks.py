"""What the quiz engine adds to Wagtail's admin. A new part is one line in a list below."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.permissions import register_permission_policy

from quizzes import (  # noqa: F401 they register hooks
    column_kinds,
    lesson_checks,
    lesson_form,
    minutes,
    mistake_context,
    my_export,
    page_contexts,
    search_kinds,
)
from quizzes.admin_views import bulk
from quizzes.admin_views.attempts import ATTEMPT_POLICY, AttemptViewSet
from quizzes.admin_views.banks import QuestionBankViewSet
from quizzes.admin_views.choosers import QuestionChooserViewSet
from quizzes.admin_views.corrections_log import register_correction_actions
from quizzes.admin_views.kept_score import say_recount
from quizzes.admin_views.leak_warnings import warn_of_leaks
from quizzes.admin_views.log_actions import register_actions
from quizzes.admin_views.menus import MenuLink
from quizzes.admin_views.overrides import OVERRIDE_POLICY, OverrideViewSet
from quizzes.admin_views.questions import QuestionCount, QuestionViewSet
from quizzes.admin_views.reports import REPORT_POLICY, QuestionReportViewSet, ReportCount
from quizzes.admin_views.scope import BANK_POLICY, QUESTION_POLICY, is_reviewer
from quizzes.domain.erasing import erase_quizzes
from quizzes.domain.merging import find_open_attempts, merge_attempts, recount_merged
from quizzes.forms import QuizPageForm
from quizzes.models import (
    Attempt,
    Question,
    QuestionBank,
    QuestionReport,
    QuizOverride,
    QuizPage,
)

# Set here, not on the class: the form needs models that are not there yet when the page is made.
QuizPage.base_form_class = QuizPageForm

# Attempts are locked before progress, by everybody; counting anew comes after all is in one hand.
hooks.register("merge_members", merge_attempts, order=10)
hooks.register("erase_member", erase_quizzes)
hooks.register("merge_members", recount_merged, order=200)
hooks.register("member_merge_obstacles", find_open_attempts)

# Before any view asks: a model's first question would otherwise fix the fallback policy.
register_permission_policy(Question, QUESTION_POLICY, exact_class=True)
register_permission_policy(QuestionBank, BANK_POLICY, exact_class=True)
register_permission_policy(QuestionReport, REPORT_POLICY, exact_class=True)
register_permission_policy(Attempt, ATTEMPT_POLICY, exact_class=True)
register_permission_policy(QuizOverride, OVERRIDE_POLICY, exact_class=True)

# In the menus by their `menu_order`; viewsets are registered by being here.
BANK_VIEWSETS = [
    QuestionViewSet(),
    QuestionBankViewSet(),
    QuestionReportViewSet(),
]
QUIZ_VIEWSETS = [
    AttemptViewSet(),
    OverrideViewSet(),
]
OTHER_VIEWSETS = [
    QuestionChooserViewSet("question_chooser"),
]

# Pages that are no viewsets.
BANK_LINKS = [
    MenuLink(_("导入试题"), "import_upload", "upload", 250),
    MenuLink(_("待审试题"), "question_reviews", "tasks", 300, may_see=is_reviewer),
    MenuLink(_("疑似重复的题"), "question_duplicates", "copy", 400),
]
QUIZ_LINKS = [
    MenuLink(_("阅卷"), "marking", "edit", 300),
    MenuLink(_("统计与成绩"), "quiz_statistics_list", "list-ul", 500),
    MenuLink(_("更正"), "correction_list", "edit", 600),
]

# (place below /admin/quizzes/, module with `urlpatterns`); names are used without a namespace.
URLS = [
    ("import/", "quizzes.admin_views.imports"),
    ("export/", "quizzes.admin_views.exports"),
    ("marking/", "quizzes.admin_views.marking"),
    ("", "quizzes.admin_views.preview"),
    ("", "quizzes.admin_views.versions"),
    ("", "quizzes.admin_views.reviews"),
    ("", "quizzes.admin_views.duplicates"),
    ("statistics/", "quizzes.admin_views.statistics"),
    ("corrections/", "quizzes.admin_views.corrections"),
]


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [*BANK_VIEWSETS, *QUIZ_VIEWSETS, *OTHER_VIEWSETS]


@hooks.register("register_admin_urls")
def register_urls():
    return [path(f"quizzes/{place}", include(module)) for place, module in URLS]


for action in bulk.ACTIONS:
    hooks.register("register_bulk_action", action)

hooks.register("after_publish_page", say_recount)
hooks.register("after_create_page", warn_of_leaks)
hooks.register("after_edit_page", warn_of_leaks)
hooks.register("register_log_actions", register_actions)
hooks.register("register_log_actions", register_correction_actions)


def make_menu(label, name: str, icon: str, order: int, parts: list) -> SubmenuMenuItem:
    items = [each.get_menu_item() for each in parts]
    return SubmenuMenuItem(label, Menu(items=items), name=name, icon_name=icon, order=order)


@hooks.register("register_admin_menu_item")
def register_bank_menu():
    return make_menu(_("题库"), "bank", "help", 200, [*BANK_VIEWSETS, *BANK_LINKS])


@hooks.register("register_admin_menu_item")
def register_quiz_menu():
    return make_menu(_("测验"), "quiz", "tasks", 250, [*QUIZ_VIEWSETS, *QUIZ_LINKS])


@hooks.register("construct_homepage_summary_items")
def add_question_count(request, items):
    items.append(QuestionCount(request))
    items.append(ReportCount(request))
