"""从 Word 导入 in the admin: upload, and what came of it."""

from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.domain.word_import import Report, import_word
from cms.word.forms import WordForm
from cms.word.package import UnreadableWord
from cms.word.reading import WordDocument, read_word
from cms.word.targets import word_model
from cms.word.wording import taken_over, to_do

SESSION_KEY = "word_import"


class WordView(WagtailAdminTemplateMixin, View):
    page_title = gettext_lazy("从 Word 导入")
    header_icon = "upload"

    @cached_property
    def parent(self) -> Page:
        return get_object_or_404(Page, pk=self.kwargs["parent_id"]).specific

    def get_breadcrumbs_items(self):
        above = {
            "url": reverse("wagtailadmin_explore", args=[self.parent.pk]),
            "label": self.parent.get_admin_display_title(),
        }
        return [*super().get_breadcrumbs_items(), above, {"url": "", "label": self.page_title}]

    def show(self, **context):
        return self.render_to_response(self.get_context_data(**context))


class ImportView(WordView):
    template_name = "admin_word/upload.html"

    def dispatch(self, request, *args, **kwargs):
        self.model = word_model(self.parent, request.user)
        if self.model is None:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, parent_id):
        return self.show(form=WordForm(page=self.model()))

    def post(self, request, parent_id):
        form = WordForm(request.POST, request.FILES, page=self.model())
        if not form.is_valid():
            return self.show(form=form)
        try:
            document = read_upload(form.cleaned_data["file"])
        except UnreadableWord as error:
            form.add_error("file", str(error))
            return self.show(form=form)
        report = import_word(
            document=document, page=form.fill_page(), parent=self.parent, user=request.user
        )
        request.session[SESSION_KEY] = asdict(report)
        return redirect("word_imported", self.parent.pk, report.page_id)


class ImportedView(WordView):
    """Once more after a reload; later the page itself is what there is."""

    template_name = "admin_word/imported.html"

    def get(self, request, parent_id, page_id):
        page = get_object_or_404(Page.objects.child_of(self.parent), pk=page_id)
        edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        kept = request.session.get(SESSION_KEY)
        if not kept or kept["page_id"] != page.pk:
            return redirect(edit_url)
        report = Report(**kept)
        return self.show(
            page=page,
            edit_url=edit_url,
            taken=taken_over(report),
            to_do=to_do(report),
            losses=report.losses,
        )


def read_upload(upload) -> WordDocument:
    """Raises UnreadableWord."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "upload.docx"
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        return read_word(path, upload.name)
