"""A question's versions: the list, two side by side, an old one taken up again."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from quizzes.admin_views.desk import DeskView
from quizzes.admin_views.scope import edited_questions
from quizzes.desk.differences import compare_versions
from quizzes.desk.usage import find_uses
from quizzes.domain.bank import DuplicateQuestion, restore_version
from quizzes.models import Question, QuestionVersion, ReviewStage
from quizzes.question_types.base import QuestionError

PARENTS = (("question:index", gettext_lazy("试题")),)


class QuestionView(DeskView):
    """One question, if it is in the editor's scope."""

    parents = PARENTS
    header_icon = "history"

    def get_question(self, pk: int) -> Question:
        rows = edited_questions(self.request.user).select_related("bank", "current", "proposed")
        return get_object_or_404(rows, pk=pk)


class VersionsView(QuestionView):
    page_title = gettext_lazy("版本与使用")
    template_name = "admin_quizzes/versions.html"

    def get(self, request, pk: int):
        question = self.get_question(pk)
        versions = question.versions.select_related("created_by").order_by("-number")
        versions = versions.prefetch_related("decisions__decided_by")
        return self.show(question=question, versions=versions, uses=find_uses(question))


class CompareView(QuestionView):
    """Two versions by their numbers; without an older one the one before."""

    page_title = gettext_lazy("比较两个版本")
    template_name = "admin_quizzes/compare.html"

    def get(self, request, pk: int, number: int):
        question = self.get_question(pk)
        new = get_object_or_404(question.versions, number=number)
        older = question.versions.filter(number__lt=number).order_by("-number")
        if wanted := request.GET.get("with", ""):
            older = question.versions.filter(number=read_number(wanted))
        old = older.first()
        if wanted and old is None:
            raise Http404
        return self.show(
            question=question,
            old=old,
            new=new,
            fields=compare_versions(old, new),
            versions=question.versions.exclude(pk=new.pk).order_by("-number"),
        )


def read_number(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise Http404
    return int(text)


def say_restored(question: Question) -> str:
    question.refresh_from_db(fields=["proposed"])
    if question.proposed and question.proposed.stage != ReviewStage.NONE:
        return _("已照第 %d 版的内容送审，三审通过后才用到测验里。")
    return _("第 %d 版已经重新用作这道题的内容。")


class RestoreView(QuestionView):
    """The old wording becomes the newest version; in a bank with reviews it is reviewed again."""

    http_method_names = ["post"]

    def post(self, request, pk: int, number: int):
        question = self.get_question(pk)
        version: QuestionVersion = get_object_or_404(question.versions, number=number)
        try:
            restored = restore_version(version=version, author=request.user)
        except (DuplicateQuestion, QuestionError) as error:
            messages.error(request, str(error))
            return redirect("question_versions", pk)
        log(restored, "quizzes.question.restore", user=request.user, data={"number": number})
        messages.success(request, say_restored(question) % number)
        return redirect("question_versions", pk)


urlpatterns = [
    path("questions/<int:pk>/versions/", VersionsView.as_view(), name="question_versions"),
    path(
        "questions/<int:pk>/versions/<int:number>/compare/",
        CompareView.as_view(),
        name="question_compare",
    ),
    path(
        "questions/<int:pk>/versions/<int:number>/restore/",
        RestoreView.as_view(),
        name="question_restore",
    ),
]
