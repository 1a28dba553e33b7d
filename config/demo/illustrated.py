"""A demo article that is made of most kinds of block, from content/illustrated.toml."""

from io import BytesIO

from django.core.files.images import ImageFile
from wagtail.images import get_image_model

from cms.models import ArticlePage, ColumnPage
from config.demo.film import make_poster
from config.demo.pages import publish
from config.demo.reading import read
from courses.models import LessonPage
from knowledge_base.models import KnowledgePage
from quizzes.models import QuizPage


def load_illustrated() -> None:
    """After the lessons, quizzes and entries that it shows."""
    entry = read("illustrated")
    column = ColumnPage.objects.get(slug=entry.pop("column"))
    tags, days_ago = entry.pop("tags"), entry.pop("days_ago")
    body = [fill(block) for block in entry.pop("body")]
    publish(column, ArticlePage(**entry, body=body), days_ago=days_ago, tags=tags)


def fill(block: dict) -> dict:
    """The file names what it shows; the block keeps its id."""
    finder = FINDERS.get(block["type"])
    return block | {"value": finder(block["value"])} if finder else block


def fill_picture(value: dict) -> dict:
    scene, alt_text = value.pop("scene"), value.pop("alt_text")
    file = ImageFile(BytesIO(make_poster(scene)), name=f"{scene}.jpg")
    image = get_image_model().objects.create(
        title=value["caption"], description=alt_text, file=file
    )
    chosen = {"image": image.pk, "alt_text": alt_text, "decorative": False}
    return value | {"image": chosen}


def fill_recording(value: dict) -> dict:
    lesson = LessonPage.objects.get(slug=value.pop("lesson"))
    return value | {"recording": lesson.media_id, "transcript": lesson.transcript}


def fill_quiz(value: dict) -> dict:
    return {"page": QuizPage.objects.get(slug=value["slug"]).pk}


def fill_link(value: dict) -> dict:
    page = KnowledgePage.objects.get(slug=value.pop("entry")) if "entry" in value else None
    return {"url": "", "page": page and page.pk} | value


FINDERS = {
    "picture": fill_picture,
    "audio": fill_recording,
    "video": fill_recording,
    "quiz": fill_quiz,
    "link_card": fill_link,
}
