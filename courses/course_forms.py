"""Authoring a course: its outline holds what lies below it, once, and somebody can begin it."""

from django.utils.translation import gettext_lazy as _

from cms.forms import DraftAwareForm
from courses.domain.prerequisites import leads_back
from courses.models import CoursePage


class CoursePageForm(DraftAwareForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The children's form of a page that only moves has no fields of its own.
        if "prerequisites" in self.fields:
            others = CoursePage.objects.live().exclude(pk=self.instance.pk)
            self.fields["prerequisites"].queryset = others.order_by("title")

    def clean(self):
        cleaned = super().clean()
        if problem := self._find_outline_problem(cleaned.get("outline") or []):
            self.add_error("outline", problem)
        if circle := leads_back(self.instance, cleaned.get("prerequisites") or []):
            self.add_error(
                "prerequisites",
                _("《%(title)s》自己就要先学这门课，两门课互相等着，谁也开不了头。请去掉它。")
                % {"title": circle.title},
            )
        return cleaned

    def _find_outline_problem(self, outline):
        items = [item for section in outline for item in section.value["items"]]
        seen = set()
        for item in items:
            page = item["page"]
            title = {"title": page.title}
            if not self.instance.pk or not page.is_child_of(self.instance):
                return _("《%(title)s》不在这门课下面。请先把它建在或移到这门课下面。") % title
            if page.pk in seen:
                return _("《%(title)s》在目录里出现了两次，请去掉一处。") % title
            seen.add(page.pk)
        if items and not any(item["is_required"] for item in items) and not self.is_draft:
            return _("目录里至少要有一项必学，不然没有人能学完这门课。")
        return None
