import pytest

from knowledge_base.models import KnowledgeCategory, KnowledgeIndexPage


@pytest.fixture
def index(home):
    return home.add_child(instance=KnowledgeIndexPage(title="知识库", slug="knowledge"))


@pytest.fixture
def category(db):
    return KnowledgeCategory.objects.create(name="权益保护", slug="rights")
