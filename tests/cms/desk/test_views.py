"""The desk in the admin: home page, whole lists, files, and what can be done about links."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from cms.desk.base import desk_lists
from cms.models import ArticlePage, PageLink
from config.groups import set_up_groups, sync_groups
from config.tasks import HANDLERS
from federations.domain.jobs import run_waiting_jobs
from federations.models import Job, JobState
from tests.cms.desk.scene import make_article, send_back
from tests.cms.desk.test_mine import listed
from tests.counting import count_queries
from tests.editors import submit
from tests.factories import make_staff
from tests.pages import make_course

pytestmark = pytest.mark.django_db

HOME = "wagtailadmin_home"


@pytest.fixture
def signed_in(client, editor):
    client.force_login(editor)
    return client


def get(client, key, **query):
    return client.get(reverse("desk_list", args=[key]), query)


def cards(client) -> dict:
    panels = client.get(reverse(HOME)).context["panels"]
    [desk] = [panel for panel in panels if panel.name == "desk"]
    request = client.get(reverse(HOME)).wsgi_request
    shown = desk.get_context_data({"request": request})["cards"]
    return {card.desk_list.key: card for card in shown}


def break_link(page, target="page:0", **fields) -> PageLink:
    facts = {"fault": "page_gone", "words": "旧通知"}
    return PageLink.objects.create(page=page, target=target, **facts | fields)


def test_home_shows_the_first_five_and_counts_all(signed_in, column, tree, editor):
    for place in range(7):
        make_article(column, tree.town, title=f"文章{place}", owner=editor, live=False)

    card = cards(signed_in)["drafts"]

    assert ([row.title for row in card.rows], card.count) == (
        [f"文章{place}" for place in (6, 5, 4, 3, 2)],
        7,
    )


def test_home_has_every_list_in_its_order(signed_in):
    assert list(cards(signed_in)) == [
        "returned",
        "waiting",
        "drafts",
        "submitted",
        "coming",
        "broken-links",
        "incomplete",
    ]


def test_empty_desk_says_what_to_do(signed_in):
    page = signed_in.get(reverse(HOME)).content.decode()

    assert page.count('class="desk-card__empty"') == 7
    assert "没有草稿。从“内容 › 页面”进到栏目里，就能写新的。" in page


def test_wagtails_panels_that_say_the_same_are_gone(signed_in):
    panels = signed_in.get(reverse(HOME)).context["panels"]

    assert [panel.name for panel in panels] == ["desk", "locked_pages"]


def test_manager_without_content_has_no_desk(client, home, tree):
    set_up_groups(root_page=home)
    manager = make_staff(tree.town)
    sync_groups(now=timezone.now())
    client.force_login(manager)

    assert client.get(reverse(HOME)).context["panels"][0].name != "desk"
    assert get(client, "no-cover")["Location"] == reverse(HOME)


def test_visitor_is_sent_to_sign_in(client, column):
    assert get(client, "no-cover").status_code == 302


def fill(column, tree, people, number):
    """So many rows in every list of the editor's."""
    editor, teammate, reviewer = people
    for place in range(number):
        make_article(column, tree.town, owner=editor, live=False)
        incomplete = make_article(column, tree.town, summary="")
        break_link(incomplete, target=f"page:{place}")
        submit(make_article(column, tree.town, live=False), editor)
        submit(make_article(column, tree.town, live=False), teammate)
        returned = make_article(column, tree.town, live=False)
        submit(returned, editor)
        send_back(returned, by=reviewer, reason="改")
        coming = make_article(column, tree.town, live=False)
        coming.go_live_at = timezone.now() + timedelta(days=1)
        coming.save_revision().publish()


@pytest.fixture
def people(editor, teammate, reviewers):
    return editor, teammate, reviewers[0]


LISTS = ["drafts", "waiting", "returned", "submitted", "coming", "broken-links", "incomplete"]


def count_all(client) -> list[int]:
    """Queries of the home page and of each list."""
    urls = [reverse("desk_list", args=[key]) for key in LISTS]
    return [count_queries(client, url) for url in (HOME, *urls)]


def test_thirty_rows_take_as_many_queries_as_one(signed_in, column, tree, people):
    fill(column, tree, people, 1)
    one = count_all(signed_in)

    fill(column, tree, people, 29)

    counts = {key: card.count for key, card in cards(signed_in).items()}
    assert counts == dict.fromkeys(counts, 30)
    assert (count_all(signed_in), one[0] <= 55) == (one, True)


def test_count_of_the_home_page_is_the_lists(signed_in, column, tree, editor):
    for _place in range(3):
        make_article(column, tree.town)

    context = get(signed_in, "incomplete").context

    assert (context["paginator"].count, cards(signed_in)["incomplete"].count) == (3, 3)


def test_list_has_pages(signed_in, column, tree):
    for _place in range(51):
        make_article(column, tree.town)

    tables = [get(signed_in, "no-cover", p=number).context["table"] for number in (1, 2)]

    assert [len(list(table.data)) for table in tables] == [50, 1]


def titles(response) -> list[str]:
    return [row.title for row in response.context["table"].data]


def test_list_is_searched_by_title(signed_in, column, tree):
    for title in ["反家暴法", "婚姻登记"]:
        make_article(column, tree.town, title=title)

    assert titles(get(signed_in, "no-cover", q="家暴")) == ["反家暴法"]


