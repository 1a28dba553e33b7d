"""提醒: previewed, limited, on record, sent once."""

from uuid import uuid4

import pytest
from django.urls import reverse

from cms.domain.reviews.words import add_words
from config.tasks import run_jobs
from federations.domain.jobs import ask_for_job
from federations.models import Job, StaffRoleType
from learning.domain.progress import complete_page
from learning.domain.reminders import send_due_reminders
from learning.models import Plan, ReminderSending
from members.domain.reminders import Reminded, foresee, remind, stop_reminders
from members.models import Member, Notice
from tests.counting import count_queries
from tests.factories import make_committee_member, make_staff
from tests.learning.desk.conftest import NOW

URL = "desk_reminders"


def post(client, desks, place, **data):
    data = {
        "plan": desks.plan.pk,
        "federation": place.pk,
        "view": "subtree",
        "token": uuid4(),
    } | data
    return client.post(reverse(URL), data)


def errors(response) -> list[str]:
    return [each for found in response.context["form"].errors.values() for each in found]


def test_address_that_names_a_plan_shows_the_preview(client, desks, tree):
    desks.enter(client, tree.town)
    shown = client.get(reverse(URL), {"plan": desks.plan.pk, "federation": tree.town.pk})

    preview = shown.context["preview"]
    assert (preview["unfinished"], preview["sent"]) == (3, 3)
    assert preview["text"].startswith("学习任务“春季任务”还有内容没学完")
    assert not Job.objects.exists()


def test_preview_says_who_gets_none_and_why(client, desks, tree):
    fresh, going = Member.objects.filter(name__in=["未大黄村", "进大黄村"]).order_by("pk")
    stop_reminders(member=fresh, now=NOW)
    remind(member_ids=[going.pk], text="别的", url="", run="别的", now=NOW)
    desks.enter(client, tree.town)
    preview = post(client, desks, tree.town).context["preview"]

    assert (preview["sent"], [each["count"] for each in preview["others"]]) == (1, [1, 1])


def test_foreseen_is_what_is_sent(desks, tree):
    ids = list(Member.objects.values_list("pk", flat=True))
    stop_reminders(member=Member.objects.get(pk=ids[0]), now=NOW)
    Member.objects.filter(pk=ids[1]).update(is_active=False)
    foreseen = foresee(member_ids=ids, now=NOW)

    assert foreseen == remind(member_ids=ids, text="x", url="", run="一", now=NOW)
    assert foreseen == Reminded(sent=len(ids) - 2, stopped=1, inactive=1)


def test_sent_words_reach_those_who_have_not_finished(client, desks, tree):
    staff = desks.enter(client, tree.town)
    answer = post(client, desks, tree.town, words=" 周五  前学完 ", send="1")
    run_jobs()

    job, sending = Job.objects.get(), ReminderSending.objects.get()
    assert answer.url.startswith(reverse("desk_job", args=[job.pk]))
    assert (sending.by, sending.sent, sending.unfinished) == (staff, 3, 3)
    assert Notice.objects.count() == 3
    assert Notice.objects.first().text.endswith("点开看看还差哪几项。周五 前学完")
    assert job.params.keys() == {"plan", "federation", "sending"}


def test_own_team_alone_is_reminded(client, desks, tree):
    make_committee_member(tree.town, "镇上的")
    desks.enter(client, tree.town)
    post(client, desks, tree.town, view="own", send="1")
    run_jobs()

    assert list(Notice.objects.values_list("member__name", flat=True)) == ["镇上的"]


def test_pressing_twice_is_one_sending(client, desks, tree):
    desks.enter(client, tree.town)
    token = uuid4()
    first, again = (post(client, desks, tree.town, token=token, send="1") for _ in range(2))

    assert (first.url, Job.objects.count()) == (again.url, 1)


def test_day_has_a_limit(client, desks, tree, settings):
    settings.REMINDER_SENDINGS_PER_DAY = 1
    desks.enter(client, tree.town)
    post(client, desks, tree.town, send="1")
    refused = post(client, desks, tree.town, words="再来", send="1")

    assert errors(refused) == ["今天从这里已经发过 1 次提醒，请明天再发。"]
    assert refused.context["form"]["words"].value() == "再来"
    assert ReminderSending.objects.count() == 1


