"""Who works in the benchmarks. Import it after Django is set up."""

from members.models import Member


def superuser() -> Member:
    fields = {"name": "管", "is_superuser": True, "is_staff": True}
    return Member.objects.get_or_create(phone="13999999999", defaults=fields)[0]
