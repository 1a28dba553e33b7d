"""The admin's list of what lies in a column, quick at 13,000 pages: see docs/performance.md."""

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext_lazy as _
from django_filters.filters import BooleanFilter, DateFromToRangeFilter
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables.pages import ParentPageColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from cms.models import ArticlePage, ColumnPage


class ColumnFilterSet(WagtailFilterSet):
    """Wagtail's own looks through all pages for every choice that it offers."""

    latest_revision_created_at = DateFromToRangeFilter(
        label=_("更新日期"), widget=DateRangePickerWidget
    )
    live = BooleanFilter(label=_("已发布"))

    class Meta:
        model = Page
        fields: list[str] = []


class ColumnExplorer(ExplorableIndexView):
    # A row with its buttons costs more than all else: half of Wagtail's fifty.
    paginate_by = 25
    base_columns = [
        each for each in ExplorableIndexView.base_columns if not isinstance(each, ParentPageColumn)
    ]

    def get_valid_orderings(self):
        """The tree's order is shown on one page, to be dragged in. Where readers see the newest
        first it means nothing, and a page of 13,000 rows would not open."""
        orderings = super().get_valid_orderings()
        is_ordered = self.parent_page.get_admin_default_ordering() == self.sort_order_field
        return orderings if is_ordered else [each for each in orderings if each != "ord"]


class ColumnContentViewSet(PageViewSet):
    """For the children of columns."""

    model = ArticlePage
    parent_models = [ColumnPage]
    index_view_class = ColumnExplorer
    filterset_class = ColumnFilterSet

    def get_index_view_kwargs(self, **kwargs):
        # Links, and the episodes of audio columns, are children as well.
        return super().get_index_view_kwargs(model=Page, **kwargs)


@hooks.register("construct_explorer_page_queryset")
def with_owners(parent_page, pages, request):
    """Every row asks whose it is (cms.ownership)."""
    # Below the root there could be pages of other kinds than ours.
    return pages if parent_page.is_root() else pages.prefetch_related("federation")


@hooks.register("construct_page_chooser_queryset")
def with_states(pages, request):
    """What the chooser's rows would each ask for; templates/wagtailadmin/chooser has the other
    half of it."""
    above = Page.objects.filter(
        path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen)
    )
    pages = pages.annotate(parent_id=Subquery(above.order_by().values("pk")[:1]))
    return pages.prefetch_workflow_states().annotate_approved_schedule()
