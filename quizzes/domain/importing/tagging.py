"""Adding tags to many questions at once, case aside. Tags that are there stay."""

from collections.abc import Iterable, Mapping, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from taggit.models import Tag, TaggedItem

from quizzes.models import Question

BATCH = 500
MOST_TAGS = 20


def find_tag_problems(tags: Sequence[str]) -> list[str]:
    longest = Tag._meta.get_field("name").max_length
    problems = []
    if len(tags) > MOST_TAGS:
        problems.append(_("一道题最多 %(max)d 个标签，请删去一些。") % {"max": MOST_TAGS})
    if any(len(tag) > longest for tag in tags):
        problems.append(_("标签超过 %(max)d 字，请缩短。") % {"max": longest})
    return problems


def add_tags(wanted: Mapping[int, Iterable[str]]) -> None:
    """`wanted` is by question id."""
    names = {name.lower(): name for tags in wanted.values() for name in tags}
    if not names:
        return
    known = Tag.objects.annotate(folded=Lower("name")).filter(folded__in=names)
    tags = {tag.folded: tag for tag in known}
    for folded in sorted(names.keys() - tags.keys()):
        # One at a time: saving finds a free slug.
        tags[folded] = Tag.objects.create(name=names[folded])
    content_type = ContentType.objects.get_for_model(Question)
    items = [
        TaggedItem(tag=tags[name.lower()], content_type=content_type, object_id=question_id)
        for question_id, own in wanted.items()
        for name in own
    ]
    TaggedItem.objects.bulk_create(items, batch_size=BATCH, ignore_conflicts=True)
