"""积分规则 and 学时统计: whose they are, a trial before saving, files that are inert."""

from datetime import datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import get_current_timezone, localdate

from config.groups import set_up_groups, sync_groups
from config.tasks import HANDLERS
from federations.domain.jobs import run_waiting_jobs
from federations.models import Job, JobState, StaffRole, StaffRoleType
from learning.domain.ledger.simulation import last_month
from learning.models import PointRule
from tests.counting import count_queries
from tests.factories import make_committee_member, make_member, make_staff
from tests.learning.ledgers import fold, learn, make_rule
from tests.pages import make_lesson

TODAY = localdate()
TOMORROW = TODAY + timedelta(days=1)
YEAR = TODAY.year
FIRST, LAST = last_month(TODAY)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def sign_in(client, home, staff):
    set_up_groups(root_page=home)
    sync_groups(now=timezone.now())
    client.force_login(staff)
    return staff


@pytest.fixture
def manager(client, tree, home):
    return sign_in(client, home, make_staff(tree.province))


def rule_data(**fields):
    data = {"behaviour": "lesson_micro", "points": 8, "hours": "0.5", "daily_cap": 16}
    return data | {"starts_on": TOMORROW.isoformat(), "note": "鼓励微课"} | fields


def add(client, **fields):
    return client.post(reverse("pointrule:add"), rule_data(**fields))


def test_new_version_is_saved(client, manager):
    make_rule()
    add(client)

    rule = PointRule.objects.get(starts_on=TOMORROW)
    assert (rule.points, rule.credit, rule.daily_cap, rule.created_by) == (8, 50, 16, manager)


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=400)])
def test_start_that_is_not_in_the_future_is_refused(client, manager, day):
    response = add(client, starts_on=day.isoformat())

    assert "生效日期最早是明天" in response.content.decode()
    assert "鼓励微课" in response.content.decode()
    assert not PointRule.objects.exists()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"points": 101}, "最多 100 分"),
        ({"points": -1}, ""),
        ({"hours": "-0.5"}, ""),
        ({"hours": "12"}, ""),
        ({"daily_cap": 7}, "每日上限不能比一次的积分还少"),
        ({"daily_cap": 5000}, "最多 1000 分"),
        ({"starts_on": "明天"}, ""),
        ({"behaviour": "sleeping"}, ""),
    ],
)
def test_bad_figures_are_refused(client, manager, fields, message):
    response = add(client, **fields)

    assert response.status_code == 200
    assert response.context["form"].errors
    assert message in response.content.decode()
    assert not PointRule.objects.exists()


def test_second_version_of_the_same_day_is_refused(client, manager):
    make_rule(starts_on=TOMORROW)
    response = add(client)

    assert "已经有一条规则" in response.content.decode()
    assert PointRule.objects.count() == 1


@pytest.mark.parametrize("view", ["edit", "delete"])
def test_version_in_force_cannot_be_changed(client, manager, view):
    rule = make_rule()
    response = client.post(reverse(f"pointrule:{view}", args=[rule.pk]), rule_data())

    assert response.url == reverse("pointrule:inspect", args=[rule.pk])
    assert "已经生效" in str(next(iter(get_messages(response.wsgi_request))))
    assert PointRule.objects.get().points == 5


def test_version_to_come_can_be_changed_and_removed(client, manager):
    rule = make_rule(starts_on=TOMORROW)
    client.post(reverse("pointrule:edit", args=[rule.pk]), rule_data(points=9))
    assert PointRule.objects.get().points == 9
    client.post(reverse("pointrule:delete", args=[rule.pk]))
    assert not PointRule.objects.exists()


def test_list_says_what_is_in_force(client, manager):
    make_rule(starts_on=TODAY - timedelta(days=9))
    make_rule(starts_on=TODAY)
    make_rule(starts_on=TOMORROW)
    page = client.get(reverse("pointrule:index")).content.decode()

    assert all(page.count(text) == 1 for text in ("已被新规则代替", "正在执行", "还没开始"))


def test_list_queries_do_not_grow(client, manager):
    make_rule(created_by=manager)
    few = count_queries(client, "pointrule:index")
    for days in range(29):
        make_rule(starts_on=TOMORROW + timedelta(days=days), created_by=manager)

    assert count_queries(client, "pointrule:index") == few


@pytest.mark.parametrize(
    ("place", "role"),
    [
        ("city", StaffRoleType.MANAGER),
        ("province", StaffRoleType.VIEWER),
        ("province", StaffRoleType.EDITOR),
    ],
)
def test_rules_are_the_provinces_managers_own(client, home, tree, place, role):
    sign_in(client, home, make_staff(getattr(tree, place), role))
    rule = make_rule(starts_on=TOMORROW)
    urls = [reverse("pointrule:index"), reverse("pointrule:add")]
    urls += [reverse(f"pointrule:{view}", args=[rule.pk]) for view in ("edit", "inspect", "delete")]

    for url in urls:
        # Wagtail leads away from what she may not do.
        assert client.get(url).status_code in (302, 404)
    add(client, behaviour="quiz_passed")
    assert PointRule.objects.count() == 1
    assert "积分规则" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_superuser_may_make_rules(client, home):
    sign_in(client, home, make_member(is_staff=True, is_superuser=True))
    add(client)

    assert PointRule.objects.count() == 1


def in_last_month(day=1, hour=12):
    moment = datetime(FIRST.year, FIRST.month, day, hour)
    return moment.replace(tzinfo=get_current_timezone())


def simulate(client, **fields) -> Job:
    add(client, simulate="1", **fields)
    run_waiting_jobs(handlers=HANDLERS)
    return Job.objects.latest("pk")


