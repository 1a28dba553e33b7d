"""阅卷: one answer after another, without the name of who gave it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.admin_views.desk import DeskView, edited_quizzes
from quizzes.desk.marking import (
    Here,
    Task,
    count_by_question,
    find_tasks,
    look_up,
    marked_before,
    next_task,
    present_answer,
    quizzes_with_marking,
)
from quizzes.domain.marking import MarkRefused, give_mark
from quizzes.forms.marking import MarkForm
from quizzes.grading.marks import MOST_APART, Turn
from quizzes.models import Attempt

TITLE = gettext_lazy("阅卷")
# Of the session: how much of a queue is left.
KEPT = "marking"


class MarkingListView(DeskView):
    page_title = TITLE
    header_icon = "edit"
    template_name = "admin_quizzes/marking/quizzes.html"

    def get(self, request):
        return self.show(quizzes=quizzes_with_marking(edited_quizzes(request.user)))


class QuizDeskView(DeskView):
    """Of one quiz in her scope; `?question=7&part=0` keeps to the answers to one question."""

    header_icon = "edit"
    parents = (("marking", TITLE),)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.quiz = get_object_or_404(edited_quizzes(request.user), pk=kwargs["quiz_id"])

    def get_page_title(self):
        return self.quiz.title

    def find_tasks(self) -> list[Task]:
        """Reads the whole queue; how much of it is left is kept for the screens that follow."""
        tasks = find_tasks(quiz=self.quiz, marker=self.request.user)
        question, part = self.request.GET.get("question"), self.request.GET.get("part")
        if question:
            wanted = (question, part or "0")
            tasks = [each for each in tasks if (str(each.question_id), str(each.part)) == wanted]
        left = sum(each.is_waiting for each in tasks)
        self.request.session[KEPT] = {"of": self.address_of_queue, "left": left, "all": len(tasks)}
        return tasks

    @property
    def address_of_queue(self) -> str:
        return reverse("marking_next", args=[self.quiz.pk]) + self.query

    @property
    def query(self) -> str:
        """The choice of a question, for the next address."""
        kept = self.request.GET.copy()
        for name in set(kept) - {"question", "part"}:
            del kept[name]
        return f"?{kept.urlencode()}" if kept else ""

    def address(self, answer: tuple[int, int, int]) -> str:
        return reverse("marking_answer", args=[self.quiz.pk, *answer]) + self.query

    def go_to(self, task: Task | None):
        if task:
            return redirect(self.address(task.answer))
        messages.success(self.request, _("您要评的都评完了，谢谢。"))
        return redirect("marking_quiz", self.quiz.pk)


class MarkingQuizView(QuizDeskView):
    template_name = "admin_quizzes/marking/quiz.html"

    def get(self, request, quiz_id):
        tasks = self.find_tasks()
        left = sum(each.is_waiting for each in tasks)
        return self.show(
            quiz=self.quiz, left=left, questions=count_by_question(tasks), most_apart=MOST_APART
        )


class NextAnswerView(QuizDeskView):
    """`?after=12-0-0` goes on behind that answer."""

    def get(self, request, quiz_id):
        tasks, after = self.find_tasks(), request.GET.get("after")
        skipped = next((each for each in tasks if "-".join(map(str, each.answer)) == after), None)
        return self.go_to(next_task(tasks, skipped))


class AnswerView(QuizDeskView):
    """Looks at a few attempts only: the queue may hold thousands."""

    template_name = "admin_quizzes/marking/answer.html"

    def get(self, request, quiz_id, **answer):
        here = self.look_up(answer)
        if here is None:
            messages.warning(request, _("这一份已经有别的阅卷人评完了，请看下一份。"))
            return self.go_to(next_task(self.find_tasks()))
        return self.show_answer(here)

    def post(self, request, quiz_id, **answer):
        here = self.look_up(answer)
        if here is None:
            messages.warning(
                request, _("别的阅卷人刚刚评完了这一份，您的评分没有保存，请看下一份。")
            )
            return self.go_to(next_task(self.find_tasks()))
        guide = present_answer(self.attempt_of(here.task), here.task)["guide"]
        form = MarkForm(request.POST, guide=guide)
        if not form.is_valid():
            return self.show_answer(here, form)
        try:
            give_mark(**answer, marker=request.user, now=timezone.now(), **form.mark)
            self.count_down(here.task)
        except MarkRefused as refusal:
            messages.warning(request, str(refusal))
        return self.go_to(here.following or next_task(self.find_tasks(), here.task))

    def look_up(self, answer: dict) -> Here | None:
        wanted = (answer["attempt_id"], answer["place"], answer["part"])
        return look_up(quiz=self.quiz, marker=self.request.user, answer=wanted)

    def attempt_of(self, task: Task) -> Attempt:
        return get_object_or_404(Attempt, pk=task.attempt_id, quiz=self.quiz)

    def count_left(self) -> dict:
        kept = self.request.session.get(KEPT)
        if not kept or kept["of"] != self.address_of_queue:
            self.find_tasks()
        return self.request.session[KEPT]

    def count_down(self, task: Task) -> None:
        if task.is_waiting:
            kept = self.count_left()
            self.request.session[KEPT] = kept | {"left": max(kept["left"] - 1, 0)}

    def show_answer(self, here: Here, form: MarkForm | None = None):
        task, kept = here.task, self.count_left()
        attempt = self.attempt_of(task)
        shown = present_answer(attempt, task)
        marks = attempt.manual_marks.filter(place=task.place, part=task.part).order_by("pk")
        own = marks.filter(marker=self.request.user).first()
        before = marked_before(quiz=self.quiz, marker=self.request.user, task=task)
        # Others may have handed in since it was counted.
        left = max(kept["left"], task.is_waiting + (here.following is not None))
        return self.show(
            answer=shown,
            form=form or MarkForm(guide=shown["guide"], mark=own),
            left=left,
            total=max(kept["all"], left),
            done=max(kept["all"], left) - left,
            # The first two markers never see each other's mark.
            others=marks if task.turn is Turn.SETTLE else [],
            previous_url=self.address(before) if before else "",
            next_url=self.address_after(here, left),
        )

    def address_after(self, here: Here, left: int) -> str:
        if here.following:
            return self.address(here.following.answer)
        if left <= here.task.is_waiting:
            return ""
        skip = "after={}-{}-{}".format(*here.task.answer)
        return f"{self.address_of_queue}{'&' if self.query else '?'}{skip}"


urlpatterns = [
    path("", MarkingListView.as_view(), name="marking"),
    path("<int:quiz_id>/", MarkingQuizView.as_view(), name="marking_quiz"),
    path("<int:quiz_id>/next/", NextAnswerView.as_view(), name="marking_next"),
    path(
        "<int:quiz_id>/<int:attempt_id>/<int:place>/<int:part>/",
        AnswerView.as_view(),
        name="marking_answer",
    ),
]
