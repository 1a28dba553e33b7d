"""Everything of hers to take along: made in the background, hers alone, gone after a month."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.db.models import CASCADE, PROTECT
from django.utils import timezone
from openpyxl import load_workbook

from config.tasks import run_jobs
from federations.domain.jobs import remove_old_jobs
from federations.models import Job
from learning.jobs.my_data import MY_DATA
from members.domain.notices import tell
from members.models import Action, AuditEntry, Notice
from members.own_sheets import sheets_of
from members.relations import relations_to_member
from tests.factories import make_committee_member, make_member

URL = "/me/privacy/data/"
# Where what stands in a table of hers is found in her download, or why it is not in it.
SHEETS = {
    "account.EmailAddress.user": None,  # no account has one
    "courses.MediaUpload.owner": "没传完的音视频",
    "courses.WatchBudget.member": None,  # a counter of seconds against cheating, not about her
    "courses.WatchRecord.member": "观看记录",
    "federations.AccountMerge.gone": None,  # the account that she has no more
    "federations.AccountMerge.kept": "任职变动",
    "federations.Appointment.member": "任职",
    "federations.AppointmentEvent.member": "任职变动",
    "federations.CorrectionRequest.member": "更正申请",
    "federations.Job.owner": "导入导出任务",
    "federations.StaffRole.member": "工作人员角色",
    "knowledge_base.Feedback.member": "条目反馈",
    "learning.Certificate.member": "证书",
    "learning.FavouritePage.member": "收藏",
    "learning.Growth.member": "成长",
    "learning.LedgerEntry.member": "积分和学时",
    "learning.OutcomeMark.member": None,  # lives for seconds
    "learning.PlanRosterEntry.member": "学习任务结果",
    "learning.Progress.member": "学习记录",
    "learning.RankingConsent.member": "个人榜",
    "learning.ScoreStep.member": None,  # 答卷 shows scores, where the quiz lets them be seen
    "members.Consent.member": "同意记录",
    "members.Device.member": "登录的设备",
    "members.Erasure.member": "注销申请",
    "members.Member_groups.member": None,  # follow from the roles, which are in it
    "members.Member_user_permissions.member": None,  # the same
    "members.Notice.member": "消息",
    "members.ReminderState.member": "账号",
    "members.WechatIdentity.member": "微信绑定",
    "mfa.Authenticator.user": "两步验证",
    "quizzes.Attempt.member": "答卷",
    "quizzes.Favourite.member": "收藏的题",
    "quizzes.ManualMark.marker": None,  # what she marked as staff is about others
    "quizzes.QuestionNote.member": "笔记",
    "quizzes.QuestionReport.member": "试题反馈",
    "quizzes.QuizOverride.member": "个别规则",
    "quizzes.ReviewCard.member": "错题本",
}
# Wagtail's own: drafts and settings of the admin, seen there.
PACKAGES = ("wagtail",)


@pytest.fixture
def member(client, tree, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    member = make_committee_member(tree.village, "黄桂芳")
    client.force_login(member)
    return member


@pytest.fixture
def archive(client, member):
    tell(member_ids=[member.pk], text="=欢迎<b>", now=timezone.now())
    client.post(URL)
    run_jobs()
    job = Job.objects.get(owner=member, kind=MY_DATA)
    answer = client.get(f"{URL}{job.pk}/")
    return zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content)))


def test_every_table_with_rows_of_hers_is_in_it(db):
    """A later table fails here until it is in the download, or it is said why not."""
    tables = {
        f"{relation.related_model._meta.label}.{relation.field.name}"
        for relation in relations_to_member()
        if relation.on_delete in (CASCADE, PROTECT)
    }
    assert {each for each in tables if not each.startswith(PACKAGES)} == SHEETS.keys()
    names = {str(sheet.name) for sheet in sheets_of(make_member())}
    assert {name for name in SHEETS.values() if name} - names == set()


def test_three_files_say_the_same(archive, member):
    assert archive.namelist() == ["我的信息.xlsx", "我的信息.html", "我的信息.json"]
    tables = {each["name"]: each for each in json.loads(archive.read("我的信息.json"))["tables"]}
    book = load_workbook(BytesIO(archive.read("我的信息.xlsx")))

    assert book.sheetnames == list(tables)
    assert ["手机号", member.phone] in tables["账号"]["rows"]
    assert tables["消息"]["rows"][0][0] == book["消息"]["A2"].value == "=欢迎<b>"


def test_her_own_workbook_is_not_marked_as_for_work(archive):
    book = load_workbook(BytesIO(archive.read("我的信息.xlsx")))

    assert {sheet.oddFooter.center.text for sheet in book} == {None}


def test_page_runs_nothing_and_needs_nothing(archive):
    html = archive.read("我的信息.html").decode()

    assert "=欢迎&lt;b&gt;" in html
    assert "<script" not in html
    assert "http" not in html.replace("http-equiv", "")


def test_download_is_audited_and_she_is_told(archive, member):
    assert AuditEntry.objects.get(action=Action.DATA_DOWNLOADED).actor_id == member.pk
    assert Notice.objects.filter(member=member, url=URL).exists()


def test_nobody_else_fetches_it(client, archive):
    job = Job.objects.get(kind=MY_DATA)
    for other in (make_member("别人"), make_member("管理员", is_superuser=True, is_staff=True)):
        client.force_login(other)
        assert client.get(f"{URL}{job.pk}/").status_code == 404


def test_file_goes_after_a_month(client, archive, member):
    job = Job.objects.get(kind=MY_DATA)
    remove_old_jobs(now=timezone.now() + timedelta(days=31))

    assert client.get(f"{URL}{job.pk}/").status_code == 404
    assert not job.output.storage.exists(job.output.name)


def test_one_at_a_time(client, member):
    for _each in range(2):
        client.post(URL)

    assert Job.objects.filter(kind=MY_DATA).count() == 1


def test_not_more_than_three_an_hour(client, member):
    for _each in range(4):
        client.post(URL)
        run_jobs()

    assert Job.objects.filter(kind=MY_DATA).count() == 3
