"""What the forms of the quiz admin say of a wrong value."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from quizzes.forms.banks import QuestionBankForm
from quizzes.forms.corrections import CorrectionForm
from quizzes.forms.desk import ExportForm, ExtendForm, ImportForm
from quizzes.forms.overrides import OverrideForm
from quizzes.forms.parts import PartForm
from quizzes.forms.questions import QuestionForm
from tests.editors import make_editor
from tests.quizzes.bank import make_bank, make_question
from tests.quizzes.quiz_forms import quiz_form, row_errors, rows

pytestmark = pytest.mark.django_db

# How Django's own sentences begin, or what they hold.
DJANGO = ("确保该", "必填", "必需", "有效的", "不在可用的选项中")


@pytest.fixture
def editor(home, academy, tree):
    return make_editor(home, tree.city)


def said(form) -> list[str]:
    return [message for messages in form.errors.values() for message in messages]


def test_limits_of_a_quiz_say_what_to_do(editor):
    form = quiz_form(editor, pass_mark=150, time_limit=-1, grace="x", title="")

    assert {name: form.errors[name] for name in ("pass_mark", "time_limit", "grace", "title")} == {
        "pass_mark": ["不能大于 100，请改小。"],
        "time_limit": ["不能小于 0，请改大。"],
        "grace": ["请填整数，例如 10。"],
        "title": ["还没有填，请填写。"],
    }


def test_rows_of_a_quiz_say_what_to_do(editor):
    form = quiz_form(editor, **rows("draws", {"bank": make_bank().pk, "count": 0}))

    form.is_valid()
    assert row_errors(form, "draws")[0]["count"] == ["不能小于 1，请改大。"]


FORMS = {
    "question": lambda user: QuestionForm({"difficulty": 9}, for_user=user),
    "part": lambda user: PartForm({"type": "essay", "stem": ""}),
    "override": lambda user: OverrideForm({"quiz": 0, "opens_at": "明天"}, for_user=user),
    "bank": lambda user: QuestionBankForm({"name": "题" * 500}, for_user=user),
    "import": lambda user: ImportForm({"bank": "x"}, {}, user=user),
    "empty import": lambda user: ImportForm(
        {}, {"file": SimpleUploadedFile("题.xlsx", b"")}, user=user
    ),
    "export": lambda user: ExportForm({"format": "papyrus"}),
    "extension": lambda user: ExtendForm({"reason": "停" * 201, "minutes": 601}),
}


@pytest.mark.parametrize("form", FORMS)
def test_forms_do_not_speak_as_django_does(editor, form):
    messages = said(FORMS[form](editor))

    assert messages
    assert [each for each in messages if any(words in each for words in DJANGO)] == []


def test_correction_does_not_speak_as_django_does(editor):
    version = make_question(make_bank()).current
    form = CorrectionForm(
        {"kind": "more", "key0": "Z", "reason": "长" * 5000}, version=version, data=version.data
    )

    assert [each for each in said(form) if any(words in each for words in DJANGO)] == []
    assert {"kind", "key0", "reason"} <= set(form.errors)


def test_what_a_form_says_itself_stays(editor):
    assert OverrideForm({}, for_user=editor).errors["quiz"] == ["请选一份测验。"]
