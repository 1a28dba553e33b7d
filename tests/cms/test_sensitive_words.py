"""Sensitive words: found anywhere in a page, shown before the round begins, decided by a person."""

import pytest
from django.urls import reverse

from cms.domain.reviews import words
from cms.domain.reviews.errors import ReviewRefused
from cms.domain.reviews.people import find_obstacle
from cms.domain.reviews.rounds import current_state
from cms.domain.reviews.words import add_words, find_words
from cms.models import ReviewRecord, ReviewStep, SensitiveWord, Severity, WordKind
from cms.reviews import waiting_for
from cms.reviews_admin.frame import as_seen
from cms.words.matching import fold_word
from cms.words.texts import passages_of
from courses.models import CoursePage, LessonPage
from tests.cms.article_form import save
from tests.counting import count_queries
from tests.editors import decide_next, make_editor, submit

pytestmark = pytest.mark.django_db


def add(word, **fields) -> SensitiveWord:
    return SensitiveWord.objects.create(word=word, folded=fold_word(word), **fields)


@pytest.fixture
def best(db):
    return add("最佳", kind=WordKind.ADVERTISING, advice="广告法不许用，改为“很好”")


def places(page) -> list[tuple[str, str]]:
    return [(word.word, spot.place) for word in find_words(page) for spot in word.spots]


def test_word_is_found_in_every_place(desk, best):
    page = desk.draft(
        title="最佳",
        summary="最 佳",
        search_description="最佳",
        body=[
            ("heading", "最佳"),
            ("paragraph", "<p>这是<b>最</b>佳的</p>"),
            ("quotation", {"text": "好", "source": "最佳"}),
        ],
    )
    page.tags.add("最佳")

    found = {place for _word, place in places(page)}

    assert found == {
        "标题",
        "摘要",
        "元描述",
        "正文第 1 块（小标题）",
        "正文第 2 块（正文）",
        "正文第 3 块（引文） · 出处",
        "标签",
    }


def test_lists_and_rich_text_of_other_kinds_are_read(academy):
    course = academy.add_child(
        instance=CoursePage(
            title="课", slug="course", outline=[("section", {"title": "节名", "items": []})]
        )
    )
    lesson = LessonPage(title="微课", slug="lesson", transcript="<p>文稿</p>", points="三句话")
    course.add_child(instance=lesson)

    texts = {p.text.strip() for page in [course, lesson] for p in passages_of(page)}

    assert {"节名", "文稿", "三句话"} <= texts


def test_addresses_and_machinery_are_no_texts(desk):
    page = desk.draft(title="标题")

    assert [passage.text for passage in passages_of(page)] == ["标题"]


def test_list_that_is_exchanged_meanwhile_is_exchanged_as_a_whole(desk, best):
    """Threads share it: a word that one of them finds, another may just have taken away."""
    page = desk.draft(title="最佳最佳")
    kept = words._KEPT.read()
    best.delete()

    now = words._KEPT.read()

    assert (list(kept.rows), list(now.rows)) == ([fold_word("最佳")], [])
    assert find_words(page) == []


def test_where_and_why_are_told(desk, best):
    page = desk.draft(title="评选结果公布：最佳家庭揭晓")

    word = find_words(page)[0]

    assert (word.kind, word.advice) == ("广告用语", "广告法不许用，改为“很好”")
    spot = word.spots[0]
    assert (spot.before, spot.found, spot.after) == ("评选结果公布：", "最佳", "家庭揭晓")


def test_word_that_is_off_is_not_found(desk, best):
    page = desk.draft(title="最佳")
    before = places(page)
    best.is_on = False
    best.save()

    assert (len(before), places(page)) == (1, [])


def test_deleted_word_is_not_found(desk, best):
    page = desk.draft(title="最佳")
    find_words(page)
    best.delete()

    assert places(page) == []


def test_list_is_read_once_while_it_stays_the_same(desk, best, django_assert_num_queries):
    page = desk.draft(title="最佳")
    find_words(page)

    # Its version; the page's tags, which are read in two steps.
    with django_assert_num_queries(3):
        find_words(page)


@pytest.fixture
def author(client, desk):
    client.force_login(desk.author)
    return desk.author


@pytest.fixture
def held(desk, best):
    page = desk.draft(title="最佳")
    submit(page, desk.author)
    return page


def words_page(page) -> str:
    return reverse("review_words", args=[page.pk])


def confirm(client, page, *reasons, **buttons):
    """One reason for each word, in the order of the page."""
    words = [word.word for word in find_words(page.get_latest_revision_as_object())]
    data = as_seen(current_state(page).text) | {"word": words, "word_reason": list(reasons)}
    return client.post(words_page(page), data | buttons)


def test_submitting_leads_to_the_words_before_the_round_begins(client, author, desk, best):
    page = desk.draft()

    response = save(client, page, "action-submit", title="最佳")

    assert response["Location"] == words_page(page)
    assert [list(waiting_for(one)) for one in desk.reviewers] == [[], [], []]


def test_page_without_such_words_is_sent_at_once(client, author, desk, best):
    page = desk.draft()

    save(client, page, "action-submit")

    assert [state.step for state in waiting_for(desk.reviewers[0])] == [ReviewStep.FIRST]


def test_page_shows_where_and_why(client, author, held):
    html = client.get(words_page(held)).content.decode()

    shown = ["标题", "<mark>最佳</mark>", "广告法不许用，改为“很好”", "需核对"]
    assert [text in html for text in shown] == [True] * 4


