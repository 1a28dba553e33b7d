"""更正 in the admin: write it down, try it out, see whom it touches, apply it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from federations.domain.jobs import ask_for_job
from federations.editing import is_editor
from quizzes.admin_views.corrections_scope import (
    edited_corrections,
    edited_versions,
    visible_effects,
)
from quizzes.admin_views.desk import DeskView
from quizzes.desk.corrections import compare_keys, count_lines, effect_titles, list_effects
from quizzes.domain import corrections
from quizzes.forms.corrections import CorrectionForm
from quizzes.models import Correction, CorrectionState

PER_PAGE = 30
ROOT = ("correction_list", gettext_lazy("更正"))


def find_correction(request, pk: int) -> Correction:
    """A correction of a question out of her scope does not exist."""
    if not is_editor(request.user):
        raise PermissionDenied
    rows = edited_corrections(request.user).select_related("version__question", "created_by")
    return get_object_or_404(rows, pk=pk)


class CorrectionListView(BaseListingView):
    page_title = ROOT[1]
    header_icon = "edit"
    paginate_by = PER_PAGE
    index_url_name = "correction_list"
    index_results_url_name = "correction_list_results"
    columns = [
        TitleColumn(
            "stem", label=gettext_lazy("试题"), accessor="version.stem", url_name="correction"
        ),
        Column("reason", label=gettext_lazy("原因")),
        Column("state", label=gettext_lazy("进展"), accessor="get_state_display"),
        Column("created_by", label=gettext_lazy("更正人")),
        DateColumn("created_at", label=gettext_lazy("写于")),
        DateColumn("applied_at", label=gettext_lazy("更正于")),
    ]
    no_results_message = gettext_lazy(
        "还没有更正。发现答案错了，可以从测验的“试题统计”里点“更正答案或作废”。"
    )

    def dispatch(self, request, *args, **kwargs):
        if not is_editor(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        rows = edited_corrections(self.request.user).select_related("version", "created_by")
        return rows.order_by("-pk")


class AddCorrectionView(DeskView):
    page_title = gettext_lazy("更正答案或作废")
    header_icon = "edit"
    template_name = "admin_quizzes/corrections/form.html"
    parents = (ROOT,)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not is_editor(request.user):
            raise PermissionDenied
        versions = edited_versions(request.user).select_related("question")
        self.version = get_object_or_404(versions, pk=kwargs["version"])

    def make_form(self, data=None) -> CorrectionForm:
        in_force = corrections.key_in_force(self.version)
        return CorrectionForm(data, version=self.version, data=in_force)

    def get(self, request, version):
        return self.show_form(self.make_form())

    def post(self, request, version):
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show_form(form)
        try:
            correction = self.draft(form.cleaned_data)
        except corrections.CorrectionRefused as refusal:
            form.add_error(None, str(refusal))
            return self.show_form(form)
        return ask(request, correction, "preview_correction", _("试算更正：%s"))

    def draft(self, cleaned) -> Correction:
        return corrections.draft_correction(
            version=self.version,
            data=cleaned["data"],
            reason=cleaned["reason"],
            keeps_higher=cleaned["keeps_higher"],
            by=self.request.user,
        )

    def show_form(self, form):
        parts = [part.authoring.stem for part in form.authoring.parts] or [""]
        keys = list(zip(parts, form.key_fields(), strict=True))
        return self.show(form=form, version=self.version, keys=keys)


class CorrectionView(DeskView):
    page_title = ROOT[1]
    header_icon = "edit"
    template_name = "admin_quizzes/corrections/correction.html"
    parents = (ROOT,)

    def get(self, request, pk):
        correction = find_correction(request, pk)
        effects = visible_effects(request.user, correction).order_by("pk")
        page = WagtailPaginator(effects, PER_PAGE).get_page(request.GET.get("p"))
        return self.show(
            correction=correction,
            keys=compare_keys(correction),
            is_done=correction.state == CorrectionState.APPLIED,
            lines=count_lines(correction),
            page_obj=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            titles=effect_titles(),
            rows=list_effects(page.object_list),
            may_apply=correction.state == CorrectionState.PREVIEWED,
            may_go_on=correction.state == CorrectionState.APPLYING,
            may_try=correction.state in (CorrectionState.DRAFT, CorrectionState.PREVIEWED),
        )


@require_POST
def try_again(request, pk):
    return ask(request, find_correction(request, pk), "preview_correction", _("试算更正：%s"))


@require_POST
def apply(request, pk):
    """The first time, and again where a run was stopped."""
    correction = find_correction(request, pk)
    if correction.state not in (CorrectionState.PREVIEWED, CorrectionState.APPLYING):
        messages.error(request, _("请先试算，看看会影响谁，再更正。"))
        return redirect("correction", pk)
    return ask(request, correction, "apply_correction", _("更正：%s"))


@require_POST
def export(request, pk):
    correction = find_correction(request, pk)
    return ask(request, correction, "correction_export", _("导出更正影响：%s"))


def ask(request, correction: Correction, kind: str, title: str):
    job = ask_for_job(
        kind=kind,
        title=(title % correction.version.stem)[:120],
        owner=request.user,
        params={"correction": correction.pk},
    )
    return redirect("job", job.pk)


urlpatterns = [
    path("", CorrectionListView.as_view(), name="correction_list"),
    path("list/", CorrectionListView.as_view(results_only=True), name="correction_list_results"),
    path("add/<int:version>/", AddCorrectionView.as_view(), name="correction_add"),
    path("<int:pk>/", CorrectionView.as_view(), name="correction"),
    path("<int:pk>/try/", try_again, name="correction_try"),
    path("<int:pk>/apply/", apply, name="correction_apply"),
    path("<int:pk>/export/", export, name="correction_export"),
]
