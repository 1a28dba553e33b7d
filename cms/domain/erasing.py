"""Erasing a member from the admin's logs, comments and the record of the reviews.

What an editor wrote for the public stays: it is the federation's, not hers.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from wagtail.models import Comment, CommentReply, ModelLogEntry, PageLogEntry, Revision
from wagtail.users.models import UserProfile

from cms.models import ReviewRecord
from members.models import Member
from members.names import ERASED_NAME
from members.relations import relations_to_member

COMMENTS = "wagtail_admin_comments"


def erase_from_admin(member: Member, now: datetime) -> None:
    """Runs before the others: afterwards nobody knows which rows were hers."""
    _erase_logs(member)
    _erase_comments(member)
    _erase_picture(member)
    # The one change that the record's guard lets through (cms.record_guard).
    QuerySet(ReviewRecord).filter(person_id=member.pk).update(person_name=ERASED_NAME)


def _erase_picture(member: Member) -> None:
    """The row of her profile goes with the others of packages; its file would stay."""
    for profile in UserProfile.objects.filter(user=member).exclude(avatar=""):
        transaction.on_commit(partial(profile.avatar.storage.delete, profile.avatar.name))


def _erase_logs(member: Member) -> None:
    """A log's label is the name of the thing as it was: of her account, and of what hangs on it."""
    kinds = {Member: [member.pk]} | dict(_hers(member))
    for model, ids in kinds.items():
        entries = ModelLogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(model, for_concrete_model=False)
        )
        entries.filter(object_id__in=map(str, ids)).update(label=ERASED_NAME, data={})
        named = entries.filter(label__contains=member.name)
        there = set(map(str, _existing(model, named)))
        gone = [row.pk for row in named if row.object_id not in there]
        entries.filter(pk__in=gone).update(label=ERASED_NAME, data={})
    typed = PageLogEntry.objects.filter(user_id=member.pk, action__startswith="wagtail.comments")
    typed.update(data={})


def _hers(member: Member) -> Iterator[tuple[type[Model], list]]:
    found: dict[type[Model], list] = {}
    for relation in relations_to_member():
        model, field = relation.related_model, relation.field
        rows = QuerySet(model).filter(**{field.name: member})
        found.setdefault(model, []).extend(rows.values_list("pk", flat=True))
    yield from found.items()


def _existing(model: type[Model], entries: QuerySet) -> Iterator:
    ids = list(entries.values_list("object_id", flat=True))
    return QuerySet(model).filter(pk__in=ids).values_list("pk", flat=True).iterator()


def _erase_comments(member: Member) -> None:
    """The rows, and the copies of them that each revision carries."""
    comments = Comment.objects.filter(Q(user=member) | Q(replies__user=member))
    pages = [str(pk) for pk in comments.values_list("page_id", flat=True).distinct()]
    for revision in Revision.page_revisions.filter(object_id__in=pages).iterator(chunk_size=50):
        kept = [
            each | {"replies": _without(each.get("replies", []), member)}
            for each in _without(revision.content.get(COMMENTS, []), member)
        ]
        if kept != revision.content.get(COMMENTS, []):
            revision.content[COMMENTS] = kept
            revision.save(update_fields=["content"])
    CommentReply.objects.filter(user=member).delete()
    Comment.objects.filter(user=member).delete()


def _without(rows: list[dict], member: Member) -> list[dict]:
    return [row for row in rows if row.get("user") != member.pk]
