"""Trying a correction out, applying it, and writing down whom it touches."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from federations.domain.jobs import JobRefused, Report, keep_output
from federations.models import Job
from quizzes.admin_views.corrections_scope import edited_corrections, visible_effects
from quizzes.domain import corrections
from quizzes.domain.corrections.workbook import write_effects
from quizzes.models import Correction


def find_correction(job: Job) -> Correction:
    """Roles may have changed since the job was asked for."""
    rows = edited_corrections(job.owner).select_related("version")
    correction = rows.filter(pk=job.params["correction"]).first()
    if correction is None:
        raise JobRefused(_("这道题不在您的编辑范围内，没有更正。"))
    return correction


def preview_correction(job: Job, report: Report) -> dict[str, Any]:
    """params: "correction" (id)."""
    correction = find_correction(job)
    try:
        corrections.preview(correction=correction, report=report)
    except corrections.CorrectionRefused as refusal:
        raise JobRefused(str(refusal)) from refusal
    return {"opens": reverse("correction", args=[correction.pk])}


def apply_correction(job: Job, report: Report) -> dict[str, Any]:
    """params: "correction" (id)."""
    correction = find_correction(job)
    try:
        corrections.apply(correction=correction, report=report, now=timezone.now())
    except corrections.CorrectionRefused as refusal:
        raise JobRefused(str(refusal)) from refusal
    return {"opens": reverse("correction", args=[correction.pk])}


def export_effects(job: Job, report: Report) -> dict[str, Any]:
    """params: "correction" (id)."""
    correction = find_correction(job)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "effects.xlsx"
        effects = visible_effects(job.owner, correction)
        count = write_effects(path=path, effects=effects, report=report)
        keep_output(job=job, path=path, name=_("更正影响-%d.xlsx") % correction.pk)
    back = [_("回到更正"), reverse("correction", args=[correction.pk])]
    return {"lines": [[_("成绩有变化的答卷"), str(count)]], "links": [back]}
