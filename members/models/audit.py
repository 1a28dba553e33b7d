"""The audit trail: who did what to whom, when and from where. Rows are added, never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.append_only import AppendOnly


class Action(models.TextChoices):
    SIGNED_IN = "signed_in", _("登录")
    SIGN_IN_FAILED = "sign_in_failed", _("登录失败")
    SIGNED_OUT = "signed_out", _("退出登录")
    SESSION_ENDED = "session_ended", _("让设备退出登录")
    PASSWORD_CHANGED = "password_changed", _("修改密码")
    SECOND_FACTOR_CHANGED = "second_factor_changed", _("修改两步验证")
    PHONE_CHANGED = "phone_changed", _("修改手机号")
    WECHAT_BOUND = "wechat_bound", _("绑定微信")
    WECHAT_UNBOUND = "wechat_unbound", _("解绑微信")
    CONSENT_GIVEN = "consent_given", _("同意隐私说明")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("撤回同意")
    DATA_CORRECTED = "data_corrected", _("更正个人信息")
    DATA_DOWNLOADED = "data_downloaded", _("下载个人信息")
    ERASURE_ASKED = "erasure_asked", _("申请注销")
    ERASURE_CANCELLED = "erasure_cancelled", _("取消注销")
    ERASED = "erased", _("注销账号")
    PERSONAL_DATA_VIEWED = "personal_data_viewed", _("查看个人信息")
    EXPORTED = "exported", _("导出")
    SCORE_CHANGED = "score_changed", _("改动成绩或学时")
    CERTIFICATE_CHANGED = "certificate_changed", _("撤销或换发证书")
    RULE_CHANGED = "rule_changed", _("改动积分规则")
    ROLE_CHANGED = "role_changed", _("改动权限")
    ACCOUNT_CHANGED = "account_changed", _("改动账号")
    PUBLISHED = "published", _("发布")
    UNPUBLISHED = "unpublished", _("下线")
    CLAIM_DECIDED = "claim_decided", _("处理认领")
    RETENTION_APPLIED = "retention_applied", _("按期清理")
    PRUNED = "pruned", _("清理过期的审计记录")


class AuditEntry(models.Model):
    """`mac` is the keyed digest of what the row says, from the moment that it is written.

    `sequence` and `chain` are filled in once, seconds later: the row's number without gaps, and
    the keyed digest of the chain before it and its own `mac`. Members are named by id without a
    foreign key: the trail outlives them.
    """

    at = models.DateTimeField(_("时间"), db_index=True)
    # An Action. Choices would make a migration of each new one, and SQLite remake the table for it.
    action = models.CharField(_("操作"), max_length=30)
    actor_id = models.BigIntegerField(_("操作人"), null=True, db_index=True)
    subject_kind = models.CharField(_("对象"), max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    address = models.CharField(_("来源地址"), max_length=45, blank=True)
    device = models.CharField(_("设备"), max_length=200, blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    detail = models.JSONField(_("说明"), default=dict, blank=True)
    mac = models.CharField(max_length=64)
    sequence = models.BigIntegerField(_("序号"), null=True, unique=True)
    chain = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("审计记录")
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="audit_subject"),
            models.Index(
                fields=["id"], condition=models.Q(sequence__isnull=True), name="audit_unsealed"
            ),
        ]

    def __str__(self):
        return f"{self.action_text} #{self.pk}"

    @property
    def action_text(self) -> str:
        return str(Action(self.action).label)


SAID = ["id", "at", "action", "actor_id", "subject_kind", "subject_id", "address", "device"]
SAID += ["request_id", "detail", "mac"]
LEAST_DAYS = 183

# Sealing fills in the number and the chain once; a year-old row may be pruned, a young one not.
AUDIT_GUARD = AppendOnly(
    table="members_auditentry",
    refused="the audit trail is only added to",
    may_update=" AND ".join(
        [
            "OLD.sequence IS NULL AND NEW.sequence IS NOT NULL",
            *(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in SAID),
        ]
    ),
    may_delete={
        "postgresql": f"OLD.at < now() - interval '{LEAST_DAYS} days'",
        "sqlite": f"OLD.at < datetime('now', '-{LEAST_DAYS} days')",
    },
)
