"""A question of an exam that she is writing tells its key nowhere else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.domain.attempts import save_answer, start_attempt, submit_attempt
from quizzes.domain.attempts.in_hand import questions_in_hand
from quizzes.domain.mistakes import make_cards
from quizzes.models import ReviewCard
from tests.factories import make_committee_member
from tests.pages import make_quiz_page
from tests.quizzes.attempt_steps import check
from tests.quizzes.bank import fix_questions, make_bank, make_question

HIDDEN = {"review_right_after": [], "review_later": []}


@pytest.fixture
def member(client, tree):
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


@pytest.fixture
def question(db):
    return make_question(make_bank(), "blank", "妇女节是____。", (), ("钥匙里的话",))


@pytest.fixture
def make_quiz(academy, question):
    def make(**rules):
        quiz = make_quiz_page(academy, **rules)
        fix_questions(quiz, [question])
        return quiz

    return make


@pytest.fixture
def exam(make_quiz):
    return make_quiz(**HIDDEN)


def start(member, quiz):
    return start_attempt(member=member, quiz=quiz, now=timezone.now())


def submit(attempt):
    return submit_attempt(attempt_id=attempt.pk, member=attempt.member, now=timezone.now())


def miss(member, quiz):
    """Hand the quiz in without an answer."""
    attempt = submit(start(member, quiz))
    make_cards(now=timezone.now())
    return attempt


def test_in_hand_are_questions_of_open_exams_only(member, tree, make_quiz, exam, question):
    other = make_committee_member(tree.village, "黄桂芳")
    start(member, make_quiz(mode="practice"))
    submit(start(other, exam))
    before = questions_in_hand(member.pk)
    start(member, exam)

    assert (before, questions_in_hand(member.pk)) == (frozenset(), {question.pk})
    assert questions_in_hand(other.pk) == frozenset()


@pytest.mark.parametrize("mode", ["practice", "challenge"])
def test_practice_saves_the_answer_and_does_not_judge_it(member, make_quiz, exam, mode):
    practice = start(member, make_quiz(mode=mode))
    start(member, exam)
    result = check(practice, values=["不知道"])
    practice.refresh_from_db()

    assert (result.grade, result.is_over) == (None, False)
    assert "交卷后再来看答案" in result.obstacle
    assert practice.answers["q0"]["r"] == ["不知道"]
    assert "c" not in practice.answers["q0"]


def test_practice_judges_after_the_exam_is_handed_in(member, make_quiz, exam):
    practice, running = start(member, make_quiz(mode="practice")), start(member, exam)
    submit(running)

    assert check(practice, values=["不知道"]).grade is not None


@pytest.mark.parametrize("accepts", ["application/json", None])
def test_page_says_why_nothing_was_judged(client, member, make_quiz, exam, accepts):
    practice = start(member, make_quiz(mode="practice"))
    start(member, exam)
    given = {"index": 1, "response": ["不知道"], "seq": 1, "check": True}
    if accepts:
        client.post(reverse("quizzes:answer", args=[practice.pk]), given, accepts)
    else:
        form = {"index": 1, "response": "不知道", "seq": 1, "go": "check"}
        client.post(reverse("quizzes:answer", args=[practice.pk]), form)
    page = client.get(reverse("quizzes:question", args=[practice.pk, 1])).content.decode()

    assert "交卷后再来看答案" in page
    assert "钥匙里的话" not in page


def test_judged_before_tells_nothing_during_the_exam(client, member, make_quiz, exam):
    practice = start(member, make_quiz(mode="practice"))
    check(practice, values=["不知道"])
    start(member, exam)
    page = client.get(reverse("quizzes:question", args=[practice.pk, 1])).content.decode()

    assert "钥匙里的话" not in page


@pytest.mark.parametrize(("name", "more"), [("result", []), ("reviewed", [1])])
def test_result_of_a_practice_tells_nothing_during_the_exam(
    client, member, make_quiz, exam, name, more
):
    ended = miss(member, make_quiz(mode="practice"))
    address = reverse(f"quizzes:{name}", args=[ended.pk, *more])
    before = client.get(address).content.decode()
    start(member, exam)
    during = client.get(address).content.decode()

    assert "钥匙里的话" in before
    assert "钥匙里的话" not in during
    assert "解析" not in during


def test_card_is_not_asked_during_the_exam(client, member, make_quiz, exam):
    miss(member, make_quiz(mode="practice"))
    running = start(member, exam)
    during = client.get(reverse("quizzes:mistakes")).context["counts"]
    assert client.post(reverse("quizzes:review")).url == reverse("quizzes:mistakes")
    submit(running)
    after = client.get(reverse("quizzes:mistakes")).context["counts"]

    assert [(each.due, each.all) for each in (during, after)] == [(0, 1), (1, 1)]


def test_run_that_was_begun_before_the_exam_drops_the_question(client, member, make_quiz, exam):
    miss(member, make_quiz(mode="practice"))
    client.post(reverse("quizzes:review"))
    card = ReviewCard.objects.get()
    start(member, exam)
    data = {"card": card.pk, "go": "show"}
    page = client.post(reverse("quizzes:review_answer"), data, follow=True)

    assert "钥匙里的话" not in page.content.decode()


@pytest.mark.parametrize("name", ["favourites", "notes"])
def test_lists_of_hers_never_tell_where_it_is_explained(client, member, academy, question, name):
    question.explained_by = academy
    question.save(update_fields=["explained_by"])
    member.favourite_questions.create(question=question, added_at=timezone.now())
    member.question_notes.create(question=question, text="记住", updated_at=timezone.now())

    assert "看讲解" not in client.get(reverse(f"quizzes:{name}")).content.decode()


def test_save_alone_asks_nothing_of_the_exam(member, make_quiz, exam):
    practice = start(member, make_quiz(mode="practice"))
    start(member, exam)
    saved = save_answer(
        attempt_id=practice.pk,
        member=member,
        index=0,
        values=["不知道"],
        sequence=1,
        now=timezone.now(),
    )

    assert saved.is_saved


def test_page_leads_to_the_exam_that_holds_the_question(client, member, make_quiz, exam):
    challenge = start(member, make_quiz(mode="challenge"))
    running = start(member, exam)
    check(challenge, values=["不知道"])
    page = client.get(reverse("quizzes:question", args=[challenge.pk, 1])).content.decode()

    assert reverse("quizzes:resume", args=[running.pk]) in page
