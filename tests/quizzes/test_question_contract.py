"""What holds for every question type; `samples.py` has questions of all of them."""

import json
import re
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from quizzes.grading import Grade, State
from quizzes.question_types.base import (
    INPUT_NAME,
    MAX_RESPONSE_LENGTH,
    MAX_RESPONSE_VALUES,
    Authoring,
    QuestionError,
)
from quizzes.question_types.registry import PLAIN_TYPES, QUESTION_TYPES, get_type
from tests.quizzes.samples import SAMPLES

HIDDEN = {"shows_answers": False, "shows_correctness": False}
GARBAGE = ["", "z", "0:", "0:z", "99:a", ":", "a" * 500, "\x00\ud800", "<b>", "-1", "0:0:a", "a"]


# One sample shows a picture that does not exist: the filter asks the database for it.
renders = pytest.mark.django_db


@pytest.fixture(params=SAMPLES)
def sample(request):
    return SAMPLES[request.param]


def test_every_type_has_samples():
    assert {sample.type for sample in SAMPLES.values()} == set(QUESTION_TYPES)


@pytest.mark.parametrize("key", QUESTION_TYPES)
def test_type_is_registered_under_its_own_key(key):
    assert get_type(key).key == key


def test_no_case_stands_inside_a_case():
    assert [key for key, each in QUESTION_TYPES.items() if each.has_parts] == ["case"]
    assert not any(each.has_parts for each in PLAIN_TYPES.values())


@pytest.mark.parametrize("key", QUESTION_TYPES)
def test_settings_have_defaults_among_their_choices(key):
    chosen = [each for each in get_type(key).settings if each.choices]

    assert [each.key for each in chosen if each.default not in dict(each.choices)] == []


# Writing and keeping.


def test_authoring_round_trips(sample):
    written = sample.question_type.authoring(sample.spec, sample.authoring.stem)

    assert sample.question_type.parse(written) == sample.spec


def test_data_round_trips_through_json(sample):
    data = json.loads(json.dumps(sample.question_type.to_data(sample.spec)))

    assert sample.question_type.from_data(data) == sample.spec


def test_data_holds_settings_only_where_they_were_changed(sample):
    kept = sample.question_type.to_data(sample.spec)

    keys = {each.key for each in sample.question_type.settings}
    assert keys & set(kept) <= set(sample.authoring.settings)


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "",
        {},
        {"options": [], "right": []},
        {"options": [{"id": "a", "text": "甲"}, {"id": "b", "text": "乙"}], "right": ["c"]},
        {"options": [{"id": "a", "text": "甲"}, {"id": "a", "text": "乙"}], "right": ["a"]},
        {"options": [{"id": "a", "text": 1}, {"id": "b", "text": "乙"}], "right": ["a"]},
        {"options": [{"id": "a", "text": "甲"}, {"id": "b", "text": "乙"}], "right": "a"},
        {"options": [{"id": "a", "text": "甲"}], "right": ["a"], "scoring": "generous"},
        {"is_true": "yes"},
        {"blanks": []},
        {"blanks": [[]]},
        {"blanks": ["甲"]},
        {"blanks": [[1]]},
        {"left": ["甲"], "choices": [{"id": "a", "text": "乙"}], "match": ["b"]},
        {"left": ["甲", "丙"], "choices": [{"id": "a", "text": "乙"}], "match": ["a"]},
        {"left": "甲", "choices": [{"id": "a", "text": "乙"}], "match": "a"},
        {"items": [{"id": "a", "text": "甲"}, {"id": "b", "text": "乙"}], "order": ["a", "a"]},
        {"items": [{"id": "a", "text": "甲"}], "order": ["a"]},
        {"answer": "3", "low": 3, "high": 3},
        {"answer": "3", "low": "4", "high": "3"},
        {"answer": "3", "low": "1/0", "high": "3"},
        {"answer": "3", "low": "三", "high": "3"},
        {"model": 3},
        {"model": "好", "rubric": [["要点", "5"]]},
        {"model": "好", "max_length": 0},
        {"parts": []},
        {"parts": [{"type": "case", "stem": "甲", "data": {"parts": []}}]},
        {"parts": [{"type": "judge", "stem": 1, "data": {"is_true": True}}]},
        {"parts": [{"type": "judge", "stem": "甲", "data": {"is_true": 1}}]},
        {"parts": [{"type": "judge", "stem": "甲", "data": {"is_true": True}}], "points": [1, 1]},
        {"parts": [{"type": "judge", "stem": "甲", "data": {"is_true": True}}], "points": [0]},
    ],
)
def test_malformed_data_is_refused_by_every_type(data):
    for question_type in QUESTION_TYPES.values():
        with pytest.raises(QuestionError, match="已损坏"):
            question_type.from_data(data)


