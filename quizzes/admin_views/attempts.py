"""答卷 in the admin: who answered what, and what was done to it."""

import django_filters
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from federations.admin_views.editing import EditedViewSetMixin
from federations.admin_views.policies import StaffPolicy
from federations.editing import EDITING_ROLES, within_edited
from federations.models import Appointment, Federation
from federations.people import members_in_scope
from federations.scope import staff_federations, within_paths
from quizzes.admin_views.desk import edited_quizzes
from quizzes.desk.attempts import (
    attempt_log,
    list_attempts,
    name_federation,
    name_result,
    name_score,
    name_state,
    saves,
)
from quizzes.domain.attempts import (
    AttemptRefused,
    extend_attempt,
    reopen_attempt,
    void_attempt,
)
from quizzes.forms.desk import ExtendForm, ReopenForm, VoidForm
from quizzes.models import Attempt, AttemptState, ReviewPart
from quizzes.presenting import review_attempt

# Nobody adds, changes or deletes one: it is reopened or voided.
ATTEMPT_POLICY = StaffPolicy(Attempt, roles_by_action={"view": EDITING_ROLES})
REOPENED, VOIDED = "quizzes.reopen_attempt", "quizzes.void_attempt"
EXTENDED = "quizzes.extend_attempt"
# Places of one name that a search takes in, e.g. the seven 太平镇.
MOST_PLACES = 50


def quizzes_of(request):
    return edited_quizzes(request.user).order_by("title")


class AttemptFilterSet(WagtailFilterSet):
    quiz = django_filters.ModelChoiceFilter(label=_("测验"), queryset=quizzes_of)
    state = django_filters.ChoiceFilter(label=_("状态"), choices=AttemptState.choices)
    needs_marking = django_filters.BooleanFilter(label=_("待阅卷"))
    has_passed = django_filters.BooleanFilter(label=_("及格"))
    place = django_filters.CharFilter(label=_("妇联（名称）"), method="filter_place")

    class Meta:
        model = Attempt
        fields = ["quiz", "state", "needs_marking", "has_passed"]

    def filter_place(self, rows, _name, words):
        """Members who are counted at a federation of this name, or below it."""
        named = staff_federations(self.request.user).filter(name__icontains=words.strip())
        paths = list(named.order_by("path").values_list("path", flat=True)[:MOST_PLACES])
        there = Federation.objects.filter(within_paths("path", paths))
        counted = Appointment.objects.counted().in_force(timezone.localdate())
        return rows.filter(member__in=counted.filter(federation__in=there).values("member"))


class AttemptIndexView(generic.IndexView):
    def get_base_queryset(self):
        return list_attempts(super().get_base_queryset())


class InspectAttemptView(generic.InspectView):
    """The attempt as the member's review shows it, and its log."""

    page_title = _("答卷")

    def get_page_subtitle(self):
        return self.object.member.name

    def get_context_data(self, **kwargs):
        attempt = self.object
        has_marks = attempt.marks is not None and not attempt.is_open
        return super().get_context_data(**kwargs) | {
            "attempt": attempt,
            "state": name_state(attempt),
            "score": name_score(attempt),
            "result": name_result(attempt),
            "log": attempt_log(attempt),
            "saves": saves(attempt),
            "questions": review_attempt(attempt, frozenset(ReviewPart)) if has_marks else [],
            "may_reopen": attempt.is_submitted,
            "may_extend": attempt.is_open and attempt.deadline is not None,
            "may_void": attempt.state != AttemptState.VOIDED,
        }


class AttemptActionView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, View):
    """A page with a reason to fill in; the domain does it or says why not."""

    model = Attempt
    permission_required = "view"
    template_name = "admin_quizzes/attempts/action.html"
    form_class, log_action, explanation, done_message = None, "", "", ""
    is_serious = False

    def get(self, request, *args, **kwargs):
        return self.show(self.form_class())

    def post(self, request, *args, **kwargs):
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            with transaction.atomic():
                self.act(by=request.user, now=timezone.now(), **form.cleaned_data)
                log(
                    instance=self.object,
                    action=self.log_action,
                    user=request.user,
                    data=form.cleaned_data,
                )
        except AttemptRefused as refusal:
            form.add_error(None, str(refusal))
            return self.show(form)
        messages.success(request, self.done_message)
        return redirect(self.attempt_url)

    def show(self, form):
        return self.render_to_response(self.get_context_data(form=form, attempt=self.object))

    @property
    def attempt_url(self) -> str:
        return reverse("attempt:inspect", args=[self.object.pk])

    def act(self, **values):
        raise NotImplementedError

    def get_breadcrumbs_items(self):
        above = [
            {"url": reverse("attempt:index"), "label": _("答卷")},
            {"url": self.attempt_url, "label": self.object.member.name},
        ]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.page_title}]


