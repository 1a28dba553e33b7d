"""Local picks for readers: by city, and gone at once when they are off."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.local import COOKIE
from cms.models import AllowedDomain, LocalPick
from tests.counting import count_queries
from tests.factories import make_committee_member
from tests.picks import allow, make_kind, make_pick

LOCAL = "/local/"
APP_ID = "wx0123456789abcdef"


def titles(client, query=""):
    return [card.title for card in client.get(LOCAL + query).context["cards"]]


@pytest.fixture
def picks(home, tree):
    for city, title in ((None, "全省的"), (tree.city, "梅州的"), (tree.other_city, "广州的")):
        make_pick(tree.province, city=city, title=title)


def test_visitor_sees_all_cities(client, picks):
    assert titles(client) == ["广州的", "梅州的", "全省的"]


def test_city_of_the_address_comes_with_the_provinces(client, picks):
    assert titles(client, "?city=4414") == ["梅州的", "全省的"]


def test_city_is_remembered(client, picks):
    client.get(f"{LOCAL}?city=4401")

    assert titles(client) == ["广州的", "全省的"]


def test_whole_province_is_remembered_too(client, picks, tree):
    client.force_login(make_committee_member(tree.village))
    client.get(f"{LOCAL}?city=all")

    assert titles(client) == ["广州的", "梅州的", "全省的"]


def test_member_sees_her_own_city_first(client, picks, tree):
    client.force_login(make_committee_member(tree.village))

    assert titles(client) == ["梅州的", "全省的"]


def test_city_without_counties_is_found(client, picks, tree):
    make_pick(tree.dongguan, city=tree.dongguan, title="东莞的")
    client.force_login(make_committee_member(tree.dongguan_town))

    assert titles(client) == ["东莞的", "全省的"]


@pytest.mark.parametrize("city", ["9999", "", "x", "4414;", "４４１４"])
def test_unknown_city_is_neither_shown_nor_remembered(client, picks, city):
    response = client.get(LOCAL, {"city": city})

    assert len(response.context["cards"]) == 3
    assert COOKIE not in response.cookies


def test_kind_narrows_the_list(client, tree, home):
    jobs = make_kind("妈妈岗")
    make_pick(tree.province, title="课")
    make_pick(tree.province, title="岗", kind=jobs)

    assert titles(client, f"?kind={jobs.pk}") == ["岗"]


@pytest.mark.parametrize("kind", ["0", "x", "9" * 30])
def test_unknown_kind_shows_all(client, picks, kind):
    assert len(titles(client, f"?kind={kind}")) == 3


def test_order_is_the_editors(client, home, tree):
    make_pick(tree.province, title="后", sort_order=20)
    make_pick(tree.province, title="先", sort_order=10)

    assert titles(client) == ["先", "后"]


def days(n):
    return timezone.localdate() + timedelta(days=n)


@pytest.mark.parametrize(
    ("fields", "is_shown"),
    [
        ({"is_on": False}, False),
        ({"starts_on": days(1)}, False),
        ({"starts_on": days(0)}, True),
        ({"ends_on": days(0)}, True),
        ({"ends_on": days(-1)}, False),
    ],
)
def test_shown_while_it_is_on_and_in_its_days(client, home, tree, fields, is_shown):
    make_pick(tree.province, **fields)

    assert bool(titles(client)) == is_shown


def test_off_is_gone_at_once_here_and_from_the_home_page(client, home, tree):
    make_pick(tree.province)
    before = client.get("/").context["has_local"], len(titles(client))
    LocalPick.objects.update(is_on=False)

    assert (before, client.get("/").context["has_local"], titles(client)) == ((True, 1), False, [])


def test_removed_domain_takes_its_cards_down(client, home, tree):
    allow("example.cn")
    make_pick(tree.province, title="别处", address="https://a.example.cn/", host="a.example.cn")
    make_pick(tree.province, title="省里")
    AllowedDomain.objects.filter(domain="gd.gov.cn").delete()

    assert titles(client) == ["别处"]


@pytest.mark.parametrize(
    ("host", "is_shown"),
    [
        ("gd.gov.cn", True),
        ("a.b.gd.gov.cn", True),
        ("evilgd.gov.cn", False),
        ("gd.gov.cn.evil.com", False),
        ("gov.cn", False),
        ("", False),
    ],
)
def test_host_is_the_domain_or_below_it(client, home, tree, host, is_shown):
    make_pick(tree.province, host=host, address=f"https://{host}/")

    assert bool(titles(client)) == is_shown


def make_app(tree, **fields):
    fields = {"app_id": APP_ID, "app_name": "粤省事", "app_path": "pages/a?b=1"} | fields
    return make_pick(tree.province, **fields)


def test_card_leads_where_it_says(client, home, tree):
    make_pick(tree.province)

    (card,) = client.get(LOCAL).context["cards"]

    assert card.url == "https://www.gd.gov.cn/x"


def test_mini_program_says_how_to_get_there(client, home, tree):
    pick = make_app(tree, hint="点“在线报名”")

    html = client.get(reverse("local_app", args=[pick.pk])).content.decode()

    way = f"weixin://dl/business/?appid={APP_ID}&amp;path=pages%2Fa&amp;query=b%3D1"
    assert [html.count(each) for each in (way, "输入“粤省事”", "点“在线报名”")] == [1, 1, 1]


@pytest.mark.parametrize("fields", [{"is_on": False}, {"ends_on": days(-1)}])
def test_mini_program_that_is_off_is_gone(client, home, tree, fields):
    pick = make_app(tree, **fields)

    assert client.get(reverse("local_app", args=[pick.pk])).status_code == 404


def test_web_address_has_no_page_of_its_own(client, home, tree):
    pick = make_pick(tree.province)

    assert client.get(reverse("local_app", args=[pick.pk])).status_code == 404


def test_queries_do_not_grow(client, home, tree):
    make_pick(tree.town, city=tree.city)
    before = count_queries(client, LOCAL)
    for number in range(15):
        make_pick(tree.village, city=tree.other_city, kind=make_kind(f"分类{number % 5}"))

    # Wherever there is more than one kind, they are offered from the same answer.
    assert count_queries(client, LOCAL) == before
