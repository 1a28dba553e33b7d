"""What live pages lack, and for whom they are listed."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from cms.desk.base import desk_lists
from cms.desk.health import kinds_that_expire
from cms.models import ArticlePage
from config.groups import set_up_groups
from knowledge_base.models import KnowledgeCategory, KnowledgeIndexPage, KnowledgePage
from tests.cms.desk.scene import make_article
from tests.cms.desk.test_mine import listed, notes
from tests.courses.media import make_media
from tests.editors import make_editor
from tests.pages import make_course, make_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(db):
    return get_image_model().objects.create(title="合影", file=get_test_image_file())


def test_own_pages_are_listed_for_her_federation_and_those_above(
    column, tree, editor, teammate, stranger, superior
):
    make_article(column, tree.town, title="镇的")
    make_article(column, tree.village, title="村的")
    people = (editor, teammate, superior, stranger)

    lists = [sorted(listed("no-cover", each)) for each in people]

    assert lists == [["村的", "镇的"]] * 3 + [[]]


def test_page_of_the_whole_platform_is_the_provinces(column, home, tree, editor):
    make_article(column, None, title="全省")
    province = make_editor(home, tree.province)

    assert (listed("no-cover", editor), listed("no-cover", province)) == ([], ["全省"])


def test_ended_role_lists_nothing(column, tree, editor):
    make_article(column, tree.town)
    editor.staff_roles.update(ends_on="2025-12-31")

    assert listed("no-cover", editor) == []


def test_article_with_a_cover_lacks_none(column, tree, editor, image):
    make_article(column, tree.town, cover=image)

    assert listed("no-cover", editor) == []


def test_draft_is_not_looked_at(column, tree, editor):
    make_article(column, tree.town, live=False)

    assert listed("no-cover", editor) == []


def test_lesson_shows_its_scene_instead_of_a_cover(academy, tree, editor):
    make_lesson(make_course(academy, federation=tree.town), federation=tree.town, summary="")

    assert listed("no-cover", editor) == []


@pytest.mark.parametrize(("summary", "titles"), [("", ["文章"]), ("摘要", [])])
def test_missing_summary(column, tree, editor, summary, titles):
    make_article(column, tree.town, title="文章", summary=summary)

    assert listed("no-summary", editor) == titles


@pytest.mark.parametrize(("body", "titles"), [([], ["文章"]), ([("heading", "有字")], [])])
def test_empty_body(column, tree, editor, body, titles):
    make_article(column, tree.town, title="文章", body=body)

    assert listed("no-body", editor) == titles


def test_lesson_without_text_and_media_is_empty(academy, tree, editor):
    course = make_course(academy, federation=tree.town)
    make_lesson(course, federation=tree.town, title="空课")
    make_lesson(course, federation=tree.town, title="图文课", body="<p>有字</p>")

    assert listed("no-body", editor) == ["空课"]


def test_lesson_with_media_needs_no_text(academy, tree, editor):
    course = make_course(academy, federation=tree.town)
    make_lesson(course, federation=tree.town, media=make_media())

    assert listed("no-body", editor) == []


@pytest.mark.parametrize(("days", "titles"), [(731, ["文章"]), (729, [])])
def test_page_that_was_not_published_for_two_years(column, tree, editor, days, titles):
    page = make_article(column, tree.town, title="文章")
    before = timezone.now() - timedelta(days=days)
    ArticlePage.objects.filter(pk=page.pk).update(last_published_at=before)

    assert listed("stale", editor) == titles


def test_page_that_lacks_both_is_listed_once(column, tree, editor):
    make_article(column, tree.town, title="都缺", summary="")
    make_article(column, tree.town, title="缺图")

    facts = dict(zip(listed("incomplete", editor), notes("incomplete", editor), strict=True))

    assert facts == {"都缺": "缺封面图、缺摘要", "缺图": "缺封面图"}


def test_sections_of_the_site_are_not_looked_at(home, academy, tree, editor):
    lists = desk_lists()

    counts = {key: lists[key].pages(editor).count() for key in ("no-summary", "no-cover", "stale")}

    assert counts == {"no-summary": 0, "no-cover": 0, "stale": 0}


@pytest.mark.skipif(not kinds_that_expire(), reason="no kind of page can be out of force")
def test_entry_out_of_force_is_listed(home, tree, editor):
    index = home.add_child(instance=KnowledgeIndexPage(title="知识库", slug="knowledge"))
    # The editors' group is given each section once it is there.
    set_up_groups(root_page=home)
    category = KnowledgeCategory.objects.create(name="法律", slug="law")
    for place, is_expired in enumerate([True, False]):
        facts = {"federation": tree.town, "category": category, "is_expired": is_expired}
        index.add_child(
            instance=KnowledgePage(title=f"条目{place}", slug=f"entry-{place}", **facts)
        )

    assert listed("expired-source", editor) == ["条目0"]
