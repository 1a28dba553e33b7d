"""统计 and 成绩: what came out of a quiz, for the editors who look after it."""

from django.core.exceptions import PermissionDenied
from django.db.models import Avg, Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from federations.domain.jobs import ask_for_job
from federations.editing import is_editor
from quizzes.admin_views.desk import DeskView
from quizzes.admin_views.statistics_scope import analysed_quizzes, visible_attempts
from quizzes.desk.figures import (
    answer_titles,
    describe_wordings,
    draw_histogram,
    item_titles,
    list_figures,
    list_items,
    list_results,
    result_titles,
)
from quizzes.domain.statistics import AttemptChoice
from quizzes.forms.statistics import ComputeForm
from quizzes.models import AttemptState, Question, QuizPage, QuizStatistics
from quizzes.wording import score_text

PER_PAGE = 30
ROOT = ("quiz_statistics_list", gettext_lazy("统计与成绩"))


def find_quiz(request, pk: int) -> QuizPage:
    """A quiz out of her scope does not exist."""
    if not is_editor(request.user):
        raise PermissionDenied
    return get_object_or_404(analysed_quizzes(request.user), pk=pk)


class QuizListView(BaseListingView):
    page_title = ROOT[1]
    header_icon = "list-ul"
    paginate_by = PER_PAGE
    index_url_name = "quiz_statistics_list"
    index_results_url_name = "quiz_statistics_list_results"
    columns = [
        TitleColumn("title", label=gettext_lazy("测验"), url_name="quiz_statistics"),
        Column("federation", label=gettext_lazy("所属妇联")),
        Column("counted", label=gettext_lazy("统计的答卷"), accessor="statistics.attempt_count"),
        DateColumn("computed", label=gettext_lazy("统计于"), accessor="statistics.computed_at"),
    ]
    no_results_message = gettext_lazy("您的编辑范围内还没有测验。")

    def dispatch(self, request, *args, **kwargs):
        if not is_editor(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        quizzes = analysed_quizzes(self.request.user).order_by("-pk")
        return quizzes.select_related("federation", "statistics").defer("statistics__figures")


class QuizView(DeskView):
    """A page about one quiz."""

    header_icon = "list-ul"
    parents: tuple = (ROOT,)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.quiz = find_quiz(request, kwargs["quiz"])

    def get_page_subtitle(self):
        return self.quiz.title

    def paginate(self, rows, count: int) -> dict:
        """`count` is that of the rows: attempts are wide, and counting them reads them all."""
        paginator = WagtailPaginator(rows, PER_PAGE)
        paginator.count = count
        page = paginator.get_page(self.request.GET.get("p"))
        shown = page.paginator.get_elided_page_range(page.number)
        return {"page_obj": page, "elided_page_range": shown}


class StatisticsView(QuizView):
    page_title = gettext_lazy("统计")
    template_name = "admin_quizzes/statistics/statistics.html"

    def get(self, request, quiz):
        return self.show(quiz=self.quiz, form=ComputeForm(), **self.find_figures())

    def find_figures(self) -> dict:
        statistics = QuizStatistics.objects.filter(quiz=self.quiz).first()
        if statistics is None:
            return {}
        items = statistics.figures["items"]
        pages = self.paginate(items, len(items))
        return {
            "statistics": statistics,
            "choice": AttemptChoice(statistics.figures["choice"]).label,
            "figures": list_figures(statistics),
            "bars": draw_histogram(statistics),
            "titles": item_titles(),
            **pages,
            "items": list_items(pages["page_obj"].object_list),
        }


class QuestionStatisticsView(QuizView):
    page_title = gettext_lazy("试题统计")
    template_name = "admin_quizzes/statistics/question.html"

    def get(self, request, quiz, question):
        statistics = get_object_or_404(QuizStatistics, quiz=self.quiz)
        items = (each for each in statistics.figures["items"] if each["question"] == question)
        if (item := next(items, None)) is None:
            raise Http404
        return self.show(
            quiz=self.quiz,
            statistics=statistics,
            question=Question.objects.select_related("current", "proposed").get(pk=question),
            figures=list(zip(item_titles(), list_items([item])[0]["figures"], strict=True)),
            warnings=list_items([item])[0]["warnings"],
            titles=answer_titles(),
            wordings=describe_wordings(item),
        )


class ResultsView(QuizView):
    page_title = gettext_lazy("成绩")
    template_name = "admin_quizzes/statistics/results.html"

    def get(self, request, quiz):
        attempts = visible_attempts(request.user, self.quiz).filter(state=AttemptState.SUBMITTED)
        if name := request.GET.get("q", "").strip():
            attempts = attempts.filter(member__name__icontains=name)
        summary = attempts.aggregate(
            count=Count("*"), mean=Avg("score_bp"), passed=Count("has_passed", Q(has_passed=True))
        )
        pages = self.paginate(attempts.order_by("-pk"), summary["count"])
        return self.show(
            quiz=self.quiz,
            name=name,
            **pages,
            titles=result_titles(),
            rows=list_results(pages["page_obj"].object_list),
            count=summary["count"],
            passed=summary["passed"],
            mean=None if summary["mean"] is None else score_text(round(summary["mean"])),
        )


@require_POST
def compute(request, quiz):
    quiz, form = find_quiz(request, quiz), ComputeForm(request.POST)
    if not form.is_valid():
        return redirect("quiz_statistics", quiz.pk)
    return _ask(request, quiz, "quiz_statistics", _("统计：%s"), form.cleaned_data)


@require_POST
def export(request, quiz):
    quiz = find_quiz(request, quiz)
    return _ask(request, quiz, "quiz_results_export", _("导出成绩：%s"), {})


def _ask(request, quiz: QuizPage, kind: str, title: str, params: dict):
    job = ask_for_job(
        kind=kind,
        title=(title % quiz.title)[:120],
        owner=request.user,
        params={"quiz": quiz.pk, **params},
    )
    return redirect("job", job.pk)


urlpatterns = [
    path("", QuizListView.as_view(), name="quiz_statistics_list"),
    path(
        "results/",
        QuizListView.as_view(results_only=True),
        name="quiz_statistics_list_results",
    ),
    path("<int:quiz>/", StatisticsView.as_view(), name="quiz_statistics"),
    path("<int:quiz>/compute/", compute, name="quiz_statistics_compute"),
    path(
        "<int:quiz>/questions/<int:question>/",
        QuestionStatisticsView.as_view(),
        name="quiz_statistics_question",
    ),
    path("<int:quiz>/results/", ResultsView.as_view(), name="quiz_results"),
    path("<int:quiz>/results/export/", export, name="quiz_results_export"),
]
