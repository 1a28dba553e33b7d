"""Staff: a role at a federation, valid for its whole subtree and for its term."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StaffRoleType(models.TextChoices):
    MANAGER = "manager", _("管理员")
    EDITOR = "editor", _("内容编辑")
    REVIEWER = "reviewer", _("审核")
    EXAMINER = "examiner", _("出题")
    VIEWER = "viewer", _("查看")


class StaffRoleQuerySet(models.QuerySet):
    def in_force(self, on):
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)


class StaffRole(models.Model):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("工作人员"),
        on_delete=models.CASCADE,
        related_name="staff_roles",
    )
    federation = models.ForeignKey(
        "federations.Federation",
        verbose_name=_("妇联"),
        on_delete=models.PROTECT,
        related_name="staff_roles",
    )
    role = models.CharField(_("角色"), max_length=10, choices=StaffRoleType)
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True, blank=True)

    objects = StaffRoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("工作人员角色")
        verbose_name_plural = _("工作人员角色")
        constraints = [
            models.UniqueConstraint(fields=["member", "federation", "role"], name="staff_role_once")
        ]

    def __str__(self):
        return f"{self.member} · {self.federation} · {self.get_role_display()}"
