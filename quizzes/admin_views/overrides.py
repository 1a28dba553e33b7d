"""个别规则 in the admin: other dates, more time or more attempts for one member or federation."""

import django_filters
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from federations.admin_views.editing import EditedViewSetMixin, EditingPolicy
from federations.editing import within_edited
from federations.people import members_in_scope
from federations.scope import staff_federations
from members.races import UniqueRaceMixin
from quizzes.admin_views.desk import edited_quizzes
from quizzes.domain.overrides import redate_open_attempts
from quizzes.forms.overrides import OverrideForm
from quizzes.models import QuizOverride

OVERRIDE_POLICY = EditingPolicy(QuizOverride)
# Two who make the first one for the same member at once.
TAKEN = _("刚刚有人给同一位执委或同一个妇联加了个别规则，请修改那一条。")


def quizzes_of(request):
    return edited_quizzes(request.user).order_by("title")


class OverrideFilterSet(WagtailFilterSet):
    quiz = django_filters.ModelChoiceFilter(label=_("测验"), queryset=quizzes_of)

    class Meta:
        model = QuizOverride
        fields = ["quiz"]


def name_whom(override: QuizOverride) -> str:
    return override.member.name if override.member_id else override.federation.title


class OverrideIndexView(generic.IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("quiz", "member", "federation")


class OverrideRaceMixin(UniqueRaceMixin):
    race_message = TAKEN

    @transaction.atomic
    def save_instance(self):
        override = super().save_instance()
        redate_open_attempts(override=override, by=self.request.user, now=timezone.now())
        return override


class AddOverrideView(OverrideRaceMixin, generic.CreateView):
    pass


class EditOverrideView(OverrideRaceMixin, generic.EditView):
    pass


class OverrideViewSet(EditedViewSetMixin, ModelViewSet):
    """Of quizzes in her scope, for members and federations in her scope."""

    model = QuizOverride
    owner_field = "quiz__federation"
    icon = "sliders"
    menu_order = 400
    add_to_reference_index = False
    list_display = [
        TitleColumn("whom", label=_("给谁"), accessor=name_whom, url_name="quizoverride:edit"),
        Column("quiz", label=_("测验"), accessor="quiz.title"),
        "opens_at",
        "closes_at",
        "extra_minutes",
        "attempts_allowed",
        "reason",
    ]
    filterset_class = OverrideFilterSet
    list_per_page = 30
    ordering = "-pk"
    search_fields = ["member__name", "federation__name"]
    index_view_class = OverrideIndexView
    add_view_class = AddOverrideView
    edit_view_class = EditOverrideView

    def limit_rows(self, user, rows, *, roles):
        edited = rows.filter(within_edited(user, self.owner_field))
        hers = Q(member__in=members_in_scope(user).values("pk"))
        below = Q(federation__in=staff_federations(user).values("pk"))
        return edited.filter(hers | below)

    def get_form_class(self, for_update=False):
        return OverrideForm
