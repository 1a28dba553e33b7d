"""The search page: who finds what, filters, paging, and what it says when nothing is found."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.urls import reverse
from wagtail.models import PageViewRestriction

from cms.models import ArticlePage, ColumnIndexPage, ColumnPage, SearchMiss
from cms.search import leads
from knowledge_base.models import KnowledgeCategory, KnowledgeIndexPage, KnowledgePage
from tests.cms.search.corpus import as_body
from tests.counting import count_queries
from tests.factories import make_committee_member, make_member
from tests.pages import make_course, make_lesson, make_quiz_page

pytestmark = pytest.mark.django_db
URL = reverse("search")
ARTICLES = {
    "第二十二条": "工会、妇联应当组织开展家庭美德教育。",
    "第二十三条": "当事人因遭受家庭暴力，向人民法院申请人身安全保护令的，人民法院应当受理。",
    "第二十四条": "申请人身安全保护令应当以书面方式提出。",
}


@pytest.fixture
def column(home):
    index = home.add_child(instance=ColumnIndexPage(title="主题栏目", slug="columns"))
    return index.add_child(instance=ColumnPage(title="权益关爱", slug="rights"))


@pytest.fixture
def other_column(column):
    return column.add_sibling(instance=ColumnPage(title="健康生活", slug="health"), pos="right")


@pytest.fixture
def law(home):
    shelf = home.add_child(instance=KnowledgeIndexPage(title="知识库", slug="knowledge"))
    category = KnowledgeCategory.objects.create(name="法律", slug="law")
    name = "中华人民共和国反家庭暴力法"
    body = [
        ("law_article", {"law": name, "number": number, "text": text})
        for number, text in ARTICLES.items()
    ]
    page = KnowledgePage(title=name, slug="anti", category=category, body=body)
    return shelf.add_child(instance=page)


def write(column, title, number=0, text="正文", **fields) -> ArticlePage:
    page = ArticlePage(title=title, slug=f"a-{title}-{number}", body=as_body(text), **fields)
    return column.add_child(instance=page)


def look(client, **query):
    return client.get(URL, query)


def found(client, **query) -> list[str]:
    context = look(client, **query).context
    hits = [*context.get("leads", []), *context.get("hits", [])]
    return [str(hit.title).replace("<mark>", "").replace("</mark>", "") for hit in hits]


def test_all_kinds_are_searched_at_once(client, home, column, law):
    course = make_course(home, title="家庭课程")
    make_lesson(course, title="家庭微课")
    write(column, "家庭资讯")

    assert sorted(found(client, q="家庭")) == [
        "中华人民共和国反家庭暴力法",
        "家庭微课",
        "家庭课程",
        "家庭资讯",
    ]


def test_word_leads_to_the_article_that_introduces_it(client, law):
    lead = look(client, q="人身安全保护令").context["leads"][0]

    assert (lead.url, lead.label) == (f"{law.url}#a23", "第二十三条")
    assert "申请<mark>人身安全保护令</mark>的" in lead.text


@pytest.mark.parametrize("query", ["反家庭暴力法第二十三条", "反家暴法 23条", "反家暴法２３"])
def test_article_that_is_named_comes_first(client, law, query):
    assert [lead.url for lead in look(client, q=query).context["leads"]] == [f"{law.url}#a23"]


def test_law_that_is_named_comes_first_itself(client, law):
    assert [lead.url for lead in look(client, q="反家庭暴力法").context["leads"]] == [law.url]


def test_initials_find_what_they_stand_for(client, law):
    response = look(client, q="rsaqbhl")

    assert response.context["findings"].read_as == "人身安全保护令"
    assert [lead.url for lead in response.context["leads"]] == [f"{law.url}#a23"]


@pytest.fixture
def academy_pages(academy):
    course = make_course(academy, title="荔枝课程")
    make_lesson(course, title="荔枝微课")
    make_quiz_page(academy, title="荔枝测验")
    return course


def test_visitor_finds_nothing_of_the_academy(client, academy_pages):
    response = look(client, q="荔枝")

    assert found(client, q="荔枝") == []
    assert "荔枝微课" not in response.content.decode()
    assert "ways_on" in look(client, q="荔枝", kind="lesson").context


def test_account_without_appointment_finds_nothing_of_the_academy(client, academy_pages):
    client.force_login(make_member())

    assert found(client, q="荔枝") == []


def test_committee_member_finds_the_academy(client, academy_pages, tree):
    client.force_login(make_committee_member(tree.village))

    assert sorted(found(client, q="荔枝")) == ["荔枝微课", "荔枝测验", "荔枝课程"]


def test_what_a_member_found_is_not_shown_to_the_next_visitor(client, academy_pages, tree):
    client.force_login(make_committee_member(tree.village))
    found(client, q="荔枝")
    client.logout()

    assert found(client, q="荔枝") == []


def test_counts_of_kinds_are_of_what_she_may_open(client, academy_pages, column):
    write(column, "荔枝资讯")
    choices = look(client, q="荔枝").context["kinds"]

    assert [(str(choice.label), choice.count) for choice in choices] == [("", None), ("资讯", 1)]


def test_drafts_are_not_found(client, column):
    write(column, "彩礼", live=False)

    assert found(client, q="彩礼") == []


def test_published_page_is_found_at_once(client, column, django_capture_on_commit_callbacks):
    page = write(column, "别的", live=False)
    found(client, q="彩礼新规")
    page.title = "彩礼新规"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert found(client, q="彩礼新规") == ["彩礼新规"]

    page.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert found(client, q="彩礼新规") == []


def test_filter_by_kind(client, column, law):
    write(column, "家庭资讯")

    assert found(client, q="家庭", kind="article") == ["家庭资讯"]


def test_filter_by_column(client, home, column, other_column):
    write(column, "家庭甲")
    write(other_column, "家庭乙")
    make_lesson(make_course(home), title="家庭丙", column=other_column)

    assert sorted(found(client, q="家庭", column=other_column.pk)) == ["家庭丙", "家庭乙"]


def test_filter_by_tag(client, column):
    write(column, "家庭甲")
    tagged = write(column, "家庭乙")
    tagged.tags.add("好家风")
    tagged.save()

    assert found(client, q="家庭", tag="好家风") == ["家庭乙"]
    assert [each.label for each in look(client, q="家庭").context["tag_choices"]] == ["好家风"]


def test_tag_without_words_lists_what_is_marked_so(client, column, law):
    for title, day, tag in (("旧的", 1, "好家风"), ("新的", 2, "好家风"), ("别的", 3, "好学风")):
        page = write(column, title, first_published_at=datetime(2026, 3, day, tzinfo=UTC))
        page.tags.add(tag)
        page.save()

    assert found(client, tag="好家风") == ["新的", "旧的"]
    assert found(client, tag="好学风") == ["别的"]
    assert found(client, tag="好家风", kind="knowledge") == []


def test_tag_that_marks_nothing_is_no_miss(client, column):
    response = look(client, tag="好家风")

    assert "没有找到“好家风”。" in response.content.decode()
    assert SearchMiss.objects.count() == 0


def test_too_many_words_are_not_left_out_for_a_tag(client, column):
    page = write(column, "家庭")
    page.tags.add("好家风")
    page.save()

    assert found(client, q="家" * 81, tag="好家风") == []


def test_filter_without_results_leads_back(client, column):
    write(column, "家庭资讯")
    response = look(client, q="家庭", kind="column")

    assert response.context["findings"].count == 0
    assert "这样筛选没有结果。" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("kind", "nonsense", "没有这种内容，下面是全部结果。"),
        ("column", "99999", "没有这个栏目，下面是全部结果。"),
        ("column", "x", "没有这个栏目，下面是全部结果。"),
        ("tag", "长" * 101, "没有这个标签，下面是全部结果。"),
    ],
)
def test_filter_that_does_not_exist_is_said(client, column, name, value, said):
    write(column, "家庭资讯")
    response = look(client, q="家庭", **{name: value})

    assert said in response.content.decode()
    assert [str(hit.title) for hit in response.context["hits"]] == ["<mark>家庭</mark>资讯"]


def test_pages_of_hits_follow_each_other(client, column):
    for number in range(12):
        write(column, f"家庭{number}", number)
    first, second = found(client, q="家庭"), found(client, q="家庭", p=2)

    assert (len(first), len(second), len({*first, *second})) == (10, 2, 12)


def test_query_of_80_characters_is_searched(client, column):
    assert look(client, q="家" * 80).context["wish"].text == "家" * 80


def test_longer_query_is_kept_and_explained(client, column):
    response = look(client, q="家" * 81)

    assert "最多能搜 80 个字，现在有 81 个。" in response.content.decode()
    assert f'value="{"家" * 81}"' in response.content.decode()
    assert response.context["wish"] is None


@pytest.mark.parametrize("query", ["", "   ", "\0"])
def test_empty_query_shows_where_to_begin(client, column, query):
    response = look(client, q=query)

    assert [each.title for each in response.context["columns"]] == ["权益关爱"]
    assert SearchMiss.objects.count() == 0


def test_markup_in_a_query_is_escaped(client, column):
    assert "<script>x" not in look(client, q="<script>x").content.decode()


def test_search_pages_are_not_for_search_engines(client, column):
    assert '<meta name="robots" content="noindex">' in look(client, q="家庭").content.decode()


def test_nothing_found_offers_a_name_that_sounds_alike(client, column):
    assert look(client, q="人生安全保护令").context["ways_on"].similar == "人身安全保护令"


def test_nothing_found_offers_fewer_words(client, column):
    write(column, "彩礼返还")
    ways_on = look(client, q="彩礼 返还 荔枝").context["ways_on"]

    assert ways_on.shorter == ["彩礼 返还", "彩礼", "返还"]


def test_offers_do_not_name_pages_of_the_academy(client, academy, column):
    make_lesson(make_course(academy), title="龙眼栽培")

    assert look(client, q="龙岩栽培").context["ways_on"].similar == ""


def test_miss_is_kept(client, column):
    look(client, q="没有的 东西")
    look(client, q="没有的 东西")

    assert list(SearchMiss.objects.values_list("text", "count")) == [("没有的 东西", 2)]


def test_filtered_search_without_results_is_no_miss(client, column):
    write(column, "家庭资讯")
    look(client, q="家庭", kind="quiz")

    assert SearchMiss.objects.count() == 0


def test_date_of_an_article_is_shown(client, column):
    write(column, "家庭", first_published_at=datetime(2026, 3, 8, 4, tzinfo=UTC))

    assert "2026年3月8日" in look(client, q="家庭").content.decode()


def test_queries_do_not_grow_with_hits(client, column):
    write(column, "家庭")
    few = count_queries(client, "search", "?q=家庭")
    for number in range(12):
        write(column, f"家庭{number}", number)

    assert count_queries(client, "search", "?q=家庭") == few
    assert few <= 30


def test_queries_do_not_grow_with_leads(client, law):
    one = count_queries(client, "search", "?q=家庭暴力")
    for number in range(4):
        law.add_sibling(
            instance=KnowledgePage(
                title=f"另一部{number}",
                slug=f"law-{number}",
                category=law.category,
                body=as_body("遭受家庭暴力"),
            ),
            pos="right",
        )

    assert count_queries(client, "search", "?q=家庭暴力") == one


def close(page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def columns_named(client, **query) -> list[str]:
    context = look(client, **query).context
    choices = [choice.label for choice in context.get("column_choices", [])]
    return choices or [column.title for column in context["columns"]]


@pytest.mark.parametrize("query", [{}, {"q": "维权"}])
def test_column_that_asks_for_a_sign_in_is_not_offered_to_visitors(
    client, column, other_column, query
):
    write(column, "维权")
    close(other_column)

    visitors = columns_named(client, **query)
    client.force_login(make_member())
    assert (visitors, columns_named(client, **query)) == (
        ["权益关爱"],
        ["权益关爱", "健康生活"],
    )


def test_column_that_asks_for_a_sign_in_is_no_filter_for_visitors(client, column, other_column):
    write(column, "维权")
    close(other_column)

    errors = look(client, q="维权", column=other_column.pk).context["form"].errors
    assert list(errors) == ["column"]


class Forgetful(dict):
    """As another thread might clear it between two looks."""

    def __contains__(self, key):
        is_here = super().__contains__(key)
        self.clear()
        return is_here


def test_passages_that_another_thread_forgot_are_read_again(client, law, monkeypatch):
    monkeypatch.setattr(leads, "_kept", Forgetful())
    law.save_revision().publish()
    first = found(client, q="保护令")
    cache.clear()

    assert found(client, q="保护令") == first


def test_hit_does_not_name_a_column_that_was_taken_down(client, column):
    write(column, "维权")
    column.unpublish()

    assert [hit.place for hit in look(client, q="维权").context["hits"]] == [""]
