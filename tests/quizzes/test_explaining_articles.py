"""A question may be explained by an article of a law."""

import json

import pytest
from django.urls import reverse

from knowledge_base.models import KnowledgeCategory, KnowledgeIndexPage, KnowledgePage
from quizzes.models import Question
from quizzes.queries_explain import explanation_link
from tests.factories import make_member
from tests.quizzes.authoring import question_data
from tests.quizzes.bank import make_bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def law(home):
    index = home.add_child(instance=KnowledgeIndexPage(title="知识库", slug="knowledge"))
    category = KnowledgeCategory.objects.create(name="法律", slug="laws")
    value = {"law": "某法", "number": "第二十三条之一", "text": "正文", "effective_on": None}
    body = json.dumps([{"type": "law_article", "value": value}])
    page = KnowledgePage(title="某法", slug="law", category=category, body=body)
    return index.add_child(instance=page)


def file_question(client, **facts):
    """The errors of the form, by field."""
    client.force_login(make_member(is_staff=True, is_superuser=True))
    response = client.post(reverse("question:add"), question_data(make_bank(), **facts))
    return {} if response.status_code == 302 else dict(response.context["form"].errors)


def test_question_leads_to_the_article(client, law):
    assert file_question(client, explained_by=law.pk, explained_article="23-1") == {}
    assert explanation_link(Question.objects.get()) == {
        "url": f"{law.url}#a23-1",
        "text": "看讲解：某法（第 23 条之 1）",
    }


@pytest.mark.parametrize("number", ["24", "保护令"])
def test_article_that_is_not_in_the_page_is_refused(client, law, number):
    errors = file_question(client, explained_by=law.pk, explained_article=number)

    assert errors == {"explained_article": ["选的页面里没有这一条，请核对条号。"]}


def test_paragraph_and_article_are_not_both_given(client, law):
    errors = file_question(client, explained_by=law.pk, explained_at=1, explained_article="23-1")

    assert errors == {"explained_article": ["第几段和第几条只填一样。"]}


def test_article_without_a_page_is_refused(client, law):
    errors = file_question(client, explained_article="23-1")

    assert errors == {"explained_by": ["填了第几秒、第几段或第几条，就要选讲解所在的页面。"]}
