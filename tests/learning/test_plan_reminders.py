"""提醒未完成的人: who has not finished is told once; one a week at most, and none when stopped."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from config.tasks import run_jobs
from federations.models import Job, StaffRoleType
from learning.domain.progress import complete_page
from learning.domain.reminders import ReminderRefused, remind_unfinished, send_due_reminders
from learning.models import Plan, PlanEvent
from members.domain.reminders import Reminded, allow_reminders, remind, stop_reminders
from members.models import Notice
from tests.counting import count_queries
from tests.factories import make_committee_member
from tests.learning.test_mine import make_plan
from tests.learning.test_plan_progress import sign_in
from tests.pages import make_lesson

NOW = timezone.now()


@pytest.fixture
def plan(tree, academy):
    lesson = make_lesson(academy)
    return make_plan(tree.province, [lesson], cutoff_at=NOW + timedelta(days=10))


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


def send(plan, *, now=NOW, run="一", places=None) -> Reminded:
    return remind_unfinished(
        plan=plan, federations=places or [plan.federation], run=run, by=None, now=now
    )


def reminded() -> list[str]:
    return list(Notice.objects.order_by("pk").values_list("member__name", flat=True))


def test_only_who_has_not_finished_is_reminded(plan, member, tree):
    done = make_committee_member(tree.village, "黄桂芳")
    complete_page(member=done, page_id=plan.items.get().page_id, now=NOW)

    assert (send(plan), reminded()) == (Reminded(sent=1), ["陈秀英"])


def test_reminder_leads_to_the_plan(plan, member):
    send(plan)

    notice = Notice.objects.get()
    assert (notice.kind, notice.channel, notice.sent_at) == ("reminder", "in_app", NOW)
    assert notice.url == reverse("learning:plan", args=[plan.pk])


def test_one_a_week_at_most_over_all_plans(plan, member, tree, academy):
    other = make_plan(tree.city, [make_lesson(academy)], title="另一个")
    send(plan)
    soon = send(other, run="二", now=NOW + timedelta(days=6, hours=23))
    later = send(other, run="三", now=NOW + timedelta(days=7))

    assert (soon, later) == (Reminded(within_week=1), Reminded(sent=1))
    assert len(reminded()) == 2


@pytest.mark.parametrize("after", [timedelta(0), timedelta(hours=1)])
def test_the_same_run_again_reaches_nobody_twice_and_counts_the_same(plan, member, after):
    first, again = send(plan), send(plan, now=NOW + after)

    assert (first, again, len(reminded())) == (Reminded(sent=1), Reminded(sent=1), 1)


def test_who_stopped_reminders_gets_none_until_she_turns_them_on(plan, member):
    stop_reminders(member=member, now=NOW)
    stopped = send(plan)
    allow_reminders(member=member)

    assert (stopped, send(plan, run="二")) == (Reminded(stopped=1), Reminded(sent=1))


def test_account_out_of_use_gets_none(plan, member):
    member.is_active = False
    member.save()

    assert (send(plan), reminded()) == (Reminded(inactive=1), [])


def test_only_the_asked_units_and_the_audience_are_reminded(plan, member, tree):
    make_committee_member(tree.other_village, "别处的人")
    make_committee_member(tree.town, "镇上的人")
    Plan.objects.update(levels=(5,))
    plan.refresh_from_db()

    assert (send(plan, places=[tree.town, tree.village]).sent, reminded()) == (1, ["陈秀英"])


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"paused_at": NOW}, "“任务”已暂停，恢复以后才能提醒。"),
        ({"opens_at": NOW + timedelta(days=1)}, "“任务”还没有开始，开始以后才能提醒。"),
        ({"cutoff_at": NOW - timedelta(hours=1)}, "“任务”已经截止，不再提醒。"),
    ],
)
def test_plan_that_asks_nobody_reminds_nobody(plan, member, fields, said):
    for name, value in fields.items():
        setattr(plan, name, value)

    with pytest.raises(ReminderRefused, match=said):
        send(plan)
    assert reminded() == []


def test_job_says_how_many_got_it_and_why_others_did_not(client, home, plan, member, tree):
    stop_reminders(member=make_committee_member(tree.village, "黄桂芳"), now=NOW)
    recent = make_committee_member(tree.village, "林美玉")
    remind(member_ids=[recent.pk], text="别的", url="", run="别的", now=NOW)
    staff = sign_in(client, home, tree.town)
    client.post(reverse("plan_remind", args=[plan.pk]), {"federation": tree.town.pk})
    run_jobs()

    assert [count for _label, count in Job.objects.get().result["lines"]] == ["1", "1", "1", "0"]
    event = PlanEvent.objects.get()
    assert (event.kind, event.by, event.changes[:2]) == (
        "reminded",
        staff,
        [["单位", "", "松口镇妇联"], ["收到提醒", "", "1"]],
    )


def test_viewer_reminds_nobody(client, home, plan, member, tree):
    sign_in(client, home, tree.town, StaffRoleType.VIEWER)
    response = client.post(reverse("plan_remind", args=[plan.pk]), {"federation": tree.town.pk})

    assert (response.status_code, Job.objects.count()) == (404, 0)


def test_automatic_reminder_goes_out_once_when_its_day_has_come(plan, member):
    Plan.objects.update(reminds_before=3)
    early = send_due_reminders(now=NOW + timedelta(days=6))
    due = send_due_reminders(now=NOW + timedelta(days=7, hours=1))
    again = send_due_reminders(now=NOW + timedelta(days=8))

    assert ((early, due, again), len(reminded())) == ((0, 1, 0), 1)


def test_extended_plan_reminds_again_and_a_paused_one_does_not(plan, member):
    Plan.objects.update(reminds_before=3)
    send_due_reminders(now=NOW + timedelta(days=8))
    Plan.objects.update(cutoff_at=NOW + timedelta(days=20))
    Plan.objects.update(paused_at=NOW)
    paused = send_due_reminders(now=NOW + timedelta(days=18))
    Plan.objects.update(paused_at=None)

    assert (paused, send_due_reminders(now=NOW + timedelta(days=18)), len(reminded())) == (0, 1, 2)


def test_one_tap_stops_reminders_and_one_turns_them_on(client, home, plan, member):
    send(plan)
    client.force_login(member)
    offered = "停止提醒" in client.get(reverse("members:notices")).content.decode()
    answer = client.post(reverse("members:reminders"), {"wanted": "0", "next": "/me/notices/"})
    stopped = client.get(reverse("me")).context["gets_reminders"]
    client.post(reverse("members:reminders"), {"wanted": "1"})

    assert (offered, answer.url, stopped) == (True, "/me/notices/", False)
    assert client.get(reverse("me")).context["gets_reminders"] is True


def test_stopping_leads_to_no_other_site(client, home, member):
    client.force_login(member)
    answer = client.post(reverse("members:reminders"), {"next": "https://example.com/"})

    assert answer.url == reverse("me")


def test_notices_take_as_many_queries_for_many_reminders(client, home, plan, member):
    client.force_login(member)
    send(plan)
    few = count_queries(client, "me")
    for week in range(1, 20):
        now = NOW + timedelta(days=7 * week)
        remind(member_ids=[member.pk], text="提醒", url="", run=str(week), now=now)

    assert count_queries(client, "me") == few
