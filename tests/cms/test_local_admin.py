"""Local picks in the admin: whose they are, and where they may lead."""

import pytest
from django.urls import reverse

from cms.models import AllowedDomain, ColumnIndexPage, LocalPick, PickKind
from federations.models import StaffRoleType
from tests.editors import make_editor
from tests.factories import make_staff
from tests.picks import allow, make_kind, make_pick

pytestmark = pytest.mark.django_db

NOT_LISTED = (
    "域名 evil.example 不在“可用域名”里，不能保存。"
    "请核对网址；确实要用，请省妇联的编辑先加上这个域名。"
)


@pytest.fixture
def site(home, tree):
    home.add_child(instance=ColumnIndexPage(title="主题栏目", slug="columns"))
    allow()
    return tree


@pytest.fixture
def editor(client, home, site):
    editor = make_editor(home, site.town)
    client.force_login(editor)
    return editor


def form(**fields):
    return {
        "title": "老年大学报名",
        "summary": "",
        "kind": make_kind().pk,
        "address": "https://www.gd.gov.cn/x",
        "app_id": "",
        "app_name": "",
        "app_path": "",
        "hint": "",
        "picture": "",
        "sort_order": "100",
        "is_on": "on",
        "starts_on": "",
        "ends_on": "",
    } | fields


def add(client, federation, **fields):
    return client.post(reverse("localpick:add"), form(federation=federation.pk, **fields))


def errors(response):
    return {
        name: [str(e) for e in found] for name, found in response.context["form"].errors.items()
    }


def test_pick_belongs_to_her_federation_and_city(client, editor, site):
    add(client, site.town)

    pick = LocalPick.objects.get()
    assert (pick.federation, pick.city, pick.host) == (site.town, site.city, "www.gd.gov.cn")


def test_editor_of_the_province_chooses_the_city(client, home, site):
    client.force_login(make_editor(home, site.province))
    add(client, site.province, city=site.dongguan.pk)

    assert LocalPick.objects.get().city == site.dongguan


def test_city_cannot_be_smuggled_in(client, editor, site):
    add(client, site.town, city=site.dongguan.pk)

    assert LocalPick.objects.get().city == site.city


@pytest.mark.parametrize("place", ["county", "other_town", "province"])
def test_pick_is_not_made_for_others(client, editor, site, place):
    response = add(client, getattr(site, place))

    assert errors(response) == {"federation": ["请选择您编辑范围内的妇联。"]}
    assert LocalPick.objects.count() == 0


@pytest.mark.parametrize(
    ("place", "code"),
    [("town", 200), ("village", 200), ("county", 404), ("other_town", 404), ("province", 404)],
)
def test_own_picks_and_those_below_are_edited(client, editor, site, place, code):
    pick = make_pick(getattr(site, place))

    urls = [reverse(f"localpick:{view}", args=[pick.pk]) for view in ("edit", "delete")]

    assert [client.get(url).status_code for url in urls] == [code, code]


def test_list_holds_own_picks(client, editor, site):
    make_pick(site.other_town, title="别家的")
    own = make_pick(site.town)

    assert list(client.get(reverse("localpick:index")).context["object_list"]) == [own]


@pytest.mark.parametrize("view", ["localpick", "pickkind", "alloweddomain"])
def test_managers_have_no_entry(client, site, view):
    client.force_login(make_staff(site.town, StaffRoleType.MANAGER))

    assert client.get(reverse(f"{view}:index")).status_code == 302


@pytest.mark.parametrize("view", ["pickkind", "alloweddomain"])
def test_kinds_and_domains_are_the_provinces(client, home, editor, site, view):
    codes = [client.get(reverse(f"{view}:index")).status_code]
    client.force_login(make_editor(home, site.province))
    codes.append(client.get(reverse(f"{view}:index")).status_code)

    assert codes == [302, 200]


def test_domain_outside_the_list_is_not_saved(client, editor, site):
    response = add(client, site.town, address="https://evil.example/a")

    assert errors(response) == {"address": [NOT_LISTED]}
    assert 'value="https://evil.example/a"' in response.content.decode()
    assert LocalPick.objects.count() == 0


@pytest.mark.parametrize(
    "address",
    [
        "http://www.gd.gov.cn/",
        "https://www.gd.gov.cn@evil.example/",
        "https://www.gd.gov.cn:444/",
        "https://evilgd.gov.cn/",
        "https://10.0.0.1/",
        "https://xn--fiq228c.cn/",
        "javascript:alert(1)//www.gd.gov.cn",
        "www.gd.gov.cn",
    ],
)
def test_trick_addresses_are_not_saved(client, editor, site, address):
    assert list(errors(add(client, site.town, address=address))) == ["address"]
    assert LocalPick.objects.count() == 0


APP = {"address": "", "app_id": "wx0123456789abcdef", "app_name": "粤省事"}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"address": ""}, "address"),
        (APP | {"address": "https://www.gd.gov.cn/"}, "app_id"),
        (APP | {"app_name": ""}, "app_name"),
        (APP | {"app_id": "gh_123"}, "app_id"),
        (APP | {"app_id": ""}, "app_id"),
        (APP | {"app_path": "https://evil.example/"}, "app_path"),
        ({"starts_on": "2026-03-08", "ends_on": "2026-03-07"}, "ends_on"),
    ],
)
def test_what_contradicts_itself_is_not_saved(client, editor, site, fields, field):
    assert list(errors(add(client, site.town, **fields))) == [field]
    assert LocalPick.objects.count() == 0


def test_mini_program_is_saved(client, editor, site):
    add(client, site.town, **APP, app_path="pages/index/index?a=1")

    pick = LocalPick.objects.get()
    assert (pick.app_id, pick.app_path, pick.address, pick.host) == (
        "wx0123456789abcdef",
        "pages/index/index?a=1",
        "",
        "",
    )


def test_address_that_becomes_a_mini_program_forgets_its_host(client, editor, site):
    pick = make_pick(site.town)

    client.post(reverse("localpick:edit", args=[pick.pk]), form(federation=site.town.pk, **APP))

    pick.refresh_from_db()
    assert (pick.address, pick.host, pick.app_name) == ("", "", "粤省事")


def test_used_kind_is_not_deleted(client, home, site):
    client.force_login(make_editor(home, site.province))
    make_pick(site.town)

    client.post(reverse("pickkind:delete", args=[make_kind().pk]))

    assert PickKind.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "kept"), [(" Gz.Gov.CN ", "gz.gov.cn"), ("https://gz.gov.cn", None), ("*.cn", None)]
)
def test_domain_is_kept_as_a_plain_name(client, home, site, typed, kept):
    client.force_login(make_editor(home, site.province))

    client.post(reverse("alloweddomain:add"), {"domain": typed, "note": "广州市政府"})

    made = AllowedDomain.objects.exclude(domain="gd.gov.cn").values_list("domain", flat=True)
    assert list(made) == ([kept] if kept else [])


def test_domain_can_be_taken_away(client, home, site):
    client.force_login(make_editor(home, site.province))

    client.post(reverse("alloweddomain:delete", args=[AllowedDomain.objects.get().pk]))

    assert AllowedDomain.objects.count() == 0
