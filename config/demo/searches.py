"""Words that readers of the demo looked for in vain."""

from django.utils import timezone

from cms.domain.search_misses import record_miss

IN_VAIN = {"公积金提取": 6, "广场舞比赛": 3, "少儿编程": 2}


def load_misses() -> None:
    for text, times in IN_VAIN.items():
        for _ in range(times):
            record_miss(text=text, now=timezone.now())
