"""导入名册 at the desk: a trial first, then once; nobody out of her scope is touched or named."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from config.tasks import HANDLERS
from federations.desk import importing
from federations.domain.jobs import run_waiting_jobs
from federations.models import (
    Appointment,
    AppointmentEvent,
    Job,
    JobState,
    StaffRole,
    StaffRoleType,
)
from members.models import Member
from tests.factories import make_committee_member, make_member, make_staff
from tests.federations.test_import_roster import HEADER, SIBLING, VILLAGE, row

OTHER_VILLAGE = "440103001001"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def manager(tree, client):
    manager = make_staff(tree.town)
    client.force_login(manager)
    return manager


def roster_file(*rows, name="名册.csv", header=HEADER):
    file = io.StringIO()
    csv.writer(file).writerows([header, *rows])
    return SimpleUploadedFile(name, file.getvalue().encode())


@pytest.fixture
def upload(client, manager):
    """Upload rows and return the job that tried them."""

    def run(*rows, **options):
        client.post(reverse("desk_import"), {"file": roster_file(*rows, **options)})
        return Job.objects.latest("pk")

    return run


@pytest.fixture
def import_it(client):
    """Press the button of a trial's page and run the job; returns it."""

    def run(check, **data):
        client.post(reverse("desk_import_check", args=[check.pk]), data)
        run_waiting_jobs(handlers=HANDLERS)
        return Job.objects.latest("pk")

    return run


def problems(check) -> list[str]:
    return ["".join(reasons) for _line, reasons in check.result["problems"]]


def figures(job) -> tuple:
    counts = job.result["counts"]
    return counts["created"], counts["new_members"], counts["unchanged"], counts["bad"]


def test_trial_writes_nothing_and_tells_what_would_be(upload):
    check = upload(row(), row("李梅", "1"))

    assert (check.state, figures(check)) == (JobState.DONE, (1, 1, 0, 1))
    assert not Appointment.objects.exists()


def test_trial_page_shows_phones_masked(client, upload):
    check = upload(row())
    page = client.get(reverse("desk_import_check", args=[check.pk])).content.decode()

    assert ("138****8000" in page, "13800138000" in page) == (True, False)
    assert "A 列：姓名" in page


def test_import_writes_what_was_tried(upload, import_it):
    job = import_it(upload(row()))

    assert (job.state, figures(job)) == (JobState.DONE, (1, 1, 0, 0))
    assert Appointment.objects.get().federation.code == VILLAGE


def test_button_pressed_twice_imports_once(client, upload, import_it):
    check = upload(row())
    import_it(check)
    import_it(check)

    assert Job.objects.filter(kind="roster_import").count() == 1


def test_bad_rows_keep_all_out_until_she_says_to_skip_them(upload, import_it):
    check = upload(row(), row("李梅", "1"))
    import_it(check)
    before = Appointment.objects.count()
    import_it(check, skip_bad="yes")

    assert (before, [a.member.name for a in Appointment.objects.all()]) == (0, ["陈秀英"])


def test_same_file_twice_makes_nobody_twice(upload, import_it):
    import_it(upload(row(), row("王无号", None)))

    assert figures(upload(row(), row("王无号", None))) == (0, 0, 2, 0)


def test_import_that_changes_an_appointment_is_in_its_history(manager, upload, import_it):
    import_it(upload(row()))
    assert not AppointmentEvent.objects.exists()

    import_it(upload(row(end="2026-06-30")))
    import_it(upload(row(end="2026-06-30")))

    event = AppointmentEvent.objects.get()
    assert (event.kind, event.by, event.reason) == ("ended", manager, "导入名册")
    assert event.changes == {"ends_on": [None, "2026-06-30"]}


@pytest.mark.parametrize(
    "place", [OTHER_VILLAGE, "翠洲社区", "荔湾区/沙面街道/翠洲社区", "999", "翠洲村", "梅州市"]
)
def test_place_out_of_her_scope_is_refused_as_if_it_did_not_exist(upload, place):
    assert problems(upload(row(place=place))) == [
        "这个单位不在您的范围内，或者没有这个单位；请核对名称或区划代码。"
    ]


def test_suggestions_and_candidates_name_nothing_above_or_beside_her(upload):
    [message] = problems(upload(row(place="松口镇/大黄居委会")))

    assert message == "没有找到这个妇联，是不是：松口镇/大黄村？请改正，或填写区划代码。"


def test_full_path_from_the_province_is_understood(upload):
    assert figures(upload(row(place="广东省/梅州市/梅县区/松口镇/大黄村")))[0] == 1


def test_person_of_elsewhere_gets_an_appointment_and_keeps_her_account(tree, upload, import_it):
    member = make_committee_member(tree.other_village, "陈 秀英", phone="13800138000")
    job = import_it(upload(row("陈秀英")))

    member.refresh_from_db()
    assert (member.name, member.phone) == ("陈 秀英", "13800138000")
    held = member.appointments.order_by("pk").values_list("federation__code", "is_counted")
    assert list(held) == [(OTHER_VILLAGE, True), (VILLAGE, False)]
    assert "其中 1 人系统里已有账号" in job.result["notes"][0]