def test_sending_has_a_limit(client, desks, tree, settings):
    settings.REMINDERS_PER_SENDING = 2
    desks.enter(client, tree.town)

    assert errors(post(client, desks, tree.town, send="1")) == [
        "这里还有 3 人没完成，一次最多提醒 2 人。请到下一级单位分别提醒。"
    ]
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("这是最 佳办法", "附言里有敏感词“最佳”，请换个说法。改成“很好”"),
        ("长" * 61, "附言最多 60 个字，请写短一些。"),
    ],
)
def test_words_are_looked_at(client, desks, tree, words, said):
    add_words("最佳=>改成“很好”", kind="other", severity="check")
    desks.enter(client, tree.town)
    refused = post(client, desks, tree.town, words=words, send="1")

    assert (errors(refused), Job.objects.count()) == ([said], 0)


def test_paused_task_cannot_be_chosen(client, desks, tree):
    Plan.objects.update(paused_at=NOW)
    desks.enter(client, tree.town)

    assert post(client, desks, tree.town, send="1").context["has_plans"] is False
    assert not Job.objects.exists()


def test_history_says_how_many_fewer_are_missing_since(client, desks, tree):
    desks.enter(client, tree.town)
    post(client, desks, tree.town, send="1")
    run_jobs()
    stuck = Member.objects.get(name="卡大黄村")
    complete_page(member=stuck, page_id=desks.quiz.pk, now=NOW)
    desks.fold()
    (line,) = client.get(reverse(URL)).context["history"]

    assert (line["fewer"], line["left"]) == (1, 2)


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        ("manager", "town", 200),
        ("manager", "county", 404),
        ("manager", "other_town", 404),
        ("viewer", "town", 403),
        ("editor", "town", 403),
    ],
)
def test_only_managers_of_the_place_remind(client, desks, tree, role, place, status):
    desks.enter(client, tree.town, StaffRoleType(role))

    assert post(client, desks, getattr(tree, place)).status_code == status


def test_sendings_of_siblings_and_above_are_not_shown(client, desks, tree):
    for place in (tree.county, tree.sibling_village):
        ReminderSending.objects.create(
            plan=desks.plan, federation=place, reach="subtree", asked_at=NOW
        )
    desks.enter(client, tree.village)

    assert client.get(reverse(URL)).context["history"] == []


def test_superior_who_sent_from_here_is_not_named(client, desks, tree):
    above, here = make_staff(tree.county, name="县里的"), make_staff(tree.village, name="村里的")
    for by in (above, here, None):
        ReminderSending.objects.create(
            plan=desks.plan, federation=tree.town, reach="own", by=by, asked_at=NOW
        )
    desks.enter(client, tree.town)
    shown = client.get(reverse(URL))

    assert [line["who"] for line in shown.context["history"]] == [
        "到日子自动发的",
        "村里的",
        "上级妇联",
    ]
    assert "县里的" not in shown.content.decode()


def test_automatic_reminder_is_in_the_history_and_takes_no_turn(client, desks, tree, settings):
    settings.REMINDER_SENDINGS_PER_DAY = 1
    Plan.objects.update(reminds_before=30, federation=tree.town)
    send_due_reminders(now=NOW)
    desks.enter(client, tree.town)
    shown = client.get(reverse(URL)).context

    (line,) = shown["history"]
    assert (line["who"], line["fate"], line["sending"].sent) == ("到日子自动发的", "sent", 3)
    assert shown["left"] == 1


def test_sending_whose_job_is_gone_is_not_under_way(client, desks, tree):
    desks.enter(client, tree.town)
    post(client, desks, tree.town, send="1")
    before = client.get(reverse(URL)).context["history"][0]["fate"]
    Job.objects.all().delete()

    assert (before, client.get(reverse(URL)).context["history"][0]["fate"]) == ("waiting", "failed")


def test_history_takes_as_many_queries_for_many_sendings(client, desks, tree):
    desks.enter(client, tree.town)

    def add(count):
        for _each in range(count):
            staff = make_staff(tree.village)
            ReminderSending.objects.create(
                plan=desks.plan,
                federation=tree.village,
                reach="own",
                by=staff,
                job=ask_for_job(kind="plan_reminder", title="提醒", owner=staff),
                asked_at=NOW,
            )

    add(1)
    few = count_queries(client, URL)
    add(29)
    assert count_queries(client, URL) == few
