"""The plan's form: whose plan it is, and what may stand in it."""

from django.apps import apps
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from federations.models import StaffRoleType
from federations.scope import staff_federations

# By name: the pages' apps stand above this one.
PLAN_PAGE_TYPES = ["courses.LessonPage", "quizzes.QuizPage"]


class PlanForm(WagtailAdminModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        federation = self.fields["federation"]
        federation.queryset = staff_federations(self.for_user, roles=(StaffRoleType.MANAGER,))
        federation.error_messages["invalid_choice"] = _("请选择您管理范围内的妇联。")
        if not self.for_user.is_superuser:
            # The default plan is what everybody sees first: one for the whole platform.
            del self.fields["is_default"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_default", self.instance.is_default) and cleaned.get("cutoff_at"):
            self.add_error("cutoff_at", _("默认任务不设截止时间：请清空它，或取消“默认任务”。"))
        items = self.formsets["items"]
        if items.is_valid():
            kept = [form for form in items.forms if form not in items.deleted_forms]
            self._check_items([form for form in kept if form.cleaned_data.get("page")])
        return cleaned

    def _check_items(self, item_forms) -> None:
        if not item_forms:
            self.add_error(None, _("学习任务至少要有一项内容，请添加微课或测验。"))
        seen = set()
        for form in item_forms:
            page = form.cleaned_data["page"]
            if problem := self._find_page_problem(page, is_repeated=page.pk in seen):
                form.add_error("page", problem)
                # The item's own error does not make the plan invalid by itself.
                self.add_error(None, problem)
            seen.add(page.pk)

    def _find_page_problem(self, page, *, is_repeated: bool):
        title = {"title": page.title}
        if is_repeated:
            return _("“%(title)s”重复了，请删去一个。") % title
        if page.specific_class not in self._page_classes:
            return _("“%(title)s”不是微课或测验，请另选。") % title
        if not page.live:
            return _("“%(title)s”还没有发布，请先发布它，再放进任务。") % title
        return None

    @cached_property
    def _page_classes(self):
        return [apps.get_model(name) for name in PLAN_PAGE_TYPES]
