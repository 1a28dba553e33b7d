"""After the erasure nothing of a member is found, in no table and in no file of all there are."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.db.models import CASCADE, PROTECT, QuerySet
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Comment, CommentReply
from wagtail.users.models import UserProfile
from xlsxwriter import Workbook

from cms.models import RecordKind, ReviewRecord
from config.tasks import HANDLERS
from courses.models import MediaUpload, WatchBudget, WatchRecord
from federations.domain.appointments import correct_appointment
from federations.domain.jobs import keep_output, run_at_once
from federations.domain.merging import merge_accounts
from federations.domain.names import note_names
from federations.domain.requests import ask_correction
from federations.models import Job, NameKey, Position, RosterClaim, Source
from federations.workbooks.writing import write_rows
from knowledge_base.domain.feedback import Reader, give_feedback
from knowledge_base.models import KnowledgeCategory, KnowledgeIndexPage
from learning.domain.certificates import issue_certificates
from learning.domain.favourites import set_favourite_page
from learning.domain.growth import note_mastered
from learning.domain.outcomes import mark_outcomes
from learning.domain.personal import join_ranking
from learning.domain.progress import complete_page
from learning.domain.standings import fold_standings, freeze_due_plans, rebuild_standings
from learning.jobs.my_data import MY_DATA
from learning.models import Certificate, PlanRosterEntry, Standing
from members.domain.consents import give_consent
from members.domain.devices import note_sign_in
from members.domain.erasure import ask_erasure, erase_due_members
from members.domain.notices import tell
from members.domain.reminders import stop_reminders
from members.encryption import store_phone
from members.models import Consent, ConsentWay, Member, WechatIdentity
from members.relations import relations_to_member
from quizzes.domain.favourites import set_favourite
from quizzes.domain.marking import give_mark
from quizzes.domain.notes import write_note
from quizzes.domain.reports import report_question
from quizzes.domain.statistics.computing import compute_statistics
from quizzes.models import Attempt, QuizOverride, QuizStatistics, ReviewCard
from tests.factories import make_committee_member, make_member, make_staff
from tests.knowledge_base.entries import make_entry
from tests.learning.certificates.conftest import make_rule, make_template
from tests.learning.ledgers import fold
from tests.learning.ledgers import make_rule as make_point_rule
from tests.learning.test_mine import make_plan
from tests.pages import make_course, make_lesson, make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question
from tests.quizzes.sitting import ignore, sit
from tests.traces import find_in_files, find_in_tables

pytestmark = pytest.mark.django_db
NAME, PHONE, EMAIL = "慕容木棉花", "13977665544", "mumianhua@example.com"
# Each typed into another place.
TYPED = [f"亲笔{place}" for place in "简答填空数笔记反馈留言更正理由评语附言批注回复会话"]
SHORT, BLANK, NOTE, REPORT, WORDS, WISH, REASON, COMMENT, TOLD, REMARK, REPLY, KEPT = TYPED[:12]
DEVICE, OPENID = "微信 · 她的手机", "oMumianHua0123456789"
TRACES = [NAME, PHONE, EMAIL, DEVICE, OPENID, *TYPED[:12]]
# Tables that name members and in which she has no row: with the reason.
UNSEEDED = {
    "account.EmailAddress.user": "no account of this site has one of allauth's addresses",
    "wagtailcore.APIToken.user": "the API is not switched on",
    "wagtailcore.PageSubscription.user": "ids alone; goes with the other rows of packages",
    "wagtailadmin.EditingSession.user": "ids alone; goes with the other rows of packages",
    "wagtailadmin.FormState.user": "goes with the other rows of packages",
    "federations.AccountMerge.gone": "hers is the account that was kept",
    "federations.StaffRole.member": "whoever holds one is not erased",
    "members.Erasure.member": "comes with the erasure itself, and names nobody",
    "quizzes.ManualMark.marker": "whoever marks is staff; her marks are numbers",
}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def scene(tree, academy, home, client, now, settings, tmp_path, django_capture_on_commit_callbacks):
    # Of its own: files outlive the other tests.
    settings.MEDIA_ROOT = tmp_path
    scene = Scene(tree, academy, home, client, now)
    scene.commits = django_capture_on_commit_callbacks
    return scene


class Scene:
    """A member who has done everything that a member can do, and a colleague who did the same."""

    def __init__(self, tree, academy, home, client, now):
        self.tree, self.academy, self.home, self.client, self.now = tree, academy, home, client, now
        self.manager = make_staff(tree.town)
        self.member = make_committee_member(tree.village, NAME, phone=PHONE, email=EMAIL)
        self.colleague = make_committee_member(tree.village, "陈秀英")
        note_names([NAME])
        self.learn()
        self.write()
        self.be_on_the_roster()
        self.work_in_the_admin()
        self.leave_files()
        self.sign_in()

    def learn(self):
        course = make_course(self.academy)
        self.lesson, self.quiz = make_lesson(course), make_quiz_page(self.academy)
        bank = make_bank()
        self.questions = [
            make_question(bank),
            make_question(bank, "blank", stem="花城是____。", options=(), answers=("广州",)),
            make_question(bank, "short", options=(), answers=("先确认人身安全",)),
        ]
        fix_questions(self.quiz, self.questions)
        self.plan = make_plan(self.tree.province, [self.lesson, self.quiz])
        self.closed = make_plan(self.tree.province, [self.lesson, self.quiz])
        make_rule(make_template(self.tree.county), page=self.lesson)
        for each, texts, comment in (
            (self.member, (BLANK, SHORT), COMMENT),
            (self.colleague, ("广州", "报警"), ""),
        ):
            complete_page(member=each, page_id=self.lesson.pk, now=self.now)
            attempt = sit(each, self.quiz, [["A"], [texts[0]], [texts[1]]], self.now)
            give_mark(
                attempt_id=attempt.pk,
                place=2,
                marker=self.manager,
                percent=70,
                comment=comment,
                now=self.now,
            )
        issue_certificates(member_ids=[self.member.pk], now=self.now)
        make_point_rule()
        fold(self.now)
        mark_outcomes(member_ids=[self.member.pk], now=self.now)
        note_mastered(member_id=self.member.pk, total=3, now=self.now)
        compute_statistics(quiz=self.quiz, now=self.now, report=ignore)
        fold_standings(now=self.now)
        self.closed.cutoff_at = self.now + timedelta(seconds=1)
        self.closed.save()
        freeze_due_plans(now=self.now + timedelta(hours=1))

    def write(self):
        facts, question = {"member": self.member, "now": self.now}, self.questions[0]
        write_note(question_id=question.pk, text=NOTE, **facts)
        version = question.current_id
        report_question(version_id=version, reason="other", text=REPORT, **facts)
        set_favourite(question_id=question.pk, is_favourite=True, **facts)
        set_favourite_page(page_id=self.lesson.pk, is_favourite=True, **facts)
        join_ranking(**facts)
        stop_reminders(**facts)
        give_consent(way=ConsentWay.SMS, **facts)
        tell(member_ids=[self.member.pk], text=f"{NAME}，{TOLD}", now=self.now)
        ReviewCard.objects.get_or_create(
            member=self.member,
            question=question,
            defaults={"due_at": self.now, "missed_at": self.now},
        )
        QuizOverride.objects.create(quiz=self.quiz, member=self.member, reason=f"{NAME}停电")
        index = self.home.add_child(instance=KnowledgeIndexPage(title="知识库", slug="kb"))
        entry = make_entry(index, KnowledgeCategory.objects.create(name="权益", slug="r"))
        reader = Reader(member=self.member)
        give_feedback(page=entry, reader=reader, is_useful=True, words=WORDS, now=self.now)
        WatchRecord.objects.create(member=self.member, lesson=self.lesson)
        WatchBudget.objects.create(member=self.member, counted_at=self.now)
        MediaUpload.objects.create(
            owner=self.member, name=f"{NAME}.mp4", size=1, updated_at=self.now
        )

    def be_on_the_roster(self):
        ask_correction(member=self.member, thing="name", text=WISH, now=self.now)
        correct_appointment(
            appointment_id=self.member.appointments.get().pk,
            position=Position.CHAIR,
            term="",
            source=Source.ELECTED,
            starts_on=date(2024, 1, 1),
            ends_on=None,
            reason=f"{NAME}：{REASON}",
            by=self.manager,
            now=self.now,
        )
        double = make_committee_member(self.tree.sibling_village, NAME)
        merge_accounts(
            kept_id=self.member.pk, gone_id=double.pk, by=self.manager, reason=NAME, now=self.now
        )

    def work_in_the_admin(self):
        """She was an editor once: the admin's logs, comments and the record of reviews name her."""
        admin = make_member("系统管理员", is_superuser=True, is_staff=True)
        log(instance=self.member, action="wagtail.edit", user=admin)
        appointment = self.member.appointments.first()
        log(instance=appointment, action="wagtail.edit", user=admin, data={"was": NAME})
        self.member.groups.add(Group.objects.create(name="以前的组"))
        self.member.user_permissions.add(Permission.objects.first())
        profile = UserProfile.get_for_user(self.member)
        profile.avatar.save(f"{NAME}.png", ContentFile(b"picture"))
        comment = Comment.objects.create(
            page=self.lesson, user=self.member, text=REMARK, contentpath="title"
        )
        CommentReply.objects.create(comment=comment, user=self.member, text=REPLY)
        self.lesson.save_revision(user=self.member)
        ReviewRecord.objects.create(
            page_id=self.lesson.pk,
            page_title=self.lesson.title,
            kind=RecordKind.APPROVED,
            person_id=self.member.pk,
            person_name=NAME,
            made_at=self.now,
        )

    def leave_files(self):
        """Her own download, a workbook of staff that names her, and one that does not."""
        run_at_once(handlers=HANDLERS, kind=MY_DATA, title="下载", owner=self.member)
        for title, name in (("名单", NAME), ("别人的名单", "陈秀英")):
            handlers = {"list": lambda job, report, name=name: write_list(job, name)}
            run_at_once(handlers=handlers, kind="list", title=title, owner=self.manager)
        upload = ContentFile(f"姓名,手机号\n{NAME},{PHONE}\n".encode("gb18030"), "名册.csv")
        run_at_once(
            handlers={"check": lambda job, report: {"preview": [{"name": NAME}]}},
            kind="check",
            title="名册检查",
            owner=self.manager,
            upload=upload,
        )

    def sign_in(self):
        """By every way there is: a device, WeChat after a claim, a second factor."""
        self.client.force_login(self.member)
        session = self.client.session
        note_sign_in(
            member=self.member,
            session_key=session.session_key,
            replaces="",
            name=DEVICE,
            network="113.77.*.*",
            detail={"way": "sms"},
            now=self.now,
        )
        facts = {"app_id": "wx1", "openid": OPENID, "unionid": OPENID}
        identity = WechatIdentity.objects.create(member=self.member, made_at=self.now, **facts)
        RosterClaim.objects.create(
            name=NAME,
            federation=self.tree.village,
            position=Position.MEMBER,
            note=NAME,
            phone=PHONE,
            identity=identity,
            made_at=self.now,
            member=self.member,
        )
        Authenticator.objects.create(user=self.member, type="totp", data={"secret": "x"})
        session["kept_post"] = {"path": "/", "body": KEPT}
        session.save()

    def erase(self):
        ask_erasure(member=self.member, now=self.now)
        # Files go when it is certain that the rows are gone.
        with self.commits(execute=True):
            return erase_due_members(now=self.now + timedelta(days=7, minutes=1))


