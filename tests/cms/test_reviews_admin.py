"""The reviews in the admin: the editor's buttons, the reviewer's page, lists and their queries."""

import re
from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import WorkflowState

from cms.domain.reviews.rounds import current_state
from cms.models import ArticlePage, Correction, RecordKind, ReviewRecord, ReviewStep
from cms.reviews import foot_of
from cms.reviews_admin.frame import as_seen
from federations.models import StaffRoleType
from tests.cms.article_form import article_data, save
from tests.counting import count_queries
from tests.editors import decide_next, make_editor, pass_reviews, submit
from tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client, desk):
    client.force_login(desk.author)
    return desk.author


@pytest.fixture
def waiting(desk):
    page = desk.draft(title="好家风")
    submit(page, desk.author)
    return page


def decision(state, button="approve", reason="", **changes) -> dict:
    return as_seen(state.text) | {"reason": reason, button: "1"} | changes


def said(response) -> list[str]:
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def buttons(client, page) -> set[str]:
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    names = ["提交审核", "撤回审核", "去审校", "紧急更正…", "不经三审直接发布…", "取消发布"]
    # A word in a hint is no button.
    return {name for name in names if re.search(rf">\s*{name}\s*<", html)}


def test_submit_button_begins_the_round(client, author, desk):
    page = desk.draft()

    save(client, page, "action-submit")

    assert current_state(page).step == ReviewStep.FIRST


def test_new_page_is_submitted_at_once(client, author, desk):
    url = reverse("wagtailadmin_pages:add", args=["cms", "articlepage", desk.column.pk])

    client.post(url, article_data("新文章", **{"action-submit": "1"}))

    page = ArticlePage.objects.get()
    assert (page.live, current_state(page).step) == (False, ReviewStep.FIRST)


def test_saving_during_the_reviews_begins_anew(client, author, waiting, desk):
    decide_next(waiting, desk.reviewers[0])

    save(client, waiting, title="改了")

    state = current_state(waiting)
    assert (state.step, state.revision.object_str) == (ReviewStep.FIRST, "改了")


def test_first_step_follows_the_editors_saves_without_a_new_round(client, author, waiting):
    before = current_state(waiting)

    save(client, waiting, title="改了")

    assert (current_state(waiting).pk, WorkflowState.objects.count()) == (before.pk, 1)


def test_buttons_of_a_draft(client, author, desk):
    assert buttons(client, desk.draft()) == {"提交审核"}


def test_buttons_of_a_page_in_review_for_its_author(client, author, waiting):
    assert buttons(client, waiting) == {"撤回审核"}


def test_buttons_of_a_page_in_review_for_a_reviewer(client, waiting, desk):
    client.force_login(desk.reviewers[0])

    assert buttons(client, waiting) == {"去审校"}


def test_buttons_of_a_live_page_for_a_reviewer(client, desk):
    client.force_login(desk.reviewers[0])

    assert buttons(client, desk.live()) == {"提交审核", "紧急更正…", "取消发布"}


def test_buttons_of_a_live_page_for_an_editor(client, author, desk):
    assert buttons(client, desk.live()) == {"提交审核"}


def test_buttons_of_a_live_page_for_a_superuser(client, desk):
    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))

    assert buttons(client, desk.live()) == {
        "提交审核",
        "紧急更正…",
        "取消发布",
        "不经三审直接发布…",
    }


def test_reviewer_cannot_cancel_instead_of_refusing(client, waiting, desk):
    client.force_login(desk.reviewers[0])

    save(client, waiting, "action-cancel-workflow")

    assert waiting.workflow_in_progress


def test_reason_stands_in_the_editor_until_it_is_submitted_again(client, author, waiting, desk):
    decide_next(waiting, desk.reviewers[0], is_approved=False, reason="日期不对")
    url = reverse("wagtailadmin_pages:edit", args=[waiting.pk])

    before = "初审退回修改：日期不对（王初审" in client.get(url).content.decode()
    save(client, waiting, "action-submit")
    after = "日期不对" in client.get(url).content.decode()

    assert (before, after) == (True, False)


def test_returned_page_is_submitted_again_from_the_first_step(client, author, waiting, desk):
    decide_next(waiting, desk.reviewers[0])
    decide_next(waiting, desk.reviewers[1], is_approved=False, reason="改")

    save(client, waiting, "action-submit")

    assert current_state(waiting).step == ReviewStep.FIRST


