"""Claims for tests, through the domain."""

from django.utils import timezone

from federations.domain.claims import Claimant, make_claim
from federations.models import Position, RosterClaim
from members.domain.wechat import WechatUser


def make_a_claim(federation, name: str = "陈秀英", number: int = 1, **facts) -> RosterClaim:
    """By phone and WeChat; `phone=""` or `user=None` leaves one of them out."""
    now = timezone.now()
    phone = facts.pop("phone", f"{13_911_110_000 + number}")
    user = facts.pop("user", WechatUser("wx-app", f"o-{number}", f"u-{number}"))
    claimant = Claimant(phone, now if phone else None, user)
    facts = {"position": Position.MEMBER, "note": "", "now": now} | facts
    return make_claim(claimant=claimant, name=name, federation=federation, **facts)
