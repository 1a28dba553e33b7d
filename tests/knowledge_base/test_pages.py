"""The pages of the knowledge base as a reader gets them."""

from datetime import date

import pytest
from taggit.models import Tag
from wagtail.models import PageViewRestriction

from cms.models import LifeStage
from courses.models import CoursePage
from knowledge_base.models import KnowledgeCategory, KnowledgeSource, RelatedPage, SourceState
from tests.counting import count_queries
from tests.knowledge_base.entries import heading, law_article, make_entry


def titles(entries):
    return [entry.title for entry in entries]


def chips(response, label):
    (row,) = [row for row in response.context["filters"] if row["label"] == label]
    return [(chip["title"], chip["url"], chip["current"]) for chip in row["chips"]]


def test_tags_lead_to_what_else_is_marked_so(client, index, category):
    entry = make_entry(index, category, tags=["保护令"])
    (link,) = client.get(entry.url).context["tags"]

    found = client.get(link.url).context["findings"]
    assert (link.title, found.ids) == ("保护令", [entry.pk])


def test_index_groups_entries_by_category(client, index, category):
    make_entry(index, category)
    (shown,) = client.get(index.url).context["categories"]

    assert (shown["title"], titles(shown["entries"]), shown["count"]) == ("权益保护", ["条目0"], 1)


def test_index_shows_the_first_entries_of_a_category_only(client, index, category):
    for number in range(7):
        make_entry(index, category, number)
    (shown,) = client.get(index.url).context["categories"]

    assert (len(shown["entries"]), shown["count"]) == (5, 7)


def test_category_has_a_list_of_its_own(client, index, category):
    other = KnowledgeCategory.objects.create(name="家庭", slug="family")
    make_entry(index, category)
    make_entry(index, other, 1)

    assert titles(client.get(f"{index.url}?category=family").context["entries"]) == ["条目1"]


def test_stage_has_a_list_of_its_own(client, index, category):
    stage = LifeStage.objects.create(name="银龄")
    make_entry(index, category)
    make_entry(index, category, 1, life_stages=[stage])
    response = client.get(f"{index.url}?stage={stage.pk}")

    assert titles(response.context["entries"]) == ["条目1"]
    assert chips(response, "按成长阶段找") == [("银龄", f"{index.url}?", True)]


def test_filters_combine(client, index, category):
    other = KnowledgeCategory.objects.create(name="家庭", slug="family")
    make_entry(index, category, tags=["law"])
    make_entry(index, category, 1)
    make_entry(index, other, 2, tags=["law"])
    response = client.get(f"{index.url}?category=rights&tag=law")

    assert titles(response.context["entries"]) == ["条目0"]
    assert chips(response, "分类") == [
        ("权益保护", f"{index.url}?tag=law", True),
        ("家庭", f"{index.url}?category=family&tag=law", False),
    ]


@pytest.mark.parametrize(
    "query", ["category=nothing", "stage=99", "stage=x", "tag=nothing", "tag=%00x"]
)
def test_unknown_filter_does_not_exist(client, index, query):
    assert client.get(f"{index.url}?{query}").status_code == 404


def test_tag_of_other_pages_is_not_told(client, index, category):
    Tag.objects.create(name="执委专用", slug="internal")

    assert client.get(f"{index.url}?tag=internal").status_code == 404


def test_expired_entries_are_marked_and_last(client, index, category):
    make_entry(index, category, 0, is_expired=True, expired_on=date(2023, 1, 1))
    make_entry(index, category, 1)
    response = client.get(f"{index.url}?category=rights")

    assert titles(response.context["entries"]) == ["条目1", "条目0"]
    assert response.content.decode().count("已失效") == 1


def test_private_entries_are_in_no_list(client, index, category):
    entry = make_entry(index, category, tags=["秘密"])
    PageViewRestriction.objects.create(page=entry, restriction_type="login")
    response = client.get(index.url)

    assert (response.context["categories"], response.context["filters"]) == ([], [])


@pytest.mark.parametrize("query", ["", "?category=rights", "?category=rights&tag=law"])
def test_index_queries_do_not_grow(client, index, category, query):
    make_entry(index, category, tags=["law"])
    few = count_queries(client, index.url, query)
    for number in range(1, 30):
        make_entry(index, category, number, tags=["law"])

    assert count_queries(client, index.url, query) == few


def test_entry_names_its_source(client, index, category):
    source = KnowledgeSource(name="《反家庭暴力法》第二十三条", document_number="主席令第三十七号")
    page = client.get(make_entry(index, category, sources=[source]).url).content.decode()

    assert page.count("《反家庭暴力法》第二十三条") == 2
    assert page.count("主席令第三十七号") == 1


