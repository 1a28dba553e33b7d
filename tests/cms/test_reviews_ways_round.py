"""No way of Wagtail's leads round the three reviews, whoever tries it."""

import json

import pytest
from django.urls import resolve, reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, TaskState

from cms.domain.reviews.people import find_obstacle
from cms.domain.reviews.rounds import current_state
from cms.models import ArticlePage, ColumnPage
from config.groups import EDITORS, FEDERATION_MANAGERS
from federations.models import StaffRoleType
from tests.cms.article_form import article_data, save
from tests.editors import decide_next, make_editor, submit
from tests.factories import make_member

pytestmark = pytest.mark.django_db

WHO = ["owner", "reviewer", "teammate", "stranger", "superior", "superuser"]


@pytest.fixture
def people(desk, home, tree):
    role = StaffRoleType
    return {
        "owner": desk.author,
        "reviewer": desk.reviewers[0],
        "teammate": make_editor(home, tree.town),
        "stranger": make_editor(home, tree.other_town, role.REVIEWER),
        "superior": make_editor(home, tree.county, role.REVIEWER),
        "superuser": make_member("管理员", is_staff=True, is_superuser=True),
    }


@pytest.fixture(params=WHO)
def client_of(request, client, people):
    client.force_login(people[request.param])
    return client


@pytest.fixture
def page(desk, people):
    page = desk.draft()
    page.save_revision(user=desk.author)
    return page


def url(view, *args):
    return reverse(f"wagtailadmin_pages:{view}", args=args)


def nothing_is_live() -> bool:
    return not ArticlePage.objects.live().exists()


def test_publish_button(client_of, page):
    save(client_of, page, "action-publish")

    assert nothing_is_live()


def test_publish_button_of_a_new_page(client_of, desk):
    add = url("add", "cms", "articlepage", desk.column.pk)

    client_of.post(add, article_data("新", **{"action-publish": "1"}))

    assert nothing_is_live()


def test_publishing_an_older_revision(client_of, page):
    first = page.latest_revision
    page.save_revision()

    data = article_data(slug=page.slug, **{"action-publish": "1"})
    client_of.post(url("revisions_revert", page.pk, first.pk), data)

    assert nothing_is_live()


def test_bulk_publish(client_of, page):
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    client_of.post(f"{bulk}?id={page.pk}", {"include_descendants": "on"})

    assert nothing_is_live()


@pytest.mark.parametrize("way", ["publish_copies", "alias"])
def test_copy(client_of, desk, way):
    live = desk.live()

    data = {"new_title": "副本", "new_slug": "copy", "new_parent_page": desk.column.pk, way: "on"}
    client_of.post(url("copy", live.pk), data)

    assert list(ArticlePage.objects.live()) == [live]


def test_copy_of_a_scheduled_page_is_not_scheduled(client, desk, people):
    page = desk.draft()
    page.go_live_at = timezone.now() + timezone.timedelta(days=1)
    submit(page, desk.author)
    for reviewer in desk.reviewers:
        decide_next(page, reviewer)
    client.force_login(people["teammate"])

    data = {"new_title": "副本", "new_slug": "copy", "new_parent_page": desk.column.pk}
    client.post(url("copy", page.pk), data)

    copy = Page.objects.get(slug="copy")
    assert (copy.live, copy.scheduled_revision) == (False, None)


def test_schedule_alone(client_of, page):
    """A date on a draft sets nothing going."""
    save(client_of, page, go_live_at="2026-01-01 08:00")

    assert (nothing_is_live(), Page.objects.get(pk=page.pk).scheduled_revision) == (True, None)


@pytest.mark.parametrize("action", ["publish", "convert_alias", "copy", "create_alias"])
def test_api(client_of, page, action):
    address = f"/admin/api/main/pages/{page.pk}/action/{action}/"
    resolve(address)

    client_of.post(address, json.dumps({"keep_live": True}), content_type="application/json")

    assert nothing_is_live()