def write_list(job, name: str) -> dict:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        with Workbook(path) as book:
            write_rows(book, "名单", ("姓名", "手机号"), [(name, PHONE if name == NAME else "")])
        keep_output(job=job, path=path, name="名单.xlsx")
    return {}


def traces() -> set:
    # Her number at rest is a trace too: whoever has the key reads it.
    sealed = store_phone(PHONE)
    return find_in_tables([*TRACES, sealed]) | find_in_files(TRACES, Path(settings.MEDIA_ROOT))


def standings() -> list:
    return sorted(map(str, Standing.objects.values()))


def test_everything_that_can_name_her_is_seeded(scene):
    """A table that is added later fails here until the scene has a row in it."""
    empty = {
        f"{relation.related_model._meta.label}.{relation.field.name}"
        for relation in relations_to_member()
        if relation.on_delete in (CASCADE, PROTECT)
        and not QuerySet(relation.related_model).filter(**{relation.field.name: scene.member})
    }
    assert empty == UNSEEDED.keys()


def test_search_finds_each_word_before(scene):
    found = {each[-1] for each in traces()}

    # The number itself lies in files alone: the tables hold it sealed.
    assert {*TRACES, store_phone(PHONE)} - found == set()


def test_nothing_is_left_afterwards(scene):
    assert scene.erase() == 1

    assert traces() == set()


