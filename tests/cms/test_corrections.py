"""紧急更正: at once, by a reviewer, on record, and the three reviews after it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.domain.reviews.errors import ReviewRefused
from cms.domain.reviews.publishing import publish_correction, publish_directly, take_down
from cms.domain.reviews.rounds import current_state, text_of
from cms.domain.scheduling import publish_due
from cms.models import ArticlePage, Correction, RecordKind, ReviewRecord, ReviewStep
from cms.reviews import corrections_for, foot_of
from cms.reviews_admin.frame import as_seen
from federations.models import StaffRoleType
from members.models import Member, Notice
from tests.cms.article_form import save
from tests.editors import decide_next, make_editor, pass_reviews, submit
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def reload(page):
    return ArticlePage.objects.get(pk=page.pk)


@pytest.fixture
def superior(desk, home, tree):
    """A reviewer of the county."""
    return make_editor(home, tree.county, StaffRoleType.REVIEWER)


@pytest.fixture
def others(desk, home, tree):
    """Three reviewers beside the one who corrects."""
    return [make_editor(home, tree.town, StaffRoleType.REVIEWER) for _ in range(3)]


@pytest.fixture
def page(desk):
    """Live with a misprint; the reviewer has mended it in the draft."""
    page = desk.live(title="错字")
    page.title = "改好"
    page.save_revision(user=desk.reviewers[0])
    return page


def correct(page, by, reason="电话号码印错了"):
    return publish_correction(
        page_id=page.pk,
        by=Member.objects.get(pk=by.pk),
        reason=reason,
        seen=text_of(reload(page)),
        now=timezone.now(),
    )


def test_correction_is_live_at_once(desk, page):
    correct(page, desk.reviewers[0])

    assert reload(page).title == "改好"


def test_correction_is_on_record(desk, page):
    correct(page, desk.reviewers[0])

    row = ReviewRecord.objects.filter(kind=RecordKind.CORRECTED).get()
    assert (row.person_name, row.reason, row.revision_id) == (
        "王初审",
        "电话号码印错了",
        reload(page).live_revision_id,
    )


def test_who_may_correct(desk, home, tree, superior):
    role = StaffRoleType
    people = {
        "owner": desk.author,
        "reviewer": desk.reviewers[0],
        "manager": make_editor(home, tree.town, role.MANAGER),
        "stranger": make_editor(home, tree.other_town, role.REVIEWER),
        "below": make_editor(home, tree.village, role.REVIEWER),
        "superior": superior,
        "superuser": make_member("管理员", is_superuser=True),
    }
    corrected = set()
    for who, by in people.items():
        page = desk.live(title="错字")
        page.title = "改好"
        page.save_revision()
        try:
            correct(page, by)
        except ReviewRefused:
            continue
        corrected.add(who)

    assert corrected == {"reviewer", "superior", "superuser"}


@pytest.mark.parametrize("reason", ["", "  "])
def test_correction_needs_a_reason(desk, page, reason):
    with pytest.raises(ReviewRefused, match="请写明理由"):
        correct(page, desk.reviewers[0], reason)

    assert reload(page).title == "错字"


def test_page_that_is_not_live_is_not_corrected(desk):
    page = desk.draft()
    page.save_revision()

    with pytest.raises(ReviewRefused, match="不在线上"):
        correct(page, desk.reviewers[0])


def test_draft_with_an_hour_is_not_an_urgent_correction(desk, page):
    page.go_live_at = timezone.now() + timezone.timedelta(days=1)
    page.save_revision()

    with pytest.raises(ReviewRefused, match="去掉上线时间"):
        correct(page, desk.reviewers[0])


def test_text_that_she_did_not_see_is_not_published(desk, page):
    seen = text_of(reload(page))
    page.title = "另一稿"
    page.save_revision()

    with pytest.raises(ReviewRefused):
        publish_correction(
            page_id=page.pk, by=desk.reviewers[0], reason="急", seen=seen, now=timezone.now()
        )

    assert reload(page).title == "错字"


def test_superior_is_told(desk, page, superior):
    correct(page, desk.reviewers[0])

    notice = Notice.objects.get()
    assert (notice.member, notice.url) == (superior, reverse("review_corrections"))
    assert notice.text == "《改好》做了紧急更正，等待补审：电话号码印错了"


def test_without_a_superior_near_by_the_next_one_above_is_told(desk, page, home, tree):
    province = make_editor(home, tree.province, StaffRoleType.REVIEWER)

    correct(page, desk.reviewers[0])

    assert Notice.objects.get().member == province


@pytest.mark.parametrize("why", ["is no longer active", "corrected it herself"])
def test_superior_who_cannot_look_is_passed_over(desk, page, superior, home, tree, why):
    next_one = make_editor(home, tree.city, StaffRoleType.REVIEWER)
    if why == "is no longer active":
        Member.objects.filter(pk=superior.pk).update(is_active=False)
        correct(page, desk.reviewers[0])
    else:
        correct(page, superior)

    assert [notice.member for notice in Notice.objects.all()] == [next_one]


def test_page_that_ends_by_the_clock_leaves_the_list(desk, page, superior):
    correct(page, desk.reviewers[0])
    ArticlePage.objects.filter(pk=page.pk).update(expire_at=timezone.now())

    publish_due(now=timezone.now())

    assert (reload(page).live, list(corrections_for(superior))) == (False, [])


def test_it_stands_in_the_superiors_list_until_it_has_passed(desk, page, superior, others):
    correct(page, desk.reviewers[0])
    listed = [corrections_for(superior).count()]
    for other in others:
        decide_next(page, other)
        listed.append(corrections_for(superior).count())

    assert listed == [1, 1, 1, 0]


def test_strangers_do_not_see_the_list(desk, page, home, tree):
    correct(page, desk.reviewers[0])
    stranger = make_editor(home, tree.other_town, StaffRoleType.REVIEWER)

    assert list(corrections_for(stranger)) == []


def test_who_corrected_does_not_review_it(desk, page):
    correct(page, desk.reviewers[0])

    with pytest.raises(ReviewRefused, match="要请别人来审"):
        decide_next(page, desk.reviewers[0])


def test_who_published_a_colleagues_draft_does_not_review_it(desk, page):
    correct(page, desk.reviewers[1])

    with pytest.raises(ReviewRefused, match="要请别人来审"):
        decide_next(page, desk.reviewers[1])


def test_reviews_after_the_fact_publish_nothing_again(desk, page, others):
    correct(page, desk.reviewers[0])
    before = reload(page).last_published_at

    pass_reviews(page, others)

    assert reload(page).last_published_at == before


def test_foot_says_corrected_and_then_names_the_three(desk, page, others):
    correction = correct(page, desk.reviewers[0])
    first = foot_of(reload(page))
    pass_reviews(page, others)
    later = foot_of(reload(page))

    assert (first.names, first.corrected_at) == ((), correction.made_at)
    assert len(later.names) == 3
    assert later.corrected_at == correction.made_at


def test_refused_correction_goes_on_standing_in_the_list(desk, page, superior, others):
    correct(page, desk.reviewers[0])

    decide_next(page, others[0], is_approved=False, reason="还有一处")

    assert corrections_for(superior).count() == 1


def test_next_version_that_passes_settles_it(desk, page, superior, others):
    correct(page, desk.reviewers[0])
    decide_next(page, others[0], is_approved=False, reason="还有一处")
    page = reload(page)
    page.save_revision(user=desk.author)
    page.current_workflow_state.resume(desk.author)

    pass_reviews(page, others)

    assert list(corrections_for(superior)) == []


def test_page_that_is_taken_down_leaves_the_list(desk, page, superior):
    correct(page, desk.reviewers[0])

    take_down(
        page_id=page.pk,
        by=desk.reviewers[0],
        reason="撤",
        with_pages_below=False,
        now=timezone.now(),
    )

    assert list(corrections_for(superior)) == []


def test_round_under_way_gives_way_to_the_corrections(desk, page):
    submit(page, desk.author)
    decide_next(page, desk.reviewers[2])

    correct(page, desk.reviewers[0])

    assert current_state(page).step == ReviewStep.FIRST


def test_round_under_way_ends_when_a_superuser_publishes(desk):
    page = desk.draft()
    submit(page, desk.author)
    publish_directly(
        page_id=page.pk,
        by=make_member("管理员", is_staff=True, is_superuser=True),
        reason="急",
        seen=text_of(reload(page)),
        now=timezone.now(),
    )

    assert (reload(page).live, current_state(page)) == (True, None)


def test_button_leads_to_the_differences_and_publishes(client, desk):
    page = desk.live(title="错字")
    client.force_login(desk.reviewers[0])
    address = reverse("review_correct", args=[page.pk])

    response = save(client, page, "action-correct", title="改好")
    shown = client.get(address).content.decode()
    client.post(address, as_seen(text_of(reload(page))) | {"reason": "印错"})

    assert response["Location"] == address
    assert ['class="addition">改好' in shown, reload(page).title] == [True, "改好"]


def test_button_asks_for_what_publishing_asks_for(client, desk):
    """It saves no mere draft."""
    page = desk.live(title="错字")
    client.force_login(desk.reviewers[0])

    response = save(client, page, "action-correct", text="")

    assert response.status_code == 200
    assert (reload(page).has_unpublished_changes, Correction.objects.count()) == (False, 0)


@pytest.mark.parametrize("who", ["owner", "stranger"])
def test_page_of_the_correction_is_closed_to_others(client, desk, page, home, tree, who):
    stranger = make_editor(home, tree.other_town, StaffRoleType.REVIEWER)
    client.force_login({"owner": desk.author, "stranger": stranger}[who])

    assert client.get(reverse("review_correct", args=[page.pk])).status_code == 302


def test_direct_publishing_is_on_record(client, desk):
    page = desk.draft(title="通知")
    page.save_revision(user=desk.author)
    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))
    address = reverse("review_direct", args=[page.pk])

    client.post(address, as_seen(text_of(reload(page))) | {"reason": "台风通知"})

    row = ReviewRecord.objects.get()
    assert (row.kind, row.person_name, row.reason) == (RecordKind.DIRECT, "管理员", "台风通知")
    assert (reload(page).live, foot_of(reload(page)).names) == (True, ())
