"""错题本 over HTTP: what is due, five in a row, and nothing of the key before the answer."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.models import QuestionVersion, ReviewCard
from tests.counting import count_queries
from tests.factories import make_committee_member
from tests.pages import make_lesson
from tests.quizzes.bank import make_question
from tests.quizzes.misses import hand_in, make_quiz, miss_all

MISTAKES, REVIEW = reverse("quizzes:mistakes"), reverse("quizzes:review")
ANSWER, NEXT = reverse("quizzes:review_answer"), reverse("quizzes:review_next")
JUDGE = reverse("quizzes:review_judge")


@pytest.fixture
def member(client, tree):
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


@pytest.fixture
def card(member, academy):
    return miss_all(member, academy)[0]


def begin(client, **data):
    return client.post(REVIEW, data, follow=True)


def answer(client, card, value="b", **data):
    return client.post(ANSWER, {"card": card.pk, "response": value, **data}, follow=True)


def asked(response) -> int:
    return response.context["card_id"]


def test_everything_asks_for_a_sign_in(client, db):
    gets = [client.get(url).status_code for url in (MISTAKES, REVIEW)]
    posts = [client.post(url).status_code for url in (REVIEW, ANSWER, NEXT, JUDGE)]

    assert gets + posts == [302] * 6


def test_empty_book_is_kind(client, member, home):
    assert "还没有错题" in client.get(MISTAKES).content.decode()


def test_opening_the_book_makes_the_cards_of_her_misses(client, member, academy):
    hand_in(member, make_quiz(academy), {}, timezone.now())

    assert client.get(MISTAKES).context["counts"].due == 3


def test_other_member_s_cards_are_not_hers(client, member, tree, academy):
    miss_all(make_committee_member(tree.village, "黄桂芳"), academy)

    assert client.get(MISTAKES).context["counts"].all == 0


def test_states_are_told_apart(client, member, academy):
    _due, waiting, retired = miss_all(member, academy, 3)
    ReviewCard.objects.filter(pk=waiting.pk).update(due_at=timezone.now() + timedelta(days=3))
    ReviewCard.objects.filter(pk=retired.pk).update(retired_at=timezone.now())
    shown = client.get(MISTAKES).context

    assert [row.state_text for row in shown["cards"]] == ["待复习", "3 天后复习", "已掌握"]
    assert (shown["counts"].due, shown["counts"].waiting, shown["counts"].retired) == (1, 1, 1)


def test_knowledge_point_filters_list_and_run(client, member, academy):
    first, second = miss_all(member, academy, 2)
    for card, point in ((first, "婚姻家庭"), (second, "反家暴")):
        card.question.knowledge_point = point
        card.question.save(update_fields=["knowledge_point"])
    shown = client.get(MISTAKES, {"point": "反家暴"})

    assert shown.context["points"] == ["反家暴", "婚姻家庭"]
    assert [row.point for row in shown.context["cards"]] == ["反家暴"]
    assert begin(client, point="反家暴").context["total"] == 1
    assert asked(client.get(REVIEW)) == second.pk


def test_run_takes_five(client, member, academy):
    miss_all(member, academy, 7)

    assert begin(client).context["total"] == 5


def test_nothing_due_leads_back_kindly(client, member, home):
    assert "现在没有该复习的题" in begin(client).content.decode()


def test_question_tells_nothing_of_the_key(client, card):
    page = begin(client).content.decode()

    assert card.question.current.stem in page
    assert card.question.current.explanation not in page
    assert "正确答案" not in page
    assert "is-right" not in page


def test_right_answer_is_praised_and_explained(client, card):
    begin(client)
    page = answer(client, card)

    assert page.context["answered"]["verdict"] == "right"
    assert card.question.current.explanation in page.content.decode()
    assert "明天复习" in page.content.decode()


def test_wrong_answer_shows_the_right_one(client, card):
    begin(client)
    page = answer(client, card, "a")

    assert page.context["answered"]["verdict"] == "wrong"
    assert "正确答案" in page.content.decode()


def test_nothing_given_is_asked_again(client, card):
    begin(client)
    page = client.post(ANSWER, {"card": card.pk}, follow=True)
    card.refresh_from_db()

    assert "还没有作答" in page.content.decode()
    assert (asked(page), card.reviewed_at) == (card.pk, None)


def test_giving_up_shows_the_answer_and_counts_as_a_miss(client, card):
    begin(client)
    page = client.post(ANSWER, {"card": card.pk, "go": "show"}, follow=True)
    card.refresh_from_db()

    assert page.context["answered"]["verdict"] == "wrong"
    assert card.miss_count == 2


def test_answer_sent_twice_counts_once(client, card):
    begin(client)
    answer(client, card, "a")
    answer(client, card, "b")
    card.refresh_from_db()

    assert (card.miss_count, card.right_days) == (2, 0)


def test_next_pressed_twice_leaves_out_no_question(client, member, academy):
    first, second = miss_all(member, academy, 2)
    begin(client)
    answer(client, first)
    for _ in range(2):
        page = client.post(NEXT, {"card": first.pk}, follow=True)

    assert asked(page) == second.pk


def test_next_before_the_answer_goes_nowhere(client, card):
    begin(client)

    assert asked(client.post(NEXT, {"card": card.pk}, follow=True)) == card.pk


def test_end_sums_up(client, member, academy):
    first, second = miss_all(member, academy, 2)
    begin(client)
    for card, value in ((first, "b"), (second, "a")):
        answer(client, card, value)
        page = client.post(NEXT, {"card": card.pk}, follow=True)

    assert page.context["right_count"] == 1
    assert [row["state_text"] for row in page.context["rows"]] == ["明天复习", "过一会儿复习"]


@pytest.fixture
def short_card(card):
    """Its question now asks for a sentence, which only a person can judge."""
    short = make_question(card.question.bank, "short", "怎么开口？", (), ("先问好，再坐下来听。",))
    ReviewCard.objects.filter(pk=card.pk).update(question=short)
    return card


def test_short_answer_is_hers_to_say_beside_the_model_answer(client, short_card):
    begin(client)
    page = answer(client, short_card, "先问好")

    assert page.context["answered"]["verdict"] == "hers"
    assert "先问好，再坐下来听。" in page.content.decode()


@pytest.mark.parametrize(("right", "days", "misses"), [("1", 1, 1), ("0", 0, 2)])
def test_what_she_says_counts(client, short_card, right, days, misses):
    begin(client)
    answer(client, short_card, "先问好")
    for said in (right, "1"):
        client.post(JUDGE, {"card": short_card.pk, "right": said})
    short_card.refresh_from_db()

    assert (short_card.right_days, short_card.miss_count) == (days, misses)


def test_current_wording_is_asked(client, card):
    old = card.question.current
    card.question.current = QuestionVersion.objects.create(
        question=card.question, number=2, type=old.type, stem="改过的题干？", data=old.data
    )
    card.question.save(update_fields=["current"])

    assert "改过的题干？" in begin(client).content.decode()


def test_retired_question_is_left_out(client, member, academy):
    first, second = miss_all(member, academy, 2)
    begin(client)
    first.question.is_retired = True
    first.question.save(update_fields=["is_retired"])
    page = client.get(REVIEW)

    assert (asked(page), page.context["total"]) == (second.pk, 1)
    assert client.get(MISTAKES).context["counts"].all == 1


def test_lesson_second_is_one_tap_away(client, card, academy):
    lesson = make_lesson(academy, title="三句话讲清保护令")
    card.question.explained_by, card.question.explained_at = lesson, 125
    card.question.save(update_fields=["explained_by", "explained_at"])
    begin(client)
    page = answer(client, card).content.decode()

    assert f'href="{lesson.url}?t=125"' in page
    assert "看讲解：三句话讲清保护令（从 2:05 起）" in page


def test_explanation_that_is_no_longer_live_is_not_linked(client, card, academy):
    lesson = make_lesson(academy)
    card.question.explained_by = lesson
    card.question.save(update_fields=["explained_by"])
    lesson.unpublish()
    begin(client)

    assert answer(client, card).context["answered"]["link"] is None


def test_session_of_another_release_is_forgotten(client, card):
    session = client.session
    session["mistakes_run"] = {"old": True}
    session.save()

    assert client.get(REVIEW).url == MISTAKES


def test_book_takes_the_same_queries_for_one_card_and_thirty(client, member, academy):
    miss_all(member, academy, 1)
    one = count_queries(client, MISTAKES)
    miss_all(member, academy, 30)

    assert count_queries(client, MISTAKES) == one


def test_review_takes_the_same_queries_for_one_card_and_thirty(client, member, academy):
    miss_all(member, academy, 1)
    begin(client)
    one = count_queries(client, REVIEW)
    miss_all(member, academy, 30)
    begin(client)

    assert count_queries(client, REVIEW) == one


def test_my_page_says_how_many_are_due(client, member, academy):
    miss_all(member, academy, 2)

    assert "2 题该复习了" in client.get(reverse("me")).content.decode()
