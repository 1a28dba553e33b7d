"""How often an episode is played: a number for each day, and nobody's name."""

from datetime import date

from django.db.models import F

from courses.models import EpisodePlays


def count_play(*, lesson_id: int, is_member: bool, day: date) -> None:
    name = "by_members" if is_member else "by_visitors"
    today = EpisodePlays.objects.filter(lesson=lesson_id, day=day)
    if not today.update(**{name: F(name) + 1}):
        row = EpisodePlays(lesson_id=lesson_id, day=day)
        EpisodePlays.objects.bulk_create([row], ignore_conflicts=True)
        today.update(**{name: F(name) + 1})
