"""The five-level tree of federations."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet


class Level(models.IntegerChoices):
    PROVINCE = 1, _("省")
    CITY = 2, _("市")
    COUNTY = 3, _("县区")
    TOWN = 4, _("镇街")
    VILLAGE = 5, _("村社区")


class FederationQuerySet(MP_NodeQuerySet):
    def below(self, federation):
        """The whole subtree, the federation itself included: one range on the path's index."""
        return self.filter(path__range=subtree_range(federation.path))

    def at_level(self, level):
        return self.filter(level=level)


class FederationManager(MP_NodeManager.from_queryset(FederationQuerySet)):
    def get_queryset(self):
        # treebeard's own would answer with its plain QuerySet.
        return FederationQuerySet(self.model, using=self._db).order_by("path")


def subtree_range(path: str) -> tuple[str, str]:
    """First and last possible path at or below `path`; steps use 0-9A-Z only, so Z sorts last."""
    padding = "Z" * (Federation._meta.get_field("path").max_length - len(path))
    return path, path + padding


SPOKEN_ENDINGS = {
    "村民委员会": "村",
    "村委会": "村",
    "社区居民委员会": "社区",
    "社区居委会": "社区",
}


class Federation(MP_Node):
    """A federation (妇联). `level` is stored, as levels may be skipped: 东莞 has no counties."""

    steplen = 3
    node_order_by: list[str] = []

    # The step column is treebeard's; the parent is stored beside it because standings are added up
    # by parent. federations.domain.tree is the only writer of both.
    path = models.CharField(max_length=30, unique=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级妇联"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    # Empty for federations that are not territorial (机关妇委会, 两新组织妇联, …).
    code = models.CharField(_("区划代码"), max_length=12, unique=True, null=True, blank=True)
    name = models.CharField(_("名称"), max_length=60)
    level = models.PositiveSmallIntegerField(_("层级"), choices=Level)
    kind = models.CharField(_("类别"), max_length=20)

    objects = FederationManager()

    class Meta:
        verbose_name = _("妇联")
        verbose_name_plural = _("妇联")
        indexes = [models.Index(fields=["level", "path"], name="federation_level_path")]

    def __str__(self):
        return self.name

    @property
    def paths_down_to_here(self) -> list[str]:
        """The tree paths from the root to this federation, itself included."""
        return [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]

    @property
    def short_name(self) -> str:
        """The place as people say it: 大黄村 for 大黄村委会, 繁荣社区 for 繁荣社区居委会."""
        for ending, spoken in SPOKEN_ENDINGS.items():
            if self.name.endswith(ending):
                place = self.name.removesuffix(ending)
                return place if place.endswith(spoken) else place + spoken
        return self.name

    @property
    def title(self) -> str:
        """松口镇妇联"""
        return f"{self.short_name}妇联"
