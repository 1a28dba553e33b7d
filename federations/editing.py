"""Whose content an editor looks after: the roles 内容编辑, 审核 and 出题, each for its subtree.

Pages and question banks belong to a federation. What belongs to none is the whole platform's, and
is left to the editors of the province.
"""

from django.db.models import Q

from federations.models import Federation, StaffRoleType
from federations.scope import staff_roles, within_paths

EDITING_ROLES = (StaffRoleType.EDITOR, StaffRoleType.REVIEWER, StaffRoleType.EXAMINER)
REVIEWING_ROLES = (StaffRoleType.REVIEWER,)
# Who answers for what is live, and may take it down.
ANSWERING_ROLES = (StaffRoleType.REVIEWER, StaffRoleType.MANAGER)


def held_places(user, roles: tuple) -> list[Federation]:
    """Where the user has one of `roles` today; read once per request, lists ask for every row."""
    if "_roles_with_places" not in user.__dict__:
        user.__dict__["_roles_with_places"] = staff_roles(user) if user.is_active else []
    return [each.federation for each in user.__dict__["_roles_with_places"] if each.role in roles]


def edited_places(user) -> list[Federation]:
    return held_places(user, EDITING_ROLES)


def answers_for(user, federation: Federation | None, *, roles: tuple) -> bool:
    """Whether she has one of `roles` at `federation` or above; None is the province's."""
    if user.is_superuser:
        return user.is_active
    places = held_places(user, roles)
    if federation is None:
        return any(place.is_root() for place in places)
    return any(federation.path.startswith(place.path) for place in places)


def within_held(user, field: str, *, roles: tuple) -> Q:
    """A filter: what `answers_for` says yes to; `field` holds or leads to a federation's path."""
    places = held_places(user, roles)
    if user.is_superuser or any(place.is_root() for place in places):
        return Q()
    return within_paths(field, [place.path for place in places])


def is_editor(user) -> bool:
    return user.is_superuser or bool(edited_places(user))


def edits_whole_platform(user) -> bool:
    return user.is_superuser or any(place.is_root() for place in edited_places(user))


def may_edit_for(user, federation: Federation | None) -> bool:
    """Whether what belongs to `federation` is hers to edit; None stands for the whole platform."""
    if federation is None or edits_whole_platform(user):
        return edits_whole_platform(user)
    return any(federation.path.startswith(place.path) for place in edited_places(user))


def within_edited(user, field: str) -> Q:
    """A filter: the federation that `field` points to lies in the user's scope as an editor."""
    if edits_whole_platform(user):
        return Q()
    return within_paths(f"{field}__path", [place.path for place in edited_places(user)])


def own_federation(user) -> Federation | None:
    """The federation for which she writes: of several, the highest."""
    return min(edited_places(user), key=lambda place: place.depth, default=None)