def test_source_that_was_revised_leads_to_what_replaced_it(client, index, category):
    new = make_entry(index, category, 1)
    source = KnowledgeSource(
        name="旧法", state=SourceState.REVISED, state_on=date(2023, 1, 1), successor=new
    )
    response = client.get(make_entry(index, category, sources=[source]).url)

    assert [(each.name, found) for each, found in response.context["sources"]] == [
        ("旧法", new.page_ptr)
    ]
    assert "已修订" in response.content.decode()


def test_expired_entry_leads_to_the_one_in_force(client, index, category):
    new = make_entry(index, category, 1, title="新条目")
    old = make_entry(index, category, is_expired=True, successor=new)
    page = client.get(old.url).content.decode()

    assert f'<a class="inline" href="{new.url}">现行：新条目</a>' in page


def test_page_of_the_academy_is_not_named_to_visitors(client, index, category, academy):
    course = academy.add_child(instance=CoursePage(title="执委专修", slug="course"))
    old = make_entry(
        index,
        category,
        is_expired=True,
        successor=course,
        related_pages=[RelatedPage(target=course)],
        sources=[KnowledgeSource(name="甲", state=SourceState.EXPIRED, successor=course)],
    )

    assert "执委专修" not in client.get(old.url).content.decode()


def test_related_pages_are_the_editors_then_by_tag_then_by_category(client, index, category):
    other = KnowledgeCategory.objects.create(name="家庭", slug="family")
    same = make_entry(index, category, 1)
    tagged = make_entry(index, other, 2, tags=["保护令"])
    chosen = make_entry(index, other, 3)
    make_entry(index, other, 4)
    entry = make_entry(index, category, tags=["保护令"], related_pages=[RelatedPage(target=chosen)])

    assert titles(client.get(entry.url).context["related"]) == titles([chosen, tagged, same])


def test_entry_queries_do_not_grow(client, index, category):
    def count(entry):
        return count_queries(client, entry.url)

    few = make_entry(
        index,
        category,
        tags=["甲"],
        body=[law_article("第一条")],
        sources=[KnowledgeSource(name="甲", successor=index)],
        related_pages=[RelatedPage(target=index)],
    )
    before = count(few)
    others = [make_entry(index, category, number, tags=["甲"]) for number in range(1, 30)]
    many = make_entry(
        index,
        category,
        99,
        tags=["甲", *(f"标签{number}" for number in range(30))],
        body=[law_article(f"第{number}条") for number in range(1, 31)],
        sources=[KnowledgeSource(name="甲", successor=each) for each in others],
        related_pages=[RelatedPage(target=each) for each in others[:3]],
    )

    assert count(many) == before


def test_law_says_how_many_articles_it_has(client, index, category):
    entry = make_entry(index, category, body=[law_article("第一条"), law_article("第二条")])

    assert "共 2 条" in client.get(entry.url).content.decode()


def test_article_has_its_anchor_and_a_link_to_it(client, index, category):
    body = [heading("第一章 总则"), law_article("第二十三条", "甲\n乙", law="某法")]
    page = client.get(make_entry(index, category, title="某法", body=body).url).content.decode()

    assert page.count('<div class="block-law_article" id="a23">') == 1
    assert page.count('<a class="to-here" href="#a23"') == 1


def test_short_entry_has_no_contents(client, index, category):
    entry = make_entry(index, category, body=[heading("甲"), heading("乙")])

    assert 'aria-label="目录"' not in client.get(entry.url).content.decode()


@pytest.mark.parametrize("typed", ["23", "２３", "第二十三条", "二十三"])
def test_number_of_an_article_leads_to_it(client, index, category, typed):
    entry = make_entry(index, category, body=[law_article("第二十三条")])
    response = client.get(entry.url, {"article": typed})

    assert (response.status_code, response.url) == (302, f"{entry.url}#a23")


@pytest.mark.parametrize("typed", ["24", "保护令"])
def test_number_of_no_article_is_said_and_kept(client, index, category, typed):
    entry = make_entry(index, category, body=[law_article("第二十三条")])
    page = client.get(entry.url, {"article": typed}).content.decode()

    assert f"这里没有“{typed}”这一条。请填条号，如 23 或“二十三”。" in page
    assert f'value="{typed}"' in page


def test_jump_does_not_pass_the_login_of_a_private_entry(client, index, category):
    entry = make_entry(index, category, body=[law_article("第二十三条")])
    PageViewRestriction.objects.create(page=entry, restriction_type="login")
    response = client.get(entry.url, {"article": "23"})

    assert response.url.startswith("/accounts/login/")
