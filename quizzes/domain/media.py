"""Which pictures and recordings an author may put into a question."""

import json
from collections.abc import Iterable

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.images import get_permission_policy as get_image_policy
from wagtailmedia import get_permission_policy as get_media_policy

from federations.editing import is_editor, within_edited
from members.models import Member
from quizzes.models import QuestionVersion
from quizzes.question_types.markers import AUDIO, PICTURE, find_marked, write_marker

from .wording import Wording

# wagtailmedia knows no permission to choose; its chooser offers what one may change or delete.
MEDIA_ACTIONS = ["change", "delete"]


def find_foreign_markers(user: Member | None, texts: Iterable[str]) -> set[str]:
    """The markers in `texts` whose files are not the user's to use: strangers', or missing.

    She may use what the library's chooser offers her, and what a question that she edits shows
    already. A recording that only others' questions hold is theirs, unless she uploaded it: who
    writes a marker hears the recording. For many rows ask once, with all their texts. None, who
    imports from the command line, may use everything.
    """
    if user is None:
        return set()
    texts = list(texts)
    pictures, recordings = find_marked(texts, PICTURE), find_marked(texts, AUDIO)
    foreign = {write_marker(PICTURE, pk) for pk in pictures - _offered_pictures(user, pictures)}
    foreign |= {write_marker(AUDIO, pk) for pk in recordings - _free_recordings(user, recordings)}
    return {marker for marker in foreign if not _shows_already(user, marker)}


def texts_of(wording: Wording | QuestionVersion) -> list[str]:
    """Every text that can hold a marker."""
    return [
        wording.stem,
        wording.explanation,
        json.dumps(wording.data, ensure_ascii=False),
    ]


def versions_showing(marker: str) -> QuerySet[QuestionVersion]:
    """Versions with the marker anywhere in stem, explanation or the type's own texts.

    SQLite keeps JSON as it was written, with every Chinese character escaped.
    """
    escaped = json.dumps(marker)[1:-1]
    return QuestionVersion.objects.annotate(words=Cast("data", TextField())).filter(
        Q(stem__contains=marker)
        | Q(explanation__contains=marker)
        | Q(words__contains=marker)
        | Q(words__contains=escaped)
    )


def edited_versions(user: Member, versions: QuerySet) -> QuerySet[QuestionVersion]:
    """Those of questions in the banks that she edits."""
    if not is_editor(user):
        return versions.none()
    return versions.filter(within_edited(user, "question__bank__federation"))


def _shows_already(user: Member, marker: str) -> bool:
    return edited_versions(user, versions_showing(marker)).exists()


def _offered_pictures(user: Member, ids: set[int]) -> set[int]:
    if not ids:
        return set()
    offered = get_image_policy().instances_user_has_any_permission_for(user, ["choose"])
    return set(offered.filter(pk__in=ids).values_list("pk", flat=True))


def _free_recordings(user: Member, ids: set[int]) -> set[int]:
    """Offered to her, and her own or in no question yet."""
    if not ids:
        return set()
    offered = get_media_policy().instances_user_has_any_permission_for(user, MEDIA_ACTIONS)
    found = offered.filter(pk__in=ids, type="audio").values_list("pk", "uploaded_by_user")
    return {
        pk
        for pk, uploader in found
        if uploader == user.pk or not versions_showing(write_marker(AUDIO, pk)).exists()
    }
