"""Who publishes a quiz with another rule for the score that counts is told what follows."""

from django.contrib import messages
from django.utils.translation import gettext as _

from federations.models import Job, JobState
from quizzes.models import QuizPage


def say_recount(request, page) -> None:
    if not isinstance(page, QuizPage):
        return
    waiting = Job.objects.filter(kind="recount_quiz", owner=request.user, state=JobState.QUEUED)
    if waiting.filter(params__quiz=page.pk).exists():
        messages.info(request, _("“成绩取”改了，正在按新规则重新计算大家的成绩，见“我的任务”。"))
