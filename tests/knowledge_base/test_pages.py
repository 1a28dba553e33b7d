import pytest

from knowledge_base.models import KnowledgeCategory, KnowledgeIndexPage, KnowledgePage
from tests.counting import count_queries


@pytest.fixture
def index(home):
    return home.add_child(instance=KnowledgeIndexPage(title="知识库", slug="knowledge"))


@pytest.fixture
def category(db):
    return KnowledgeCategory.objects.create(name="权益保护", slug="rights")


def make_entry(index, category, number=0, **fields):
    page = KnowledgePage(title=f"条目{number}", slug=f"entry-{number}", category=category, **fields)
    return index.add_child(instance=page)


def test_index_groups_entries_by_category(client, index, category):
    make_entry(index, category)
    (shown,) = client.get(index.url).context["categories"]

    assert (shown["title"], [entry.title for entry in shown["entries"]]) == ("权益保护", ["条目0"])


def test_category_has_a_list_of_its_own(client, index, category):
    other = KnowledgeCategory.objects.create(name="家庭", slug="family")
    make_entry(index, category)
    make_entry(index, other, 1)
    shown = client.get(f"{index.url}?category=family").context["entries"]

    assert [entry.title for entry in shown] == ["条目1"]


def test_unknown_category_does_not_exist(client, index):
    assert client.get(f"{index.url}?category=nothing").status_code == 404


def test_entry_names_its_source(client, index, category):
    entry = make_entry(index, category, source="《反家庭暴力法》第二十三条")

    assert "《反家庭暴力法》第二十三条" in client.get(entry.url).content.decode()


@pytest.mark.parametrize("query", ["", "?category=rights"])
def test_index_queries_do_not_grow(client, index, category, query):
    make_entry(index, category)
    few = count_queries(client, index.url, query)
    for number in range(1, 30):
        make_entry(index, category, number)

    assert count_queries(client, index.url, query) == few
