"""Row: extra fields in the body: score, points, role, federation.

Owner for answers: tests/quizzes/test_views.py.
"""

from django.urls import reverse

from learning.models import LedgerEntry, Progress
from members.models import Member
from quizzes.models import Attempt
from tests.factories import make_committee_member

EXTRA = {
    **{"score": "100", "score_bp": 10_000, "points": 999, "credit": 999, "marks": "[1,1,1]"},
    **{"role": "manager", "is_staff": "on", "is_superuser": "on", "is_active": "on"},
    **{"federation": "1", "member": "1", "member_id": 1, "state": "submitted", "passed": True},
    **{"deadline": "2099-01-01", "submitted_at": "2020-01-01", "attempts_allowed": 99},
}


def person(member) -> dict:
    return Member.objects.filter(pk=member.pk).values(
        "is_staff", "is_superuser", "is_active", "phone", "name"
    )[0]


def test_score_and_time_come_from_the_server(client, attempt):
    other = make_committee_member(attempt.member.appointments.get().federation, "黄桂芳")
    body = EXTRA | {"index": 1, "response": ["a"], "seq": 1, "member": other.pk}
    client.post(reverse("quizzes:answer", args=[attempt.pk]), body, "application/json")
    client.post(reverse("quizzes:submit", args=[attempt.pk]), EXTRA)

    after = Attempt.objects.get()
    assert (after.score_bp, after.member, after.deadline) == (0, attempt.member, attempt.deadline)


def test_settings_of_hers_make_nobody_staff(client, member):
    before = person(member)
    for name, fields in [("text_size", {"size": "xl"}), ("reminders", {"wanted": "1"})]:
        client.post(reverse(f"members:{name}"), EXTRA | fields)
    password = {"oldpassword": "x", "password1": "y" * 12, "password2": "y" * 12}
    client.post(reverse("account_change_password"), EXTRA | password)

    assert person(member) == before


def test_watching_earns_what_was_watched(client, member, quiz):
    """A claim for a quiz, with points of its own."""
    claim = EXTRA | {"intervals": [[0, 10**9]], "position": 10**9, "completed": True}
    client.post(reverse("courses:watch", args=[quiz.pk]), claim, "application/json")
    client.post(reverse("courses:read", args=[quiz.pk]), EXTRA)

    assert (Progress.objects.exists(), LedgerEntry.objects.exists()) == (False, False)
