"""Local picks for tests."""

from cms.models import AllowedDomain, LocalPick, PickKind


def make_kind(name="老人大学") -> PickKind:
    return PickKind.objects.get_or_create(name=name)[0]


def allow(domain="gd.gov.cn") -> AllowedDomain:
    return AllowedDomain.objects.get_or_create(domain=domain)[0]


def make_pick(federation, **fields) -> LocalPick:
    """To an allowed host, unless it is a mini-program."""
    fields.setdefault("title", "老年大学报名")
    fields.setdefault("kind", make_kind())
    if not fields.get("app_id"):
        allow()
        fields = {"address": "https://www.gd.gov.cn/x", "host": "www.gd.gov.cn"} | fields
    return LocalPick.objects.create(federation=federation, **fields)
