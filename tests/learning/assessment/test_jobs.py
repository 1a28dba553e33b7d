"""Background work: computing for managers, bulletins of what may be seen."""

from datetime import timedelta

import pytest
from openpyxl import load_workbook

from config.tasks import HANDLERS
from federations.domain.jobs import run_at_once
from federations.models import JobState, StaffRole
from learning.assessment import domain
from learning.assessment.asking import ask_for_bulletin
from learning.assessment.bulletin import bulletin_of
from learning.assessment.queries import Sight
from learning.models import AssessmentPeriod, AssessmentScheme
from learning.rules.assessment import Indicator
from tests.factories import make_staff
from tests.learning.assessment.boards import put_figures
from tests.learning.assessment.conftest import NOW
from tests.pdf_text import read_lines


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def towns(tree, board) -> AssessmentPeriod:
    put_figures(board, tree.other_town, due=20, joined=19, credit=8000)
    put_figures(board, tree.dongguan_town, due=9, joined=2)
    parts = (Indicator("joined", 50, 1000), Indicator("credit", 50, 400))
    period = domain.create_scheme(
        federation=tree.province,
        span="month",
        level=4,
        settings=domain.Settings("镇街月度考核", parts),
        by=make_staff(tree.province),
        now=NOW,
    )
    domain.compute_period(period_id=period.pk, now=NOW)
    return AssessmentPeriod.objects.select_related("scheme__federation").get(pk=period.pk)


def run(kind, owner, **params):
    return run_at_once(handlers=HANDLERS, kind=kind, title="考核", owner=owner, params=params)


def test_computing_runs_as_a_job(tree, period, manager):
    job = run("assessment_compute", manager, period=period.pk)

    assert (job.state, job.result["lines"]) == (JobState.DONE, [["计算的单位", "1"]])


@pytest.mark.parametrize(("place", "role"), [("city", "viewer"), ("county", "manager")])
def test_computing_is_the_owners_managers_business(tree, period, place, role):
    job = run("assessment_compute", make_staff(getattr(tree, place), role), period=period.pk)

    assert (job.state, job.message) == (
        JobState.FAILED,
        "这个考核不在您的范围内，或已经没有了。",
    )


def test_a_role_that_ended_meanwhile_gets_no_bulletin(tree, towns):
    viewer = make_staff(tree.county, "viewer")
    StaffRole.objects.filter(member=viewer).update(ends_on=NOW.date() - timedelta(days=1))

    job = run("assessment_bulletin", viewer, period=towns.pk, place=tree.county.pk, format="xlsx")

    assert job.state == JobState.FAILED


def test_the_workbook_says_what_the_page_says(tree, towns):
    viewer = make_staff(tree.province, "viewer")

    job = run("assessment_bulletin", viewer, period=towns.pk, place=tree.province.pk, format="xlsx")

    with job.output.open("rb") as file:
        sheet = load_workbook(file).worksheets[0]
        rows = [row for row in sheet.iter_rows(values_only=True) if row[1] in UNITS]
    assert rows == [
        (1, "沙面街道", 20, 97.5, "—", 0.95, 47.5, 4, 50),
        (2, "松口镇", 20, 77.5, "—", 0.75, 37.5, 3.2, 40),
        ("—", "石碣镇", 9, 11.1, "—", 0.222, 11.1, 0, 0),
    ]


UNITS = {"沙面街道", "松口镇", "石碣镇"}


def test_the_bulletin_is_printed(tree, towns):
    viewer = make_staff(tree.province, "viewer")

    job = run("assessment_bulletin", viewer, period=towns.pk, place=tree.province.pk, format="pdf")

    with job.output.open("rb") as file:
        lines = read_lines(file.read())
    assert ["一、各单位总分"] in lines
    assert ["二、各单位得分"] in lines
    assert [line for line in lines if len(line) == 5 and line[1] in UNITS] == [
        ["1", "沙面街道", "20", "97.5", "—"],
        ["2", "松口镇", "20", "77.5", "—"],
        ["—", "石碣镇", "9", "11.1", "—"],
    ]


def test_a_bulletin_that_cannot_be_printed_says_so(tree, towns, monkeypatch):
    monkeypatch.setattr("learning.jobs.papers.MOST_PRINTED", 2)
    viewer = make_staff(tree.province, "viewer")

    job = run("assessment_bulletin", viewer, period=towns.pk, place=tree.province.pk, format="pdf")

    assert job.state == JobState.FAILED
    assert job.message.startswith("有 3 个单位，印出来有几百页。")


def test_the_bulletin_says_whom_the_scheme_leaves_out(tree, period):
    AssessmentScheme.objects.filter(pk=period.scheme_id).update(federation=tree.province)
    period = AssessmentPeriod.objects.select_related("scheme__federation").get()

    bulletin = bulletin_of(Sight(period.scheme, period, tree.province), now=NOW)

    assert "东莞市下面没有县区，不在这个考核里。" in bulletin.notes


def test_a_bulletin_below_names_no_sibling_and_no_superior(tree, towns):
    bulletin = bulletin_of(Sight(towns.scheme, towns, tree.county), now=NOW)

    assert [row[1] for row in bulletin.rows] == ["松口镇"]
    assert bulletin.issuer == "梅县区妇联"
    assert "广东省" not in str(bulletin.to_json())


def test_a_published_bulletin_names_all(tree, towns):
    AssessmentScheme.objects.update(is_published=True)
    towns.scheme.refresh_from_db()

    bulletin = bulletin_of(Sight(towns.scheme, towns, tree.county), now=NOW)

    assert [row[1] for row in bulletin.rows] == ["沙面街道", "松口镇"]


def test_a_job_names_no_person(tree, towns):
    viewer = make_staff(tree.county, "viewer", name="林主任")

    job = ask_for_bulletin(towns, place=tree.county, form="pdf", by=viewer)

    assert (job.title, job.params) == (
        "考核通报：镇街月度考核",
        {"period": towns.pk, "place": tree.county.pk, "format": "pdf"},
    )
