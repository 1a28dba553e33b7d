"""Signing in as allauth does it; the member of a request is read by a prepared query."""

from allauth.account.auth_backends import AuthenticationBackend

from members.models import Member
from members.prepared import Prepared

_MEMBER = Prepared(lambda member: Member.objects.filter(pk=member), member=int)


class MemberBackend(AuthenticationBackend):
    """Every request of a signed-in member begins with `get_user`."""

    def get_user(self, user_id: int) -> Member | None:
        found = _MEMBER.instances(member=user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None
