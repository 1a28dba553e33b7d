"""更正 in the admin: from the form to the trial, the list of whom it touches, and applying it."""

from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from federations.domain.jobs import run_waiting_jobs
from federations.models import Job, JobState
from quizzes.domain.bank import save_question
from quizzes.jobs import HANDLERS
from quizzes.models import Attempt, Correction, CorrectionState
from quizzes.question_types.base import Authoring, Part
from tests.counting import count_queries
from tests.editors import make_editor
from tests.factories import make_committee_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question
from tests.quizzes.sitting import sit

pytestmark = pytest.mark.django_db

B, C = ["b"], ["c"]


@pytest.fixture
def question(tree, academy):
    bank = make_bank()
    bank.federation = tree.city
    bank.save()
    return make_question(bank)


@pytest.fixture
def quiz(tree, academy, question):
    quiz = make_quiz_page(academy, shuffles=False, federation=tree.city)
    fix_questions(quiz, [question])
    return quiz


@pytest.fixture
def editor(client, tree, quiz, home):
    editor = make_editor(home, tree.city)
    client.force_login(editor)
    return editor


def data(**fields) -> dict:
    return {"kind": "key", "key0": "C", "reason": "法条修订", "keeps_higher": "on"} | fields


def post(client, question, **fields):
    return client.post(reverse("correction_add", args=[question.current_id]), data(**fields))


def run_jobs() -> Job:
    run_waiting_jobs(handlers=HANDLERS)
    return Job.objects.latest("pk")


def tried(client, question, **fields) -> Correction:
    post(client, question, **fields)
    run_jobs()
    return Correction.objects.latest("pk")


def key_field(client, question):
    form = client.get(reverse("correction_add", args=[question.current_id])).context["form"]
    return form.fields["key0"]


def test_form_shows_the_key_in_force(client, editor, question):
    field = key_field(client, question)

    assert (field.initial, field.choices[2]) == ("B", ("C", "C. 丙"))


def test_one_right_option_is_a_round_button_and_several_are_boxes(client, editor, question):
    several = make_question(question.bank, "multiple", "选出两项。", ("甲", "乙", "丙"), ("AB",))
    kinds = [key_field(client, each).widget.input_type for each in (question, several)]

    assert kinds == ["radio", "checkbox"]


def test_true_or_false_is_asked_in_words(client, editor, question):
    judge = make_question(question.bank, "judge", "三八节在三月。", (), ("对",))

    assert key_field(client, judge).choices == [("A", "对"), ("B", "错")]


CASES = {
    "judge": ((), ("对",), "A"),
    "multiple": (("甲", "乙", "丙"), ("AC",), ["A", "C"]),
    "blank": ((), ("三",), "三"),
    "ordering": (("一", "二"), (), "一\n二"),
}


@pytest.mark.parametrize("type", CASES)
def test_form_shows_the_key_of_each_type(client, editor, question, type):
    options, answers, shown = CASES[type]
    stem = "____月八日" if type == "blank" else "请作答。"
    other = make_question(question.bank, type, stem, options, answers)

    form = client.get(reverse("correction_add", args=[other.current_id])).context["form"]

    assert form.fields["key0"].initial == shown


def test_new_key_is_tried_out_at_once(client, tree, editor, question, quiz):
    sit(make_committee_member(tree.village), quiz, [C])

    response = post(client, question)
    job = run_jobs()

    correction = Correction.objects.get()
    assert response.url == reverse("job", args=[job.pk])
    assert (job.state, job.result["opens"]) == (
        JobState.DONE,
        reverse("correction", args=[correction.pk]),
    )
    assert (correction.data["right"], correction.summary["gain"]) == (["c"], 1)
    assert (correction.state, correction.created_by) == (CorrectionState.PREVIEWED, editor)


def test_striking_needs_no_key(client, editor, question):
    post(client, question, kind="void", key0=[])

    assert (Correction.objects.get().is_void, Correction.objects.get().data) == (True, None)


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"key0": "H"}, "key0", "请从列出的选项中选"),
        ({"key0": []}, "key0", "没有填写正确答案"),
        ({"key0": "B"}, "__all__", "不用更正"),
        ({"reason": ""}, "reason", "请写明更正的原因"),
    ],
)
def test_mistakes_are_explained_and_change_nothing(client, editor, question, fields, field, words):
    response = post(client, question, **fields)

    errors = response.context["form"].errors[field]
    assert words in "".join(errors)
    assert (Correction.objects.count(), Job.objects.count()) == (0, 0)


def test_case_shows_the_key_of_each_part(client, editor, question):
    parts = (
        Part("single", Authoring("第一问？", ("甲", "乙"), ("A",))),
        Part("judge", Authoring("第二问？", (), ("对",))),
    )
    case = save_question(
        bank=question.bank, type="case", stem="材料", options=(), answers=(), parts=parts
    )

    post(client, case, key0="B", key1="B")

    data = Correction.objects.get().data
    assert [part["data"] for part in data["parts"]] == [
        {"options": [{"id": "a", "text": "甲"}, {"id": "b", "text": "乙"}], "right": ["b"]},
        {"is_true": False},
    ]


