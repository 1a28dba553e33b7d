"""Every kind of page shows its preview before it is saved for the first time."""

import pytest
from django.urls import reverse

from cms.models import ColumnIndexPage, ColumnPage
from knowledge_base.models import KnowledgeCategory, KnowledgeIndexPage
from tests.factories import make_member
from tests.pages import make_course
from tests.quizzes.quiz_forms import FIELDS as QUIZ_FIELDS

PAGES = {
    "cms.columnpage": "columns",
    "cms.articlepage": "column",
    "courses.coursepage": "academy",
    "courses.lessonpage": "course",
    "quizzes.quizpage": "academy",
    "knowledge_base.knowledgepage": "knowledge",
}
KNOWLEDGE = ("sources", "related_pages")
EMPTY_FORMSET = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0"}


@pytest.fixture
def parents(home, academy):
    columns = home.add_child(instance=ColumnIndexPage(title="主题栏目", slug="columns"))
    return {
        "academy": academy,
        "columns": columns,
        "column": columns.add_child(instance=ColumnPage(title="普法", slug="law")),
        "course": make_course(academy),
        "knowledge": home.add_child(instance=KnowledgeIndexPage(title="知识库", slug="kb")),
    }


def form_data() -> dict:
    category = KnowledgeCategory.objects.create(name="权益", slug="rights")
    data = {
        "title": "新的一页",
        "slug": "new",
        "icon": "flag",
        "colour": "rose",
        "stage": "beginner",
        "outline-count": "0",
        "scene": "book",
        "body": "null",
        "transcript": "null",
        "body-count": "0",
        "category": str(category.pk),
    } | QUIZ_FIELDS
    data |= {"title": "新的一页", "slug": "new"}
    inline = (
        "fixed_questions",
        "draws",
        "prerequisites",
        "comments",
        "attachments",
        "checks",
        *KNOWLEDGE,
    )
    for name in inline:
        data |= {f"{name}-{key}": value for key, value in EMPTY_FORMSET.items()}
    return data


@pytest.mark.parametrize("model", PAGES)
def test_new_page_has_a_preview(client, parents, model):
    client.force_login(make_member(is_staff=True, is_superuser=True))
    app, name = model.split(".")
    url = reverse("wagtailadmin_pages:preview_on_add", args=[app, name, parents[PAGES[model]].pk])

    assert client.post(url, form_data()).json()["is_valid"] is True
    response = client.get(url)

    assert response.status_code == 200
    assert "新的一页" in response.content.decode()
