import json
from datetime import UTC, datetime

from cms.structured import breadcrumbs, page_facts, video_facts
from cms.templatetags.reading import json_ld

MOMENT = datetime(2026, 11, 28, 4, tzinfo=UTC)
PAGE = {
    "title": "保护令",
    "description": "怎么申请",
    "address": "https://a.example/b/",
    "image": "https://a.example/c.jpg",
    "publisher": "梅县区妇联",
}


def test_breadcrumbs_count_from_the_front_page():
    items = breadcrumbs([("首页", "https://a.example/"), ("栏目", "https://a.example/b/")])

    assert [(each["position"], each["name"]) for each in items["itemListElement"]] == [
        (1, "首页"),
        (2, "栏目"),
    ]


def test_article_names_its_federation_and_its_days():
    facts = page_facts(kind="Article", published=MOMENT, changed=None, **PAGE)

    assert (facts["author"]["name"], facts["datePublished"], facts["dateModified"]) == (
        "梅县区妇联",
        "2026-11-28T04:00:00+00:00",
        "2026-11-28T04:00:00+00:00",
    )


def test_page_that_was_never_published_has_no_days():
    facts = page_facts(kind="WebPage", published=None, changed=None, **PAGE)

    assert {"datePublished", "headline"} & set(facts) == set()


def test_film_says_how_long_it_is():
    facts = video_facts(
        title="保护令",
        description="",
        address="https://a.example/v",
        poster="https://a.example/p",
        published=MOMENT,
        seconds=125.4,
    )

    assert facts["duration"] == "PT2M5S"


def test_no_text_ends_the_data_block():
    title = "</script><script>alert(1)</script><!-- & -->"
    block = json_ld({"name": title})
    inner = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")

    assert (json.loads(inner)["name"], set("<>&") & set(inner)) == (title, set())
