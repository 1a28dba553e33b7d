"""Taking a certificate back, and giving a new one in its place."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from learning.domain.certificates.issue import (
    current_edition,
    new_numbers,
    read_holders,
)
from learning.models import Certificate
from members.domain.audit import record
from members.domain.notices import tell
from members.models import Action, Member


class CertificateRefused(Exception):
    """It cannot be done; the message says why, in Chinese."""


@transaction.atomic
def revoke_certificate(
    *, certificate_id: int, reason: str, by: Member, now: datetime
) -> Certificate:
    """Make it invalid for good; its holder is told why.

    Raises CertificateRefused when it is not valid any more.
    """
    certificate = _lock(certificate_id)
    if not certificate.is_valid:
        raise CertificateRefused(_("这张证书已经作废，不用再撤销。"))
    certificate.revoked_at, certificate.revoked_by = now, by
    certificate.revoke_reason = reason
    certificate.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    record(action=Action.CERTIFICATE_CHANGED, by=by, subject=certificate)
    text = _("你的《%(title)s》证书被撤销了：%(reason)s。有疑问请联系%(issuer)s。")
    _tell_holder(certificate, text % _facts(certificate, reason=reason), now)
    return certificate


@transaction.atomic
def reissue_certificate(*, certificate_id: int, by: Member, now: datetime) -> Certificate:
    """A new certificate with her present name and unit and the template as it is now.

    The old number becomes invalid. Also gives back a revoked one. Raises CertificateRefused when
    it was replaced before.
    """
    old = _lock(certificate_id)
    if old.replaced_at is not None:
        raise CertificateRefused(_("这张证书已经换发过，请到新证书上操作。"))
    old.replaced_at = now
    old.save(update_fields=["replaced_at"])
    record(action=Action.CERTIFICATE_CHANGED, by=by, subject=old)
    new = Certificate.objects.create(
        number=new_numbers(1, now)[0],
        edition=current_edition(old.edition.template, now),
        plan_id=old.plan_id,
        page_id=old.page_id,
        title=old.title,
        hours=old.hours,
        issued_at=now,
        issued_on=localdate(now),
        **read_holders([old.member_id], now)[old.member_id],
    )
    text = _("你的《%(title)s》证书换发了新的，旧的编号已经作废。")
    _tell_holder(new, text % _facts(new), now)
    return new


def _lock(certificate_id: int) -> Certificate:
    """Of two who press at once the second is told."""
    rows = Certificate.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("edition__template").get(pk=certificate_id)


def _facts(certificate: Certificate, **more: str) -> dict[str, str]:
    title, issuer = certificate.title[:40], certificate.edition.issuer
    return {"title": title, "issuer": issuer[:30]} | more


def _tell_holder(certificate: Certificate, text: str, now: datetime) -> None:
    url = reverse("certificates:list")
    tell(member_ids=[certificate.member_id], text=text[:200], url=url, now=now)