def test_trial_compares_last_month(client, manager, tree, academy):
    """One member with three lessons (cap 12 → 12, cap 16 → 16), one with one (5 → 8)."""
    make_rule(daily_cap=12)
    pages = [make_lesson(academy) for _each in range(3)]
    first, second = (make_committee_member(tree.village) for _each in range(2))
    for page in pages:
        learn(first, page, in_last_month(3))
    learn(second, pages[0], in_last_month(LAST.day, 23))
    learn(second, pages[1], in_last_month(1) - timedelta(days=1))
    learn(second, pages[2], timezone.now())
    job = simulate(client)
    response = client.get(reverse("job", args=[job.pk]), follow=True)

    assert (job.state, PointRule.objects.count()) == (JobState.DONE, 1)
    result = response.context["result"]
    assert (result["first"], result["last"]) == (FIRST.isoformat(), LAST.isoformat())
    assert (result["members"], result["gaining"], result["losing"]) == (2, 2, 0)
    assert result["present"] == {"points": 17, "credit": 100, "mean_tenths": 85, "top": 12}
    assert result["proposed"] == {"points": 24, "credit": 200, "mean_tenths": 120, "top": 16}
    assert response.context["rows"][0] == ("积分合计", "17", "24", "+7")


def test_trial_of_bad_figures_keeps_what_was_typed(client, manager):
    response = add(client, simulate="1", points=500)

    assert "最多 100 分" in response.content.decode()
    assert not Job.objects.exists()


def test_rule_is_saved_from_the_trial(client, manager):
    job = simulate(client)
    rule = client.get(reverse("point_rule_simulation", args=[job.pk])).context["rule"]
    client.post(reverse("pointrule:add"), rule)

    saved = PointRule.objects.get()
    assert (saved.points, saved.credit, saved.note) == (8, 50, "鼓励微课")


def test_form_takes_up_the_figures_of_the_trial(client, manager):
    job = simulate(client)
    url = client.get(reverse("point_rule_simulation", args=[job.pk])).context["change_url"]
    form = client.get(url).context["form"]

    assert (form["points"].value(), form["hours"].value()) == ("8", "0.5")


def test_trial_is_its_owners(client, manager, home, tree):
    job = simulate(client)
    url = reverse("point_rule_simulation", args=[job.pk])
    sign_in(client, home, make_staff(tree.province, name="黄主任"))
    assert client.get(url).status_code == 404
    sign_in(client, home, make_staff(tree.city))
    assert client.get(url).status_code in (302, 403)


def test_trial_asks_again_who_she_is(client, manager):
    add(client, simulate="1")
    StaffRole.objects.all().delete()
    run_waiting_jobs(handlers=HANDLERS)

    assert Job.objects.get().state == JobState.FAILED


@pytest.fixture
def learners(tree, academy):
    """One member in the town's scope with half an hour, one elsewhere with more."""
    make_rule(starts_on=TODAY.replace(month=1, day=1))
    page, other = make_lesson(academy), make_lesson(academy)
    inside = make_committee_member(tree.village, "=陈秀英")
    outside = make_committee_member(tree.other_village, "黄阿婆")
    for member, done in ((inside, page), (outside, page), (outside, other)):
        learn(member, done, timezone.now())
    fold(timezone.now())
    return inside, outside


def test_staff_see_hours_of_their_own_members(client, home, tree, learners):
    sign_in(client, home, make_staff(tree.town))
    (row,) = client.get(reverse("hours_list")).context["rows"]

    assert (row["member"], row["hours"], row["points"]) == (learners[0], "0.25", 5)


def test_hours_of_last_year_are_others(client, home, tree, learners):
    sign_in(client, home, make_staff(tree.town))
    response = client.get(reverse("hours_list") + f"?year={YEAR - 1}")
    assert response.status_code == (404 if YEAR - 1 < 2026 else 200)
    assert client.get(reverse("hours_list") + "?year=x").status_code == 404


@pytest.mark.parametrize("role", [StaffRoleType.EDITOR, StaffRoleType.EXAMINER])
def test_editors_see_no_hours(client, home, tree, learners, role):
    sign_in(client, home, make_staff(tree.town, role))

    assert client.get(reverse("hours_list")).status_code in (302, 403)
    client.post(reverse("hours_export"), {"year": YEAR})
    assert not Job.objects.exists()


def test_hours_queries_do_not_grow(client, home, tree, learners):
    sign_in(client, home, make_staff(tree.town))
    few = count_queries(client, "hours_list")
    for _each in range(29):
        make_committee_member(tree.sibling_village)

    assert count_queries(client, "hours_list") == few


def test_export_holds_the_scope_and_is_inert(client, home, tree, learners):
    sign_in(client, home, make_staff(tree.county))
    client.post(reverse("hours_export"), {"year": YEAR})
    run_waiting_jobs(handlers=HANDLERS)
    job = Job.objects.get()
    content = b"".join(client.get(reverse("job_output", args=[job.pk])).streaming_content)
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    _titles, row = sheet.iter_rows()

    assert [cell.value for cell in row][1:] == [
        "=陈秀英",
        learners[0].masked_phone,
        0.25,
        5,
        "否",
    ]
    assert row[1].data_type == "s"


def test_export_without_anybody_is_refused(client, home, tree, learners):
    sign_in(client, home, make_staff(tree.dongguan))
    client.post(reverse("hours_export"), {"year": YEAR})
    run_waiting_jobs(handlers=HANDLERS)

    assert "没有可以导出的学时" in Job.objects.get().message
