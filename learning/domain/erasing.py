"""Erasing a member from what is shown of her learning.

Progress, score steps, the ledger and frozen rosters stay under the account without a name: every
standing, and every rebuild of it, counts what it counted before. A certificate's number can still
be looked up, and tells that it was issued.
"""

from datetime import datetime

from learning.models import Certificate, FavouritePage, Growth, RankingConsent
from members.models import Member
from members.names import ERASED_NAME


def erase_learning(member: Member, now: datetime) -> None:
    RankingConsent.objects.filter(member=member).delete()
    FavouritePage.objects.filter(member=member).delete()
    Growth.objects.filter(member=member).delete()
    Certificate.objects.filter(member=member).update(name=ERASED_NAME, revoke_reason="")
