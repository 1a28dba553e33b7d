"""Finding questions: what the list can be narrowed down by."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from wagtail.admin.filters import WagtailFilterSet

from quizzes.admin_views.scope import edited_banks, edited_questions
from quizzes.forms import type_choices
from quizzes.models import Question, QuizQuestion, ReviewStage

DIFFICULTIES = [(number, str(number)) for number in range(1, 6)]

# Label, and the facility in per cent from … to …
FACILITY_BANDS = {
    "too_hard": (_("太难（得分率不到 30%）"), 0, 29),
    "hard": (_("偏难（30%～59%）"), 30, 59),
    "fair": (_("适中（60%～95%）"), 60, 95),
    "too_easy": (_("太易（高于 95%）"), 96, 100),
}

IN_QUIZZES = Q(pk__in=QuizQuestion.objects.values("question"))
USAGES = {
    "fixed": (_("用在测验里"), IN_QUIZZES),
    "unused": (_("没有用在任何测验里"), ~IN_QUIZZES),
    "unasked": (_("还没有人答过"), Q(asked_count=0)),
}

STATES = {
    "in_use": (_("在用"), Q(current__isnull=False, is_retired=False)),
    "in_review": (_("审核中"), Q(proposed__stage__gt=ReviewStage.NONE)),
    "sent_back": (_("审核退回"), Q(proposed__stage=ReviewStage.NONE)),
    "retired": (_("已停用"), Q(is_retired=True)),
}


SEARCH_FIELDS = ["current__stem", "proposed__stem"]


def search_stems(rows: QuerySet[Question], words: str) -> QuerySet[Question]:
    """As the list's search box does."""
    condition = Q()
    for field in SEARCH_FIELDS:
        condition |= Q(**{f"{field}__icontains": words})
    return rows.filter(condition) if words else rows


def labels(table: dict) -> list[tuple]:
    return [(key, each[0]) for key, each in table.items()]


def used_tags(request):
    questions = edited_questions(request.user).values("pk")
    tags = Tag.objects.filter(
        taggit_taggeditem_items__content_type__app_label="quizzes",
        taggit_taggeditem_items__content_type__model="question",
        taggit_taggeditem_items__object_id__in=questions,
    )
    return tags.distinct().order_by("name")


class QuestionFilterSet(WagtailFilterSet):
    bank = django_filters.ModelChoiceFilter(
        label=_("题库"), queryset=lambda request: edited_banks(request.user)
    )
    type = django_filters.ChoiceFilter(label=_("题型"), choices=type_choices, method="of_type")
    tag = django_filters.ModelChoiceFilter(label=_("标签"), field_name="tags", queryset=used_tags)
    difficulty = django_filters.MultipleChoiceFilter(label=_("难度"), choices=DIFFICULTIES)
    knowledge_point = django_filters.CharFilter(label=_("知识点"), lookup_expr="icontains")
    state = django_filters.ChoiceFilter(label=_("状态"), choices=labels(STATES), method="in_state")
    usage = django_filters.ChoiceFilter(
        label=_("使用"), choices=labels(USAGES), method="with_usage"
    )
    facility = django_filters.ChoiceFilter(
        label=_("得分率"), choices=labels(FACILITY_BANDS), method="within_band"
    )

    class Meta:
        model = Question
        fields = []

    def of_type(self, rows, name, value):
        unreviewed = Q(current__isnull=True, proposed__type=value)
        return rows.filter(Q(current__type=value) | unreviewed)

    def in_state(self, rows, name, value):
        return rows.filter(STATES[value][1])

    def with_usage(self, rows, name, value):
        return rows.filter(USAGES[value][1])

    def within_band(self, rows, name, value):
        _label, lowest, highest = FACILITY_BANDS[value]
        return rows.filter(facility__gte=lowest, facility__lte=highest)
