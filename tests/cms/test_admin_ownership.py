"""An editor works on the pages of her federation, as long as her role lasts."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from cms.models import ArticlePage, ColumnIndexPage, ColumnPage
from courses.models import CoursePage
from federations.models import StaffRoleType
from tests.editors import make_editor
from tests.factories import make_member
from tests.pages import make_course, make_lesson

pytestmark = pytest.mark.django_db

EDITING = ["edit", "delete", "unpublish", "move", "copy"]
OF_DRAFTS = ["edit", "delete", "move", "copy"]
OF_LIVE = ["edit", "unpublish", "move", "copy"]


@pytest.fixture
def editor(client, home, academy, tree):
    """Of a town."""
    editor = make_editor(home, tree.town)
    client.force_login(editor)
    return editor


@pytest.fixture
def reviewer(client, home, academy, tree):
    """Of the same town."""
    reviewer = make_editor(home, tree.town, StaffRoleType.REVIEWER)
    client.force_login(reviewer)
    return reviewer


@pytest.fixture
def owned(tree):
    """What somebody in each place owns: own, below, beside, above, nobody's."""
    return {
        "own": tree.town,
        "below": tree.village,
        "beside": tree.other_town,
        "above": tree.county,
        "nobody's": None,
    }


def page_url(view, page) -> str:
    return reverse(f"wagtailadmin_pages:{view}", args=[page.pk])


def bulk(client, action, *pages, **data):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return client.post(f"{url}?" + "&".join(f"id={page.pk}" for page in pages), data)


@pytest.mark.parametrize("view", OF_DRAFTS)
@pytest.mark.parametrize("place", ["own", "below"])
def test_draft_in_scope_opens(client, editor, academy, owned, view, place):
    page = make_lesson(make_course(academy), federation=owned[place], live=False)

    assert client.get(page_url(view, page)).status_code == 200


@pytest.mark.parametrize("view", OF_LIVE)
@pytest.mark.parametrize("place", ["own", "below"])
def test_live_page_in_scope_opens_for_a_reviewer(client, reviewer, academy, owned, view, place):
    page = make_lesson(make_course(academy), federation=owned[place])

    assert client.get(page_url(view, page)).status_code == 200


@pytest.mark.parametrize("view", ["delete", "unpublish", "move"])
def test_editor_leaves_a_live_page_where_it_is(client, editor, academy, owned, view):
    page = make_lesson(make_course(academy), federation=owned["own"])

    assert client.get(page_url(view, page)).status_code == 302


def test_reviewer_takes_a_live_page_down_before_it_is_deleted(client, reviewer, academy, tree):
    page = make_lesson(make_course(academy), federation=tree.town)
    before = client.get(page_url("delete", page)).status_code

    client.post(page_url("unpublish", page), {"reason": "过期"})

    assert (before, client.get(page_url("delete", page)).status_code) == (302, 200)


@pytest.mark.parametrize("place", ["beside", "above", "nobody's"])
def test_reviewer_takes_down_nothing_of_others(client, reviewer, academy, owned, place):
    page = make_lesson(make_course(academy), federation=owned[place])

    client.post(page_url("unpublish", page), {"reason": "过期"})

    assert Page.objects.get(pk=page.pk).live


@pytest.mark.parametrize("view", [*EDITING, "view_draft"])
@pytest.mark.parametrize("place", ["beside", "above", "nobody's"])
def test_page_outside_scope_is_refused(client, editor, academy, owned, view, place):
    page = make_lesson(make_course(academy), federation=owned[place])

    response = client.get(page_url(view, page))

    assert (response.status_code, response["Location"]) == (302, reverse("wagtailadmin_home"))


def test_page_of_others_is_not_saved(client, editor, academy, tree):
    page = make_course(academy, title="课程", federation=tree.other_town)

    client.post(page_url("edit", page), {"title": "改", "action-publish": "1"})

    page.refresh_from_db()
    assert (page.title, page.revisions.count()) == ("课程", 0)


def test_bulk_delete_passes_over_pages_of_others(client, editor, academy, tree):
    own = make_lesson(make_course(academy), federation=tree.town, live=False)
    foreign = make_lesson(make_course(academy), federation=tree.other_town, live=False)

    bulk(client, "delete", own, foreign)

    left = Page.objects.filter(pk__in=[own.pk, foreign.pk])
    assert list(left.values_list("pk", flat=True)) == [foreign.pk]


