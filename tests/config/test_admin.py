"""No page of the admin may fail, whoever opens it."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.admin.menu import admin_menu, help_menu, reports_menu, settings_menu

from config.groups import EDITORS, FEDERATION_MANAGERS, group_names_for_role, set_up_groups
from federations.models import StaffRoleType
from tests.factories import make_member, make_staff

pytestmark = pytest.mark.django_db

SUPERUSER_ONLY = [
    "wagtailusers_users:index",
    "wagtailusers_users:add",
    "wagtailusers_groups:index",
    "wagtailadmin_workflows:index",
]


@pytest.fixture
def superuser(tree):
    return make_member("管理员", is_staff=True, is_superuser=True)


@pytest.fixture
def editor(tree, academy, home):
    return join_group(make_staff(tree.province, StaffRoleType.EDITOR, "林编辑"), EDITORS, home)


@pytest.fixture
def manager(tree, home):
    return join_group(make_staff(tree.town), FEDERATION_MANAGERS, home)


def join_group(member, name, home):
    set_up_groups(root_page=home)
    member.groups.add(*member.groups.model.objects.filter(name=name))
    return member


def menu_urls(request_user, rf):
    request = rf.get("/admin/")
    request.user = request_user
    return sorted(collect(admin_menu, request) | collect(settings_menu, request))


def collect(menu, request) -> set[str]:
    urls = set()
    for item in menu.menu_items_for_request(request):
        if hasattr(item, "menu"):
            urls |= collect(item.menu, request)
        elif item.url.startswith("/"):
            urls.add(item.url)
    return urls


def failing(client, urls) -> dict[str, int]:
    codes = {url: client.get(url, follow=True).status_code for url in urls}
    return {url: code for url, code in codes.items() if code != 200}


def test_menu_opens_for_superuser(client, rf, home, superuser):
    client.force_login(superuser)

    assert failing(client, menu_urls(superuser, rf)) == {}


def test_reports_and_help_open_for_superuser(client, rf, home, superuser):
    client.force_login(superuser)
    request = rf.get("/admin/")
    request.user = superuser
    urls = collect(reports_menu, request) | collect(help_menu, request)

    assert failing(client, [url for url in urls if url != "#"]) == {}


def test_menu_opens_for_editor(client, rf, editor):
    client.force_login(editor)

    assert failing(client, menu_urls(editor, rf)) == {}


def test_menu_opens_for_manager(client, rf, manager):
    client.force_login(manager)

    assert failing(client, menu_urls(manager, rf)) == {}


def top_level(member, rf) -> list[str]:
    request = rf.get("/admin/")
    request.user = member
    items = sorted(admin_menu.menu_items_for_request(request), key=lambda item: item.order)
    return [str(item.label) for item in items]


def test_menu_is_grouped_by_work_for_superuser(rf, home, superuser):
    work = ["内容", "审校", "内容检查", "题库", "测验", "学习任务"]
    people = ["积分与学时", "证书", "妇联与成员"]
    assert top_level(superuser, rf)[:9] == work + people


def test_menu_of_editor_begins_with_content_and_questions(rf, editor):
    work = ["内容", "审校", "内容检查", "题库", "测验", "学习任务", "妇联与成员"]
    assert top_level(editor, rf) == work


def test_menu_of_editor_is_empty_when_her_role_has_ended(rf, editor):
    editor.staff_roles.update(ends_on="2025-12-31")

    assert top_level(editor, rf) == []


def test_menu_of_manager_holds_plans_and_people(rf, manager):
    assert top_level(manager, rf) == ["审校", "学习任务", "积分与学时", "证书", "妇联与成员"]


def test_help_leads_nowhere_outside(client, home, superuser):
    client.force_login(superuser)

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert [part for part in ("guide.wagtail.org", "docs.wagtail.org") if part in page] == []


@pytest.mark.parametrize("name", SUPERUSER_ONLY)
def test_administration_is_closed_to_manager(client, manager, name):
    client.force_login(manager)

    response = client.get(reverse(name))

    # Wagtail answers a refused page with its dashboard and a message.
    assert (response.status_code, response.get("Location")) == (302, reverse("wagtailadmin_home"))


def test_site_history_is_closed_to_manager(client, manager, tree):
    client.force_login(manager)

    response = client.get(reverse("wagtailadmin_reports:site_history"))

    assert (response.status_code, response.get("Location")) == (302, reverse("wagtailadmin_home"))


@pytest.mark.parametrize("person", ["superuser", "editor", "manager"])
def test_dashboard_and_account_open(client, home, request, person):
    client.force_login(request.getfixturevalue(person))

    urls = [reverse("wagtailadmin_home"), reverse("wagtailadmin_account")]

    assert failing(client, urls) == {}


def test_ordinary_member_is_kept_out(client, home, tree):
    client.force_login(make_member())

    response = client.get(reverse("wagtailadmin_home"))

    assert response.status_code == 302


def test_account_page_saves_name(client, editor):
    client.force_login(editor)
    page = client.get(reverse("wagtailadmin_account"))
    data = {"name_email-name": "林小燕", "name_email-email": "", "theme-theme": "system"}
    data |= {"theme-contrast": "system", "theme-density": "default"}
    data |= {"theme-keyboard_shortcuts": "on"}

    client.post(reverse("wagtailadmin_account"), data)

    editor.refresh_from_db()
    assert (page.status_code, editor.name) == (200, "林小燕")


def test_groups_are_set_up_once(home):
    set_up_groups(root_page=home)
    once = figures()

    set_up_groups(root_page=home)

    assert figures() == once


def figures() -> dict[str, tuple[int, int, int]]:
    return {
        group.name: (
            group.permissions.count(),
            group.page_permissions.count(),
            group.collection_permissions.count(),
        )
        for group in Group.objects.filter(name__in=[EDITORS, FEDERATION_MANAGERS])
    }


@pytest.mark.parametrize("role", list(StaffRoleType))
def test_every_role_has_a_group(role):
    assert set(group_names_for_role(role)) <= {EDITORS, FEDERATION_MANAGERS}
    assert group_names_for_role(role)