# Data that today's authoring rules refuse, but that an older rule may have let in.
@pytest.mark.parametrize(
    ("key", "data"),
    [
        (
            "single",
            {
                "options": [{"id": "a", "text": "甲"}, {"id": "b", "text": "甲。"}],
                "right": ["a", "b"],
            },
        ),
        (
            "multiple",
            {"options": [{"id": str(i), "text": f"第 {i} 项"} for i in range(12)], "right": ["3"]},
        ),
        ("blank", {"blanks": [["长" * 300], ["。"]]}),
        (
            "matching",
            {"left": ["甲", "甲"], "choices": [{"id": "x", "text": "乙"}], "match": ["x", "x"]},
        ),
        (
            "ordering",
            {
                "items": [{"id": str(i), "text": "同"} for i in range(20)],
                "order": [str(i) for i in range(20)],
            },
        ),
        ("numeric", {"answer": "约三", "low": "2", "high": "4"}),
        ("short", {"model": "", "max_length": 9000}),
        (
            "case",
            {"parts": [{"type": "judge", "stem": "", "data": {"is_true": True}}] * 12},
        ),
    ],
)
def test_data_stays_readable_when_authoring_grows_stricter(key, data):
    question_type = get_type(key)
    spec = question_type.from_data(data)

    assert question_type.to_data(spec) == data
    with pytest.raises(QuestionError):
        question_type.parse(question_type.authoring(spec, "____和____"))


def test_unknown_settings_are_passed_over(sample):
    authoring = sample.authoring
    more = Authoring(
        authoring.stem,
        authoring.options,
        authoring.answers,
        {**authoring.settings, "elsewhere": "1"},
        authoring.parts,
    )

    assert sample.question_type.parse(more) == sample.spec


@pytest.mark.parametrize("key", QUESTION_TYPES)
def test_impossible_choice_of_a_setting_is_refused(key):
    chosen = {each.key: "nonsense" for each in get_type(key).settings if each.choices}
    sample = SAMPLES[key]
    authoring = sample.authoring

    if chosen:
        with pytest.raises(QuestionError, match="请从列出的选项中选择"):
            get_type(key).parse(
                Authoring(authoring.stem, authoring.options, authoring.answers, chosen)
            )


# Answering.


def test_full_answer_scores_one(sample):
    response = sample.read(sample.full)

    grade = sample.question_type.grade(sample.spec, response, sample.best_marks(response))

    assert grade == Grade(Fraction(1), State.RIGHT)


def test_full_response_is_canonical_and_scores_one(sample):
    response = sample.question_type.full_response(sample.spec)

    assert sample.read(response) == response
    grade = sample.question_type.grade(sample.spec, response, sample.best_marks(response))
    assert grade == Grade(Fraction(1), State.RIGHT)


def test_answer_is_pending_only_while_a_person_must_mark_it(sample):
    response = sample.read(sample.full)
    waits = sample.question_type.parts_to_mark(sample.spec, response)

    state = sample.question_type.grade(sample.spec, response).state

    assert (state is State.PENDING) == bool(waits)


def test_marker_has_something_to_go_by(sample):
    for part in sample.question_type.parts_to_mark(sample.spec, sample.read(sample.full)):
        guide = sample.question_type.marking_guide(sample.spec, part)
        assert guide.model_answer or guide.rubric


@pytest.mark.parametrize("values", [[], [""], ["  ", "\n"], ["0:", "1: "]])
def test_empty_response_is_unanswered(sample, values):
    response = sample.read([value for value in values if ":" not in value or is_case(sample)])

    grade = sample.question_type.grade(sample.spec, response)

    assert (response, grade) == ([], Grade(Fraction(0), State.UNANSWERED))
    assert sample.question_type.parts_to_mark(sample.spec, response) == ()


def is_case(sample):
    return sample.question_type.has_parts