def test_list_is_filtered_by_kind(signed_in, academy, column, tree):
    make_article(column, tree.town, title="文章", summary="")
    course = make_course(academy, title="课程", federation=tree.town)
    course.save_revision().publish()
    kind = ContentType.objects.get_for_model(ArticlePage)

    queries = [{}, {"content_type": kind.pk}]
    found = [titles(get(signed_in, "no-summary", **query)) for query in queries]

    assert found == [["课程", "文章"], ["文章"]]


def test_nothing_found_says_so(signed_in, column, tree):
    make_article(column, tree.town)

    assert "没有符合条件的页面。" in get(signed_in, "no-cover", q="没有这样的").content.decode()


def test_unknown_list_is_none(signed_in):
    assert get(signed_in, "no-such-list").status_code == 404


@pytest.mark.parametrize("key", ["no-cover", "no-summary", "no-body", "stale", "broken-links"])
def test_menu_leads_to_each_list(signed_in, key):
    assert reverse("desk_list", args=[key]) in signed_in.get(reverse(HOME)).content.decode()


def read_csv(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


def read_xlsx(response) -> list[list]:
    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    return [[cell.value for cell in row] for row in book.active]


FORMULA = '=HYPERLINK("http://a.cn")'


def test_files_hold_the_list_and_no_formula(signed_in, column, tree):
    page = make_article(column, tree.town, title=FORMULA)
    at = timezone.localtime(page.last_published_at).strftime("%Y-%m-%d %H:%M")
    heads = ["标题", "类型", "所属妇联", "说明", "最近发布", "编号"]
    facts = ["文章", "松口镇", "缺封面图", at]

    taken = read_csv(get(signed_in, "incomplete", export="csv"))
    book = read_xlsx(get(signed_in, "incomplete", export="xlsx"))

    assert taken[:-1] == [heads, [f"'{FORMULA}", *facts, str(page.pk)]]
    assert taken[-1][0].startswith("林编辑（账号 ")
    assert book == [heads, [FORMULA, *facts, page.pk]]


def test_file_takes_all_pages_of_the_filtered_list(signed_in, column, tree):
    for _place in range(51):
        make_article(column, tree.town, title="甲")
    make_article(column, tree.town, title="乙")

    assert len(read_csv(get(signed_in, "no-cover", q="甲", export="csv"))) == 1 + 51 + 1


def test_broken_links_are_shown_below_their_page(signed_in, column, tree):
    page = make_article(column, tree.town, title="文章")
    break_link(page, target="page:12")

    row = get(signed_in, "broken-links").content.decode()

    assert ("本站的这个页面已经删除" in row, "“旧通知” 页面 12" in row) == (True, True)


def act(client, name, pk):
    return client.post(reverse(name, args=[pk]))


def test_ignored_link_moves_to_the_other_list_and_back(signed_in, column, tree, editor):
    link = break_link(make_article(column, tree.town, title="文章"))

    act(signed_in, "link_ignore", link.pk)
    ignored = [listed(key, editor) for key in ("broken-links", "ignored-links")]
    act(signed_in, "link_mind", link.pk)
    minded = [listed(key, editor) for key in ("broken-links", "ignored-links")]

    assert (ignored, minded) == ([[], ["文章"]], [["文章"], []])


@pytest.mark.parametrize(
    ("who", "status"), [("editor", 302), ("teammate", 302), ("superior", 302), ("stranger", 404)]
)
def test_who_may_ignore_a_link(request, client, column, tree, who, status):
    link = break_link(make_article(column, tree.town))
    client.force_login(request.getfixturevalue(who))

    response = act(client, "link_ignore", link.pk)

    link.refresh_from_db()
    assert (response.status_code, link.ignored_at is not None) == (status, status == 302)


def test_reading_an_address_of_an_act_changes_nothing(signed_in, column, tree):
    link = break_link(make_article(column, tree.town))

    assert signed_in.get(reverse("link_ignore", args=[link.pk])).status_code == 405


def test_check_again_is_a_job_that_looks_at_the_page_as_it_is_now(signed_in, column, tree, editor):
    page = make_article(column, tree.town)
    break_link(page)

    response = act(signed_in, "link_check", page.pk)
    run_waiting_jobs(handlers=HANDLERS)

    job = Job.objects.get()
    assert (response["Location"], job.owner) == (reverse("job", args=[job.pk]), editor)
    assert (job.state, job.result["lines"]) == (JobState.DONE, [["链接", 0], ["失效", 0]])
    assert listed("broken-links", editor) == []


def test_stranger_has_nothing_checked(client, column, tree, stranger):
    client.force_login(stranger)

    assert act(client, "link_check", make_article(column, tree.town).pk).status_code == 404


def test_check_of_a_page_that_is_no_longer_hers_is_refused(signed_in, column, tree, editor):
    page = make_article(column, tree.town)
    act(signed_in, "link_check", page.pk)
    editor.staff_roles.update(ends_on="2025-12-31")

    run_waiting_jobs(handlers=HANDLERS)

    assert Job.objects.get().message == "这个页面已经不在网上，或者不归您管理，没有检查。"


def test_lists_have_different_names():
    titles = [str(each.title) for each in desk_lists().values()]

    assert len(set(titles)) == len(titles)
