"""The index page's filters: categories, stages of life and tags, plain links that combine."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.http import Http404
from django.utils.translation import gettext as _
from taggit.models import Tag

from cms.access import visible_to
from cms.models import LifeStage
from knowledge_base.models import KnowledgeCategory, KnowledgePage, KnowledgeTag
from members.converters import read_number

ENTRIES_PER_CATEGORY = 5
TAGS_SHOWN = 12


@dataclass(frozen=True)
class Chosen:
    """What the address asks for; an unknown value is no such page (404)."""

    category: KnowledgeCategory | None = None
    stage: LifeStage | None = None
    tag: Tag | None = None

    @classmethod
    def of(cls, request) -> "Chosen":
        names = ("category", "stage", "tag")
        # PostgreSQL takes no NUL.
        category, stage, tag = (request.GET.get(name, "").replace("\0", "") for name in names)
        return cls(
            category=_one(KnowledgeCategory.objects, slug=category) if category else None,
            stage=_one(LifeStage.objects, pk=read_number(stage)) if stage else None,
            tag=_one(_known_tags(request), slug=tag) if tag else None,
        )

    def __bool__(self):
        return any((self.category, self.stage, self.tag))

    @property
    def title(self) -> str:
        names = (self.category, self.stage, self.tag)
        return " · ".join(str(each) for each in names if each)

    def filter(self, entries):
        if self.category:
            entries = entries.filter(category=self.category)
        if self.stage:
            entries = entries.filter(life_stages=self.stage)
        if self.tag:
            tagged = KnowledgeTag.objects.filter(tag=self.tag).values("content_object")
            entries = entries.filter(pk__in=tagged)
        return entries

    def query(self, **changes) -> str:
        facts = {
            "category": self.category and self.category.slug,
            "stage": self.stage and self.stage.pk,
            "tag": self.tag and self.tag.slug,
        }
        return urlencode({key: value for key, value in (facts | changes).items() if value})


def _known_tags(request):
    """Of entries that she may open: the tags of other pages are not told."""
    used = KnowledgeTag.objects.filter(content_object__in=visible_entries(request))
    return Tag.objects.filter(pk__in=used.values("tag"))


def _one(rows, **facts):
    found = rows.filter(**facts).first()
    if found is None:
        raise Http404
    return found


def visible_entries(request):
    return visible_to(request.user, KnowledgePage.objects.all())


def list_filters(request, chosen: Chosen) -> list[dict]:
    """Rows of chips, those of categories in sight. Only what leads somewhere is offered."""
    entries = visible_entries(request)
    categories = KnowledgeCategory.objects.filter(pages__in=entries).distinct()
    stages = LifeStage.objects.filter(knowledge_pages__in=entries).distinct()
    rows = [
        (_("分类"), "category", chosen.category, [(each.slug, each) for each in categories]),
        (_("按成长阶段找"), "stage", chosen.stage, [(each.pk, each) for each in stages]),
        (_("按标签找"), "tag", chosen.tag, [(each.slug, each) for each in _frequent_tags(entries)]),
    ]
    return [
        {
            "label": label,
            "chips": _chips(request.path, chosen, name, current, choices),
            "is_folded": name != "category",
            "is_open": current is not None,
        }
        for label, name, current, choices in rows
        if choices
    ]


def _frequent_tags(entries):
    used = KnowledgeTag.objects.filter(content_object__in=entries)
    counts = used.values("tag").annotate(n=Count("pk")).order_by("-n", "tag")[:TAGS_SHOWN]
    tags = Tag.objects.in_bulk([row["tag"] for row in counts])
    return [tags[row["tag"]] for row in counts]


def _chips(path: str, chosen: Chosen, name: str, current, choices) -> list[dict]:
    """The chosen one leads back to all."""
    return [
        {
            "title": str(choice),
            "url": f"{path}?{chosen.query(**{name: None if choice == current else value})}",
            "current": choice == current,
        }
        for value, choice in choices
    ]


def list_categories(request) -> list[dict]:
    """Every category with its number of entries and the first of them."""
    entries = visible_entries(request)
    rows = entries.order_by().values_list("category").annotate(n=Count("pk"))
    counts = dict(rows)
    place = Window(
        RowNumber(), partition_by="category", order_by=[F("is_expired").asc(), F("path").asc()]
    )
    firsts = entries.in_reading_order().annotate(place=place)
    by_category: dict[int, list] = {}
    for entry in firsts.filter(place__lte=ENTRIES_PER_CATEGORY):
        by_category.setdefault(entry.category_id, []).append(entry)
    return [
        {
            "title": category.name,
            "url": f"?category={category.slug}",
            "count": counts[category.pk],
            "entries": by_category[category.pk],
        }
        for category in KnowledgeCategory.objects.all()
        if category.pk in counts
    ]