def test_page_lists_members_in_scope_and_counts_all(client, tree, editor, question, quiz):
    for name, village in (("陈里", tree.village), ("陈外", tree.other_village)):
        sit(make_committee_member(village, name), quiz, [C])
    correction = tried(client, question)

    context = client.get(reverse("correction", args=[correction.pk])).context

    assert [(row["name"], row["before"], row["after"], row["flip"]) for row in context["rows"]] == [
        ("陈里", "0 分", "100 分", "不及格 → 及格")
    ]
    assert ("分数会升", 2) in context["lines"]


def compared(client, correction) -> list[tuple]:
    context = client.get(reverse("correction", args=[correction.pk])).context
    return [(each["before"], each["after"]) for each in context["keys"]]


def test_page_shows_the_key_before_and_after(client, editor, question, quiz):
    first, second = tried(client, question), tried(client, question, key0="A")
    planned = compared(client, second)
    for each in (first, second):
        client.post(reverse("correction_apply", args=[each.pk]))
        run_jobs()

    assert planned == [(["B. 乙"], ["A. 甲"])]
    assert compared(client, first) == [(["B. 乙"], ["C. 丙"])]
    assert compared(client, second) == [(["C. 丙"], ["A. 甲"])]


def test_page_of_a_struck_question_says_so(client, editor, question, quiz):
    correction = tried(client, question, kind="void", key0=[])

    assert compared(client, correction) == [(["B. 乙"], ["已作废，人人得满分"])]


def test_page_says_when_it_is_done(client, editor, question, quiz):
    correction = tried(client, question)
    url = reverse("correction", args=[correction.pk])
    before = client.get(url).content.decode()
    client.post(reverse("correction_apply", args=[correction.pk]))
    run_jobs()

    said = ["更正已经完成" in text for text in (before, client.get(url).content.decode())]
    assert said == [False, True]


def test_applying_is_a_job(client, tree, editor, question, quiz):
    sit(make_committee_member(tree.village), quiz, [C])
    correction = tried(client, question)

    client.post(reverse("correction_apply", args=[correction.pk]))
    job = run_jobs()

    correction.refresh_from_db()
    assert (job.kind, job.state, job.message) == ("apply_correction", JobState.DONE, "")
    assert (correction.state, Attempt.objects.get().score_bp) == (CorrectionState.APPLIED, 10000)


def test_untried_correction_cannot_be_applied(client, editor, question):
    post(client, question)
    Job.objects.all().delete()

    client.post(reverse("correction_apply", args=[Correction.objects.get().pk]))

    assert Job.objects.count() == 0


def test_applying_twice_is_refused_by_the_job(client, editor, question):
    correction = tried(client, question)
    for _ in range(2):
        client.post(reverse("correction_apply", args=[correction.pk]))

    job = run_jobs()

    assert (job.state, job.message) == (JobState.FAILED, "这个更正已经完成了。")


def test_export_holds_members_in_scope(client, tree, editor, question, quiz):
    inside = make_committee_member(tree.village, "=陈里", phone="13900001234")
    sit(inside, quiz, [C])
    sit(make_committee_member(tree.other_village, "陈外"), quiz, [C])
    correction = tried(client, question)

    client.post(reverse("correction_export", args=[correction.pk]))
    job = run_jobs()

    _titles, *rows = load_workbook(Path(job.output.path)).active.iter_rows(values_only=True)
    assert rows == [
        ("=陈里", "139****1234", "大黄村妇联", quiz.title, 1, 0, 100, "不及格", "及格")
    ]  # fmt: skip


def test_corrections_out_of_scope_do_not_exist(client, tree, home, editor, question):
    correction = tried(client, question)
    client.force_login(make_editor(home, tree.other_city))

    gets = [
        reverse("correction_add", args=[question.current_id]),
        reverse("correction", args=[correction.pk]),
    ]
    posts = [
        reverse(f"correction_{name}", args=[correction.pk]) for name in ("try", "apply", "export")
    ]

    assert [client.get(url).status_code for url in gets] == [404, 404]
    assert [client.post(url).status_code for url in posts] == [404, 404, 404]
    assert list(client.get(reverse("correction_list")).context["object_list"]) == []


def test_pages_take_as_many_queries_for_many(client, tree, editor, question, quiz):
    sit(make_committee_member(tree.village), quiz, [C])
    correction = tried(client, question)
    url = reverse("correction", args=[correction.pk])
    few = count_queries(client, url), count_queries(client, "correction_list")

    for _ in range(9):
        sit(make_committee_member(tree.village), quiz, [C])
        tried(client, question)
    client.post(reverse("correction_try", args=[correction.pk]))
    run_jobs()

    assert (count_queries(client, url), count_queries(client, "correction_list")) == few
