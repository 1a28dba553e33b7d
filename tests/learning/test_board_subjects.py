"""What boards are about: tasks, quizzes, periods; and where their numbers come from."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from federations import scope
from federations.desk.access import has_desk
from federations.models import Position, StaffRole, StaffRoleType
from federations.seats import seats_of
from learning.boards.subjects import boards_for, find_subjects
from learning.models import Plan, PlanItem, PlanKind, Reach, Span
from learning.queries_plans import plans_for
from learning.views import board_kept
from tests.factories import (
    make_appointment,
    make_committee_member,
    make_member,
    make_staff,
    make_village,
)
from tests.learning.boards import make_past_period, make_period, stand
from tests.pages import make_lesson, make_quiz_page


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


@pytest.fixture
def hers(client, tree):
    client.force_login(make_committee_member(tree.village))
    return client


def read(client, name="learning:board", **query):
    return client.get(reverse(name), query)


def make_task(tree, title="年度学习任务", *, pages=(), **fields):
    facts = {"federation": tree.province, "opens_at": timezone.now() - timedelta(days=9)}
    plan = Plan.objects.create(title=title, **facts | fields)
    for page in pages:
        PlanItem.objects.create(plan=plan, page=page)
    return plan


def make_quiz_board(tree, number=1, **fields):
    facts = {"federation": tree.province, "opens_at": timezone.now() - timedelta(days=number)}
    facts |= {"kind": PlanKind.QUIZ, "key": f"quiz-{number}", "title": f"测验{number}"}
    return Plan.boards.create(**facts | fields)


def labels(items):
    return [item["label"] for item in items]


def test_task_without_a_quiz_offers_no_scores(hers, tree, academy):
    plain = make_task(tree, "只看微课", pages=[make_lesson(academy)])
    tested = make_task(tree, "有测验", pages=[make_quiz_page(academy)])

    assert labels(read(hers, plan=plain.pk).context["sorts"]) == ["完成率", "参与率", "人均学时"]
    assert labels(read(hers, plan=tested.pk).context["sorts"]) == [
        "完成率",
        "参与率",
        "及格率",
        "优秀率",
        "平均分",
        "人均学时",
    ]


def test_scores_of_a_task_without_a_quiz_fall_back(hers, tree, academy):
    plain = make_task(tree, pages=[make_lesson(academy)])

    assert read(hers, plan=plain.pk, sort="passed").context["sort"]["label"] == "完成率"


def test_period_calls_completion_reaching_the_target(hers, tree):
    period = make_period(tree)

    assert labels(read(hers, plan=period.pk).context["sorts"])[0] == "达标率"


def test_kinds_open_on_their_newest_board(hers, tree):
    make_task(tree)
    make_quiz_board(tree, 2), make_quiz_board(tree, 1)
    make_period(tree, span=Span.WEEK, key="week-2026-W48", title="第48周")
    make_period(tree)
    titles = [read(hers, kind=kind).context["plan"]["title"] for kind in PlanKind.values]

    assert titles == ["年度学习任务", "测验1", "2026年11月"]


def test_kind_without_a_board_says_so(hers, tree):
    make_task(tree)

    assert "还没有人交过测验的卷子" in read(hers, kind="quiz").content.decode()


def test_change_of_kind_keeps_the_place_if_it_is_reached(hers, tree):
    make_period(tree)
    local = make_task(tree, "梅州任务", federation=tree.city)
    kept = read(hers, kind="period", federation=tree.town.pk).context["federation"]["name"]
    lost = read(hers, kind="task", federation=tree.province.pk).context["federation"]["name"]

    assert (kept, lost) == (tree.town.name, local.federation.name)


def test_period_leads_to_the_one_before_and_back(hers, tree):
    before = make_past_period(tree)
    period = make_period(tree, previous=before)
    now = read(hers, plan=period.pk).context["subjects"]
    then = read(hers, plan=before.pk).context["subjects"]

    assert (now["earlier"]["title"], now["later"]) == ("2026年10月", None)
    assert (then["earlier"], then["later"]["title"]) == (None, "2026年11月")


def test_period_that_has_not_begun_is_not_offered(hers, tree):
    period = make_period(tree)
    later = timezone.now() + timedelta(days=9)
    make_period(
        tree,
        key="month-2026-12",
        title="2026年12月",
        opens_at=later,
        cutoff_at=later + timedelta(days=30),
        previous=period,
    )

    assert read(hers, plan=period.pk).context["subjects"]["later"] is None
    assert "2026年12月" not in read(hers, "learning:boards", kind="period").content.decode()


def test_many_quizzes_are_found_on_the_page_of_all(hers, tree):
    for number in range(1, 26):
        make_quiz_board(tree, number)
    chips = read(hers, kind="quiz").context["subjects"]["chips"]
    found = read(hers, "learning:boards", kind="quiz", q="测验25").context["boards"]
    second = read(hers, "learning:boards", kind="quiz", p=2).context["boards"]

    assert [item["title"] for item in chips] == [f"测验{number}" for number in range(1, 7)]
    assert [item["title"] for item in found] == ["测验25"]
    assert [item["title"] for item in second] == [f"测验{number}" for number in range(21, 26)]


def test_tasks_of_another_city_are_not_on_the_page_of_all(hers, tree):
    make_task(tree, "广州任务", federation=tree.other_city)
    make_task(tree)
    listed = read(hers, "learning:boards").context["boards"]

    assert [item["title"] for item in listed] == ["年度学习任务"]


def test_why_tells_the_formula_and_all_counts(hers, tree):
    period = make_period(tree)
    stand(period, tree.village, due=15, joined=12, completed=11, credit=3750)
    context = read(hers, "learning:board_why", plan=period.pk, federation=tree.village.pk).context

    assert (context["text"], context["formula"]) == ("73.3%", "11 ÷ 15 = 73.3%")
    assert [(step["label"], step["text"]) for step in context["steps"] if step["is_used"]] == [
        ("应参", "15 人"),
        ("达标", "11 人"),
    ]


def test_why_names_nobody(hers, tree):
    period = make_period(tree)
    make_committee_member(tree.sibling_village, "赵小红")
    stand(period, tree.sibling_village, joined=1)
    query = {"plan": period.pk, "federation": tree.sibling_village.pk}

    assert "赵小红" not in read(hers, "learning:board_why", **query).content.decode()


def test_average_of_two_is_explained_not_shown(hers, tree):
    period = make_period(tree)
    stand(period, tree.village, scored=2, score_bp=18_000)
    query = {"plan": period.pk, "federation": tree.village.pk, "sort": "score"}
    context = read(hers, "learning:board_why", **query).context

    assert (context["text"], context["formula"]) == (
        "—",
        "有成绩的不足 3 人，不显示平均分，免得看出个人的成绩。",
    )


@pytest.mark.parametrize("name", ["learning:board", "learning:board_why", "learning:boards"])
def test_boards_are_closed_to_people_without_an_appointment(client, tree, name):
    make_task(tree)
    client.force_login(make_member())

    assert read(client, name).status_code == 403


def test_only_the_desk_gets_its_tools(client, tree):
    make_task(tree)
    shown = {}
    for who, member in {
        "member": make_committee_member(tree.village),
        "viewer": make_staff(tree.town, StaffRoleType.VIEWER),
        "editor": make_staff(tree.town, StaffRoleType.EDITOR),
    }.items():
        client.force_login(member)
        shown[who] = read(client).context["staff"] is not None

    assert shown == {"member": False, "viewer": True, "editor": False}


def test_people_behind_a_figure_only_in_her_own_scope(tree):
    seats = seats_of(make_staff(tree.town, StaffRoleType.VIEWER))
    places = (tree.village, tree.town, tree.county, tree.other_town)

    assert [seats.may_look_into(place) for place in places] == [True, True, False, False]


def someone(tree, who):
    return {
        "member": lambda: make_committee_member(tree.village),
        "manager": lambda: make_staff(tree.city),
        "editor": lambda: make_staff(tree.town, StaffRoleType.EDITOR),
        "outsider": make_member,
        "superuser": lambda: make_member(is_superuser=True),
        "inactive": lambda: make_member(is_superuser=True, is_active=False),
    }[who]()


@pytest.mark.parametrize(
    "who", ["member", "manager", "editor", "outsider", "superuser", "inactive"]
)
def test_seats_say_what_the_scope_says(tree, who):
    for number, place in enumerate((tree.province, tree.city, tree.village, tree.other_city)):
        make_task(tree, f"任务{number}", federation=place)
    member = someone(tree, who)
    seats = seats_of(member)

    assert seats.is_committee_member == scope.is_committee_member(member)
    assert seats.has_desk == has_desk(member)
    assert set(boards_for(seats)) == set(plans_for(member))


def manager_of(*places):
    member = make_staff(places[0])
    for place in places[1:]:
        StaffRole.objects.create(
            member=member,
            federation=place,
            role=StaffRoleType.EDITOR,
            starts_on=timezone.localdate(),
        )
    return member


def test_each_reader_gets_her_own_subjects(tree):
    """The query is written once for readers of one shape: here are two of each, and their tasks."""
    make_task(tree, "村社区", levels=["5"]), make_task(tree, "镇街", levels=["4"])
    make_task(tree, "主席", positions=["主席"]), make_task(tree, "执委", positions=["执委"])
    make_task(tree, "镇本级", federation=tree.town, reach=Reach.OWN)
    make_task(tree, "别的市", federation=tree.other_city)
    make_quiz_board(tree)
    villager, chair = make_committee_member(tree.village), make_member()
    make_appointment(chair, tree.village, position=Position.CHAIR)
    readers = {
        "villager": villager,
        "chair": chair,
        "of the town": make_committee_member(tree.town),
        "of the other city": make_committee_member(tree.other_city),
        "manager": manager_of(tree.other_city),
        "manager of the town": manager_of(tree.town),
        "of two places": manager_of(tree.town, tree.other_city),
        "of two others": manager_of(tree.village, tree.other_town),
        "outsider": make_member(),
        "superuser": make_member(is_superuser=True),
    }
    found = {who: titles(find_tasks(member)) for who, member in readers.items()}

    assert found == {
        who: titles(boards_for(seats_of(member)).filter(kind=PlanKind.TASK))
        for who, member in readers.items()
    }
    assert (set(found["villager"]), set(found["chair"])) == ({"村社区", "执委"}, {"村社区", "主席"})
    assert set(found["of two places"]) - set(found["of two others"]) == {"镇本级"}


def find_tasks(member):
    return find_subjects(
        seats_of(member), wanted=None, kind=PlanKind.TASK.value, now=timezone.now()
    )


def titles(plans):
    return [plan.title for plan in plans]


def test_wanted_subject_comes_first_or_nothing_does(tree):
    wanted, other = make_quiz_board(tree, 2), make_quiz_board(tree, 1)
    hidden = make_task(tree, federation=tree.other_city)
    seats, now = seats_of(make_committee_member(tree.village)), timezone.now()
    found = {
        pk: find_subjects(seats, wanted=pk, kind=PlanKind.TASK.value, now=now)
        for pk in (wanted.pk, hidden.pk, 10**30)
    }

    assert found == {wanted.pk: [wanted, other], hidden.pk: [], 10**30: []}


def warm_queries(client, query):
    url = f"{reverse('learning:board')}?{query}"
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("level", ["", "&level=5"])
@pytest.mark.parametrize(("kept_for", "count"), [(0, 6), (300, 5)])
def test_warm_board_takes_as_many_queries_for_one_unit_as_for_thirty(
    hers, tree, level, kept_for, count, monkeypatch
):
    monkeypatch.setattr(board_kept, "KEPT_FOR", kept_for)
    period = make_period(tree, previous=make_past_period(tree))
    query = f"plan={period.pk}&federation={tree.town.pk}{level}"
    stand(period, tree.village)
    few = warm_queries(hers, query)
    for number in range(29):
        stand(period, make_village(tree.town, f"新村{number}", f"4414031012{number:02d}"))
    cache.clear()

    assert (few, warm_queries(hers, query)) == (count, count)
