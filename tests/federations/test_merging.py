"""Two accounts of one person become one, in every app; nobody else can do it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps

from courses.models import WatchRecord
from federations.domain.errors import RosterChanged, RosterError
from federations.domain.merging import merge_accounts
from federations.models import AccountMerge, AppointmentEvent, RosterChange, StaffRoleType
from learning.models import (
    FavouritePage,
    Growth,
    LedgerEntry,
    Progress,
    RankingConsent,
    ScoreStep,
)
from members.domain.notices import tell
from members.domain.reminders import gets_reminders, stop_reminders
from members.models import Member, Notice
from quizzes.models import Attempt, AttemptState, Favourite, QuestionNote, ReviewCard
from tests.factories import make_appointment, make_committee_member, make_member, make_staff
from tests.learning.ledgers import fold, learn, make_rule
from tests.pages import make_course, make_lesson, make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question
from tests.quizzes.sitting import sit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
EARLIER = NOW - timedelta(days=10)


@pytest.fixture
def manager(tree):
    return make_staff(tree.town)


@pytest.fixture
def kept(tree):
    return make_committee_member(tree.village)


@pytest.fixture
def gone(tree):
    return make_committee_member(tree.sibling_village)


@pytest.fixture
def lesson(academy):
    return make_lesson(make_course(academy))


@pytest.fixture
def quiz(academy):
    quiz = make_quiz_page(academy)
    fix_questions(quiz, [make_question(make_bank()) for _each in range(2)])
    return quiz


@pytest.fixture
def merge(kept, gone, manager):
    def run(**fields):
        facts = {"kept_id": kept.pk, "gone_id": gone.pk, "by": manager} | fields
        return merge_accounts(reason="本人说明", now=NOW, **facts)

    return run


def test_appointments_move_and_she_counts_once(tree, kept, merge):
    merge()

    rows = kept.appointments.order_by("pk").values_list("federation", "is_counted")
    assert list(rows) == [(tree.village.pk, True), (tree.sibling_village.pk, False)]
    noted = set(RosterChange.objects.values_list("federation", flat=True))
    assert noted == {tree.village.pk, tree.sibling_village.pk}


def test_doubled_appointments_become_one(tree, kept, gone, merge):
    gone.appointments.update(
        federation=tree.village, starts_on=date(2023, 1, 1), ends_on=date(2026, 1, 1)
    )

    merge()

    own = kept.appointments.get()
    assert (own.starts_on, own.ends_on, own.is_counted) == (date(2023, 1, 1), None, True)


def test_appointment_that_bridges_two_of_hers_makes_one_of_them(tree, kept, gone, merge):
    later = kept.appointments.get()
    earlier = make_appointment(
        kept,
        tree.village,
        starts_on=date(2019, 1, 1),
        ends_on=date(2020, 12, 31),
        is_counted=False,
    )
    gone.appointments.update(federation=tree.village, starts_on=date(2019, 1, 1))

    merge()

    own = kept.appointments.get()
    assert own.pk in (earlier.pk, later.pk)
    assert (own.starts_on, own.ends_on, own.is_counted) == (date(2019, 1, 1), None, True)


def test_mark_moves_where_the_kept_account_counts_nowhere(kept, gone, merge):
    kept.appointments.update(ends_on=date(2026, 1, 1))

    merge()

    assert kept.appointments.get(is_counted=True).federation.name == "小黄村"


def test_gone_account_is_put_out_of_use(client, kept, gone, merge):
    client.force_login(gone)
    phone = gone.phone

    done = merge(takes_phone=True)

    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.phone, gone.phone, gone.is_active) == (phone, None, False)
    assert client.get("/me/").status_code == 302
    assert AccountMerge.objects.get() == done
    assert not gone.has_usable_password()


def test_phone_stays_unless_it_is_asked_for(kept, merge):
    phone = kept.phone

    merge()

    kept.refresh_from_db()
    assert kept.phone == phone


def test_history_tells_of_the_merge(kept, merge, manager):
    merge()

    event = AppointmentEvent.objects.filter(member=kept, kind="merged").first()
    assert (event.by, event.reason) == (manager, "本人说明")


def test_progress_is_joined(kept, gone, lesson, merge):
    learn(kept, lesson, NOW, seconds=300)
    learn(gone, lesson, EARLIER, seconds=200)

    merge()

    own = Progress.objects.get()
    assert (own.member, own.completed_at, own.seconds) == (kept, EARLIER, 200)


def test_nothing_is_paid_twice(kept, gone, academy, merge):
    make_rule(starts_on=date(2026, 1, 1))
    lessons = [make_lesson(make_course(academy)) for _each in range(3)]
    for each in lessons[:2]:
        learn(kept, each, EARLIER)
    for each in lessons[1:]:
        learn(gone, each, NOW)
    fold(NOW)

    merge()
    fold(NOW)

    def paid(member):
        return sum(LedgerEntry.objects.filter(member=member).values_list("points", flat=True))

    assert (paid(kept), paid(gone)) == (15, 0)


def test_attempts_are_numbered_on_and_counted_together(kept, gone, quiz, merge):
    sit(kept, quiz, [None, None], EARLIER)
    sit(gone, quiz, [["b"], None], NOW)
    best = max(Attempt.objects.values_list("score_bp", flat=True))

    merge()

    numbers = Attempt.objects.filter(member=kept).order_by("number").values_list("number")
    assert [number for (number,) in numbers] == [1, 2]
    own = Progress.objects.get()
    assert (own.best_score_bp, own.handed_in_at) == (best, EARLIER)
    steps = ScoreStep.objects.filter(member=kept).order_by("reached_at")
    assert [each.score_bp for each in steps] == sorted({0, best})


def test_two_open_attempts_stand_in_the_way(kept, gone, quiz, merge):
    for member in (kept, gone):
        sit(member, quiz, [None, None], EARLIER)
    Attempt.objects.update(state=AttemptState.OPEN)

    with pytest.raises(RosterError, match=quiz.title):
        merge()

    assert Member.objects.filter(is_active=True, pk=gone.pk).exists()


def test_two_daily_attempts_of_one_day_both_stay(kept, gone, quiz, merge):
    for member in (kept, gone):
        sit(member, quiz, [None, None], EARLIER)
    Attempt.objects.update(day=date(2026, 11, 10))

    merge()

    days = Attempt.objects.filter(member=kept).order_by("number").values_list("day", flat=True)
    assert list(days) == [date(2026, 11, 10), None]


def make_card(member, question, at, misses):
    return ReviewCard.objects.create(
        member=member, question=question, due_at=at, missed_at=at, miss_count=misses
    )


def test_cards_notes_and_favourites_are_joined(kept, gone, merge):
    question, other = make_question(make_bank()), make_question(make_bank())
    make_card(kept, question, EARLIER, 1)
    make_card(gone, question, NOW, 2)
    make_card(gone, other, NOW, 1)
    for member, text in ((kept, "甲"), (gone, "乙")):
        QuestionNote.objects.create(member=member, question=question, text=text, updated_at=NOW)
        Favourite.objects.create(member=member, question=question, added_at=NOW)

    merge()

    cards = ReviewCard.objects.filter(member=kept).order_by("pk")
    told = [(each.question_id, each.missed_at, each.miss_count) for each in cards]
    assert sorted(told) == sorted([(question.pk, NOW, 3), (other.pk, NOW, 1)])
    assert QuestionNote.objects.get().text == "甲\n乙"
    assert Favourite.objects.filter(member=kept).count() == 1


def test_watching_is_joined(kept, gone, lesson, merge):
    for member, intervals in ((kept, [[0, 50]]), (gone, [[40, 90]])):
        WatchRecord.objects.create(
            member=member, lesson=lesson, version="v", intervals=intervals, watched=50
        )

    merge()

    own = WatchRecord.objects.get()
    assert (own.member, own.intervals, own.watched) == (kept, [[0, 90]], 90)


def test_pages_growth_and_notices_come_along(kept, gone, lesson, merge):
    for member in (kept, gone):
        FavouritePage.objects.create(member=member, page=lesson, added_at=NOW)
        tell(member_ids=[member.pk], text="你好", now=NOW)
    Growth.objects.create(member=kept, lessons=3, mastered=1)
    Growth.objects.create(member=gone, lessons=2, mastered=4)
    stop_reminders(member=gone, now=NOW)

    merge()

    own = Growth.objects.get()
    assert (own.member, own.lessons, own.mastered) == (kept, 3, 4)
    assert FavouritePage.objects.filter(member=kept).count() == 1
    assert Notice.objects.filter(member=kept).count() == 2
    assert not gets_reminders(kept)


@pytest.mark.parametrize("agreed", ["kept", "gone"])
def test_consent_to_be_ranked_is_that_of_the_account_that_stays(tree, kept, gone, merge, agreed):
    who = {"kept": kept, "gone": gone}[agreed]
    RankingConsent.objects.create(member=who, federation=tree.village, since=EARLIER)
    merge()
    assert RankingConsent.objects.filter(member=gone).count() == 0
    assert RankingConsent.objects.filter(member=kept).exists() == (agreed == "kept")


def test_account_cannot_be_merged_twice(merge):
    merge()

    with pytest.raises(RosterError):
        merge()


def test_account_out_of_use_is_not_merged(gone, merge):
    Member.objects.filter(pk=gone.pk).update(is_active=False)

    with pytest.raises(RosterChanged):
        merge()


@pytest.mark.parametrize("who", ["viewer", "sibling", "stranger"])
def test_both_must_be_in_her_care(tree, merge, who):
    people = {
        "viewer": lambda: make_staff(tree.town, StaffRoleType.VIEWER),
        "sibling": lambda: make_staff(tree.village),
        "stranger": lambda: make_staff(tree.other_city),
    }

    with pytest.raises(RosterError):
        merge(by=people[who]())

    assert not AccountMerge.objects.exists()


def test_staff_accounts_are_left_to_superusers(tree, kept, merge):
    staff = make_staff(tree.village)
    make_appointment(staff, tree.village)

    with pytest.raises(RosterError):
        merge(gone_id=staff.pk)

    operator = make_member("管理员", is_superuser=True)
    assert merge(gone_id=staff.pk, by=operator).kept == kept


# Every column that names a member: moved or removed by a merge, or why it stays.
MOVED = {
    "courses.WatchRecord.member",
    "federations.CorrectionRequest.member",
    "federations.RosterClaim.member",
    "members.WechatIdentity.member",
    "federations.Appointment.member",
    "knowledge_base.Feedback.member",
    "learning.Certificate.member",
    "learning.FavouritePage.member",
    "learning.Growth.member",
    "learning.Progress.member",
    "learning.RankingConsent.member",
    "learning.ScoreStep.member",
    "members.Notice.member",
    "members.ReminderState.member",
    "quizzes.Attempt.member",
    "quizzes.Favourite.member",
    "quizzes.QuestionNote.member",
    "quizzes.QuestionReport.member",
    "quizzes.QuizOverride.member",
    "quizzes.ReviewCard.member",
}
DID_IT = "a record of who did it as staff: the account that did it stays named"
STAYS = {
    "courses.WatchBudget.member": "two budgets together would credit one hour twice",
    "learning.LedgerEntry.member": "append-only: the fold corrects one account and pays the other",
    "learning.OutcomeMark.member": "both accounts are marked anew",
    "learning.PlanRosterEntry.member": "a frozen roster stays as it was",
    "federations.AppointmentEvent.member": "append-only: the page of the kept account reads both",
    "federations.AccountMerge.kept": "the record of the merges",
    "federations.AccountMerge.gone": "the record of the merges",
    "federations.StaffRole.member": "staff are left to superusers, who give the role anew",
    "federations.Job.owner": "its files belong to who asked for it",
    "federations.CorrectionRequest.answered_by": DID_IT,
    "federations.RosterClaim.decided_by": DID_IT,
    "members.Device.member": "belongs to the sign-in, which ends",
    "mfa.Authenticator.user": "belongs to the sign-in, which ends",
    "members.Consent.member": "each account agreed for itself",
    "members.Erasure.member": "with the kept account its double is erased too",
    "members.Member_groups.member": "groups follow roles",
    "members.Member_user_permissions.member": "nobody is given any",
    "account.EmailAddress.user": "belongs to the sign-in, which ends",
    "courses.LessonMedia.uploaded_by_user": DID_IT,
    "courses.MediaUpload.owner": DID_IT,
    "quizzes.Correction.created_by": DID_IT,
    "quizzes.AttemptEvent.by": DID_IT,
    "quizzes.ManualMark.marker": DID_IT,
    "quizzes.QuestionVersion.created_by": DID_IT,
    "quizzes.ReviewDecision.decided_by": DID_IT,
    "quizzes.QuestionReport.replied_by": DID_IT,
    "quizzes.QuizOverride.created_by": DID_IT,
    "learning.Certificate.revoked_by": DID_IT,
    "learning.PointRule.created_by": DID_IT,
    "learning.PlanEvent.by": DID_IT,
    "learning.AssessmentEvent.by": DID_IT,
    "learning.ReminderSending.by": DID_IT,
    "cms.PageLink.ignored_by": DID_IT,
    "cms.Correction.by": DID_IT,
    "federations.AppointmentEvent.by": DID_IT,
    "federations.Renewal.by": DID_IT,
    "federations.AccountMerge.by": DID_IT,
}


def test_every_column_that_names_a_member_is_thought_of():
    found = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if field.related_model is Member
        # Wagtail's and its editors' own tables name who wrote what.
        and not model.__module__.startswith("wagtail")
    }
    known = MOVED | STAYS.keys()
    assert found - known == set()
    assert known - found == set()
