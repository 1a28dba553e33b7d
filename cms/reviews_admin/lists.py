"""待补审, and the record (审校记录) of one page or of her federations."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page
from xlsxwriter import Workbook

from cms.models import ReviewRecord
from cms.reviews import READING_ROLES, corrections_for, records_for
from cms.reviews_admin.frame import ReviewsView
from federations.editing import REVIEWING_ROLES, answers_for, held_places
from federations.workbooks.writing import INERT, write_rows

PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CorrectionsView(ReviewsView):
    page_title = gettext_lazy("待补审")
    template_name = "admin_reviews/corrections.html"

    def dispatch(self, request, *args, **kwargs):
        if not may_see_corrections(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        rows = corrections_for(request.user).select_related("page", "federation", "by")
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
        return self.show(page=page, elided=page.paginator.get_elided_page_range(page.number))


def may_see_corrections(user) -> bool:
    return user.is_superuser or bool(held_places(user, REVIEWING_ROLES))


class RecordsView(ReviewsView):
    """`?q=` looks for a title or a name; `?export=xlsx` gives the same rows as a file."""

    page_title = gettext_lazy("审校记录")
    template_name = "admin_reviews/records.html"
    header_icon = "list-ul"

    def get(self, request):
        return self.show_rows(records_for(request.user))

    def show_rows(self, rows, **context):
        asked = self.request.GET.get("q", "").strip()
        if asked:
            rows = rows.filter(page_title__icontains=asked) | rows.filter(person_name=asked)
        if self.request.GET.get("export") == "xlsx":
            return export(rows)
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        elided = page.paginator.get_elided_page_range(page.number)
        return self.show(page=page, elided=elided, asked=asked, **context)


class PageRecordsView(RecordsView):
    def get(self, request, page_id: int):
        """Of a page that is gone, too: the rows know whose it was."""
        rows = records_for(request.user).filter(page_id=page_id)
        page = Page.objects.filter(pk=page_id).first()
        if page is None and not rows.exists():
            raise Http404
        # What was written while it was hers stays hers to read; another's present title is not.
        is_hers = page is not None and may_see_records(request.user, page)
        return self.show_rows(rows, of_page=page if is_hers else None)


def may_see_records(user, page: Page) -> bool:
    federation = getattr(page.specific, "federation", None)
    return answers_for(user, federation, roles=READING_ROLES)


COLUMNS = ("时间", "页面编号", "页面", "所属妇联", "版本", "决定", "人员编号", "姓名", "意见或理由")


def export(rows) -> HttpResponse:
    response = HttpResponse(content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="reviews.xlsx"'
    with Workbook(response, INERT | {"in_memory": True}) as book:
        write_rows(book, _("审校记录"), COLUMNS, map(_cells, rows.iterator()))
    return response


def _cells(row: ReviewRecord) -> list:
    made_at = timezone.localtime(row.made_at)
    return [
        f"{made_at:%Y-%m-%d %H:%M:%S}",
        row.page_id,
        row.page_title,
        row.federation_name,
        row.revision_id or "",
        row.what,
        row.person_id or "",
        row.person_name,
        row.reason,
    ]
