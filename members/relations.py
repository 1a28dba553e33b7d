"""Which tables point at a member: found by introspection, so that none can be forgotten."""

from django.db.models.fields.reverse_related import ForeignObjectRel

from members.models import Member


def relations_to_member() -> list[ForeignObjectRel]:
    """One for each foreign key to the account, those without a way back included."""
    fields = Member._meta.get_fields(include_hidden=True)
    return [
        each
        for each in fields
        if isinstance(each, ForeignObjectRel) and (each.one_to_many or each.one_to_one)
    ]