def test_reviewer_approves_on_the_page(client, waiting, desk):
    client.force_login(desk.reviewers[0])
    state = current_state(waiting)

    response = client.post(reverse("review", args=[state.pk]), decision(state))

    assert said(response) == ["《好家风》初审通过，接着复审。"]
    assert current_state(waiting).step == ReviewStep.SECOND


def test_refusal_without_a_reason_keeps_the_page_open(client, waiting, desk):
    client.force_login(desk.reviewers[0])
    state = current_state(waiting)

    response = client.post(reverse("review", args=[state.pk]), decision(state, "reject"))

    assert response.context["form"].errors["reason"] == ["请写明要改什么，作者才好改。"]
    assert current_state(waiting).pk == state.pk


def test_what_was_written_is_kept_when_the_text_has_changed(client, waiting, desk):
    client.force_login(desk.reviewers[0])
    old = decision(current_state(waiting), "reject", "第二段日期不对")
    waiting.save_revision(user=desk.author)
    state = current_state(waiting)

    response = client.post(reverse("review", args=[state.pk]), old)

    form = response.context["form"]
    assert form["reason"].value() == "第二段日期不对"
    assert form.errors["reason"] == ["这一页刚刚有人审过或改过了，请看看现在的样子再决定。"]


def test_step_that_is_over_leads_back_to_the_list(client, waiting, desk):
    state = current_state(waiting)
    old = decision(state)
    decide_next(waiting, desk.reviewers[1])
    client.force_login(desk.reviewers[0])

    response = client.post(reverse("review", args=[state.pk]), old)

    assert response["Location"] == reverse("review_list")
    assert current_state(waiting).step == ReviewStep.SECOND


def test_stranger_does_not_see_the_page(client, waiting, home, tree):
    client.force_login(make_editor(home, tree.other_town, StaffRoleType.REVIEWER))

    assert client.get(reverse("review", args=[current_state(waiting).pk])).status_code == 404


def test_member_without_a_role_does_not_see_the_list(client):
    client.force_login(make_member(is_staff=True))

    assert client.get(reverse("review_list")).status_code == 302


def test_review_page_shows_differences_and_the_earlier_decisions(client, desk):
    page = desk.live(title="旧题")
    page.title = "新题"
    submit(page, desk.author)
    decide_next(page, desk.reviewers[0], reason="好")
    client.force_login(desk.reviewers[1])

    html = client.get(reverse("review", args=[current_state(page).pk])).content.decode()

    # The one character that differs.
    shown = ['class="deletion">旧', 'class="addition">新', "初审 · 通过", "好"]
    assert [text in html for text in shown] == [True] * 4


@pytest.fixture(params=["review_list", "review_corrections", "review_records"])
def listing(request, client, desk, tree):
    """A list of the reviews with n rows of different federations, asked by the province."""

    def make(n):
        for number in range(n):
            place = [tree.town, tree.village, tree.county][number % 3]
            if request.param == "review_corrections":
                page = desk.live(federation=place)
                Correction.objects.create(
                    page=page,
                    federation=place,
                    revision_id=1,
                    since_revision=0,
                    by=desk.author,
                    reason="错字",
                    made_at=timezone.now(),
                )
            else:
                submit(desk.draft(federation=place), desk.author)
        return request.param

    client.force_login(make_editor(desk.home, tree.province, StaffRoleType.REVIEWER))
    return make


def test_lists_take_as_many_queries_for_30_rows_as_for_one(client, listing):
    name = listing(1)
    one = count_queries(client, name)
    listing(29)

    assert count_queries(client, name) == one


def test_explorer_shows_the_owner_and_takes_no_query_for_each(client, author, desk, tree):
    url = reverse("wagtailadmin_explore", args=[desk.column.pk])
    desk.live(federation=tree.town)
    one = count_queries(client, url)
    for place in [tree.village, tree.county, tree.city, tree.other_town] * 7:
        desk.live(federation=place)

    assert count_queries(client, url) == one
    assert "大黄村妇联" in client.get(url).content.decode()


def test_records_are_read_by_their_own_federation_and_above(client, waiting, home, tree):
    url = reverse("review_page_records", args=[waiting.pk])
    answers = []
    for place in [tree.town, tree.county, tree.village, tree.other_town]:
        client.force_login(make_editor(home, place, StaffRoleType.MANAGER))
        answers.append(client.get(url))

    assert [each.status_code for each in answers] == [200, 200, 404, 404]
    assert [len(each.context["page"].object_list) for each in answers[:2]] == [1, 1]


