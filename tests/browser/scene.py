"""A small whole site for the browser: one of each kind of page, and two villages that rank."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from wagtail.models import Page, Site

from cms.models import (
    AcademyPage,
    ArticlePage,
    ColumnIndexPage,
    ColumnPage,
    HomePage,
    LocalPick,
)
from config.demo.film import make_film, make_recording
from config.demo.reading import to_blocks
from config.site_setup import set_up_site
from courses.models import (
    AudioColumnPage,
    CourseIndexPage,
    CoursePage,
    LessonMedia,
    LessonPage,
)
from federations.models import Position
from knowledge_base.models import (
    KnowledgeCategory,
    KnowledgeIndexPage,
    KnowledgePage,
    KnowledgeSource,
)
from learning.domain.progress import complete_page, record_score
from learning.domain.standings import rebuild_open_standings
from learning.models import Plan, PlanItem
from members.models import Member
from quizzes.models import QuizPage
from tests.cms.blocks.bodies import full_body, make_document, make_image
from tests.columns import make_link
from tests.factories import Tree, make_appointment, make_committee_member, make_member
from tests.pages import make_course, make_lesson, make_quiz_page
from tests.picks import make_kind, make_pick
from tests.quizzes.bank import fix_questions, make_bank, make_question

FILM_SECONDS = 6
SOUND_SECONDS = 4
STEMS = {
    "single": "全国统一的妇女维权公益服务热线是哪一个？",
    "multiple": "下面哪些属于家庭暴力？",
    "judge": "执委可以随时把求助人的情况发到工作群里。",
    "blank": "公安机关接到家庭暴力报案后应当及时____。",
}
TEXT = """
遇到邻里有难处，先听她把话说完，再一起想办法。

## 三步走

1. 先看安全，再听她说
2. 说清能找谁，陪她去一趟
3. 过几天再去看看她

