"""Finding courses by stage of life (`?stage=<id>`)."""

from django.utils.translation import gettext as _

from cms.models import LifeStage
from courses.queries import course_cards
from members.converters import read_number


def courses_by_stage(request, courses) -> dict:
    """The cards of those courses that the address asks for, and chips for the other choices."""
    stages = list(LifeStage.objects.filter(courses__in=courses.values("pk")).distinct())
    asked = read_number(request.GET.get("stage", ""))
    current = next((stage.pk for stage in stages if stage.pk == asked), None)
    shown = courses.filter(life_stages=current) if current else courses
    return {
        "courses": course_cards(request.user, shown),
        "stages": _chips(request.path, stages, current) if stages else [],
    }


def _chips(path: str, stages: list[LifeStage], current: int | None) -> list[dict]:
    every = {"title": _("全部"), "url": path, "current": current is None}
    return [
        every,
        *(
            {"title": stage.name, "url": f"{path}?stage={stage.pk}", "current": stage.pk == current}
            for stage in stages
        ),
    ]
