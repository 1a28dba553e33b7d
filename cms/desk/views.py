"""A whole list of the desk: paged, searched, filtered, and to take away as a file."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.models import Page, get_page_content_types

from cms.desk.base import DeskList, desk_lists, read_rows
from cms.domain.links import ignore_link, mind_link
from cms.jobs import ask_for_link_check
from cms.kinds import looked_after_by
from cms.models import PageLink
from federations.editing import is_editor
from federations.workbooks.downloads import csv_lines, workbook_file
from members.own_sheets import stamp


class DeskFilterSet(WagtailFilterSet):
    content_type = ContentTypeFilter(
        label=gettext_lazy("类型"),
        queryset=lambda request: get_page_content_types(include_base_page_type=False),
    )

    class Meta:
        model = Page
        fields = ["content_type"]


class RowTitleColumn(TitleColumn):
    def get_link_url(self, instance, parent_context):
        return instance.url


class LinksColumn(BaseColumn):
    """The links themselves, with what can be done about them."""

    cell_template_name = "admin_desk/_links_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"csrf_token": get_token(parent_context["request"])}


class DeskListView(SpreadsheetExportMixin, BaseListingView):
    results_template_name = "admin_desk/list_results.html"
    paginate_by = 50
    is_searchable = True
    # By the title as it stands, not by the index of what readers see.
    search_backend_name = None
    filterset_class = DeskFilterSet
    list_export = ["title", "kind", "owner", "note", "at"]
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs):
        if not is_editor(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def desk_list(self) -> DeskList:
        try:
            return desk_lists()[self.kwargs["key"]]
        except KeyError as error:
            raise Http404 from error

    @property
    def page_title(self):
        return self.desk_list.title

    @property
    def header_icon(self):
        return self.desk_list.icon

    @cached_property
    def no_results_message(self):
        if self.is_searching or self.is_filtering:
            return _("没有符合条件的页面。")
        return self.desk_list.empty

    @cached_property
    def columns(self):
        when = self.desk_list.when
        note = LinksColumn("note", label=_("说明")) if self.desk_list.has_links else None
        return [
            RowTitleColumn("title", label=_("标题")),
            note or Column("note", label=_("说明")),
            Column("kind", label=_("类型")),
            Column("owner", label=_("所属妇联")),
            DateColumn("at", label=when),
        ]

    def get_index_url(self):
        return reverse("desk_list", args=[self.desk_list.key])

    def get_index_results_url(self):
        return reverse("desk_list_results", args=[self.desk_list.key])

    def get_base_queryset(self):
        return self.desk_list.pages(self.request.user)

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        words = self.search_query
        return queryset.filter(Q(title__icontains=words) | Q(draft_title__icontains=words))

    def get_table(self, object_list):
        return super().get_table(read_rows(self.desk_list, object_list))

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        return context | {"desk_list": self.desk_list}

    def render_to_response(self, context, **options):
        if self.is_export:
            return self.as_spreadsheet(context["object_list"], self.request.GET["export"])
        return super().render_to_response(context, **options)

    def as_spreadsheet(self, queryset, spreadsheet_format):
        titles = [
            _("标题"),
            _("类型"),
            _("所属妇联"),
            _("说明"),
            str(self.desk_list.when),
            _("编号"),
        ]
        rows = (
            [row.title, row.kind, row.owner, row.note, stamp(row.at), row.page.pk]
            for row in read_rows(self.desk_list, queryset)
        )
        name = f"{self.desk_list.title}.{spreadsheet_format}"
        if spreadsheet_format == self.FORMAT_CSV:
            response = StreamingHttpResponse(csv_lines(titles, rows), content_type="text/csv")
            response.headers["Content-Disposition"] = content_disposition_header(True, name)
            return response
        file = workbook_file(str(self.desk_list.title), titles, rows)
        return FileResponse(file, as_attachment=True, filename=name)


def find_link(request, pk: int) -> PageLink:
    """A link on a page that she looks after; another one does not exist."""
    links = PageLink.objects.filter(page__in=looked_after_by(request.user))
    return get_object_or_404(links.select_related("page"), pk=pk)


@require_POST
def ignore(request, pk):
    ignore_link(link=find_link(request, pk), by=request.user, now=timezone.now())
    messages.success(request, _("已忽略。在“忽略的链接”里可以恢复。"))
    return redirect("desk_list", "broken-links")


@require_POST
def mind(request, pk):
    mind_link(link=find_link(request, pk))
    messages.success(request, _("已恢复，打不开的时候会再列出来。"))
    return redirect("desk_list", "ignored-links")


@require_POST
def check_again(request, pk):
    page = get_object_or_404(looked_after_by(request.user).live(), pk=pk)
    return redirect("job", ask_for_link_check(page=page, owner=request.user).pk)


urlpatterns = [
    path("links/<id:pk>/ignore/", ignore, name="link_ignore"),
    path("links/<id:pk>/mind/", mind, name="link_mind"),
    path("pages/<id:pk>/check-links/", check_again, name="link_check"),
    path("<slug:key>/", DeskListView.as_view(), name="desk_list"),
    path("<slug:key>/results/", DeskListView.as_view(results_only=True), name="desk_list_results"),
]
