import pytest

from quizzes.domain.bank import DuplicateQuestion, save_question
from quizzes.models import Question, QuestionBank
from quizzes.question_types.base import QuestionError
from tests.factories import make_member

CHOICE = {
    "type": "single",
    "stem": "妇女权益保障法由哪个机关通过？",
    "options": ("国务院", "全国人大"),
    "answers": ("B",),
}


@pytest.fixture
def bank(db):
    return QuestionBank.objects.create(name="法律常识")


def save(bank, **changes):
    return save_question(bank=bank, **{**CHOICE, **changes})


# Filing and editing.


def test_new_question_has_version_one(bank):
    member = make_member()

    question = save(bank, author=member, explanation=" 见第一条。 ")

    version = question.current
    assert (version.number, version.type, version.created_by) == (1, "single", member)
    assert (version.stem, version.explanation) == (CHOICE["stem"], "见第一条。")
    assert version.data["right"] == ["b"]


def test_new_question_is_filed(bank):
    question = save(bank, difficulty=5, knowledge_point="立法", source="省妇联", tags=["法律"])

    question.refresh_from_db()
    filed = (question.bank, question.difficulty, question.knowledge_point, question.source)
    assert filed == (bank, 5, "立法", "省妇联")
    assert [tag.name for tag in question.tags.all()] == ["法律"]


@pytest.mark.parametrize(
    "change",
    [
        {"stem": "妇女权益保障法由哪个机关通过的？"},
        {"options": ("国务院", "全国人大", "最高法")},
        {"answers": ("A",)},
        {"explanation": "1992 年通过。"},
        {"type": "multiple"},
    ],
)
def test_edit_of_the_wording_makes_a_version(bank, change):
    question = save(bank)
    first = question.current

    edited = save(bank, question=question, **change)

    assert edited.pk == question.pk
    assert [version.number for version in edited.versions.order_by("number")] == [1, 2]
    assert edited.current.number == 2
    assert edited.versions.get(number=1).data == first.data


def test_edit_of_the_filing_makes_no_version(bank):
    question = save(bank, tags=["法律"])

    edited = save(bank, question=question, difficulty=1, knowledge_point="立法", tags=["妇女"])

    assert edited.versions.count() == 1
    assert (edited.difficulty, edited.knowledge_point) == (1, "立法")
    assert [tag.name for tag in edited.tags.all()] == ["妇女"]


def test_edit_from_a_stale_object_takes_the_next_number(bank):
    stale = save(bank)
    save(bank, question=Question.objects.get(pk=stale.pk), explanation="另一页先保存。")

    edited = save(bank, question=stale, explanation="这一页后保存。")

    assert edited.current.number == 3


def test_duplicate_names_the_existing_question(bank):
    existing = save(bank)

    with pytest.raises(DuplicateQuestion) as caught:
        save(bank, stem="妇女权益保障法由哪个机关通过", options=("全国人大。", "国务院"))

    assert caught.value.existing == existing
    assert str(existing.pk) in str(caught.value)
    assert Question.objects.count() == 1


def test_edit_into_another_question_is_a_duplicate(bank):
    save(bank)
    other = save(bank, stem="另一道题？")

    with pytest.raises(DuplicateQuestion):
        save(bank, question=other)


def test_same_question_may_be_in_two_banks(bank):
    save(bank)

    save(QuestionBank.objects.create(name="另一个题库"))

    assert Question.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"stem": " \n"}, "题干是空的，请填写题干。"),
        ({"answers": ("C",)}, "答案 C 没有对应的选项，请改答案或补充选项。"),
        ({"difficulty": 6}, "难度请填 1 到 5。"),
        ({"knowledge_point": "长" * 61}, "“知识点”超过 60 字，请缩短。"),
    ],
)
def test_bad_question_is_refused_and_nothing_is_filed(bank, change, message):
    with pytest.raises(QuestionError) as caught:
        save(bank, **change)

    assert caught.value.messages == [message]
    assert not Question.objects.exists()


def test_control_characters_are_dropped(bank):
    question = save(bank, stem="第一行\x00\r\n第二\t行", explanation="解\x00析")

    assert (question.current.stem, question.current.explanation) == ("第一行\n第二 行", "解析")