def test_confirmed_with_a_reason_it_goes_to_the_reviewers(client, author, held, desk):
    confirm(client, held, "书名")

    assert [state.step for state in waiting_for(desk.reviewers[0])] == [ReviewStep.FIRST]


def test_who_confirms_the_words_for_another_does_not_review_it(client, held, desk):
    """Sending it off is submitting it."""
    client.force_login(desk.reviewers[0])
    confirm(client, held, "书名")

    waiting = [len(waiting_for(one)) for one in desk.reviewers]
    obstacles = [find_obstacle(current_state(held), one) is None for one in desk.reviewers]
    assert (waiting, obstacles) == ([0, 1, 1], [False, True, True])


def test_without_a_reason_it_stays(client, author, held, desk):
    response = confirm(client, held, " ")

    assert "请写明为什么要保留“最佳”。" in response.content.decode()
    assert list(waiting_for(desk.reviewers[0])) == []


def test_reasons_that_were_typed_are_kept(client, author, held):
    add("家风")
    held.title = "最佳家风"
    held.save_revision(user=author, overwrite_revision=held.latest_revision)
    held.current_workflow_state.cancel()
    held.get_workflow().start(held, author)

    html = confirm(client, held, "书名", "").content.decode()

    assert "书名</textarea>" in html


def test_hint_needs_no_reason(client, author, held, best, desk):
    SensitiveWord.objects.filter(pk=best.pk).update(severity=Severity.HINT)
    add("别的")

    confirm(client, held, "")

    assert len(waiting_for(desk.reviewers[0])) == 1


def test_going_back_makes_it_a_draft_again(client, author, held):
    response = confirm(client, held, "", back="1")

    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[held.pk])
    assert not held.workflow_in_progress


def test_editing_instead_takes_it_back(client, author, held):
    save(client, held, title="很好")

    assert not held.workflow_in_progress


def test_nobody_decides_what_is_not_sent(held, desk):
    with pytest.raises(ReviewRefused, match="刚刚有人审过或改过"):
        decide_next(held, desk.reviewers[0])


def test_stranger_confirms_nothing(client, held, home, tree):
    client.force_login(make_editor(home, tree.other_town))

    confirm(client, held, "书名")

    assert current_state(held).is_held


def test_reviewers_see_the_words_with_the_reasons(client, author, held, desk):
    confirm(client, held, "这是书名")
    client.force_login(desk.reviewers[0])

    html = client.get(reverse("review", args=[current_state(held).pk])).content.decode()

    assert ["<mark>最佳</mark>" in html, "这是书名" in html] == [True, True]


def test_reasons_are_on_record(client, author, held):
    confirm(client, held, "这是书名")

    word = ReviewRecord.objects.get().words[0]
    assert (word["word"], word["reason"]) == ("最佳", "这是书名")


def test_same_reason_is_offered_the_next_time(client, author, held, desk):
    confirm(client, held, "这是书名")
    decide_next(held, desk.reviewers[0], is_approved=False, reason="改")
    held.save_revision(user=author)
    held.current_workflow_state.resume(author)

    assert "这是书名</textarea>" in client.get(words_page(held)).content.decode()


@pytest.fixture
def province(client, home, tree):
    editor = make_editor(home, tree.province)
    client.force_login(editor)
    return editor


def test_province_keeps_the_list(client, province):
    data = {"word": "最 佳", "kind": "other", "severity": "check", "advice": "", "is_on": "on"}
    client.post(reverse("sensitive_word:add"), data)
    again = client.post(reverse("sensitive_word:add"), data | {"word": "最佳"})

    assert list(SensitiveWord.objects.values_list("word", "folded")) == [("最 佳", "最佳")]
    assert again.context["form"].errors["word"] == ["词表里已经有“最 佳”了。"]


def test_list_is_headed_in_chinese(client, province):
    add("最佳")
    response = client.get(reverse("sensitive_word:index"))
    table, html = response.context["table"], response.content.decode()

    labels = [str(column.label) for column in table.columns.values() if column.label]
    assert labels == ["词", "类别", "程度", "为什么、建议怎么写", "启用"]
    assert ("是" in html.split(), "True" in html.split()) == (True, False)


def test_others_do_not_see_the_list(client, author):
    names = ["sensitive_word:index", "sensitive_word:add", "review_words_import"]

    assert [client.get(reverse(name)).status_code for name in names] == [302, 302, 302]


def test_pasted_lines_become_words(db):
    add("已有")

    count, refused = add_words(
        "最佳 => 改为“很好”\n国家级\t不许用\n\n已 有\n国家级\n——\n",
        kind=WordKind.ADVERTISING,
        severity=Severity.CHECK,
    )

    rows = SensitiveWord.objects.exclude(word="已有").values_list("word", "advice")
    assert (count, refused) == (2, ["——"])
    assert list(rows) == [("国家级", "不许用"), ("最佳", "改为“很好”")]


def test_lines_that_are_refused_stay_in_the_form(client, province):
    data = {"lines": "最佳\n——", "kind": "other", "severity": "check"}

    response = client.post(reverse("review_words_import"), data)

    assert response.context["form"]["lines"].value() == "——"
    assert SensitiveWord.objects.count() == 1


def test_list_takes_as_many_queries_for_30_words_as_for_one(client, province, tree):
    add("词0")
    one = count_queries(client, "sensitive_word:index")
    for number in range(1, 30):
        add(f"词{number}")

    assert count_queries(client, "sensitive_word:index") == one
