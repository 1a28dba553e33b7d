"""The page's frame: who is looking."""

from dataclasses import dataclass
from functools import cached_property

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from federations.desk.access import has_desk
from federations.queries import counted_appointment, path_names
from members.models import Member

# The pages' models by name: the knowledge base lies in a layer above.
SECTIONS = {"columnindexpage": "columns_url", "knowledgeindexpage": "knowledge_url"}
SECTIONS_CACHE_KEY, SECTIONS_CACHE_SECONDS = "section-addresses", 60


@dataclass
class Viewer:
    """The signed-in member as the frame shows her; her federation is read only when it is shown."""

    member: Member
    # She stands there already: her roles need not be read again.
    is_at_desk: bool = False

    @classmethod
    def of(cls, user, *, is_at_desk: bool = False) -> "Viewer | None":
        return cls(user, is_at_desk) if user.is_authenticated else None

    @property
    def name(self) -> str:
        return self.member.name

    @property
    def initial(self) -> str:
        return self.member.name[-1:]

    @property
    def is_staff(self) -> bool:
        return self.member.is_staff

    @cached_property
    def has_desk(self) -> bool:
        """Whether 妇联工作台 is open to her; one query elsewhere."""
        return self.is_at_desk or has_desk(self.member)

    @cached_property
    def appointment(self):
        return counted_appointment(self.member)

    @cached_property
    def federation_line(self) -> str:
        """梅州市梅县区松口镇 · 大黄村妇联执委"""
        if self.appointment is None:
            return ""
        *above, _own = path_names(self.appointment.federation)
        position = self.appointment.get_position_display()
        own_line = f"{self.appointment.federation.title}{position}"
        return " · ".join(filter(None, ["".join(above), own_line]))


def section_addresses() -> dict[str, str]:
    """Where the themed columns and the knowledge base are; moved pages are found in a minute."""
    found = cache.get(SECTIONS_CACHE_KEY)
    if found is None:
        pages = Page.objects.live().filter(content_type__model__in=SECTIONS)
        models = pages.select_related("content_type")
        found = {SECTIONS[page.content_type.model]: page.url or "" for page in models}
        cache.set(SECTIONS_CACHE_KEY, found, SECTIONS_CACHE_SECONDS)
    return found


def greet(viewer: Viewer | None) -> str:
    """陈秀英，上午好: by the hour in Guangdong."""
    hour = timezone.localtime().hour
    parts = [(5, _("夜深了")), (12, _("上午好")), (18, _("下午好")), (24, _("晚上好"))]
    part = next(part for until, part in parts if hour < until)
    name = viewer.name if viewer else _("姐妹")
    return _("%(name)s，%(part)s") % {"name": name, "part": part}
