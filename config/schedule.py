"""Jobs by the clock: one table, read by Celery beat in production and by the embedded run.

Plain numbers are seconds.
"""

from celery.schedules import crontab


def every(seconds: float, task: str) -> dict:
    """A frequent job. While no worker runs, its messages expire instead of piling up."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


BEAT_SCHEDULE = {
    "fold-standings": every(3.0, "learning.tasks.fold_standings"),
    "close-and-freeze": every(15.0, "quizzes.tasks.close_attempts_and_freeze"),
    "publish-scheduled": every(60.0, "cms.tasks.publish_scheduled"),
    # Terms begin and end by the calendar, without an event.
    "sync-groups": {"task": "config.tasks.sync_groups", "schedule": crontab(hour=0, minute=2)},
    "rebuild-standings": {
        "task": "learning.tasks.rebuild_open_standings",
        "schedule": crontab(hour=0, minute=10),
    },
    "clear-sessions": {
        "task": "members.tasks.clear_expired_sessions",
        "schedule": crontab(hour=3, minute=30),
    },
}
