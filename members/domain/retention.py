"""Removing what is kept longer than it may be."""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from members.domain.audit import record
from members.models import Action, Consent, Erasure, Notice
from members.retention import HOOK, Rule, all_rules

YEAR = timedelta(days=365)
NOTICES_KEPT, PROOF_KEPT = YEAR, 3 * YEAR
log = structlog.get_logger(__name__)


def apply_retention(*, now: datetime) -> dict[str, int]:
    """Apply every rule of the table; returns how many rows went, by the rule's code.

    Each rule is a transaction of its own: one that fails holds up no other, and is tried again the
    next night.
    """
    removed = {}
    for rule in all_rules():
        if rule.apply is None:
            continue
        try:
            removed[rule.code] = _apply(rule, now)
        except Exception:
            # Without the error's text: a database's message may hold the row.
            log.error("retention_failed", rule=rule.code)
    log.info("retention_applied", **removed)
    return removed


@transaction.atomic
def _apply(rule: Rule, now: datetime) -> int:
    count = rule.apply(now)
    if count:
        record(action=Action.RETENTION_APPLIED, by=None, detail={"rule": rule.code, "count": count})
    return count


def remove_old_notices(now: datetime) -> int:
    return Notice.objects.filter(made_at__lt=now - NOTICES_KEPT).delete()[0]


def remove_old_proofs(now: datetime) -> int:
    """Consents and erasures of accounts that were erased long ago."""
    gone = Erasure.objects.filter(done_at__lt=now - PROOF_KEPT).values("member")
    consents = Consent.objects.filter(member__in=gone).delete()[0]
    return consents + Erasure.objects.filter(done_at__lt=now - PROOF_KEPT).delete()[0]


def remove_cancelled_erasures(now: datetime) -> int:
    return Erasure.objects.filter(cancelled_at__lt=now - YEAR).delete()[0]


@hooks.register(HOOK, order=0)
def rules() -> list[Rule]:
    return [
        Rule(
            "account",
            _("姓名、手机号、任职、账号设置"),
            _("在名册上和账号使用期间；本人申请注销的，7 天后清除"),
            _("登录、核对名册、组织学习要用"),
        ),
        Rule(
            "login_codes",
            _("短信验证码"),
            _("5 分钟，只存加密后的校验值"),
            _("核对手机号是本人的"),
        ),
        Rule(
            "sessions",
            _("登录状态"),
            _("退出登录就删除；一直没退出的，30 天没用后失效，当晚删除"),
            _("不用每次都登录"),
        ),
        Rule(
            "notices",
            _("站内消息"),
            _("1 年"),
            _("方便回头查看"),
            remove_old_notices,
        ),
        Rule(
            "consent_proof",
            _("同意和撤回的记录、注销记录"),
            _("账号注销后再保留 3 年，只有编号，没有姓名和手机号"),
            _("证明按本人的意思办理（民法典规定的诉讼时效为 3 年）"),
            remove_old_proofs,
        ),
        Rule(
            "cancelled_erasures",
            _("取消了的注销申请"),
            _("1 年"),
            _("核对是谁在什么时候取消的"),
            remove_cancelled_erasures,
        ),
        Rule(
            "audit",
            _("安全审计和网络日志（谁在什么时候做了什么，只有编号）"),
            _("不少于 6 个月"),
            _("网络安全法第二十一条要求"),
        ),
    ]
