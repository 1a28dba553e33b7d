"""Scripts in names, titles, questions, options and stored rich text, on every kind of page.

Row "scripts …" of docs/security.md: nothing runs, and nothing is there that the policy must stop.
"""

from urllib.parse import urlsplit

from django.core.cache import cache
from django.db.models import Value
from django.db.models.functions import Concat, Left
from wagtail.models import Page

from courses.models import LessonPage
from federations.models import Federation
from knowledge_base.models import KnowledgeCategory
from learning.models import Plan
from members.models import Member
from quizzes.models import QuestionVersion
from tests.browser.conftest import enter
from tests.browser.test_pages import walks

EVIL = '"><img src=x onerror="window.ran=1"><script>window.ran=1</script>'
NAMED = [
    (Page, "title"),
    (Page, "search_description"),
    (Member, "name"),
    (Federation, "name"),
    (KnowledgeCategory, "name"),
    (Plan, "title"),
    (QuestionVersion, "stem"),
    (QuestionVersion, "explanation"),
    (LessonPage, "body"),
    (LessonPage, "transcript"),
    (LessonPage, "points"),
]
COUNT = "document.querySelectorAll('img[src=x]').length + Number(window.ran || 0)"


def write_everywhere() -> None:
    """Past every form, as a bad import or a hand in the database would; as much as fits."""
    for model, name in NAMED:
        longest = model._meta.get_field(name).max_length or 2000
        model.objects.update(**{name: Left(Concat(Value(EVIL), name), longest)})
    for version in QuestionVersion.objects.all():
        version.data = replaced(version.data)
        version.save(update_fields=["data"])
    cache.clear()


def replaced(data):
    """Every option's text; keys and numbers stay what they are."""
    if isinstance(data, dict):
        return {
            key: EVIL + value if key == "text" and isinstance(value, str) else replaced(value)
            for key, value in data.items()
        }
    return [replaced(each) for each in data] if isinstance(data, list) else data


def test_no_script_runs_on_any_page(new_context, live_server, scene):
    context, heard = new_context(), []
    asked = walks(scene)
    write_everywhere()
    page = context.new_page()
    page.on("console", lambda message: heard.append(message.text))
    found, count = {}, 0
    for walk in asked:
        enter(context, live_server.url, walk.member)
        for name, url in walk.pages.items():
            page.goto(urlsplit(url)._replace(fragment="").geturl())
            count += 1
            if ran := page.evaluate(COUNT):
                found[name] = ran

    assert found == {}
    assert [text for text in heard if "Content Security Policy" in text] == []
    assert count > 60