def test_standings_stay_and_a_rebuild_agrees(scene):
    fold_standings(now=scene.now)
    before = standings()
    rosters = list(PlanRosterEntry.objects.order_by("pk").values())

    scene.erase()

    assert standings() == before
    assert list(PlanRosterEntry.objects.order_by("pk").values()) == rosters
    for plan in (scene.plan, scene.closed):
        assert rebuild_standings(plan_id=plan.pk, now=scene.now, check=True).differences == []


def test_colleague_keeps_all_of_hers(scene):
    scene.erase()

    attempt = Attempt.objects.get(member=scene.colleague)
    assert (attempt.answers["q1"]["r"], attempt.answers["q2"]["r"]) == (["广州"], ["报警"])
    output = Job.objects.get(title="别人的名单").output
    assert output.storage.exists(output.name)


def test_results_stay_as_they_were(scene):
    own = Attempt.objects.filter(member=scene.member)
    before = own.values("score_bp", "has_passed", "marks", "state").get()

    scene.erase()

    assert own.values("score_bp", "has_passed", "marks", "state").get() == before
    assert own.get().answers["q0"]["r"]
    assert not QuizStatistics.objects.filter(quiz=scene.quiz).exists()


def test_account_and_its_proof_stay_without_a_name(scene):
    scene.erase()

    member = Member.objects.get(pk=scene.member.pk)
    assert (member.name, member.phone, member.email) == ("已注销成员", None, "")
    assert (member.is_active, member.has_usable_password()) == (False, False)
    assert Certificate.objects.get(member=member).name == "已注销成员"
    assert Consent.objects.filter(member=member, withdrawn_at__isnull=False).count() == 2
    assert not NameKey.objects.filter(name=NAME).exists()
