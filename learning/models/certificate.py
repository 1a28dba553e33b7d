"""Certificates (证书): how they look, what earns one, and those that were issued."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.rules.certificate_numbers import LENGTH, show_number
from learning.rules.certificate_text import fill_text

NAME_LENGTH, TITLE_LENGTH, UNIT_LENGTH = 50, 255, 200


class Orientation(models.TextChoices):
    LANDSCAPE = "landscape", _("横版")
    PORTRAIT = "portrait", _("竖版")


class Theme(models.TextChoices):
    KAPOK = "kapok", _("木棉红")
    LEAF = "leaf", _("青绿")
    SKY = "sky", _("天蓝")


def image(label, help_text):
    return models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=label,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=help_text,
    )


class CertificateDesign(models.Model):
    """What a certificate says and how it looks, apart from whose it is."""

    heading = models.CharField(_("证书名"), max_length=20, default="结业证书")
    body = models.TextField(
        _("正文"),
        max_length=300,
        default="在“{名称}”学习中完成全部必修内容，特发此证。",
        help_text=_("可以写 {姓名}、{单位}、{名称}、{日期}、{学时}，发证时自动填上。"),
    )
    issuer = models.CharField(_("发证单位"), max_length=60)
    orientation = models.CharField(
        _("版式"), max_length=10, choices=Orientation, default=Orientation.LANDSCAPE
    )
    theme = models.CharField(_("颜色"), max_length=10, choices=Theme, default=Theme.KAPOK)
    background = image(
        _("底图"), _("不选就用木棉花边。A4 比例，横版 297×210，竖版 210×297；四边留白。")
    )
    seal = image(_("印章"), _("不选就不盖章。用底色透明的 PNG，正方形。"))

    class Meta:
        abstract = True


# background_id, not background: the rows of images are not read.
DESIGN_COLUMNS = [field.attname for field in CertificateDesign._meta.fields]


class CertificateTemplate(CertificateDesign):
    title = models.CharField(_("模板名称"), max_length=60)
    federation = models.ForeignKey(
        "federations.Federation",
        verbose_name=_("所属妇联"),
        on_delete=models.PROTECT,
        related_name="certificate_templates",
        help_text=_("这个妇联和它上级的管理员可以修改这个模板。"),
    )

    class Meta:
        ordering = ["federation__path", "title", "pk"]
        verbose_name = _("证书模板")
        verbose_name_plural = _("证书模板")

    def __str__(self):
        return self.title


class CertificateEdition(CertificateDesign):
    """A template as it was when certificates were issued from it. Immutable."""

    template = models.ForeignKey(
        CertificateTemplate, on_delete=models.PROTECT, related_name="editions"
    )
    made_at = models.DateTimeField(_("时间"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("证书版本")

    def __str__(self):
        return f"{self.template_id}:{self.pk}"


class CertificateRule(models.Model):
    """Who finishes the plan, or the page, gets a certificate."""

    template = models.ForeignKey(
        CertificateTemplate,
        verbose_name=_("证书模板"),
        on_delete=models.PROTECT,
        related_name="rules",
    )
    plan = models.OneToOneField(
        "learning.Plan",
        verbose_name=_("学习任务"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="certificate_rule",
    )
    page = models.OneToOneField(
        "wagtailcore.Page",
        verbose_name=_("课程或测验"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="certificate_rule",
    )
    starts_on = models.DateField(
        _("起算日期"), help_text=_("这一天起学完的才发证；填以前的日期，已经学完的也会补发。")
    )
    # Hundredths of an hour would be finer than the rules of credit hours are.
    hours = models.DecimalField(_("学时"), max_digits=5, decimal_places=2, null=True, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("发证规则")
        verbose_name_plural = _("发证规则")
        constraints = [
            models.CheckConstraint(
                condition=Q(plan__isnull=True) ^ Q(page__isnull=True),
                name="certificate_rule_for_one_thing",
                violation_error_message=_("学习任务和课程请选一个，只选一个。"),
            )
        ]

    def __str__(self):
        return self.subject_title

    @property
    def subject_title(self) -> str:
        """Empty for a rule that stands in a form and names neither."""
        subject = self.plan if self.plan_id else self.page
        return subject.title if subject else ""

    @property
    def hours_text(self) -> str:
        return "" if self.hours is None else f"{self.hours.normalize():f}"


class Certificate(models.Model):
    """One that was issued; name, unit and title as they were on that day.

    At most one for a member and a plan or page is the current one. A revoked one stays current, so
    nothing issues another by itself; one that staff replaced does not.
    """

    # As read_number gives it, without hyphens.
    number = models.CharField(_("证书编号"), max_length=LENGTH, unique=True)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("执委"),
        on_delete=models.CASCADE,
        related_name="certificates",
    )
    edition = models.ForeignKey(
        CertificateEdition, on_delete=models.PROTECT, related_name="certificates"
    )
    plan = models.ForeignKey(
        "learning.Plan", null=True, on_delete=models.SET_NULL, related_name="certificates"
    )
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="certificates"
    )
    name = models.CharField(_("姓名"), max_length=NAME_LENGTH)
    unit = models.CharField(_("单位"), max_length=UNIT_LENGTH, blank=True)
    title = models.CharField(_("学习内容"), max_length=TITLE_LENGTH)
    hours = models.CharField(_("学时"), max_length=10, blank=True)
    # Where she was counted: whose staff see it.
    federation = models.ForeignKey(
        "federations.Federation",
        verbose_name=_("计入单位"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    issued_at = models.DateTimeField(_("发证时间"))
    issued_on = models.DateField(_("发证日期"))
    revoked_at = models.DateTimeField(_("撤销时间"), null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoke_reason = models.CharField(_("撤销原因"), max_length=100, blank=True)
    replaced_at = models.DateTimeField(_("换发时间"), null=True)

    class Meta:
        ordering = ["-issued_at", "-pk"]
        verbose_name = _("证书")
        verbose_name_plural = _("证书")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "plan"],
                condition=Q(replaced_at__isnull=True, plan__isnull=False),
                name="certificate_once_for_plan",
            ),
            models.UniqueConstraint(
                fields=["member", "page"],
                condition=Q(replaced_at__isnull=True, page__isnull=False),
                name="certificate_once_for_page",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-issued_at"], name="certificate_of_member"),
            models.Index(fields=["federation", "-issued_at"], name="certificate_of_unit"),
        ]

    def __str__(self):
        return self.shown_number

    @property
    def shown_number(self) -> str:
        return show_number(self.number)

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and self.replaced_at is None

    @property
    def text(self) -> str:
        """The wording with everything filled in."""
        return fill_text(
            self.edition.body,
            {
                "name": self.name,
                "unit": self.unit,
                "title": self.title,
                "date": self.date_text,
                "hours": self.hours,
            },
        )

    @property
    def date_text(self) -> str:
        """2026年11月22日"""
        day = self.issued_on
        return f"{day.year}年{day.month}月{day.day}日"
