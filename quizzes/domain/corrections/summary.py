"""What a correction does in all, counted from its effects."""

from django.db.models import Count, F, Q

from quizzes.models import Correction


def count_effects(correction: Correction) -> dict[str, int]:
    """gain and lose: attempts with more or fewer points; now_pass and now_fail: that flip."""
    gains, flips = Q(after_bp__gt=F("before_bp")), Q(passed_before=False, passed_after=True)
    loses, fails = Q(after_bp__lt=F("before_bp")), Q(passed_before=True, passed_after=False)
    return correction.effects.aggregate(
        gain=Count("pk", gains),
        lose=Count("pk", loses),
        now_pass=Count("pk", flips),
        now_fail=Count("pk", fails),
    )