def test_unpublishing_a_course_leaves_the_lessons_of_others(client, reviewer, academy, tree):
    course = make_course(academy, federation=tree.town)
    foreign = make_lesson(course, federation=tree.county)

    client.post(page_url("unpublish", course), {"include_descendants": "on", "reason": "过期"})

    course.refresh_from_db()
    foreign.refresh_from_db()
    assert (course.live, foreign.live) == (False, True)


@pytest.mark.parametrize("role", [StaffRoleType.REVIEWER, StaffRoleType.EXAMINER])
def test_reviewers_and_examiners_edit_too(client, home, academy, tree, role):
    client.force_login(make_editor(home, tree.town, role))
    page = make_course(academy, federation=tree.town)

    assert client.get(page_url("edit", page)).status_code == 200


def test_ended_role_closes_own_pages(client, editor, academy, tree):
    page = make_course(academy, federation=tree.town)
    editor.staff_roles.update(ends_on="2025-12-31")

    codes = [client.get(page_url(view, page)).status_code for view in EDITING]

    assert codes == [302] * len(EDITING)


def test_ended_role_adds_nothing(client, editor, academy):
    editor.staff_roles.update(ends_on="2025-12-31")

    assert client.get(add_url(CoursePage, academy)).status_code == 302


def add_url(model, parent) -> str:
    names = [model._meta.app_label, model._meta.model_name]
    return reverse("wagtailadmin_pages:add", args=[*names, parent.pk])


COURSE = {
    "title": "新课",
    "slug": "xinke",
    "summary": "",
    "teacher": "",
    "stage": "beginner",
    "outline-count": "0",
}
COURSE |= {f"comments-{key}": 0 for key in ["TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS"]}


@pytest.mark.parametrize("action", [{}, {"action-submit": "1"}])
def test_new_page_belongs_to_her_federation(client, editor, academy, tree, action):
    client.post(add_url(CoursePage, academy), COURSE | action)

    page = CoursePage.objects.get()
    assert page.federation == tree.town
    assert page.get_latest_revision_as_object().federation == tree.town


def test_of_two_roles_the_higher_owns_the_new_page(client, editor, academy, tree):
    editor.staff_roles.create(
        federation=tree.county, role=StaffRoleType.EDITOR, starts_on="2024-01-01"
    )

    client.post(add_url(CoursePage, academy), COURSE)

    assert CoursePage.objects.get().federation == tree.county


def test_new_page_of_superuser_belongs_to_the_platform(client, academy):
    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))

    client.post(add_url(CoursePage, academy), COURSE)

    assert CoursePage.objects.get().federation is None


def test_column_takes_articles_from_all(client, home, tree):
    columns = home.add_child(instance=ColumnIndexPage(title="主题栏目", slug="columns"))
    column = columns.add_child(
        instance=ColumnPage(title="维权", slug="rights", federation=tree.province)
    )
    client.force_login(make_editor(home, tree.town))

    codes = [
        client.get(url).status_code
        for url in [add_url(ArticlePage, column), page_url("edit", column)]
    ]

    assert codes == [200, 302]


def test_course_of_others_takes_nothing(client, editor, academy, tree):
    course = make_course(academy, federation=tree.county)

    assert (
        client.get(reverse("wagtailadmin_pages:add_subpage", args=[course.pk])).status_code == 302
    )


@pytest.fixture
def province_editor(client, home, academy, tree):
    editor = make_editor(home, tree.province)
    client.force_login(editor)
    return editor


def test_province_edits_what_belongs_to_nobody(client, province_editor, academy):
    page = make_course(academy)

    assert client.get(page_url("edit", page)).status_code == 200


@pytest.mark.parametrize("view", ["delete", "unpublish", "move"])
def test_section_stays_where_it_is(client, province_editor, academy, view):
    assert client.get(page_url(view, academy)).status_code == 302


@pytest.mark.parametrize("view", ["edit", "delete", "unpublish"])
def test_front_page_is_left_to_superusers(client, province_editor, home, view):
    assert client.get(page_url(view, home)).status_code == 302


def test_superuser_may_take_a_section_away(client, academy):
    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))

    assert client.get(page_url("unpublish", academy)).status_code == 200


def test_explorer_opens_for_an_editor(client, editor, academy, tree):
    make_course(academy, federation=tree.other_town)

    response = client.get(reverse("wagtailadmin_explore", args=[academy.pk]))

    assert response.status_code == 200
