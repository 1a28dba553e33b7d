"""Demo plans. Their windows are laid around today, so that there is always one that runs."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from wagtail.models import Page

from config.demo.reading import read
from federations.models import Federation
from learning.models import Plan, PlanItem

# Days before and after today; the default plan has no cut-off.
WINDOWS = {"annual-2026": (320, None), "fanjiabao-month": (20, 9), "meizhou-onboarding": (60, 40)}


def load_plans() -> None:
    for entry in read("plans")["plans"]:
        opened, left = WINDOWS[entry["slug"]]
        today = timezone.localdate()
        plan = Plan(
            title=entry["title"],
            federation=Federation.objects.get(name=entry["owner"]),
            opens_at=at(today - timedelta(days=opened), time(0)),
            cutoff_at=left and at(today + timedelta(days=left), time(23, 59, 59)),
            is_default=entry["default"],
        )
        pages = {page.slug: page for page in Page.objects.filter(slug__in=entry["items"])}
        plan.items = [
            PlanItem(page=pages[slug], sort_order=place)
            for place, slug in enumerate(entry["items"])
        ]
        plan.save()


def at(day, moment: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, moment))