def test_wrong_answer_earns_nothing_under_either_key(sample):
    response = sample.read(sample.wrong)

    nothing = dict.fromkeys(range(9), Fraction(0))
    grades = [
        sample.question_type.grade(spec, response, nothing)
        for spec in (sample.spec, sample.other_spec)
    ]

    assert [grade.fraction for grade in grades] == [0, 0]


def test_other_key_refuses_the_full_answer(sample):
    response = sample.read(sample.full)
    waits = sample.question_type.parts_to_mark(sample.spec, response)

    grade = sample.question_type.grade(sample.other_spec, response)

    assert grade.fraction < 1 or waits == (0,)


@pytest.mark.parametrize("seed", range(4))
def test_response_is_canonical_however_it_was_posted(sample, seed):
    random = Random(seed)
    values = [*sample.full, *GARBAGE]
    random.shuffle(values)

    response = sample.read(values[: random.randrange(len(values))])

    assert sample.read(response) == response
    assert 0 <= sample.question_type.grade(sample.spec, response).fraction <= 1


def test_response_takes_values_that_are_no_texts(sample):
    assert isinstance(sample.read([None, 3, {}, ["a"]]), list)


def test_response_stays_within_what_an_attempt_keeps(sample):
    flood = [f"{number}:{'长' * 5000}" for number in range(9) for _ in range(50)]

    for values in (flood, ["长" * 5000] * 500, sample.full * 100):
        response = sample.read(values)
        assert len(response) <= MAX_RESPONSE_VALUES
        assert sum(map(len, response)) <= MAX_RESPONSE_LENGTH


# Showing.


@pytest.mark.parametrize("shuffle", [True, False])
def test_layout_is_the_same_for_the_same_seed(sample, shuffle):
    layouts = [
        sample.question_type.layout(sample.spec, Random(3), shuffle=shuffle) for _ in range(2)
    ]

    assert layouts[0] == layouts[1]


@pytest.mark.parametrize("seed", range(3))
def test_layout_is_a_permutation(sample, seed):
    shuffled = sample.question_type.layout(sample.spec, Random(seed), True)
    plain = sample.question_type.layout(sample.spec, Random(seed), False)

    assert sorted(shuffled) == sorted(plain)
    assert len(set(shuffled)) == len(shuffled)


def test_layout_is_short(sample):
    layout = sample.question_type.layout(sample.spec, Random(1), True)

    assert len(json.dumps({"v": 123456, "o": layout, "p": 2})) <= 200


@pytest.mark.parametrize("values", ["full", "wrong"])
def test_present_does_not_depend_on_the_key(sample, values):
    response = sample.read(getattr(sample, values))
    layout = sample.question_type.layout(sample.spec, Random(7), True)

    shown = [
        sample.question_type.present(spec, layout, response)
        for spec in (sample.spec, sample.other_spec)
    ]

    assert json.dumps(shown[0]) == json.dumps(shown[1])


@renders
def test_present_gives_back_what_was_given(sample):
    response = sample.read(sample.full)
    layout = sample.question_type.layout(sample.spec, Random(7), True)

    html = render_answer(sample, sample.question_type.present(sample.spec, layout, response))

    given = [value.split(":", 1)[1] if is_case(sample) else value for value in response]
    assert [text for text in given if not re.search(rf">\s*{text}|\"{text}\"", html)] == []


def render_answer(sample, shown):
    return render_to_string(sample.question_type.answer_template, {"q": shown})


@renders
def test_answer_screen_names_its_inputs_for_the_answer(sample):
    layout = sample.question_type.layout(sample.spec, Random(1), False)
    html = render_answer(sample, sample.question_type.present(sample.spec, layout, []))

    fields = re.findall(r"<(?:input|select|textarea) [^>]*", html)
    names = [re.search(r'name="([^"]+)"', field)[1] for field in fields]
    wanted = rf"{INPUT_NAME}\.[0-8]" if is_case(sample) else INPUT_NAME
    assert names
    assert [name for name in names if not re.fullmatch(wanted, name)] == []


@renders
def test_answer_screen_works_without_a_layout(sample):
    shown = sample.question_type.present(sample.spec, [], [])

    assert render_answer(sample, shown)


def review(sample, spec=None, values=(), **parts):
    response = sample.read(values)
    layout = sample.question_type.layout(sample.spec, Random(1), True)
    return sample.question_type.review(spec or sample.spec, layout, response, **parts)


