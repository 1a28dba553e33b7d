"""The only writer of the tree: path and parent change together."""

from django.db import transaction
from django.utils.translation import gettext as _

from federations.domain.appointments import note_roster_changes
from federations.models import Federation


class TreeError(ValueError):
    """The change would break the tree; the message says why, in Chinese."""


@transaction.atomic
def add_federation(
    *, parent: Federation | None, name: str, level: int, kind: str = "", code: str | None = None
) -> Federation:
    """Add one federation below `parent`, or the root when there is none.

    Raises TreeError when the level is not below the parent's (levels may be skipped).
    """
    fields = {"name": name, "level": level, "kind": kind, "code": code or None}
    if parent is None:
        return Federation.add_root(**fields)
    _check_levels(name=name, level=level, parent=parent)
    # Read again: a stale parent would hand out a step that is already taken.
    return Federation.objects.get(pk=parent.pk).add_child(parent_id=parent.pk, **fields)


@transaction.atomic
def move_federation(*, federation: Federation, parent: Federation) -> None:
    """Hang a federation, with everything below it, under another parent.

    Raises TreeError when the parent's level is not above or it lies in the moved subtree.
    """
    node = Federation.objects.get(pk=federation.pk)
    target = Federation.objects.get(pk=parent.pk)
    if target.path.startswith(node.path):
        raise TreeError(_("“%(name)s”不能移到自己或自己的下级之下。") % {"name": node})
    _check_levels(name=node.name, level=node.level, parent=target)
    note_roster_changes(pk for pk in (node.parent_id, node.pk) if pk)
    node.move(target, pos="last-child")
    Federation.objects.filter(pk=node.pk).update(parent_id=parent.pk)


def _check_levels(*, name: str, level: int, parent: Federation) -> None:
    if level <= parent.level:
        raise TreeError(
            _("“%(name)s”的层级必须低于上级“%(parent)s”。") % {"name": name, "parent": parent}
        )
