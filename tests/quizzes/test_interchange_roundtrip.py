"""What is exported and imported again is the same question, whatever is written in it."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from quizzes.domain.exporting import describe, export_entries
from quizzes.domain.importing import import_questions
from quizzes.domain.wording import read_wording
from quizzes.interchange.entries import RawQuestion
from quizzes.interchange.registry import FORMATS
from quizzes.models import Question
from quizzes.question_types.base import Authoring, Part, QuestionError
from quizzes.question_types.registry import QUESTION_TYPES, get_type

NASTY = (
    "=1+1", "@x", "-1", "+2", "~", "#", "{", "}", ":", "\\", "\\n", "->", "%50%", "[html]",
    "[图片:3]",
    "]]>", "<![CDATA[", "<b>", "&lt;", "&", '"', "'", "____", "（ ）", "  ", "   ", "\n", "\n\n",
    "//", "$CATEGORY: x", "::", "|", "/", "*", "\\*", "_x0041_", "{1:SHORTANSWER:=a}", "ＡＢ", "Ⅳ",
    "😀", "é", "\u3000", "\u200b", "A.", "题干", "答案", "✓", "，", "\t", "\u00a0",
)  # fmt: skip
texts = st.lists(
    st.sampled_from(NASTY) | st.text("甲乙丙丁abc123 。", min_size=1, max_size=4),
    min_size=1,
    max_size=6,
).map("".join)
plain = st.text("甲乙丙丁戊己abc123", min_size=1, max_size=6)


NO_SETTINGS = st.just({})


def choice(settings_of=NO_SETTINGS, **answers):
    options = st.lists(texts, min_size=2, max_size=6, unique=True)
    return st.fixed_dictionaries({"options": options, "settings": settings_of, **answers})


letters = st.sets(st.sampled_from("AB"), min_size=1).map("".join)
numbers = st.decimals(-1000, 1000, allow_nan=False, places=3).map(str)
FIELDS = {
    "single": choice(answers=st.sampled_from([["A"], ["B"]])),
    "multiple": choice(
        st.fixed_dictionaries(
            {}, optional={"scoring": st.sampled_from(["exact", "partial", "penalty"])}
        ),
        answers=letters.map(lambda each: [each]),
    ),
    "judge": st.fixed_dictionaries({"answers": st.sampled_from([["对"], ["错"]])}),
    "blank": st.fixed_dictionaries(
        {
            "answers": st.lists(
                st.lists(texts, min_size=1, max_size=3).map("|||".join), min_size=1, max_size=3
            ),
            "settings": st.sampled_from([{}, {"any_order": "yes"}, {"case_sensitive": "yes"}]),
        }
    ),
    "matching": st.fixed_dictionaries(
        {
            "options": st.lists(
                st.tuples(texts, texts).map(" => ".join) | texts.map("=> {}".format),
                min_size=2,
                max_size=5,
            )
        }
    ),
    "ordering": st.fixed_dictionaries(
        {
            "options": st.lists(texts, min_size=2, max_size=5),
            "settings": st.sampled_from([{}, {"scoring": "exact"}]),
        }
    ),
    "numeric": st.fixed_dictionaries(
        {
            "answers": st.one_of(
                numbers,
                st.tuples(numbers, st.sampled_from(["±0.01", "±1%", " ± 2", "±1/3"])).map("".join),
                st.sampled_from(["3~4", "-1.5～2", "1/3", "12,338", "5%"]),
            ).map(lambda each: [each]),
            "settings": st.sampled_from([{}, {"unit": "平方米|㎡"}]),
        }
    ),
    "short": st.fixed_dictionaries(
        {
            "answers": st.lists(texts, min_size=1, max_size=3),
            "settings": st.sampled_from([{}, {"rubric": "先说=|4\n再说|3"}, {"max_length": "80"}]),
        }
    ),
}


@st.composite
def questions(draw, key):
    """(question as it is exported, its wording). Unsound ones are not of interest."""
    stem, explanation = draw(texts), draw(st.just("") | texts)
    parts = ()
    if get_type(key).has_parts:
        kinds = draw(st.lists(st.sampled_from(sorted(FIELDS)), min_size=2, max_size=3))
        parts = tuple(Part(kind, _author(draw, kind)) for kind in kinds)
        authoring = Authoring(stem, parts=parts)
    else:
        authoring = _author(draw, key, stem)
    wording = _read(key, authoring, explanation)
    again = get_type(key).authoring(get_type(key).from_data(wording.data), wording.stem)
    return RawQuestion(
        sheet="题库",
        row=1,
        explanation=wording.explanation,
        difficulty=draw(st.integers(1, 5)),
        knowledge_point=draw(st.just("") | plain),
        source=draw(st.just("") | plain),
        tags=tuple(draw(st.sets(plain | st.sampled_from(["甲、乙", 'a"b', "=1", "c;d"])))),
        **describe(key, again),
    ), wording


def _author(draw, key, stem=None):
    fields = draw(FIELDS[key])
    return Authoring(
        draw(texts) if stem is None else stem,
        tuple(fields.get("options", ())),
        tuple(fields.get("answers", ())),
        fields.get("settings", {}),
    )


def _read(key, authoring, explanation):
    try:
        return read_wording(
            type=key,
            stem=authoring.stem,
            options=authoring.options,
            answers=authoring.answers,
            explanation=explanation,
            settings=authoring.settings,
            parts=authoring.parts,
        )
    except QuestionError:
        assume(False)


def reread(entry):
    parts = tuple(
        Part(each.type, Authoring(each.stem, each.options, each.answers, each.settings))
        for each in entry.parts
    )
    return _read_strictly(entry, parts)


def _read_strictly(entry, parts):
    return read_wording(
        type=entry.type,
        stem=entry.stem,
        options=entry.options,
        answers=entry.answers,
        explanation=entry.explanation,
        settings=entry.settings,
        parts=parts,
    )


WRITTEN = [
    (each.key, type_key)
    for each in FORMATS.values()
    if each.write
    for type_key in sorted(each.held_types)
]


@pytest.mark.parametrize(("key", "type_key"), WRITTEN)
def test_exported_question_is_imported_as_it_was(tmp_path, key, type_key):
    form = FORMATS[key]
    path = tmp_path / f"题{form.extensions[0]}"

    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
    )
    @given(questions(type_key))
    def check(pair):
        question, wording = pair
        problems = form.write(path, [question], "题库/=一")
        back = [] if problems else list(form.read(path))
        assert len(problems) + len(back) == 1
        for entry in back:
            assert reread(entry) == wording
            assert _filing(entry) == _filing(question)

    check()


def _filing(entry):
    return entry.difficulty, entry.knowledge_point, entry.source, set(entry.tags)


def test_excel_holds_every_type():
    assert FORMATS["excel"].held_types == set(QUESTION_TYPES)


@pytest.mark.parametrize("key", [each.key for each in FORMATS.values() if each.write])
def test_type_that_is_not_held_is_reported(tmp_path, key):
    form = FORMATS[key]
    unheld = sorted(set(QUESTION_TYPES) - form.held_types)
    entries = [RawQuestion("题库", 1, each, "题？") for each in unheld]

    problems = form.write(tmp_path / "题", entries, "题库")

    assert [each.type for each in problems] == unheld
    assert all("没有导出" in each.reason for each in problems)


@pytest.mark.django_db
def test_exported_bank_imported_again_changes_nothing(tmp_path):
    first = [
        RawQuestion("a", 1, "single", "哪项？", ("甲", "乙"), ("A",), "因为", 2, "宪法", "书"),
        RawQuestion("a", 2, "ordering", "排序", ("乙", "甲"), tags=("国安", "新")),
        RawQuestion("a", 3, "blank", "____和____", (), ("甲|||子", "乙")),
    ]
    import_questions(bank_name="国安", entries=first)

    for form in (FORMATS["excel"], FORMATS["moodle_xml"], FORMATS["qti"]):
        path = tmp_path / f"题{form.extensions[0]}"
        form.write(path, export_entries(Question.objects.all()), "国安")
        report = import_questions(bank_name="国安", entries=form.read(path))

        assert [str(line.result) for line in report.lines] == ["unchanged"] * 3
