"""Every address of the project, found by introspection, with what to put into it.

A view that is added later is in the list by itself. Where it takes an argument of which nothing
here knows what it is, `fill` says so and the test fails until somebody tells.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from allauth.mfa.models import Authenticator
from django.urls import URLPattern, get_resolver, reverse
from wagtail.models import Page

from cms.models import LocalPick, ReviewTaskState
from federations.models import (
    Appointment,
    CorrectionRequest,
    Federation,
    Job,
    RosterClaim,
    StaffRole,
)
from learning.models import AssessmentScheme, CertificateRule, CertificateTemplate, Plan
from members.models import AuditEntry, Device, Member
from quizzes.models import (
    Attempt,
    Correction,
    Question,
    QuestionBank,
    QuestionReport,
    QuestionVersion,
    QuizOverride,
    QuizPage,
)
from tests.config.scope.scene import Scene

# What `pk`, `number`, … mean, by the beginning of the view's name; the longest fits.
BY_VIEW = {
    "accounts:": Member,
    "appointment:": Appointment,
    "attempt:": Attempt,
    "certificate_rule:": CertificateRule,
    "certificate_template:": CertificateTemplate,
    "correction": Correction,
    "desk_assessment": AssessmentScheme,
    "desk_claim": RosterClaim,
    "desk_correction": CorrectionRequest,
    "desk_import_check": Job,
    "desk_job": Job,
    "audit:": AuditEntry,
    "desk_roster_act": Appointment,
    "desk_roster_member": Member,
    "members:end_device": Device,
    "mfa_": Authenticator,
    "reset_second_factor": Member,
    "desk_roster_phone": Member,
    "federation:": Federation,
    "federation_chooser:": Federation,
    "job": Job,
    "link_check": Page,
    "localpick:": LocalPick,
    "member_chooser:": Member,
    "my_data": Job,
    "plan:": Plan,
    "question:": Question,
    "question_": Question,
    "question_chooser:": Question,
    "questionbank:": QuestionBank,
    "questionreport:": QuestionReport,
    "quizoverride:": QuizOverride,
    "review": ReviewTaskState,
    "staffrole:": StaffRole,
    "wagtailadmin_pages:": Page,
    "wagtailusers_users:": Member,
}
# What an argument means by its own name.
BY_NAME = {
    "attempt_id": Attempt,
    "column_id": Page,
    "destination_id": Page,
    "federation": Federation,
    "lesson_id": Page,
    "member_id": Member,
    "page": Page,
    "page_id": Page,
    "page_pk": Page,
    "page_to_move_id": Page,
    "parent_id": Page,
    "parent_page_id": Page,
    "pick_id": LocalPick,
    "plan": Plan,
    "plan_id": Plan,
    "question": QuestionVersion,
    "quiz": QuizPage,
    "quiz_id": QuizPage,
    "unit": Federation,
    "version": QuestionVersion,
}
# Arguments that name no row, or a row of what all federations share; "number" counts in a row.
PLAIN = {
    "action": ["delete", "publish", "unpublish", "move"],
    "action_name": ["approve", "reject"],
    "app_label": ["cms"],
    "app_name": ["cms"],
    "content_type_app_name": ["cms"],
    "content_type_model_name": ["articlepage"],
    "fact": ["learned", "handed_in", "ending"],
    "key": ["drafts"],
    "media_type": ["video"],
    "model_name": ["articlepage"],
    "name": ["transfer", "end"],
    "number": [1],
    "part": [0],
    "path": ["jobs/1.xlsx"],
    "place": [1],
    "revision_id_a": ["earliest"],
    "revision_id_b": ["latest"],
    "year": [2026],
}
# Views of what belongs to no federation: one row, or none, stands for all.
SHARED = (
    "alloweddomain:",
    "certificate:",
    "certificates:",
    "courses:",
    "knowledgecategory:",
    "lifestage:",
    "link_",
    "media",
    "pickkind:",
    "point_rule_simulation",
    "pointrule:",
    "quizzes:media",
    "searchmiss:",
    "sensitive_word:",
    "verify_number",
    "wagtail",
    "import_check",
    "-",
)
# What a number cannot stand for, by the argument or by the view.
ONE = {
    "filter_spec": "original",
    "uidb64": "x",
    "token": "x",
    "media_upload": "00000000-0000-4000-8000-000000000000",
}
# Patterns whose groups have no names.
UNNAMED = {"wagtaildocs_serve": [1, "a.pdf"], "wagtail_serve": ["columns/"]}


@dataclass(frozen=True)
class Address:
    """`place` says whose thing it is about; "" where it is nobody's or asks for no thing."""

    name: str
    url: str
    place: str


class UnknownArgument(Exception):
    """A view has an argument that nothing here knows; tell BY_VIEW, BY_NAME, PLAIN or SHARED."""


def all_addresses(scene: Scene) -> Iterator[Address]:
    for name, arguments in all_views():
        yield from fill(name, arguments, scene)


def all_views() -> list[tuple[str, tuple[str, ...]]]:
    """The names of all named views with their arguments' names, each once."""
    found: dict[tuple, None] = {}
    for name, pattern in _walk(get_resolver().url_patterns, "", {}):
        found[name, pattern] = None
    return list(found)


def _walk(patterns, space: str, above: dict) -> Iterator[tuple[str, tuple[str, ...]]]:
    for each in patterns:
        arguments = above | each.pattern.regex.groupindex
        if not isinstance(each, URLPattern):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _walk(each.url_patterns, inner, arguments)
        elif each.name:
            yield space + each.name, tuple(arguments)


def fill(name: str, arguments: tuple[str, ...], scene: Scene) -> Iterator[Address]:
    """The view's addresses for each place's things; of several arguments all are one place's."""
    if name in UNNAMED:
        yield Address(name, reverse(name, args=UNNAMED[name]), "")
        return
    choices = [_choices(name, argument, scene) for argument in arguments]
    for chosen in _one_place_each(choices):
        values = {
            argument: value for argument, (_place, value) in zip(arguments, chosen, strict=True)
        }
        places = {place for place, _value in chosen} - {""}
        yield Address(name, reverse(name, kwargs=values), places.pop() if places else "")


def _one_place_each(choices: list[list]) -> Iterator[tuple]:
    """Combinations of one place's things; where there are several of a kind, the first will do."""
    seen = set()
    for chosen in product(*choices):
        places = {place for place, _value in chosen} - {""}
        key = tuple(place for place, _value in chosen)
        if len(places) < 2 and (len(choices) < 2 or key not in seen):
            seen.add(key)
            yield chosen


def _choices(name: str, argument: str, scene: Scene) -> list[tuple[str, object]]:
    model = BY_NAME.get(argument) or _by_view(name, argument)
    if model is not None:
        return [(place, each.pk) for place, each in scene.of(model)] or [("", 1)]
    if argument in PLAIN:
        return [("", value) for value in PLAIN[argument]]
    if name.startswith(SHARED):
        return [("", ONE.get(argument) or ONE.get(name, 1))]
    raise UnknownArgument(f"{name}: {argument}")


def _by_view(name: str, argument: str):
    if argument not in ("pk", "task_state_id"):
        return None
    fitting = [prefix for prefix in BY_VIEW if name.startswith(prefix)]
    return BY_VIEW[max(fitting, key=len)] if fitting else None
