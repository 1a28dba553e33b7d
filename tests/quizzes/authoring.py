"""Questions as an editor's browser posts them: one case for every type of the registry."""

from quizzes.domain.bank import save_question, state_of
from quizzes.question_types.registry import get_type


def make_question(bank, stem="国际妇女节是哪一天？"):
    return save_question(
        bank=bank, type="single", stem=stem, options=("3月8日", "5月1日"), answers=("A",)
    )


def read_authoring(question):
    version = question.current
    question_type = get_type(version.type)
    return question_type.authoring(question_type.from_data(version.data), version.stem)


def question_data(bank, **fields):
    return {
        "bank": bank.pk,
        "type": "single",
        "stem": "国际妇女节是哪一天？",
        "options": "3月8日\n5月1日\n10月1日",
        "answer": "A",
        "explanation": "",
        "difficulty": 3,
        "knowledge_point": "",
        "source": "",
        "tags": "",
    } | fields


def edit_data(question, **fields):
    """What the form posts that shows the question as it is now."""
    return question_data(question.bank, seen=state_of(question), **fields)


PARTS = {
    "parts-TOTAL_FORMS": 2,
    "parts-INITIAL_FORMS": 0,
    "parts-0-type": "judge",
    "parts-0-stem": "可以申请人身安全保护令。",
    "parts-0-answer": "对",
    "parts-0-ORDER": 2,
    "parts-1-type": "multiple",
    "parts-1-stem": "还可以怎样做？",
    "parts-1-options": "报警\n求助妇联\n忍耐",
    "parts-1-answer": "AB",
    "parts-1-setting-multiple-scoring": "partial",
    "parts-1-ORDER": 1,
}
CASES = {
    "single": {},
    "multiple": {"type": "multiple", "answer": "AC"},
    "judge": {"type": "judge", "options": "", "answer": "对"},
    "blank": {"type": "blank", "stem": "____月____日", "options": "", "answer": "三|||3\n八"},
    "matching": {"type": "matching", "options": "甲 => 一\n乙 => 二\n=> 三", "answer": ""},
    "ordering": {"type": "ordering", "answer": ""},
    "numeric": {"type": "numeric", "options": "", "answer": "12338"},
    "short": {"type": "short", "options": "", "answer": "先确认安全。"},
    "case": {"type": "case", "stem": "邻居受到家暴。", "options": "", "answer": "", **PARTS},
}