class ReopenView(AttemptActionView):
    page_title = _("重新开放")
    header_icon = "resubmit"
    form_class = ReopenForm
    log_action = REOPENED
    explanation = _("她可以接着答，原来的答案都在；现在的成绩先取消，再交卷时重新判。")
    done_message = _("已经重新开放，她可以接着答了。")

    def act(self, *, minutes, **values):
        reopen_attempt(attempt_id=self.object.pk, extra_minutes=minutes, **values)


class ExtendView(AttemptActionView):
    page_title = _("加时")
    header_icon = "time"
    form_class = ExtendForm
    log_action = EXTENDED
    explanation = _("她正在答，截止往后推；她那边刷新页面，或者原来的时间一到，就看得到新的时间。")
    done_message = _("已经加时。")

    def act(self, *, minutes, **values):
        extend_attempt(attempt_id=self.object.pk, extra_minutes=minutes, **values)


class VoidView(AttemptActionView):
    page_title = _("作废答卷")
    header_icon = "cross"
    form_class = VoidForm
    log_action = VOIDED
    explanation = _("这份答卷不再算成绩，也不占答题次数；记录会留着，不能恢复。")
    done_message = _("这份答卷已经作废。")
    is_serious = True

    def act(self, **values):
        void_attempt(attempt_id=self.object.pk, **values)


class AttemptViewSet(EditedViewSetMixin, ModelViewSet):
    """Of quizzes in her scope as an editor, by members in her scope."""

    model = Attempt
    owner_field = "quiz__federation"
    icon = "form"
    menu_order = 200
    add_to_reference_index = False
    exclude_form_fields: list[str] = []
    list_display = [
        TitleColumn("member", label=_("姓名"), accessor="member.name", url_name="attempt:inspect"),
        Column("federation", label=_("计入单位"), accessor=name_federation),
        Column("quiz", label=_("测验"), accessor="quiz.title"),
        Column("number", label=_("第几次")),
        Column("state", label=_("状态"), accessor=name_state),
        Column("score", label=_("得分"), accessor=name_score, sort_key="score_bp"),
        Column("has_passed", label=_("结果"), accessor=name_result),
        DateColumn("started_at", label=_("开始"), sort_key="started_at"),
        DateColumn("submitted_at", label=_("交卷")),
    ]
    filterset_class = AttemptFilterSet
    list_per_page = 30
    list_export = []
    ordering = "-pk"
    search_fields = ["member__name"]
    index_view_class = AttemptIndexView
    inspect_view_class = InspectAttemptView
    inspect_view_enabled = True
    inspect_view_fields: list[str] = ["number"]
    inspect_template_name = "admin_quizzes/attempts/attempt.html"

    def limit_rows(self, user, rows, *, roles):
        edited = rows.filter(within_edited(user, self.owner_field))
        return edited.filter(member__in=members_in_scope(user).values("pk"))

    def get_urlpatterns(self):
        views = (ReopenView, ExtendView, VoidView)
        reopen, extend, void = (self.construct_view(each) for each in views)
        return [
            *super().get_urlpatterns(),
            path("reopen/<int:pk>/", reopen, name="reopen"),
            path("extend/<int:pk>/", extend, name="extend"),
            path("void/<int:pk>/", void, name="void"),
        ]


@hooks.register("register_log_actions")
def register_attempt_actions(actions):
    actions.register_action(REOPENED, _("重新开放答卷"), _("重新开放了一份答卷"))
    actions.register_action(EXTENDED, _("答卷加时"), _("给一份答卷加了时间"))
    actions.register_action(VOIDED, _("作废答卷"), _("作废了一份答卷"))
