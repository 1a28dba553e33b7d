"""Computing a quiz's statistics, and writing its results to a workbook."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federations.domain.jobs import JobRefused, Report, keep_output
from federations.models import Job
from quizzes.admin_views.statistics_scope import analysed_quizzes, visible_attempts
from quizzes.domain.statistics import compute_statistics
from quizzes.domain.statistics.workbook import write_results
from quizzes.models import QuizPage


def find_quiz(job: Job) -> QuizPage:
    """Roles may have changed since the job was asked for."""
    quiz = analysed_quizzes(job.owner).filter(pk=job.params["quiz"]).first()
    if quiz is None:
        raise JobRefused(_("这个测验不在您的编辑范围内，或已经删除了。"))
    return quiz


def compute_quiz(job: Job, report: Report) -> dict[str, Any]:
    """params: "quiz" (id), "choice" (an AttemptChoice)."""
    quiz = find_quiz(job)
    now, choice = timezone.now(), job.params["choice"]
    statistics = compute_statistics(quiz=quiz, now=now, report=report, choice=choice)
    return {
        "lines": [[_("统计的答卷"), str(statistics.attempt_count)]],
        "opens": reverse("quiz_statistics", args=[quiz.pk]),
    }


def export_results(job: Job, report: Report) -> dict[str, Any]:
    """params: "quiz" (id)."""
    quiz = find_quiz(job)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "results.xlsx"
        count = write_results(
            path=path, quiz=quiz, attempts=visible_attempts(job.owner, quiz), report=report
        )
        keep_output(job=job, path=path, name=_("成绩-%s.xlsx") % localdate().isoformat())
    back = [_("回到成绩"), reverse("quiz_results", args=[quiz.pk])]
    return {"lines": [[_("答卷"), str(count)]], "links": [back]}
