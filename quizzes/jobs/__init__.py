"""Background jobs about quizzes: the kind of a job, and what does it."""

from federations.domain.jobs import Handler

from .corrections import apply_correction, export_effects, preview_correction
from .exports import export_bank
from .imports import check_import, run_import
from .recounting import recount_quiz
from .statistics import compute_quiz, export_results

HANDLERS: dict[str, Handler] = {
    "question_import_check": check_import,
    "question_import": run_import,
    "question_export": export_bank,
    "quiz_statistics": compute_quiz,
    "quiz_results_export": export_results,
    "preview_correction": preview_correction,
    "apply_correction": apply_correction,
    "correction_export": export_effects,
    "recount_quiz": recount_quiz,
}
