"""疑似重复: questions with one stem, across the editor's banks."""

from django.core.paginator import Paginator
from django.urls import path
from django.utils.translation import gettext_lazy

from quizzes.admin_views.desk import DeskView
from quizzes.admin_views.scope import edited_banks, edited_questions
from quizzes.domain.duplicates import DuplicateGroup, find_duplicates
from quizzes.models import Question

PER_PAGE = 20


class DuplicatesView(DeskView):
    """Retired questions are left out: to retire all but one is how a group is settled."""

    page_title = gettext_lazy("疑似重复的题")
    header_icon = "copy"
    template_name = "admin_quizzes/duplicates.html"
    parents = (("question:index", gettext_lazy("试题")),)

    def get(self, request):
        questions = edited_questions(request.user).filter(is_retired=False)
        bank = edited_banks(request.user).filter(pk=self.read_bank()).first()
        groups = find_duplicates(questions)
        if bank:
            held = set(questions.filter(bank=bank).values_list("pk", flat=True))
            groups = [group for group in groups if held.intersection(group.question_ids)]
        page = Paginator(groups, PER_PAGE).get_page(request.GET.get("p"))
        return self.show(
            page=page,
            elided=page.paginator.get_elided_page_range(page.number),
            groups=load_groups(page.object_list),
            bank=bank,
            banks=edited_banks(request.user),
        )

    def read_bank(self) -> int | None:
        text = self.request.GET.get("bank", "")
        return int(text) if text.isdecimal() and len(text) <= 9 else None


def load_groups(groups: list[DuplicateGroup]) -> list[dict]:
    pks = [pk for group in groups for pk in group.question_ids]
    rows = Question.objects.select_related("bank", "current", "proposed").in_bulk(pks)
    return [
        {
            "is_exact": group.is_exact,
            "questions": [rows[pk] for pk in group.question_ids if pk in rows],
        }
        for group in groups
    ]


urlpatterns = [path("duplicates/", DuplicatesView.as_view(), name="question_duplicates")]
