"""Courses (课程) and their lessons (微课)."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.documents import get_document_model_string
from wagtail.models import Orderable
from wagtail.search import index
from wagtailmedia.edit_handlers import MediaChooserPanel

from cms.fields import RichTextField, StreamField
from cms.models import BasePage
from courses.models.outline import OutlineBlock

TEXT_FEATURES = ["h3", "bold", "ol", "ul", "link"]


class CourseIndexPage(BasePage):
    """公开课: courses that are open to everyone."""

    template = "pages/courses/course_index_page.html"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["courses.CoursePage"]

    class Meta:
        verbose_name = _("公开课")


class Stage(models.TextChoices):
    BEGINNER = "beginner", _("入门")
    ADVANCED = "advanced", _("进阶")


class CoursePage(BasePage):
    """Without an outline all its lessons are required, in the order of the page tree."""

    template = "pages/courses/course_page.html"
    parent_page_types = ["courses.CourseIndexPage", "cms.AcademyPage"]
    subpage_types = ["courses.LessonPage", "quizzes.QuizPage"]

    teacher = models.CharField(_("主讲"), max_length=60, blank=True)
    stage = models.CharField(_("深浅"), max_length=10, choices=Stage, default=Stage.BEGINNER)
    life_stages = ParentalManyToManyField(
        "cms.LifeStage",
        verbose_name=_("成长阶段"),
        blank=True,
        related_name="courses",
        help_text=_("讲给哪个阶段的人听，课程列表里可以按它找。"),
    )
    outline = StreamField(
        OutlineBlock(),
        verbose_name=_("目录"),
        blank=True,
        help_text=_("分节排好微课和测验。不排就按页面顺序列出，所有微课都算必学。"),
    )
    is_sequential = models.BooleanField(
        _("按顺序学"), default=False, help_text=_("学完前面的必学微课，才能学后面的。")
    )
    needs_pass = models.BooleanField(
        _("必学的测验要及格"),
        default=True,
        help_text=_("不勾的话，交了卷就算完成。还没公布成绩的测验，公布以后才算。"),
    )
    prerequisites = ParentalManyToManyField(
        "self",
        verbose_name=_("先修课程"),
        blank=True,
        symmetrical=False,
        related_name="follow_ups",
        help_text=_("学完这些课程，才能学这门课的微课。"),
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("teacher"),
                FieldPanel("stage"),
                FieldPanel("life_stages", widget=forms.CheckboxSelectMultiple),
            ],
            heading=_("课程信息"),
        ),
        FieldPanel("outline"),
        MultiFieldPanel(
            [
                FieldPanel("needs_pass"),
                FieldPanel("is_sequential"),
                FieldPanel("prerequisites", widget=forms.CheckboxSelectMultiple),
            ],
            heading=_("怎样算学完"),
        ),
    ]

    search_fields = [*BasePage.search_fields, index.SearchField("teacher")]

    class Meta:
        verbose_name = _("课程")
        verbose_name_plural = _("课程")


class LessonTag(TaggedItemBase):
    content_object = ParentalKey(
        "courses.LessonPage", related_name="tagged_items", on_delete=models.CASCADE
    )


class Scene(models.TextChoices):
    NEIGHBOURS = "neighbours", _("邻里")
    LYCHEE = "lychee", _("荔枝")
    BOOK = "book", _("书本")
    VILLAGE = "village", _("村庄")
    FAMILY = "family", _("家庭")
    CLINIC = "clinic", _("健康")


class LessonPage(BasePage):
    """A micro-lesson (微课): a film, a recording or, without media, a text."""

    template = "pages/courses/lesson_page.html"
    parent_page_types = ["courses.CoursePage", "courses.AudioColumnPage"]
    subpage_types: list[str] = []
    stand_ins = {"cover": "scene", "body": "media"}

    column = models.ForeignKey(
        "cms.ColumnPage",
        verbose_name=_("主题栏目"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="lessons",
    )
    media = models.ForeignKey(
        "courses.LessonMedia",
        verbose_name=_("音视频"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lessons",
        help_text=_("不选就是图文课。"),
    )
    scene = models.CharField(_("插画"), max_length=12, choices=Scene, default=Scene.BOOK)
    cover = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("封面"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("不选就用插画。"),
    )
    points = models.TextField(
        _("三句话"),
        blank=True,
        help_text=_("这一课要记住的话，一行一句，最多三句，每句不超过 60 个字。"),
    )
    body = RichTextField(_("正文"), blank=True, features=TEXT_FEATURES)
    transcript = RichTextField(_("文字稿"), blank=True, features=TEXT_FEATURES)
    tags = ClusterTaggableManager(through=LessonTag, blank=True, verbose_name=_("标签"))

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("column"),
        MediaChooserPanel("media"),
        FieldPanel("points"),
        FieldPanel("body"),
        FieldPanel("transcript"),
        InlinePanel("attachments", label=_("附件"), heading=_("附件")),
        InlinePanel("checks", label=_("自测题"), heading=_("自测题（不计分）")),
        MultiFieldPanel([FieldPanel("scene"), FieldPanel("cover")], heading=_("画面")),
        FieldPanel("tags"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("points"),
        index.SearchField("body"),
        index.SearchField("transcript"),
        index.RelatedFields("tags", [index.SearchField("name")]),
    ]

    class Meta:
        verbose_name = _("微课")
        verbose_name_plural = _("微课")

    @property
    def kind(self) -> str:
        """video, audio or text."""
        return self.media.type if self.media else "text"

    @property
    def point_list(self) -> list[str]:
        return [line.strip() for line in self.points.splitlines() if line.strip()]


class LessonAttachment(Orderable):
    """A file to take home: a form, a leaflet. Only whoever may open the lesson gets it."""

    lesson = ParentalKey(LessonPage, related_name="attachments", on_delete=models.CASCADE)
    document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("文件"),
        on_delete=models.PROTECT,
        related_name="lesson_attachments",
    )
    title = models.CharField(
        _("名称"), max_length=80, blank=True, help_text=_("不填就用文件自己的标题。")
    )

    panels = [FieldPanel("document"), FieldPanel("title")]

    def __str__(self):
        return self.title or self.document.title


class LessonCheck(Orderable):
    """A question of the bank below the lesson, to check oneself: no score comes of it."""

    lesson = ParentalKey(LessonPage, related_name="checks", on_delete=models.CASCADE)
    question = models.ForeignKey(
        "quizzes.Question",
        verbose_name=_("试题"),
        on_delete=models.PROTECT,
        related_name="lesson_checks",
        limit_choices_to={"is_retired": False},
    )
    at_second = models.PositiveIntegerField(
        _("看到第几秒时"), null=True, blank=True, help_text=_("音视频课可以填，图文课不填。")
    )

    panels = [FieldRowPanel([FieldPanel("question"), FieldPanel("at_second")])]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["lesson", "question"], name="lesson_check_once")
        ]

    def __str__(self):
        return str(self.question_id)
