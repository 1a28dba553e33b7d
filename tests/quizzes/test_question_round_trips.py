"""Whatever an editor writes and a type accepts comes back the same from authoring and from JSON."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.question_types.base import Authoring, Part, QuestionError
from quizzes.question_types.registry import PLAIN_TYPES, QUESTION_TYPES, get_type

# Signs that mean something to one type or another, among plain words.
SIGNS = st.sampled_from(
    ["=>", "|", "|||", "±", "~", "[图片:1]", "【音频：2】", "\n", "%", "12", "A"]
)
TEXTS = st.lists(st.one_of(SIGNS, st.text(max_size=4)), max_size=4).map("".join)
LINES = st.lists(TEXTS, max_size=5).map(tuple)
PAIRS = st.lists(st.tuples(TEXTS, TEXTS).map(" => ".join), max_size=5).map(tuple)
ANSWERS = st.one_of(
    LINES,
    st.sampled_from([("A",), ("AB",), ("对",), ("3.14±0.01",), ("-1/3",), ("1,000~2,000",)]),
    st.fractions(max_denominator=1000).map(lambda number: (str(number),)),
)


def settings_of(key):
    """Any choice of each setting, and any text where it is free."""
    values = {
        each.key: st.sampled_from([*dict(each.choices), ""])
        if each.choices
        else st.one_of(TEXTS, st.sampled_from(["", "好|3\n中|2", "20", "2,1", "元|块"]))
        for each in get_type(key).settings
    }
    return st.fixed_dictionaries({}, optional=values)


def authorings(key):
    options = PAIRS if key == "matching" else LINES
    return st.builds(Authoring, TEXTS, options, ANSWERS, settings_of(key))


PARTS = st.sampled_from(sorted(PLAIN_TYPES)).flatmap(
    lambda key: st.builds(Part, st.just(key), authorings(key))
)
CASES = st.builds(
    Authoring,
    TEXTS,
    settings=settings_of("case"),
    parts=st.lists(PARTS, max_size=3).map(tuple),
)
QUESTIONS = st.sampled_from(sorted(QUESTION_TYPES)).flatmap(
    lambda key: st.tuples(st.just(key), CASES if get_type(key).has_parts else authorings(key))
)


@settings(deadline=None, max_examples=300)
@given(question=QUESTIONS)
def test_question_comes_back_the_same(question):
    key, authoring = question
    question_type = get_type(key)
    try:
        spec = question_type.parse(authoring)
    except QuestionError:
        return

    data = json.loads(json.dumps(question_type.to_data(spec)))
    assert question_type.from_data(data) == spec
    assert question_type.parse(question_type.authoring(spec, authoring.stem)) == spec
    full = question_type.full_response(spec)
    assert question_type.read_response(full, spec) == full
    marks = dict.fromkeys(question_type.parts_to_mark(spec, full), 1)
    assert question_type.grade(spec, full, marks).fraction == 1
