"""A quiz (测验) is a page: preview, workflow, scheduling and permissions come with it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from cms.models import BasePage


class ReviewPhase(models.TextChoices):
    AFTER_HAND_IN = "hand_in", _("交卷后马上可看")
    AFTER_CLOSE = "close", _("测验截止后才可看")
    NEVER = "never", _("不公布")


class QuizPage(BasePage):
    template = "pages/quizzes/quiz_page.html"
    parent_page_types = ["cms.AcademyPage", "courses.CoursePage"]
    subpage_types: list[str] = []
    is_scored = True

    opens_at = models.DateTimeField(_("开放时间"), null=True, blank=True)
    closes_at = models.DateTimeField(_("截止时间"), null=True, blank=True)
    time_limit = models.PositiveIntegerField(
        _("限时（分钟）"), default=0, help_text=_("0 表示不限时。")
    )
    attempts_allowed = models.PositiveIntegerField(
        _("可答次数"), default=0, help_text=_("0 表示不限次数；成绩取最高一次。")
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("及格线（百分）"), default=60, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    shuffles = models.BooleanField(
        _("打乱选项顺序"), default=True, help_text=_("“以上都对”一类的选项总在最后。")
    )
    review_phase = models.CharField(
        _("答案与解析"), max_length=10, choices=ReviewPhase, default=ReviewPhase.AFTER_HAND_IN
    )

    content_panels = [
        *BasePage.content_panels,
        InlinePanel("fixed_questions", label=_("固定试题"), heading=_("固定试题")),
        InlinePanel("draws", label=_("随机抽题"), heading=_("随机抽题")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                FieldRowPanel([FieldPanel("time_limit"), FieldPanel("attempts_allowed")]),
                FieldRowPanel([FieldPanel("pass_mark"), FieldPanel("review_phase")]),
                FieldPanel("shuffles"),
            ],
            heading=_("规则"),
        ),
    ]

    class Meta:
        verbose_name = _("测验")
        verbose_name_plural = _("测验")


class QuizQuestion(Orderable):
    """A question that every attempt of the quiz holds."""

    quiz = ParentalKey(QuizPage, related_name="fixed_questions", on_delete=models.CASCADE)
    question = models.ForeignKey(
        "quizzes.Question",
        verbose_name=_("试题"),
        on_delete=models.PROTECT,
        related_name="quiz_uses",
        limit_choices_to={"is_retired": False},
    )

    panels = [FieldPanel("question")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["quiz", "question"], name="quiz_question_once")
        ]

    def __str__(self):
        return str(self.question_id)


class QuizDraw(Orderable):
    """A rule: so many questions at random from a bank."""

    quiz = ParentalKey(QuizPage, related_name="draws", on_delete=models.CASCADE)
    bank = models.ForeignKey(
        "quizzes.QuestionBank",
        verbose_name=_("题库"),
        on_delete=models.PROTECT,
        related_name="quiz_draws",
    )
    count = models.PositiveSmallIntegerField(
        _("题数"), default=5, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    panels = [FieldRowPanel([FieldPanel("bank"), FieldPanel("count")])]

    def __str__(self):
        return f"{self.bank} × {self.count}"
