"""Demo columns, articles, courses and lessons, from content/*.toml."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.utils import timezone

from cms.models import AcademyPage, ArticlePage, ColumnIndexPage, ColumnPage, LifeStage
from config.demo.reading import read, to_blocks, to_html
from config.demo.recordings import make_media
from courses.models import CourseIndexPage, CoursePage, LessonPage
from courses.models.pages import Stage
from federations.models import Federation

Say = Callable[[str], None]
STAGES = {str(label): value for value, label in Stage.choices}


def publish(parent, page, *, days_ago: int = 0, tags: Iterable[str] = ()):
    """Add a live page with a revision, as if it had gone live some days ago."""
    page.first_published_at = timezone.now() - timedelta(days=days_ago, hours=3)
    page.federation = Federation.get_first_root_node()
    parent.add_child(instance=page)
    if tags:
        page.tags.set(tags)
        page.save()
    page.save_revision().publish()
    return page


def load_columns() -> None:
    index = ColumnIndexPage.objects.get()
    for entry in read("columns")["columns"]:
        articles = entry.pop("articles")
        column = publish(index, ColumnPage(**entry), days_ago=300)
        for article in articles:
            load_article(column, article)


def load_article(column: ColumnPage, entry: dict) -> None:
    tags, days_ago = entry.pop("tags"), entry.pop("days_ago")
    page = ArticlePage(**entry | {"body": to_blocks(entry["body"])})
    publish(column, page, days_ago=days_ago, tags=tags)


def load_courses(say: Say) -> None:
    columns = {column.slug: column for column in ColumnPage.objects.all()}
    parents = {"public": CourseIndexPage.objects.get(), "academy": AcademyPage.objects.get()}
    for entry in read("lessons")["courses"]:
        course = CoursePage(
            slug=entry["slug"],
            title=entry["title"],
            summary=entry["summary"],
            teacher=entry["teacher"],
            stage=STAGES[entry["stage"]],
            is_sequential=entry.get("is_sequential", False),
        )
        course.life_stages.set(LifeStage.objects.filter(name__in=entry["life_stages"]))
        publish(parents[entry["section"]], course, days_ago=200)
        for lesson in entry["lessons"]:
            say(f"  微课《{lesson['title']}》")
            load_lesson(course, lesson, columns[lesson["column"]])
        lay_out(course, entry.get("sections", []))


def lay_out(course: CoursePage, sections: list[dict]) -> None:
    """Put the lessons into sections, all of them required."""
    if not sections:
        return
    lessons = {lesson.slug: lesson for lesson in LessonPage.objects.child_of(course)}
    course.outline = [
        (
            "section",
            {
                "title": section["title"],
                "items": [
                    {"page": lessons[slug], "is_required": True} for slug in section["lessons"]
                ],
            },
        )
        for section in sections
    ]
    course.save_revision().publish()


def load_lesson(course: CoursePage, entry: dict, column: ColumnPage) -> None:
    page = LessonPage(
        slug=entry["slug"],
        title=entry["title"],
        summary=entry["summary"],
        points="\n".join(entry["points"]),
        column=column,
        scene=entry["scene"],
        media=make_media(entry),
        body=to_html(entry.get("body", "")),
        transcript=to_html(entry.get("transcript", "")) if entry["kind"] != "text" else "",
    )
    publish(course, page, days_ago=entry["days_ago"], tags=entry["tags"])
