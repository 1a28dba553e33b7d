"""Importing into a given bank: three reviews, tags, neighbours, progress."""

import pytest
from django.utils import timezone

from quizzes.domain.importing import import_questions, run
from quizzes.domain.wording import read_wording
from quizzes.interchange.entries import RawQuestion
from quizzes.models import (
    Correction,
    CorrectionState,
    Question,
    QuestionBank,
    QuestionVersion,
    ReviewStage,
)
from quizzes.question_types.base import QuestionError
from tests.factories import make_tree
from tests.quizzes.bank import make_bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewed():
    return QuestionBank.objects.create(name="三审", needs_review=True)


def ask(**changes):
    fields = {"type": "single", "stem": "哪项？", "options": ("甲", "乙"), "answers": ("A",)}
    return RawQuestion(sheet="表", row=2, **{**fields, **changes})


def load(bank, *entries, **options):
    return import_questions(bank=bank, entries=entries, **options)


def results(report):
    return [str(line.result) for line in report.lines]


def test_new_question_waits_for_its_first_review(reviewed):
    load(reviewed, ask())

    question = Question.objects.get()
    assert question.current is None
    assert (question.proposed.number, question.proposed.stage) == (1, ReviewStage.FIRST)


def test_unreviewed_question_imported_again_changes_nothing(reviewed):
    load(reviewed, ask())

    assert results(load(reviewed, ask())) == ["unchanged"]
    assert QuestionVersion.objects.count() == 1


def test_new_wording_is_proposed_and_the_current_one_stays(reviewed):
    load(reviewed, ask())
    first = QuestionVersion.objects.get()
    QuestionVersion.objects.update(stage=ReviewStage.NONE)
    Question.objects.update(current=first, proposed=None)

    report = load(reviewed, ask(answers=("B",)))

    question = Question.objects.get()
    assert results(report) == ["updated"]
    assert question.current == first
    assert (question.proposed.number, question.proposed.stage) == (2, ReviewStage.FIRST)
    assert results(load(reviewed, ask(answers=("B",)))) == ["unchanged"]


def test_dry_run_foresees_the_result(reviewed):
    report = load(reviewed, ask(tags=("新",)), is_dry_run=True)

    assert results(report) == ["imported"]
    assert not Question.objects.exists()


def test_tags_are_added_and_never_removed():
    bank = make_bank()
    load(bank, ask(tags=("旧", "Law")))

    report = load(bank, ask(tags=("新", "law")))

    assert results(report) == ["updated"]
    assert set(Question.objects.get().tags.names()) == {"旧", "Law", "新"}
    assert results(load(bank, ask())) == ["unchanged"]


def test_too_long_tag_is_a_problem():
    assert results(load(make_bank(), ask(tags=("长" * 101,)))) == ["problem"]


def test_same_question_in_a_bank_of_the_same_federation_is_noted():
    federation = make_tree().province
    mine, other, foreign = (
        QuestionBank.objects.create(name=name, federation=owner)
        for name, owner in (("甲", federation), ("乙", federation), ("丙", None))
    )
    load(other, ask())
    load(foreign, ask())

    report = load(mine, ask())

    assert [note for _entry, note in report.notes()] == ["题库“乙”里也有这道题。"]


def test_case_is_filed_with_its_parts():
    parts = (
        RawQuestion("表", 2, "single", "一？", ("甲", "乙"), ("A",)),
        RawQuestion("表", 3, "judge", "二。", (), ("错",)),
    )

    load(make_bank(), ask(type="case", stem="材料", options=(), answers=(), parts=parts))

    version = Question.objects.get().current
    assert (version.type, len(version.data["parts"])) == ("case", 2)


def test_settings_are_kept():
    load(make_bank(), ask(type="multiple", answers=("AB",), settings={"scoring": "partial"}))

    assert Question.objects.get().current.data["scoring"] == "partial"


def test_progress_is_told_for_all_rows():
    told = []

    load(
        make_bank(),
        *[ask(stem=f"第 {i} 题？") for i in range(401)],
        report=lambda *at: told.append(at),
    )

    assert told == [(200, 401), (400, 401), (401, 401)]


@pytest.fixture
def plain():
    return make_bank("普通")


def correct(right):
    """The key of the only question, as an applied correction has replaced it."""
    version = QuestionVersion.objects.get()
    wording = read_wording(
        type="single", stem="哪项？", options=("甲", "乙"), answers=(right,), explanation=""
    )
    return Correction.objects.create(
        version=version,
        data=wording.data,
        state=CorrectionState.APPLIED,
        applied_at=timezone.now(),
    )


def test_new_key_is_noted(plain):
    load(plain, ask())

    report = load(plain, ask(answers=("B",)))

    assert [note for _entry, note in report.notes()] == ["答案由“甲”改为“乙”，请核对。"]


def test_new_explanation_is_no_new_key(plain):
    load(plain, ask())

    assert list(load(plain, ask(explanation="因为")).notes()) == []


def test_old_file_does_not_undo_a_correction(plain):
    load(plain, ask())
    correct("B")
    load(plain, ask(answers=("B",)))

    report = load(plain, ask())

    assert results(report) == ["problem"]
    assert "更正" in report.lines[0].reason
    assert QuestionVersion.objects.count() == 2


def test_corrected_key_in_a_file_is_taken(plain):
    load(plain, ask())
    correct("B")

    assert results(load(plain, ask(answers=("B",)))) == ["updated"]


def test_one_blank_with_several_answers_is_noted(plain):
    blank = ask(type="blank", stem="首都是____。", options=(), answers=("北京；北京市",))

    assert ["|||" in note for _entry, note in load(plain, blank).notes()] == [True]


def test_too_many_questions_are_refused(plain, monkeypatch):
    monkeypatch.setattr(run, "MOST_QUESTIONS", 1)

    with pytest.raises(QuestionError):
        load(plain, ask(), ask(stem="哪个？"))
    assert not Question.objects.exists()
