"""A question as the member sees it, answering and afterwards: one page of a phone's width."""

from random import Random

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quizzes.admin_views.scope import QUESTION_POLICY, edited_questions
from quizzes.domain.in_force import wording_in_force
from quizzes.domain.wording import Wording
from quizzes.forms import QuestionForm
from quizzes.models import Question, QuestionVersion
from quizzes.question_types.registry import get_type
from quizzes.rendering import render_without_scripts


def present(wording: Wording | QuestionVersion) -> dict:
    """Both screens, in the editor's order; the review is that of a full answer."""
    question_type = get_type(wording.type)
    spec = question_type.from_data(wording.data)
    layout = question_type.layout(spec, Random(0), False)  # noqa: S311 nothing is shuffled
    review = question_type.review(spec, layout, question_type.full_response(spec))
    return {
        "type_label": question_type.label,
        "stem": wording.stem,
        "explanation": wording.explanation,
        "answer_html": render_without_scripts(
            question_type.answer_template, question_type.present(spec, layout, [])
        ),
        "review": review,
        "review_html": render_without_scripts(question_type.review_template, review),
    }


@require_POST
def preview_typed(request):
    """What the form holds, unsaved. What is still wrong with it is said instead."""
    if not QUESTION_POLICY.user_has_permission(request.user, "add"):
        raise PermissionDenied
    form = QuestionForm(request.POST, instance=Question(), for_user=request.user)
    form.is_valid()
    if form.wording is None:
        return render(request, "admin_quizzes/preview.html", {"problems": list_problems(form)})
    return render(request, "admin_quizzes/preview.html", {"question": present(form.wording)})


def list_problems(form: QuestionForm) -> list[str]:
    wording_fields = ["type", "stem", "options", "answer", "explanation", "__all__"]
    problems = [
        name_problem(form, name, error)
        for name, errors in form.errors.as_data().items()
        if name in wording_fields or name.startswith("setting-")
        for error in errors
    ]
    for part in form.part_forms.forms if form.part_forms.is_bound else ():
        found = part.errors.as_data().items()
        problems += [name_problem(part, name, each) for name, errors in found for each in errors]
    return problems


def name_problem(form, name: str, error: ValidationError) -> str:
    """Away from its field, “required” has to say which one."""
    if error.code == "required" and name in form.fields:
        return _("%s还没有填。") % form.fields[name].label
    return " ".join(error.messages)


def preview_version(request, pk: int):
    version = get_object_or_404(QuestionVersion, pk=pk)
    if not edited_questions(request.user).filter(pk=version.question_id).exists():
        raise Http404
    question = present(wording_in_force(version) or version)
    return render(request, "admin_quizzes/preview.html", {"question": question})


urlpatterns = [
    path("preview/", preview_typed, name="question_preview_typed"),
    path("preview/<int:pk>/", preview_version, name="question_preview"),
]
