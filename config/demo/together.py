"""What people do about learning: colleagues who let themselves be ranked, a reminder sent."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from config.demo.people import COUNTY_STAFF, VILLAGE_MEMBER
from federations.models import Appointment, Federation
from learning.domain.personal import join_ranking
from learning.domain.sendings import ask_for_sending, carry_out
from learning.models import Plan, Reach, ReminderSending
from members.models import Member

REMINDED_PLAN = "反家暴专题学习月"
WORDS = "月底前学完，有困难找我。"
# More than a week: who signs in as staff may remind anew.
REMINDED_AGO = timedelta(days=9)
COLLEAGUES = 6
TOKEN = UUID(int=20261121)


def load_ranking() -> None:
    """The village member and some of her team, each by her own consent."""
    member = Member.objects.get(phone=VILLAGE_MEMBER.phone)
    team = Appointment.objects.get(member=member).federation
    colleagues = Member.objects.filter(appointments__federation=team).exclude(pk=member.pk)
    for each in [member, *colleagues.order_by("pk")[:COLLEAGUES]]:
        join_ranking(member=each, now=timezone.now())


def load_reminder() -> None:
    """Carried out before the history: some have finished since. The clock closes its job."""
    moment = timezone.now() - REMINDED_AGO
    job = ask_for_sending(
        plan=Plan.objects.get(title=REMINDED_PLAN),
        federation=Federation.objects.get(name="梅县区"),
        reach=Reach.SUBTREE,
        by=Member.objects.get(phone=COUNTY_STAFF.phone),
        words=WORDS,
        now=moment,
        token=TOKEN,
    )
    sending = ReminderSending.objects.get(job=job)
    carry_out(sending=sending, now=moment, report=lambda done, total: None)
