"""The page form of a quiz as the editor's browser posts it."""

from quizzes.models import QuizPage
from quizzes.models.parts import ReviewPart

FORMSETS = ("fixed_questions", "draws", "prerequisites", "comments")
EVERYTHING = list(ReviewPart.values)
FIELDS = {
    "title": "测验",
    "slug": "quiz",
    "mode": "exam",
    "time_limit": 0,
    "grace": 5,
    "attempts_allowed": 0,
    "wait": 0,
    "kept_score": "highest",
    "pass_mark": 60,
    "excellent_mark": 90,
    "review_during": EVERYTHING,
    "review_right_after": EVERYTHING,
    "review_later": EVERYTHING,
    "review_after_close": EVERYTHING,
}
ROW_DEFAULTS = {
    "draws": {"count": 1, "points": 1, "min_difficulty": 1, "max_difficulty": 5},
    "fixed_questions": {"points": 1},
    "prerequisites": {},
}


def quiz_form(editor, quiz=None, *, parent=None, **data):
    form_class = QuizPage.get_edit_handler().get_form_class()
    counts = {f"{name}-{key}_FORMS": 0 for name in FORMSETS for key in ("TOTAL", "INITIAL")}
    return form_class(
        counts | FIELDS | data,
        instance=quiz or QuizPage(),
        parent_page=parent,
        for_user=editor,
    )


def rows(name, *several, held=0):
    """The posted rows of a formset; `held` of them are there already."""
    data = {f"{name}-TOTAL_FORMS": len(several), f"{name}-INITIAL_FORMS": held}
    for number, values in enumerate(several):
        row = ROW_DEFAULTS[name] | {"ORDER": number + 1} | values
        data |= {f"{name}-{number}-{key}": value for key, value in row.items()}
    return data


def row_errors(form, name):
    return [dict(errors) for errors in form.formsets[name].errors]
