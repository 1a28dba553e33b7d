"""The lesson's form asks questions of banks that its editor may use, as a quiz does."""

from wagtail import hooks

from quizzes.admin_views.scope import usable_questions
from quizzes.forms.quizzes import limit_choices


@hooks.register("lesson_form")
def limit_checks(form) -> None:
    if "checks" in form.formsets:
        limit_choices(form.formsets["checks"], "question", usable_questions(form.for_user))
