"""Categories in the admin: the province's, and not deleted while an entry is in them."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from knowledge_base.models import KnowledgeCategory, KnowledgePage
from tests.editors import make_editor

pytestmark = pytest.mark.django_db

REFUSAL = "还有知识条目属于这个分类（草稿和历史版本也算），不能删除。请先改条目的分类。"


@pytest.fixture
def editor(client, home, index, tree):
    editor = make_editor(home, tree.province)
    client.force_login(editor)
    return editor


def make_entry(index, category):
    return index.add_child(instance=KnowledgePage(title="条目", slug="entry", category=category))


def delete(client, category):
    response = client.post(reverse("knowledgecategory:delete", args=[category.pk]))
    return [str(each) for each in get_messages(response.wsgi_request)]


def test_used_category_is_not_deleted(client, editor, index, category):
    make_entry(index, category)

    assert delete(client, category) == [REFUSAL]
    assert KnowledgeCategory.objects.count() == 1


def test_category_of_a_draft_is_not_deleted(client, editor, index, category):
    entry = make_entry(index, KnowledgeCategory.objects.create(name="健康", slug="health"))
    entry.category = category
    entry.save_revision()

    assert delete(client, category) == [REFUSAL]


def test_unused_category_is_deleted(client, editor, category):
    delete(client, category)

    assert KnowledgeCategory.objects.count() == 0


@pytest.mark.parametrize("view", ["index", "add"])
def test_categories_are_closed_to_editors_of_a_town(client, home, index, tree, view):
    client.force_login(make_editor(home, tree.town))

    assert client.get(reverse(f"knowledgecategory:{view}")).status_code == 302


def test_category_is_edited_by_the_province(client, editor, category):
    client.post(
        reverse("knowledgecategory:edit", args=[category.pk]), {"name": "家庭", "slug": "family"}
    )

    category.refresh_from_db()
    assert category.name == "家庭"
