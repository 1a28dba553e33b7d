"""收听与排期: the editor's calendar of an audio column, and how often each episode was played."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.widgets import AdminDateInput

from courses.days import EVERY_DAY
from courses.domain.episodes import (
    CalendarChanged,
    Episode,
    State,
    Wish,
    apply_calendar,
    fingerprint,
    plan_moments,
    read_episodes,
)
from courses.models import AudioColumnPage, EpisodePlays

WEEKDAYS = [
    (0, gettext_lazy("周一")),
    (1, gettext_lazy("周二")),
    (2, gettext_lazy("周三")),
    (3, gettext_lazy("周四")),
    (4, gettext_lazy("周五")),
    (5, gettext_lazy("周六")),
    (6, gettext_lazy("周日")),
]
STATES = {
    State.LIVE: gettext_lazy("已上线"),
    State.APPROVED: gettext_lazy("审校通过，到时自动上线"),
    State.REVIEWING: gettext_lazy("审校中，没通过就不会上线"),
    State.DRAFT: gettext_lazy("草稿，还没提交审校"),
}
LATE = gettext_lazy("日子过了还没通过，通过后马上上线")
DEFAULT_HOUR = 8


class WishForm(forms.Form):
    first = forms.DateField(
        label=gettext_lazy("从哪天开始"),
        widget=AdminDateInput,
        error_messages={
            "required": gettext_lazy("请选从哪天开始。"),
            "invalid": gettext_lazy("日期看不懂，请写成 2026-03-08 的样子。"),
        },
    )
    hour = forms.TypedChoiceField(
        label=gettext_lazy("几点上线"),
        coerce=int,
        choices=[(hour, f"{hour:02d}:00") for hour in range(24)],
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("每周哪几天"),
        coerce=int,
        choices=WEEKDAYS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("每周至少选一天。")},
    )

    def clean_first(self):
        first, today = self.cleaned_data["first"], timezone.localdate()
        if first < today:
            raise forms.ValidationError(_("这一天已经过去了，请从今天或以后的日子开始。"))
        if first > today + timedelta(days=730):
            raise forms.ValidationError(_("最多排到两年以后，请选近一些的日子。"))
        return first

    def wish(self) -> Wish:
        data = self.cleaned_data
        return Wish(data["first"], data["hour"], frozenset(data["weekdays"]))


@require_http_methods(["GET", "POST"])
def calendar(request, page_id: int):
    """GET shows what the chosen days would give, POST applies what was shown."""
    column = find_column(request, page_id)
    episodes = read_episodes(column)
    chosen = request.POST if request.method == "POST" else request.GET
    form = WishForm(chosen if "first" in chosen else first_wish(episodes))
    editable = editable_ids(request.user, episodes)
    now, moments, seen = timezone.now(), {}, ""
    if form.is_valid():
        moments = plan_moments(episodes, form.wish(), editable, now)
        seen = fingerprint(episodes, moments)
    if request.method == "POST" and form.is_valid() and apply(request, column, form, editable):
        return redirect(reverse("episode_calendar", args=[column.pk]))
    context = {
        "column": column,
        "form": form,
        "rows": rows(episodes, moments, now),
        "seen": seen,
        "is_new": any(moments.get(each.page.pk, each.at) != each.at for each in episodes),
        "header_title": _("排期与收听"),
        "page_title": _("排期与收听"),
        "page_subtitle": column.title,
        "header_icon": "date",
        "breadcrumbs_items": breadcrumbs(column),
    }
    return render(request, "admin_courses/episodes.html", context)


def find_column(request, page_id: int) -> AudioColumnPage:
    column = get_object_or_404(AudioColumnPage, pk=page_id)
    if not column.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return column


def editable_ids(user, episodes: list[Episode]) -> set[int]:
    return {each.page.pk for each in episodes if each.page.permissions_for_user(user).can_edit()}


def first_wish(episodes: list[Episode]) -> dict:
    """Goes on after the last day that is taken, at its hour."""
    kept = [each.at for each in episodes if each.at and each.state != State.DRAFT]
    last = timezone.localtime(max(kept)) if kept else None
    tomorrow = timezone.localdate() + timedelta(days=1)
    return {
        "first": max(tomorrow, last.date() + timedelta(days=1)) if last else tomorrow,
        "hour": last.hour if last else DEFAULT_HOUR,
        "weekdays": sorted(EVERY_DAY),
    }


def apply(request, column: AudioColumnPage, form: WishForm, editable: set[int]) -> bool:
    try:
        changed = apply_calendar(
            column=column,
            wish=form.wish(),
            editable=editable,
            seen=request.POST.get("seen", ""),
            user=request.user,
            now=timezone.now(),
        )
    except CalendarChanged:
        messages.error(request, _("刚才有人改了节目，排期还没有保存。请看看新的排期，再点一次。"))
        return False
    messages.success(
        request,
        _("已给 %(n)d 集排好日子。还是草稿的，请逐集提交审校，通过了才会上线。") % {"n": changed},
    )
    return True


def rows(episodes: list[Episode], moments: dict, now) -> list[dict]:
    plays = count_plays([each.page.pk for each in episodes])
    return [
        {
            "page": each.page,
            "state": LATE
            if each.is_late(now) and each.state == State.REVIEWING
            else STATES[each.state],
            "at": each.at,
            "planned": moments.get(each.page.pk),
            "plays": plays.get(each.page.pk, {"members": 0, "visitors": 0}),
        }
        for each in episodes
    ]


def count_plays(ids: list[int]) -> dict[int, dict]:
    rows = EpisodePlays.objects.filter(lesson__in=ids).values("lesson").order_by()
    sums = rows.annotate(members=Sum("by_members"), visitors=Sum("by_visitors"))
    return {row["lesson"]: row for row in sums}


def breadcrumbs(column: AudioColumnPage) -> list[dict]:
    here = {"url": "", "label": _("排期与收听")}
    above = {"url": reverse("wagtailadmin_explore", args=[column.pk]), "label": column.title}
    return [above, here]
