"""Which category an imported entry belongs to."""

from django.db.models import Q
from django.utils.translation import gettext as _

from knowledge_base.importing.texts import Entry
from knowledge_base.models import KnowledgeCategory

LAWS_NAME, LAWS_SLUG = "法律法规", "laws"


class CategoryUnknown(Exception):
    """There is no such category; the message names those that there are."""


def find_category(name: str) -> KnowledgeCategory:
    """By name or by its name in addresses."""
    category = KnowledgeCategory.objects.filter(Q(name=name) | Q(slug=name)).first()
    if category is None:
        known = "、".join(KnowledgeCategory.objects.values_list("name", flat=True)) or _("无")
        said = _("没有“%(name)s”这个分类。已有的分类：%(known)s。请先在后台新建。")
        raise CategoryUnknown(said % {"name": name, "known": known})
    return category


def category_of(entry: Entry) -> KnowledgeCategory:
    """The one that the file names; laws have one of their own, made when it is first needed."""
    return find_category(entry.category) if entry.category else laws_category()


def laws_category() -> KnowledgeCategory:
    found = KnowledgeCategory.objects.filter(Q(name=LAWS_NAME) | Q(slug=LAWS_SLUG)).first()
    return found or KnowledgeCategory.objects.create(name=LAWS_NAME, slug=LAWS_SLUG)
