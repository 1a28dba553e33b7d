"""The desk's pages: who sees which units, and what a form says."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from federations.models import Job
from learning.assessment import domain
from learning.models import AssessmentPeriod, AssessmentResult, AssessmentScheme
from learning.rules.assessment import Indicator
from learning.rules.periods import period_of
from tests.counting import count_queries
from tests.factories import make_member, make_staff, make_village
from tests.learning.assessment.boards import put_figures
from tests.learning.assessment.conftest import NOW


@pytest.fixture
def towns(tree, board):
    """A scheme of the province for its three towns: 松口镇 second, 石碣镇 last."""
    put_figures(board, tree.other_town, due=20, joined=19)
    put_figures(board, tree.dongguan_town, due=20, joined=2)
    period = domain.create_scheme(
        federation=tree.province,
        span="month",
        level=4,
        settings=domain.Settings("镇街月度考核", (Indicator("joined", 100, 1000),)),
        by=make_staff(tree.province),
        now=NOW,
    )
    domain.compute_period(period_id=period.pk, now=NOW)
    return period


def publish(period):
    AssessmentScheme.objects.filter(pk=period.scheme_id).update(is_published=True)


def page(client, period, place, name="scheme", *args):
    url = reverse(f"desk_assessment_{name}", args=[period.scheme_id, *args])
    return client.get(url, {"federation": place.pk})


def shown_units(response):
    return [row["result"].name for row in response.context["rows"]]


def test_owner_sees_all_units_best_first(client, tree, towns):
    client.force_login(make_staff(tree.province, "viewer"))

    assert shown_units(page(client, towns, tree.province)) == ["沙面街道", "松口镇", "石碣镇"]


def test_a_county_sees_its_own_towns_with_their_rank_among_all(client, tree, towns):
    client.force_login(make_staff(tree.county, "viewer"))

    response = page(client, towns, tree.county)

    assert shown_units(response) == ["松口镇"]
    assert response.context["rows"][0]["result"].rank == 2
    assert response.context["sight"].ranked == 3


def test_an_assessed_unit_sees_itself_and_no_sibling(client, tree, towns):
    client.force_login(make_staff(tree.town, "viewer"))

    response = page(client, towns, tree.town)

    assert shown_units(response) == ["松口镇"]
    assert response.context["own"]["total"] == "75"
    # The site's foot names the province.
    text = response.content.decode().partition("<main")[2].partition("</main>")[0]
    assert not any(name in text for name in ("沙面街道", "石碣镇", "广东省", "广州市"))


def test_a_published_scheme_shows_siblings(client, tree, towns):
    publish(towns)
    client.force_login(make_staff(tree.town, "viewer"))

    assert shown_units(page(client, towns, tree.town)) == ["沙面街道", "松口镇", "石碣镇"]


@pytest.mark.parametrize(
    ("place", "status"), [("town", 404), ("other_town", 200), ("province", 404)]
)
def test_a_units_calculation_is_shown_to_itself_and_not_to_siblings(
    client, tree, towns, place, status
):
    client.force_login(make_staff(getattr(tree, place), "viewer"))
    unit = tree.other_town.pk if place != "province" else tree.other_village.pk

    assert page(client, towns, getattr(tree, place), "unit", unit).status_code == status


def test_a_calculation_is_told_in_numbers(client, tree, period, manager):
    client.force_login(manager)

    response = page(client, period, tree.city, "unit", tree.county.pk)

    assert [line.sum_text for line in response.context["lines"]] == [
        "75% ÷ 目标 100% × 60 分 = 45 分",
        "3.2 学时 ÷ 目标 4 学时 × 40 分 = 32 分",
    ]
    assert response.context["sum_text"] == "45 + 32 = 77 分"


@pytest.mark.parametrize("name", ["other_city", "village"])
def test_strangers_and_levels_that_are_not_assessed_find_no_scheme(client, tree, period, name):
    place = getattr(tree, name)
    client.force_login(make_staff(place))

    assert page(client, period, place).status_code == 404


def test_a_superior_finds_it_at_its_owner(client, tree, period):
    client.force_login(make_staff(tree.province))

    assert page(client, period, tree.province).status_code == 404
    assert page(client, period, tree.city).status_code == 200


def test_members_without_a_role_have_no_desk(client, tree, period):
    client.force_login(make_member())

    assert client.get(reverse("desk_assessment")).status_code == 403


@pytest.mark.parametrize("name", ["edit", "recompute", "note"])
def test_changing_is_the_owners_managers_business(client, tree, period, name):
    url = reverse(f"desk_assessment_{name}", args=[period.scheme_id])
    statuses = []
    for place, role in [("city", "viewer"), ("county", "manager"), ("other_city", "manager")]:
        federation = getattr(tree, place)
        client.force_login(make_staff(federation, role))
        statuses.append(client.post(url, {"federation": federation.pk}).status_code)

    assert statuses == [403, 403, 404]


def form_of(**changes):
    return {
        "title": "县区考核",
        "span": "month",
        "level": "3",
        "is_running": "on",
        "weight_joined": "60",
        "target_joined": "90",
        "weight_credit": "40",
        "target_credit": "4.5",
    } | changes


def test_a_new_scheme_is_computed_in_the_background(client, tree, manager):
    client.force_login(manager)

    response = client.post(reverse("desk_assessment_new"), form_of())

    scheme, job = AssessmentScheme.objects.get(), Job.objects.get()
    assert scheme.parts == (Indicator("joined", 60, 900), Indicator("credit", 40, 450))
    assert (job.kind, job.params) == ("assessment_compute", {"period": scheme.periods.get().pk})
    assert response.url == f"/desk/jobs/{job.pk}/?federation={tree.city.pk}"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"weight_credit": "30"}, "权重合计要是 100%，现在还差 10%。"),
        ({"weight_joined": "", "weight_credit": ""}, "至少要有一项指标，请填权重和目标。"),
        ({"target_credit": ""}, "请填得满分的目标。"),
        ({"target_joined": "七成"}, "请填一个数，例如 80。"),
        ({"title": ""}, "请给方案起个名称"),
        ({"weight_credit": "4.5"}, "权重是 0 到 100 的整数。"),
    ],
)
def test_a_form_with_a_fault_says_so_and_keeps_what_was_typed(
    client, tree, manager, changes, message
):
    client.force_login(manager)

    response = client.post(reverse("desk_assessment_new"), form_of(**changes))

    assert (response.status_code, AssessmentScheme.objects.count()) == (422, 0)
    text = response.content.decode()
    assert message in text
    assert 'value="60"' in text or changes.get("weight_joined") == ""


def edit_url(period):
    return reverse("desk_assessment_edit", args=[period.scheme_id])


def test_preview_tells_before_and_after_and_saves_nothing(client, tree, manager, period):
    client.force_login(manager)
    AssessmentPeriod.objects.update(last_day=timezone.localdate() + timedelta(days=1))
    data = form_of(version="1", weight_joined="10", weight_credit="90", target_joined="100")

    response = client.post(edit_url(period), data | {"target_credit": "4", "preview": "1"})

    effect = response.context["effect"]
    assert (effect["units"], effect["moved"]) == (1, 0)
    assert effect["rows"][0] == {
        "name": "梅县区",
        "rank": 1,
        "new_rank": 1,
        "total": "77",
        "new_total": "79.5",
        "change": "上升 2.5 分",
    }
    assert AssessmentResult.objects.get().total == 7700


def test_an_older_form_is_shown_again_with_what_was_typed(client, tree, manager, period):
    client.force_login(manager)
    AssessmentScheme.objects.update(version=2)

    response = client.post(edit_url(period), form_of(version="1", title="新名称"))

    text = response.content.decode()
    assert "别人改过这个方案" in text
    assert 'value="新名称"' in text
    assert AssessmentScheme.objects.get().title == "县区月度考核"
    assert 'name="version" value="2"' in text


def test_saving_goes_back_to_the_ranking(client, tree, manager, period):
    client.force_login(manager)

    response = client.post(edit_url(period), form_of(version="1", title="新名称"))

    assert response.url == (f"/desk/assessment/{period.scheme_id}/?federation={tree.city.pk}")
    assert AssessmentScheme.objects.get().title == "新名称"


def test_the_form_shows_what_is_stored(client, manager, period):
    client.force_login(manager)

    form = client.get(edit_url(period)).context["form"]

    assert [str(form[name].value()) for name in ("weight_joined", "target_credit")] == ["60", "4"]


def test_a_search_finds_units_by_a_part_of_the_name(client, tree, towns):
    client.force_login(make_staff(tree.province, "viewer"))
    url = reverse("desk_assessment_scheme", args=[towns.scheme_id])

    assert shown_units(client.get(url, {"q": "石碣"})) == ["石碣镇"]


def test_a_place_without_units_of_the_level_is_told_so(client, tree, period):
    AssessmentScheme.objects.update(federation=tree.province)
    texts = []
    for place in (tree.province, tree.dongguan, tree.city):
        client.force_login(make_staff(place, "viewer"))
        texts.append(page(client, period, place).content.decode())

    told = "东莞市下面没有县区，不在这个考核里。"
    assert [told in text for text in texts] == [True, True, False]
    assert "还没有结果" not in texts[1]


def test_weights_of_a_stopped_scheme_score_the_period_that_runs(client, tree, manager, period):
    client.force_login(manager)
    today = timezone.localdate()
    period.key = period_of(today, "month").key
    period.save()

    client.post(edit_url(period), form_of(version="1", is_running="", weight_joined="60"))

    period.refresh_from_db()
    assert period.parts == (Indicator("joined", 60, 900), Indicator("credit", 40, 450))
    assert (AssessmentPeriod.objects.count(), AssessmentScheme.objects.get().is_running) == (
        1,
        False,
    )


def test_a_period_that_has_just_begun_is_measured_after_saving(client, tree, manager, period):
    client.force_login(manager)
    AssessmentPeriod.objects.update(key="month-2020-01", computed_at=None)

    response = client.post(edit_url(period), form_of(version="1"))

    begun = AssessmentPeriod.objects.exclude(pk=period.pk).get()
    job = Job.objects.get()
    assert (job.kind, job.params) == ("assessment_compute", {"period": begun.pk})
    assert response.url == f"/desk/jobs/{job.pk}/?federation={tree.city.pk}"


@pytest.mark.parametrize("name", ["q", "period"])
def test_a_nul_in_an_address_is_no_fault_of_the_server(client, manager, period, name):
    client.force_login(manager)
    url = reverse("desk_assessment_scheme", args=[period.scheme_id])

    assert client.get(url, {name: "a\0b"}).status_code in (200, 400, 404)


def test_an_unknown_period_does_not_exist(client, manager, period):
    client.force_login(manager)
    url = reverse("desk_assessment_scheme", args=[period.scheme_id])

    assert client.get(url, {"period": "month-1999-01"}).status_code == 404


def test_lists_take_as_many_queries_for_thirty_as_for_one(client, tree, board, manager):
    client.force_login(manager)

    def add(number):
        for _number in range(number):
            town = make_village(tree.city, f"县{_number}-{number}", f"44149{number}{_number:03d}")
            town.level = 3
            town.save(update_fields=["level"])
            put_figures(board, town, due=20, joined=5)
            period = domain.create_scheme(
                federation=tree.city,
                span="month",
                level=3,
                settings=domain.Settings("考核", (Indicator("joined", 100, 1000),)),
                by=manager,
                now=NOW,
            )
        domain.compute_period(period_id=period.pk, now=NOW)
        return reverse("desk_assessment_scheme", args=[period.scheme_id])

    pages = ["desk_assessment", add(1)]
    one = [count_queries(client, url) for url in pages]
    pages = ["desk_assessment", add(29)]

    assert [count_queries(client, url) for url in pages] == one
