"""Jobs by the clock: one table, read by Celery beat in production and by the embedded run.

Plain numbers are seconds.
"""

from celery.schedules import crontab

BEAT_SCHEDULE = {
    "fold-standings": {"task": "learning.tasks.fold_standings", "schedule": 3.0},
    "close-expired-attempts": {"task": "quizzes.tasks.close_expired_attempts", "schedule": 30.0},
    "freeze-standings": {"task": "learning.tasks.freeze_due_plans", "schedule": 5.0},
    "publish-scheduled": {"task": "cms.tasks.publish_scheduled", "schedule": 60.0},
    # Terms begin and end by the calendar, without an event.
    "rebuild-standings": {
        "task": "learning.tasks.rebuild_open_standings",
        "schedule": crontab(hour=0, minute=10),
    },
    "clear-sessions": {
        "task": "members.tasks.clear_expired_sessions",
        "schedule": crontab(hour=3, minute=30),
    },
}