@pytest.mark.parametrize(
    ("place", "may"), [("county", True), ("village", False), ("other_town", False)]
)
def test_title_of_a_page_is_told_to_its_own_only(client, waiting, home, tree, place, may):
    waiting.title = "没发布的新标题"
    waiting.save_revision()
    client.force_login(make_editor(home, getattr(tree, place)))

    html = client.get(reverse("review_page_records", args=[waiting.pk])).content.decode()

    assert ("没发布的新标题" in html) is may


def test_records_outlive_the_page(client, waiting, desk):
    pk = waiting.pk
    waiting.delete()
    client.force_login(desk.reviewers[0])

    rows = client.get(reverse("review_page_records", args=[pk])).context["page"].object_list

    assert [(row.page_title, row.kind) for row in rows] == [("好家风", RecordKind.SUBMITTED)]


def test_export_has_the_rows_of_the_list_and_no_formula(client, desk):
    page = desk.draft(title='=HYPERLINK("x")')
    submit(page, desk.author)
    submit(desk.draft(federation=None), desk.author)
    client.force_login(desk.reviewers[0])

    response = client.get(reverse("review_records"), {"export": "xlsx"})

    sheet = load_workbook(BytesIO(response.content)).active
    cells = [(row[2].value, row[2].data_type) for row in sheet.iter_rows(min_row=2)]
    assert cells == [('=HYPERLINK("x")', "s")]


def test_manager_takes_a_page_down_with_a_reason(client, desk, home, tree):
    page = desk.live()
    client.force_login(make_editor(home, tree.town, StaffRoleType.MANAGER))

    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {"reason": "过期了"})

    page.refresh_from_db()
    row = ReviewRecord.objects.get()
    assert (page.live, row.kind, row.reason) == (False, RecordKind.TAKEN_DOWN, "过期了")


def test_manager_finds_the_page_in_the_tree(client, desk, home, tree):
    page = desk.live(title="好家风")
    client.force_login(make_editor(home, tree.town, StaffRoleType.MANAGER))

    html = client.get(reverse("wagtailadmin_explore", args=[desk.column.pk])).content.decode()

    assert reverse("wagtailadmin_pages:unpublish", args=[page.pk]) in html


def test_taking_down_needs_a_reason(client, desk):
    page = desk.live()
    client.force_login(desk.reviewers[0])

    response = client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {"reason": " "})

    page.refresh_from_db()
    assert (said(response), page.live) == (["请写明为什么撤下。"], True)


def test_pages_after_the_last_step_are_announced(client, desk):
    page = desk.draft(title="好家风")
    submit(page, desk.author)
    for reviewer in desk.reviewers[:2]:
        decide_next(page, reviewer)
    client.force_login(desk.reviewers[2])
    state = current_state(page)

    response = client.post(reverse("review", args=[state.pk]), decision(state))

    assert said(response) == ["《好家风》终审通过，已经发布。"]


def test_foot_names_the_three(client, desk):
    page = desk.draft()
    submit(page, desk.author)
    pass_reviews(page, desk.reviewers)

    html = client.get(ArticlePage.objects.get().url).content.decode()

    foot = html.split('<p class="reviewed">')[1].split("</p>")[0]
    names = ["发布：松口镇妇联", "初审：王初审", "复审：李复审", "终审：赵终审"]
    assert [name in foot for name in names] == [True] * 4


def test_foot_of_a_page_without_reviews_names_nobody(client, desk):
    html = client.get(desk.live().url).content.decode()

    foot = html.split('<p class="reviewed">')[1].split("</p>")[0]
    assert ("松口镇妇联" in foot, "初审" in foot) == (True, False)


def test_foot_keeps_the_names_of_what_is_live(client, desk):
    page = desk.draft()
    submit(page, desk.author)
    pass_reviews(page, desk.reviewers)
    page = ArticlePage.objects.get()
    submit(page, desk.author)
    for reviewer in reversed(desk.reviewers[1:]):
        decide_next(page, reviewer)

    html = client.get(page.url).content.decode()

    assert "初审：王初审" in html


def test_foot_takes_no_query_when_it_is_warm(client, desk, django_assert_num_queries):
    page = desk.live()
    foot_of(page)

    with django_assert_num_queries(0):
        foot_of(page)


@pytest.mark.parametrize(
    "report", ["workflow", "workflow_tasks", "site_history", "aging_pages", "page_types_usage"]
)
def test_reports_of_wagtail_are_for_superusers(client, author, waiting, report):
    """They know groups only, and would show other federations' drafts and people."""
    urls = [reverse(f"wagtailadmin_reports:{report}{part}") for part in ("", "_results")]

    assert [client.get(url).status_code for url in urls] == [302, 302]

    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))
    assert [client.get(url).status_code for url in urls] == [200, 200]
