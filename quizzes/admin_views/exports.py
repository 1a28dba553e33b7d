"""导出试题: what the question list shows, or a whole bank, as a file."""

from django.shortcuts import redirect
from django.urls import path
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from federations.domain.jobs import ask_for_job
from quizzes.admin_views.desk import DeskView
from quizzes.admin_views.filters import QuestionFilterSet, search_stems
from quizzes.admin_views.scope import edited_questions
from quizzes.forms.desk import ExportForm
from quizzes.interchange.registry import FORMATS


class ExportView(DeskView):
    """The query string is that of the question list."""

    page_title = gettext_lazy("导出试题")
    header_icon = "download"
    template_name = "admin_quizzes/exports/export.html"
    parents = (("question:index", gettext_lazy("试题")),)

    def get(self, request):
        return self.show(form=ExportForm(), count=self.find_questions().count())

    def post(self, request):
        form = ExportForm(request.POST)
        questions = list(self.find_questions().values_list("pk", flat=True))
        if not form.is_valid() or not questions:
            return self.show(form=form, count=len(questions))
        job = ask_for_job(
            kind="question_export",
            title=self.name_export(form.cleaned_data["format"], questions),
            owner=request.user,
            params={
                "format": form.cleaned_data["format"],
                "questions": questions,
                "name": _("试题 %s") % localdate().isoformat(),
            },
        )
        return redirect("job", job.pk)

    def name_export(self, format: str, questions: list[int]) -> str:
        """导出试题（Excel 表格）：维权普法题库，12 道"""
        names = self.find_questions().order_by("bank__name").values_list("bank__name", flat=True)
        banks = list(names.distinct())
        facts = {"format": FORMATS[format].label, "bank": banks[0], "count": len(questions)}
        if len(banks) > 1:
            facts["bank"] = _("%(bank)s等 %(banks)d 个题库") % (facts | {"banks": len(banks)})
        return (_("导出试题（%(format)s）：%(bank)s，%(count)d 道") % facts)[:120]

    def find_questions(self):
        """The questions that the list shows for this query string, in her scope."""
        rows = edited_questions(self.request.user)
        filters = QuestionFilterSet(self.request.GET, queryset=rows, request=self.request)
        chosen = filters.qs if filters.is_valid() else rows.none()
        return search_stems(chosen, self.request.GET.get("q", "")).order_by("pk").distinct()


urlpatterns = [path("", ExportView.as_view(), name="question_export")]