> 记下日期和要点，不记不该记的。
"""


@dataclass
class Scene:
    tree: Tree
    home: HomePage
    academy: AcademyPage
    columns: ColumnIndexPage
    column: ColumnPage
    article: ArticlePage
    illustrated: ArticlePage
    course: CoursePage
    film_lesson: LessonPage
    text_lesson: LessonPage
    open_lesson: LessonPage
    quiz: QuizPage
    practice: QuizPage
    challenge: QuizPage
    daily: QuizPage
    ordered: QuizPage
    locked: QuizPage
    plan: Plan
    knowledge: KnowledgeIndexPage
    category: KnowledgeCategory
    entry: KnowledgePage
    series: AudioColumnPage
    app: LocalPick
    member: Member
    friend: Member
    outsider: Member


def build_scene(tree: Tree) -> Scene:
    home = set_up_site()
    Site.objects.update(hostname="localhost")
    academy = AcademyPage.objects.get()
    columns, column, article = build_column()
    course, film_lesson, text_lesson = build_course(academy, column)
    knowledge, category, entry = build_knowledge()
    quiz = build_quiz(academy)
    practice, challenge, daily = (
        build_like(quiz, mode=mode, title=title)
        for mode, title in (
            ("practice", "保护令练习"),
            ("challenge", "保护令挑战"),
            ("daily", "每日答题"),
        )
    )
    plan = build_plan(tree, [film_lesson, text_lesson, quiz])
    member = make_committee_member(tree.village, "陈秀英")
    make_appointment(member, tree.town, position=Position.VICE_CHAIR, is_counted=False)
    scene = Scene(
        tree=tree,
        home=home,
        academy=academy,
        columns=columns,
        column=column,
        article=article,
        illustrated=build_illustrated(column, film_lesson.media, quiz),
        course=course,
        film_lesson=film_lesson,
        text_lesson=text_lesson,
        open_lesson=build_open_lesson(column),
        quiz=quiz,
        practice=practice,
        challenge=challenge,
        daily=daily,
        ordered=build_like(quiz, title="按顺序答的小测", is_sequential=True, time_limit=10),
        locked=build_like(quiz, title="要口令的小测", password="木棉", attempts_allowed=2),
        plan=plan,
        knowledge=knowledge,
        category=category,
        entry=entry,
        series=build_series(columns),
        app=build_picks(tree),
        member=member,
        friend=make_committee_member(tree.village, "黄桂芳"),
        outsider=make_member("林小燕"),
    )
    fill_villages(scene)
    rebuild_open_standings(now=timezone.now())
    return scene


def build_column() -> tuple[ColumnIndexPage, ColumnPage, ArticlePage]:
    columns = ColumnIndexPage.objects.get()
    column = columns.add_child(
        instance=ColumnPage(
            title="巾帼维权",
            slug="rights",
            icon="scale",
            colour="sky",
            summary="学法用法，守护家庭",
        )
    )
    article = column.add_child(
        instance=ArticlePage(
            title="反家庭暴力宣传月走进松口镇",
            slug="month",
            summary="各村执委把维权知识送到家门口。",
            body=[
                *to_blocks(TEXT),
                ("quotation", {"text": "她说的每句话都算数。", "source": "村民"}),
            ],
            first_published_at=timezone.now(),
        )
    )
    make_link(column, title="广东省人民政府网站", summary="查政策原文。")
    return columns, column, article


def build_illustrated(column: ColumnPage, film: LessonMedia, quiz: QuizPage) -> ArticlePage:
    """An article with every kind of block."""
    sound = LessonMedia(title="听一段", type="audio", duration=FILM_SECONDS)
    content = ContentFile(make_recording(seconds=FILM_SECONDS))
    sound.file.save("talk.m4a", content, save=False)
    sound.audio, sound.audio_size = sound.file.name, content.size
    sound.encoded_file = sound.file.name
    sound.save()
    body = full_body(
        image=make_image(size=(1200, 800)),
        film=film,
        sound=sound,
        document=make_document(),
        quiz=quiz,
    )
    page = ArticlePage(title="什么都有的一篇", slug="illustrated", body=body)
    column.add_child(instance=page)
    page.save_revision().publish()
    return page


def build_course(academy: Page, column: ColumnPage) -> tuple[CoursePage, LessonPage, LessonPage]:
    course = make_course(
        academy, title="维权实务", summary="三节课学会帮她说出口。", teacher="李律师"
    )
    shared = {"column": column, "first_published_at": timezone.now()}
    film_lesson = make_lesson(
        course,
        title="三句话讲清人身安全保护令",
        media=build_media(),
        points="先看安全\n再听她说\n陪她申请",
        transcript="<p>先看安全，再听她说。</p>",
        **shared,
    )
    text_lesson = make_lesson(
        course, title="入户走访怎么开口", body="<h3>先问好</h3><p>坐下来，慢慢说。</p>", **shared
    )
    return course, film_lesson, text_lesson


def build_open_lesson(column: ColumnPage) -> LessonPage:
    """A film for everyone, outside the academy."""
    course = make_course(CourseIndexPage.objects.get(), title="身边小课堂")
    return make_lesson(course, title="和婶婶聊两癌筛查", column=column, media=build_media())


def build_series(columns: ColumnIndexPage) -> AudioColumnPage:
    """Two episodes of a few seconds."""
    columns.refresh_from_db()
    series = columns.add_child(
        instance=AudioColumnPage(
            title="姐妹听书", slug="listen", icon="headphones", summary="每天一小段。"
        )
    )
    for number, title in enumerate(("村口的议事凳", "荔枝红的时候")):
        make_lesson_below(series, title, timezone.now() - timedelta(days=1 - number))
    return series


def make_lesson_below(series: AudioColumnPage, title: str, published) -> LessonPage:
    sound, size = store_sound()
    media = LessonMedia.objects.create(
        title=title,
        type="audio",
        duration=SOUND_SECONDS,
        file=sound,
        encoded_file=sound,
        audio=sound,
        audio_size=size,
    )
    slug = f"episode-{media.pk}"
    fields = {"media": media, "first_published_at": published, "summary": f"听一听{title}。"}
    return series.add_child(instance=LessonPage(title=title, slug=slug, **fields))


@cache
def store_sound() -> tuple[str, int]:
    data = make_recording(seconds=SOUND_SECONDS)
    return default_storage.save("lessons/scene.m4a", ContentFile(data)), len(data)


def build_picks(tree: Tree) -> LocalPick:
    """A website and a mini-program of two kinds; the mini-program is returned."""
    make_pick(tree.city, city=tree.city, summary="春秋两季招生。")
    return make_pick(
        tree.city,
        title="妈妈岗",
        kind=make_kind("妈妈岗"),
        app_id="wx0123456789abcdef",
        app_name="妈妈岗演示",
        hint="进去后点“我要报名”。",
    )


@cache
def store_film() -> tuple[str, str, int]:
    """The film and its subtitles, made once and kept: only rows go when a test is over."""
    data = make_film(scene="book", seconds=FILM_SECONDS)
    words = ContentFile("WEBVTT\n\n00:00:00.000 --> 00:00:05.000\n先看安全\n".encode())
    film = default_storage.save("lessons/scene.mp4", ContentFile(data))
    return film, default_storage.save("lessons/scene.vtt", words), len(data)


def build_media() -> LessonMedia:
    film, captions, size = store_film()
    return LessonMedia.objects.create(
        title="保护令",
        type="video",
        duration=FILM_SECONDS,
        file=film,
        encoded_file=film,
        video=film,
        video_size=size,
        captions=captions,
    )


def build_knowledge() -> tuple[KnowledgeIndexPage, KnowledgeCategory, KnowledgePage]:
    knowledge = KnowledgeIndexPage.objects.get()
    category = KnowledgeCategory.objects.create(name="婚姻家庭", slug="family")
    entry = knowledge.add_child(
        instance=KnowledgePage(
            title="人身安全保护令怎么申请",
            slug="order",
            summary="向居住地的基层人民法院提出。",
            category=category,
            sources=[KnowledgeSource(name="《中华人民共和国反家庭暴力法》第二十三条")],
            effective_on=date(2016, 3, 1),
            body=to_blocks(TEXT),
        )
    )
    return knowledge, category, entry


def build_quiz(academy: Page, **fields) -> QuizPage:
    """Four questions, one of each type, always in the same order."""
    fields = {"title": "保护令小测", "summary": "四道题，看看记住了没有。"} | fields
    quiz = make_quiz_page(academy, shuffles=False, first_published_at=timezone.now(), **fields)
    bank = make_bank()
    numbers, acts = ("12338", "12345", "12315"), ("打骂", "冻饿", "限制出门")
    fix_questions(
        quiz,
        [
            make_question(bank, "single", STEMS["single"], numbers, ("A",)),
            make_question(bank, "multiple", STEMS["multiple"], acts, ("ABC",)),
            make_question(bank, "judge", STEMS["judge"], (), ("错",)),
            make_question(bank, "blank", STEMS["blank"], (), ("出警",)),
        ],
    )
    return quiz


def build_like(quiz: QuizPage, **fields) -> QuizPage:
    """Another quiz with the same questions, older than the first."""
    asked = [each.question for each in quiz.fixed_questions.select_related("question")]
    published = timezone.now() - timedelta(days=1)
    fields = {"shuffles": False, "first_published_at": published} | fields
    other = make_quiz_page(quiz.get_parent(), **fields)
    fix_questions(other, asked)
    return other


def build_plan(tree: Tree, pages: list[Page]) -> Plan:
    plan = Plan.objects.create(
        title="年度学习任务",
        federation=tree.province,
        opens_at=timezone.now() - timedelta(days=30),
        is_default=True,
    )
    for place, page in enumerate(pages):
        PlanItem.objects.create(plan=plan, page=page, sort_order=place)
    return plan


def fill_villages(scene: Scene) -> None:
    """Ten more members in each of two villages; some have finished what the plan asks for."""
    for village, finished in ((scene.tree.village, 6), (scene.tree.sibling_village, 3)):
        for number in range(10):
            member = make_committee_member(village, f"执委{number}")
            if number < finished:
                finish_plan(member, scene)


def finish_plan(member: Member, scene: Scene) -> None:
    complete_page(member=member, page_id=scene.film_lesson.pk, now=timezone.now())
    complete_page(member=member, page_id=scene.text_lesson.pk, now=timezone.now())
    record_score(
        member=member,
        page_id=scene.quiz.pk,
        score_bp=8500,
        has_passed=True,
        now=timezone.now(),
    )
