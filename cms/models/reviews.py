"""三审三校: the steps as Wagtail tasks, the round's state, and the record that cannot be edited."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from cms.review_lock import ReviewLock


class ReviewStep(models.IntegerChoices):
    FIRST = 1, _("初审")
    SECOND = 2, _("复审")
    FINAL = 3, _("终审")


class ReviewTask(Task):
    """One of the three steps. Who may decide it: cms.domain.reviews.people.

    Decisions are taken on our own page (cms.reviews_admin), which shows the words and the
    differences and can say why something is refused; so Wagtail's dialogs get no actions.
    """

    step = models.PositiveSmallIntegerField(_("步骤"), choices=ReviewStep)

    admin_form_fields = [*Task.admin_form_fields, "step"]
    admin_form_readonly_on_edit_fields = [*Task.admin_form_readonly_on_edit_fields, "step"]
    lock_class = ReviewLock

    class Meta:
        verbose_name = _("审校步骤")
        verbose_name_plural = _("审校步骤")

    @classmethod
    def get_task_state_class(cls):
        return ReviewTaskState

    @classmethod
    def get_description(cls):
        return _("三审三校中的一步，由所属妇联或上级妇联的人来审")

    def start(self, workflow_state, user=None):
        # The domain knows the models, so it cannot be imported before them.
        from cms.domain.reviews.rounds import open_step  # noqa: PLC0415

        return open_step(workflow_state, user=user)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        from cms.reviews import waiting_for  # noqa: PLC0415 as above

        waiting = waiting_for(user).filter(task=self)
        return TaskState.objects.filter(pk__in=waiting.values("pk"))


class ReviewTaskState(TaskState):
    """A step that waits or was decided, with the text it is about.

    Autosave overwrites a revision in place, so the text is the revision *and* its time of saving.
    """

    wagtail_reference_index_ignore = True

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="review_states"
    )
    # As of the opening; deciding asks the page again.
    federation = models.ForeignKey(
        "federations.Federation", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    step = models.PositiveSmallIntegerField(choices=ReviewStep)
    text_saved_at = models.DateTimeField()
    # Who wrote a later revision than this is an author of the text.
    since_revision = models.BigIntegerField(default=0)
    # Not sent to the reviewers yet: an editor still has to look at the words that were found.
    is_held = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("审校中的一步")

    @property
    def text(self) -> tuple:
        return self.revision_id, self.text_saved_at

    @property
    def step_label(self) -> str:
        return ReviewStep(self.step).label


class RecordKind(models.TextChoices):
    SUBMITTED = "submitted", _("送审")
    RESTARTED = "restarted", _("改动后重新送审")
    APPROVED = "approved", _("通过")
    RETURNED = "returned", _("退回修改")
    CORRECTED = "corrected", _("紧急更正")
    DIRECT = "direct", _("未经三审直接发布")
    TAKEN_DOWN = "taken_down", _("撤下")


class ReadOnlyError(Exception):
    """Somebody tried to change what is only added to."""


class RecordQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise ReadOnlyError

    def delete(self):
        raise ReadOnlyError

    def bulk_update(self, *args, **kwargs):
        raise ReadOnlyError


class ReviewRecord(models.Model):
    """审校记录: what was decided, by whom, as of then. Rows are added and nothing else.

    No foreign keys: it outlives the page, the revision and the account. The database refuses
    changes by triggers (migration review_record_guard).
    """

    page_id = models.BigIntegerField(_("页面编号"))
    page_title = models.CharField(_("页面"), max_length=255)
    revision_id = models.BigIntegerField(_("版本"), null=True)
    # The workflow state: the approvals of one round belong together.
    round_id = models.BigIntegerField(null=True)
    federation_path = models.CharField(max_length=255, blank=True)
    federation_name = models.CharField(_("所属妇联"), max_length=120, blank=True)
    step = models.PositiveSmallIntegerField(_("步骤"), choices=ReviewStep, null=True)
    kind = models.CharField(_("决定"), max_length=12, choices=RecordKind)
    person_id = models.BigIntegerField(_("人员编号"), null=True)
    person_name = models.CharField(_("姓名"), max_length=50, blank=True)
    reason = models.TextField(_("意见或理由"), blank=True)
    # Words that were found, with the reason for leaving each: see cms.domain.reviews.words.
    words = models.JSONField(default=list)
    made_at = models.DateTimeField(_("时间"))

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("审校记录")
        verbose_name_plural = _("审校记录")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["page_id", "revision_id"], name="review_record_page"),
            models.Index(fields=["federation_path"], name="review_record_place"),
        ]

    def __str__(self):
        return f"{self.page_title} · {self.get_kind_display()}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise ReadOnlyError
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise ReadOnlyError

    @property
    def what(self) -> str:
        """复审 · 通过"""
        label = self.get_kind_display()
        return f"{ReviewStep(self.step).label} · {label}" if self.step else label


class Correction(models.Model):
    """An urgent correction; it stands in 待补审 until its text, or a later one, has passed."""

    wagtail_reference_index_ignore = True

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="corrections"
    )
    federation = models.ForeignKey(
        "federations.Federation", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision_id = models.BigIntegerField()
    since_revision = models.BigIntegerField()
    by = models.ForeignKey("members.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(_("理由"))
    made_at = models.DateTimeField(_("更正时间"))
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("紧急更正")
        verbose_name_plural = _("紧急更正")
        indexes = [
            models.Index(
                fields=["page"],
                condition=models.Q(settled_at__isnull=True),
                name="correction_unsettled",
            )
        ]

    def __str__(self):
        return f"{self.page_id} · {self.made_at:%Y-%m-%d}"
