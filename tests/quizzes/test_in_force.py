"""The key in force wherever a question is shown, asked, exported or taken up again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.domain.bank import restore_version
from quizzes.domain.corrections import read_key
from quizzes.domain.corrections.replacing import replace_question
from quizzes.domain.exporting import export_entries
from quizzes.domain.filing import bring_back_questions
from quizzes.domain.mistakes import judge
from quizzes.models import Correction, Question
from quizzes.question_types.base import Authoring, QuestionError
from tests.factories import make_member
from tests.quizzes.bank import make_bank, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(db):
    """Its key is B, in a bank with three reviews."""
    bank = make_bank()
    bank.needs_review = True
    bank.save()
    return make_question(bank)


def make_authoring(version, key):
    return Authoring(version.stem, ("甲", "乙", "丙", "丁"), (key,))


def correct(question, key="C") -> Question:
    """As an applied correction does, without attempts; `None` strikes the current version."""
    version = question.current
    correction = Correction.objects.create(
        version=version,
        is_void=key is None,
        data=key and read_key(version=version, authoring=make_authoring(version, key)),
        reason="法条修订",
        created_by=make_member(),
        applied_at=timezone.now() + timedelta(seconds=1),
        state="applied",
    )
    replace_question(question=question, correction=correction)
    question.refresh_from_db()
    return question


def test_corrected_key_is_current_at_once_where_reviews_are_asked_for(question):
    correct(question)

    assert (question.current.number, question.proposed) == (2, None)
    [entry] = export_entries(Question.objects.all())
    assert entry.answers == ("C",)


def test_card_that_is_answered_meanwhile_is_judged_by_the_corrected_key(question):
    asked = question.current
    correct(question)

    assert [judge(asked, [each]).verdict for each in "bc"] == ["wrong", "right"]


def test_restored_version_has_the_corrected_key(question):
    first = question.current
    correct(correct(question), "D")

    restored = restore_version(version=first, author=make_member())

    assert restored.current.data == question.current.data
    assert judge(restored.current, ["d"]).verdict == "right"


def test_struck_version_is_not_restored(question):
    correct(question, None)

    with pytest.raises(QuestionError, match="已经作废"):
        restore_version(version=question.current, author=make_member())


def test_struck_question_is_not_brought_back(question):
    correct(question, None)

    filed = bring_back_questions(questions=[question], by=make_member())

    question.refresh_from_db()
    assert (filed.count, len(filed.refused), question.is_retired) == (0, 1, True)