def render_review(sample, shown):
    return render_to_string(sample.question_type.review_template, {"q": shown})


@renders
@pytest.mark.parametrize("values", ["full", "wrong", "nothing"])
def test_review_names_state_and_answer(sample, values):
    given = getattr(sample, values, ())
    shown = review(sample, values=given)

    state = sample.question_type.grade(sample.spec, sample.read(given)).state
    assert (shown["state"], bool(shown["state_label"])) == (state, True)
    assert shown["answer_text"]
    assert render_review(sample, shown)


@renders
@pytest.mark.parametrize("values", ["full", "wrong", "nothing"])
def test_review_hides_the_key_and_the_verdict_when_told(sample, values):
    given = getattr(sample, values, ())

    shown = [review(sample, spec, given, **HIDDEN) for spec in (sample.spec, sample.other_spec)]

    assert json.dumps(shown[0]) == json.dumps(shown[1])
    assert (shown[0]["state"], shown[0]["answer_text"]) == ("", "")
    assert render_review(sample, shown[0]) == render_review(sample, shown[1])


@pytest.mark.parametrize("values", ["wrong", "nothing"])
def test_review_of_a_wrong_answer_says_no_more_than_that_it_is_wrong(sample, values):
    given = getattr(sample, values, ())

    shown = [
        review(sample, spec, given, shows_answers=False)
        for spec in (sample.spec, sample.other_spec)
    ]

    assert json.dumps(shown[0]) == json.dumps(shown[1])


@renders
@pytest.mark.parametrize("values", ["full", "wrong", "nothing"])
def test_review_without_correctness_judges_nothing(sample, values):
    shown = review(sample, values=getattr(sample, values, ()), shows_correctness=False)

    html = render_review(sample, shown)

    words = ("答对", "答错", "接得", "选对了", "不对", "is-wrong")
    assert [word for word in words if word in html] == []
    assert json.dumps(shown).count('"state": ""') == 1 + len(shown.get("parts", []))


# Comparing and counting.


def test_texts_do_not_depend_on_the_key(sample):
    texts = [sample.question_type.texts(spec) for spec in (sample.spec, sample.other_spec)]

    assert sorted(texts[0]) == sorted(texts[1])


def test_key_facts_tell_keys_apart_and_are_json(sample):
    facts = [sample.question_type.key_facts(spec) for spec in (sample.spec, sample.other_spec)]

    assert json.dumps(facts[0]) != json.dumps(facts[1])


def test_guess_earns_less_than_knowing(sample):
    assert 0 <= sample.question_type.guess_share(sample.spec) < 1


def test_tally_counts_known_answers_under_their_labels(sample):
    labels = sample.question_type.tally_labels(sample.spec)
    response = sample.question_type.full_response(sample.spec)

    counted = sample.question_type.tally(sample.spec, response)

    assert {name for name, _label, is_right in labels if is_right} <= set(counted)
    assert len({name for name, _label, _is_right in labels}) == len(labels)
    assert sample.question_type.tally(sample.spec, []) == []


# The registry is the only place that tells types apart.


def test_no_code_compares_a_type_with_a_name():
    keys = "|".join(QUESTION_TYPES)
    ladder = re.compile(
        rf"""(?:type|key)\s*(?:==|!=)\s*["'](?:{keys})["']|["'](?:{keys})["']\s*(?:==|!=)"""
        rf"""|type\s+(?:not\s+)?in\s*[\(\[\{{]\s*["'](?:{keys})["']"""
    )
    root = Path(settings.BASE_DIR)
    code = [
        path
        for folder in ("quizzes", "learning", "config", "courses", "templates")
        for path in (root / folder).rglob("*")
        if path.suffix in {".py", ".html"} and "migrations" not in path.parts
    ]

    assert len(code) > 100
    assert [str(path) for path in code if ladder.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("given", "shown"), [("5", "5 日"), ("５", "５ 日"), ("5天", "5天"), ("5日", "5日")]
)
def test_unit_stands_once_behind_her_number(given, shown):
    numeric = get_type("numeric")
    spec = numeric.parse(Authoring("", (), ("5",), {"unit": "日"}))
    q = numeric.review(spec, [], [given], **HIDDEN)

    assert f"你的答案：{shown}</p>" in render_to_string(numeric.review_template, {"q": q})
