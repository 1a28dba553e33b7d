"""Demo plans. Their windows are laid around today, so that there is always one that runs."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from wagtail.models import Page

from config.demo.reading import read
from federations.models import Federation
from learning.models import Plan, PlanItem

# Days since the opening, and months until the month's end that cuts off; the default has none.
WINDOWS = {"annual-2026": (320, None), "fanjiabao-month": (20, 0), "meizhou-onboarding": (60, 1)}


def load_plans() -> None:
    for entry in read("plans")["plans"]:
        opened, months = WINDOWS[entry["slug"]]
        today = timezone.localdate()
        plan = Plan(
            title=entry["title"],
            federation=Federation.objects.get(name=entry["owner"]),
            opens_at=at(today - timedelta(days=opened), time(0)),
            cutoff_at=None if months is None else at(month_end(today, months), time(23, 59, 59)),
            is_default=entry["default"],
        )
        pages = {page.slug: page for page in Page.objects.filter(slug__in=entry["items"])}
        plan.items = [
            PlanItem(page=pages[slug], sort_order=place)
            for place, slug in enumerate(entry["items"])
        ]
        plan.save()


def month_end(today: date, months: int) -> date:
    """The last day of the month that lies `months` after the one three days from now."""
    day = today + timedelta(days=3)
    year, month = divmod(day.year * 12 + day.month - 1 + months + 1, 12)
    return date(year, month + 1, 1) - timedelta(days=1)


def at(day: date, moment: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, moment))