@pytest.mark.parametrize("action", ["unpublish", "delete", "move"])
def test_api_takes_nothing_down(client, desk, people, action):
    live = desk.live()
    client.force_login(people["superuser"])
    other = desk.column.get_parent().add_child(instance=ColumnPage(title="家教", slug="home"))

    asked = json.dumps({"recursive": True, "destination_page_id": other.pk})
    address = f"/admin/api/main/pages/{live.pk}/action/{action}/"
    response = client.post(address, asked, content_type="application/json")

    assert (response.status_code, Page.objects.child_of(desk.column).live().count()) == (404, 1)


def overwrite(page, by, **fields):
    """What autosave does in an editor that is still open."""
    page = ArticlePage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    return page.save_revision(user=by, overwrite_revision=page.latest_revision)


@pytest.fixture
def passed(desk, people):
    """Written by a reviewer, who left her editor open, and passed by three others."""
    page = desk.draft()
    page.save_revision(user=people["superior"])
    page.get_workflow().start(page, people["superior"])
    for reviewer in desk.reviewers:
        decide_next(page, reviewer)
    return page


def test_autosave_leaves_the_published_version_alone(passed, people):
    live = ArticlePage.objects.get(pk=passed.pk).live_revision

    revision = overwrite(passed, people["superior"], title="偷换")

    live.refresh_from_db()
    assert (revision.pk != live.pk, live.content["title"]) == (True, "文章")


def test_who_went_on_writing_after_publication_does_not_review_it(passed, people):
    overwrite(passed, people["superior"], title="偷换")
    page = ArticlePage.objects.get(pk=passed.pk)
    page.get_workflow().start(page, people["owner"])

    assert find_obstacle(current_state(page), people["superior"]) is not None


def test_autosave_leaves_the_scheduled_version_alone(desk, people):
    page = desk.draft()
    page.go_live_at = timezone.now() + timezone.timedelta(days=1)
    submit(page, desk.author)
    for reviewer in desk.reviewers:
        decide_next(page, reviewer)
    scheduled = ArticlePage.objects.get(pk=page.pk).scheduled_revision

    overwrite(page, desk.author, title="偷换")

    kept = ArticlePage.objects.get(pk=page.pk).scheduled_revision
    assert (kept.pk, kept.content["title"]) == (scheduled.pk, "文章")


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_workflow_dialog_of_wagtail(client_of, desk, action):
    page = desk.draft()
    submit(page, desk.author)
    state = current_state(page)

    client_of.post(url("workflow_action", page.pk, action, state.pk), {"comment": "x"})

    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS


def test_workflow_action_of_the_editor(client_of, desk):
    page = desk.draft()
    submit(page, desk.author)

    names = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    client_of.post(url("edit", page.pk), article_data(slug=page.slug) | names)

    assert TaskState.objects.filter(status=TaskState.STATUS_APPROVED).count() == 0


def test_autosave_does_not_change_what_was_approved(client, desk):
    """It overwrites the very revision that two people have read."""
    page = desk.draft()
    submit(page, desk.author)
    for reviewer in desk.reviewers[:2]:
        decide_next(page, reviewer)
    client.force_login(desk.author)

    save(client, page, title="偷换", overwrite_revision_id=str(page.latest_revision_id))

    assert current_state(page).step == 1


def test_moving_a_live_page_is_left_to_reviewers(client, desk, people):
    live = desk.live()
    other = desk.column.get_parent().add_child(instance=ColumnPage(title="家教", slug="home"))

    moved = {}
    for who in ["owner", "teammate", "stranger", "superior"]:
        client.force_login(people[who])
        client.post(url("move_confirm", live.pk, other.pk))
        moved[who] = Page.objects.get(pk=live.pk).is_child_of(other)

    assert moved == {"owner": False, "teammate": False, "stranger": False, "superior": True}


def test_nobody_has_the_permission_to_publish(desk):
    ours = GroupPagePermission.objects.filter(group__name__in=[EDITORS, FEDERATION_MANAGERS])

    codenames = set(ours.values_list("permission__codename", flat=True))
    assert codenames == {"add_page", "change_page", "unlock_page"}


@pytest.mark.parametrize("who", WHO[:-1])
def test_direct_publishing_is_for_superusers(client, people, page, who):
    client.force_login(people[who])

    client.post(reverse("review_direct", args=[page.pk]), {"reason": "急"})

    assert nothing_is_live()
