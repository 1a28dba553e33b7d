"""A quiz (测验) is a page: preview, workflow, scheduling and permissions come with it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from cms.models import BasePage
from quizzes.models.parts import ReviewPartsField, ReviewPhase
from quizzes.modes import Mode, get_mode, mode_choices


class KeptScore(models.TextChoices):
    HIGHEST = "highest", _("最高一次")
    LATEST = "latest", _("最后一次")
    FIRST = "first", _("第一次")
    AVERAGE = "average", _("平均")


PER_CENT = [MinValueValidator(1), MaxValueValidator(100)]


class QuizPage(BasePage):
    """Times are minutes, marks per cent, `grace` seconds. 0 means no limit, no wait."""

    template = "pages/quizzes/quiz_page.html"
    parent_page_types = ["cms.AcademyPage", "courses.CoursePage"]
    subpage_types: list[str] = []
    is_scored = True

    column = models.ForeignKey(
        "cms.ColumnPage",
        verbose_name=_("主题栏目"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="quizzes",
        help_text=_("选了就也列在这个栏目里，只有执委看得到。"),
    )
    mode = models.CharField(_("方式"), max_length=10, choices=mode_choices, default="exam")
    opens_at = models.DateTimeField(_("开放时间"), null=True, blank=True)
    closes_at = models.DateTimeField(_("截止时间"), null=True, blank=True)
    time_limit = models.PositiveIntegerField(
        _("限时（分钟）"), default=0, help_text=_("0 表示不限时。")
    )
    grace = models.PositiveSmallIntegerField(
        _("网络宽限（秒）"),
        default=5,
        validators=[MaxValueValidator(300)],
        help_text=_("到时后再等几秒，路上的答案还收。"),
    )
    attempts_allowed = models.PositiveIntegerField(
        _("可答次数"), default=0, help_text=_("0 表示不限次数。")
    )
    wait = models.PositiveIntegerField(
        _("两次之间隔（分钟）"), default=0, help_text=_("0 表示交卷后马上可以再答。")
    )
    kept_score = models.CharField(
        _("成绩取"), max_length=10, choices=KeptScore, default=KeptScore.HIGHEST
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("及格线（百分）"), default=60, validators=PER_CENT
    )
    excellent_mark = models.PositiveSmallIntegerField(
        _("优秀线（百分）"), default=90, validators=PER_CENT
    )
    shuffles_questions = models.BooleanField(_("打乱试题顺序"), default=False)
    shuffles = models.BooleanField(
        _("打乱选项顺序"), default=True, help_text=_("“以上都对”一类的选项总在最后。")
    )
    is_sequential = models.BooleanField(
        _("只能按顺序答"), default=False, help_text=_("答完一题才看到下一题，不能回头。")
    )
    password = models.CharField(
        _("口令"), max_length=30, blank=True, help_text=_("填了就要报口令才能开始。")
    )
    second_marking = models.BooleanField(
        _("简答题双评"), default=False, help_text=_("两位阅卷人各评一次，互相看不到。")
    )
    review_during = ReviewPartsField(_("答题中（当场判题后）"))
    review_right_after = ReviewPartsField(_("刚交卷时"))
    review_later = ReviewPartsField(_("交卷以后，测验还开放"))
    review_after_close = ReviewPartsField(_("测验截止后"))

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("column"),
        FieldPanel("mode"),
        InlinePanel("fixed_questions", label=_("固定试题"), heading=_("固定试题")),
        InlinePanel("draws", label=_("随机抽题"), heading=_("随机抽题")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                FieldRowPanel([FieldPanel("time_limit"), FieldPanel("grace")]),
                FieldRowPanel([FieldPanel("attempts_allowed"), FieldPanel("wait")]),
                FieldRowPanel([FieldPanel("kept_score"), FieldPanel("password")]),
                FieldRowPanel([FieldPanel("pass_mark"), FieldPanel("excellent_mark")]),
                FieldRowPanel([FieldPanel("shuffles_questions"), FieldPanel("shuffles")]),
                FieldRowPanel([FieldPanel("is_sequential"), FieldPanel("second_marking")]),
            ],
            heading=_("规则"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("review_during"), FieldPanel("review_right_after")]),
                FieldRowPanel([FieldPanel("review_later"), FieldPanel("review_after_close")]),
            ],
            heading=_("什么时候让执委看到什么"),
        ),
        InlinePanel("prerequisites", label=_("先修"), heading=_("先学完这些才能答")),
    ]

    class Meta:
        verbose_name = _("测验")
        verbose_name_plural = _("测验")

    @property
    def rules(self) -> Mode:
        """What the mode asks for."""
        return get_mode(self.mode)

    def review_parts(self, phase: ReviewPhase) -> list[str]:
        return getattr(self, f"review_{phase.value}")


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
    points = models.PositiveSmallIntegerField(_("分值"), default=1, validators=PER_CENT)

    panels = [FieldRowPanel([FieldPanel("question"), FieldPanel("points")])]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["quiz", "question"], name="quiz_question_once")
        ]

    def __str__(self):
        return str(self.question_id)


class QuizDraw(Orderable):
    """A rule: so many questions at random from a bank, those that fit; empty fits everything."""

    quiz = ParentalKey(QuizPage, related_name="draws", on_delete=models.CASCADE)
    bank = models.ForeignKey(
        "quizzes.QuestionBank",
        verbose_name=_("题库"),
        on_delete=models.PROTECT,
        related_name="quiz_draws",
    )
    count = models.PositiveSmallIntegerField(_("题数"), default=5, validators=PER_CENT)
    points = models.PositiveSmallIntegerField(_("每题分值"), default=1, validators=PER_CENT)
    tag = models.CharField(_("标签"), max_length=100, blank=True)
    knowledge_point = models.CharField(_("知识点"), max_length=60, blank=True)
    min_difficulty = models.PositiveSmallIntegerField(
        _("难度从"), default=1, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    max_difficulty = models.PositiveSmallIntegerField(
        _("到"), default=5, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )

    panels = [
        FieldRowPanel([FieldPanel("bank"), FieldPanel("count"), FieldPanel("points")]),
        FieldRowPanel([FieldPanel("tag"), FieldPanel("knowledge_point")]),
        FieldRowPanel([FieldPanel("min_difficulty"), FieldPanel("max_difficulty")]),
    ]

    def __str__(self):
        return f"{self.bank} × {self.count}"


class QuizPrerequisite(Orderable):
    """A page that must be finished before the quiz may be started."""

    quiz = ParentalKey(QuizPage, related_name="prerequisites", on_delete=models.CASCADE)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("课程、微课或测验"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    must_pass = models.BooleanField(_("测验要及格"), default=False)

    panels = [FieldRowPanel([FieldPanel("page"), FieldPanel("must_pass")])]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["quiz", "page"], name="quiz_prerequisite_once")
        ]

    def __str__(self):
        return str(self.page_id)


class CountedRule(models.Model):
    """By which `kept_score` a quiz's scores were counted last.

    Not a column of the page: publishing a draft brings back what the draft was saved with.
    """

    quiz = models.OneToOneField(QuizPage, on_delete=models.CASCADE, related_name="counted_rule")
    kept_score = models.CharField(max_length=10)

    def __str__(self):
        return f"{self.quiz_id}:{self.kept_score}"