def test_person_under_another_name_is_a_problem(upload):
    make_member("李梅", phone="13800138000")

    assert problems(upload(row())) == [
        "这个手机号在系统中属于另一位姓名不同的人，请核对姓名和手机号。"
    ]


def test_members_who_are_missing_in_the_file_stay(tree, upload, import_it):
    make_committee_member(tree.village, "周英")
    import_it(upload(row()))

    assert Appointment.objects.filter(ends_on=None).count() == 2


def test_bad_rows_can_be_taken_away_corrected_and_imported(client, upload, tmp_path):
    check = upload(row(), row("=李梅", "1", place=SIBLING))
    response = client.get(reverse("desk_job_output", args=[check.pk]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    title, line = [[cell.value for cell in cells] for cells in book.active.iter_rows()]

    assert (title[0], title[-1]) == ("原来的行", "导入结果")
    assert (line[0], line[1], line[-1][:5]) == ("3", "'=李梅", "手机号应为")
    assert "f" not in {cell.data_type for cells in book.active.iter_rows() for cell in cells}


def test_role_that_ended_meanwhile_imports_nothing(upload):
    importing.start_import(upload(row()), skip_bad=False)
    StaffRole.objects.all().delete()
    run_waiting_jobs(handlers=HANDLERS)

    job = Job.objects.latest("pk")
    assert (job.state, Appointment.objects.count()) == (JobState.FAILED, 0)


def test_larger_file_is_tried_in_the_background(upload):
    rows = [row(f"陈{n}", 13_800_138_000 + n) for n in range(900)]
    check = upload(*rows)
    waiting = check.state
    run_waiting_jobs(handlers=HANDLERS)
    check.refresh_from_db()

    assert (waiting, figures(check)) == (JobState.QUEUED, (900, 900, 0, 0))


def test_file_without_the_header_says_what_is_missing(client, upload):
    check = upload(row(), header=["姓名", "手机号", "职务"])
    page = client.get(reverse("desk_job", args=[check.pk])).content.decode()

    assert "缺少：妇联编码或全称路径、任期起" in page


def test_file_of_another_kind_is_refused_beside_the_field(client, manager):
    response = client.post(reverse("desk_import"), {"file": roster_file(name="名册.pdf")})

    assert "只能导入 .xlsx、.xls、.csv 文件" in response.content.decode()
    assert not Job.objects.exists()


def test_nothing_chosen_is_told(client, manager):
    assert "请选择要上传的文件。" in client.post(reverse("desk_import")).content.decode()


def test_template_names_a_place_of_hers_and_can_be_imported(client, manager, upload):
    content = b"".join(client.get(reverse("desk_import_template")).streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    examples = [cell.value for cell in book["怎样填"]["C"]]
    sheet = book["花名册"]
    sheet.append(["陈秀英", "13800138000", examples[3], *[each or "" for each in examples[4:]]])
    filled = io.BytesIO()
    book.save(filled)
    client.post(
        reverse("desk_import"), {"file": SimpleUploadedFile("名册.xlsx", filled.getvalue())}
    )

    assert figures(Job.objects.latest("pk")) == (1, 1, 0, 0)


def test_viewer_may_not_import(client, tree):
    client.force_login(make_staff(tree.town, StaffRoleType.VIEWER))
    names = ["desk_import", "desk_import_template"]

    assert [client.get(reverse(name)).status_code for name in names] == [403, 403]


def test_member_and_visitor_may_not_import(client, tree):
    visitor = client.get(reverse("desk_import")).status_code
    client.force_login(make_committee_member(tree.village))

    assert (visitor, client.get(reverse("desk_import")).status_code) == (302, 403)


def test_place_of_others_does_not_exist(client, manager, tree):
    address = reverse("desk_import")
    asked = [tree.county, tree.other_town]

    assert [client.get(address, {"federation": each.pk}).status_code for each in asked] == [404] * 2


def test_trial_of_another_does_not_exist(client, tree, upload):
    address = reverse("desk_import_check", args=[upload(row()).pk])
    found = []
    for other in (make_staff(tree.town), make_staff(tree.province), make_staff(tree.other_town)):
        client.force_login(other)
        found += [client.get(address).status_code, client.post(address).status_code]

    assert found == [404] * 6


def test_superuser_looks_but_does_not_import_in_her_name(client, upload):
    address = reverse("desk_import_check", args=[upload(row()).pk])
    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))

    assert (client.get(address).status_code, client.post(address).status_code) == (200, 404)


def test_params_and_title_hold_nobody(upload):
    check = upload(row(), name="陈秀英13800138000.csv")
    text = f"{check.title}{check.params}{check.upload.name}"

    assert [word for word in ("陈秀英", "13800138000") if word in text] == []


def test_members_have_no_usable_password(upload, import_it):
    import_it(upload(row()))

    assert not Member.objects.get(phone="13800138000").has_usable_password()
