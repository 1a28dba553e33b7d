"""Counting a quiz's scores anew after its editors changed which attempt counts."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from federations.domain.jobs import Report
from federations.models import Job
from quizzes.domain.attempts import recount_many
from quizzes.domain.attempts.rule_changes import members_to_recount, note_recounted
from quizzes.models import QuizPage

BATCH = 1000


def recount_quiz(job: Job, report: Report) -> dict[str, Any]:
    """params: "quiz" (id)."""
    quiz = QuizPage.objects.get(pk=job.params["quiz"])
    members = members_to_recount(quiz)
    changed = 0
    for start in range(0, len(members), BATCH):
        report(start, len(members))
        batch = members[start : start + BATCH]
        changed += recount_many(quiz=quiz, member_ids=batch, now=timezone.now())
    report(len(members), len(members))
    note_recounted(quiz=quiz)
    return {
        "lines": [[_("答过的执委"), str(len(members))], [_("成绩有变化的"), str(changed)]],
    }
