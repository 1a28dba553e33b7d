"""What a page shows of the pictures and recordings that questions name in markers."""

import json
from collections.abc import Callable, Collection, Iterable

from django.core.cache import cache
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError
from wagtailmedia.models import get_media_model

from quizzes.models import QuestionVersion
from quizzes.question_types.markers import AUDIO, PICTURE, find_marked

# Long enough for a page to look everything up at once, short enough that nobody sees an old file.
CACHE_SECONDS = 60
RENDITION = "width-800"

Facts = dict[str, str | int]


def prefetch_media(texts: Iterable[str]) -> None:
    """Look up all that the texts show, in three queries at most.

    A page with several questions calls this before it is rendered: the filter `question_text`
    then finds everything in the cache. Without it each text with markers asks by itself.
    """
    texts = list(texts)
    find_pictures(find_marked(texts, PICTURE))
    find_recordings(find_marked(texts, AUDIO))


def prefetch_for_versions(versions: Iterable[QuestionVersion]) -> None:
    """`prefetch_media` for everything that these versions can show."""
    prefetch_media(
        text
        for version in versions
        for text in (
            version.stem,
            version.explanation,
            json.dumps(version.data, ensure_ascii=False),
        )
    )


def find_pictures(ids: Collection[int]) -> dict[int, Facts]:
    """ "url", "width", "height" and "alt" by id; empty where there is no such picture."""
    return _look_up("picture", ids, _load_pictures)


def find_recordings(ids: Collection[int]) -> dict[int, Facts]:
    """ "title" by id; empty where there is no such recording."""
    return _look_up("recording", ids, _load_recordings)


def _look_up(
    kind: str, ids: Collection[int], load: Callable[[set[int]], dict[int, Facts]]
) -> dict[int, Facts]:
    keys = {f"question:{kind}:{each}": each for each in ids}
    known = cache.get_many(keys) if keys else {}
    if unknown := {each for key, each in keys.items() if key not in known}:
        loaded = load(unknown)
        fresh = {f"question:{kind}:{each}": loaded.get(each, {}) for each in unknown}
        cache.set_many(fresh, CACHE_SECONDS)
        known |= fresh
    return {each: known[key] for key, each in keys.items()}


def _load_pictures(ids: set[int]) -> dict[int, Facts]:
    images = get_image_model().objects.filter(pk__in=ids).prefetch_renditions(RENDITION)
    return {image.pk: facts for image in images if (facts := _describe(image))}


def _describe(image) -> Facts:
    try:
        rendition = image.get_rendition(RENDITION)
    except SourceImageIOError:
        return {}
    return {
        "url": rendition.url,
        "width": rendition.width,
        "height": rendition.height,
        "alt": image.description or image.title,
    }


def _load_recordings(ids: set[int]) -> dict[int, Facts]:
    recordings = get_media_model().objects.filter(pk__in=ids, type="audio")
    return {pk: {"title": title} for pk, title in recordings.values_list("pk", "title")}
