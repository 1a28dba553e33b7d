"""Jobs by the clock: one table, read by Celery beat in production and by the embedded run.

Intervals are in seconds.
"""

BEAT_SCHEDULE = {
    "fold-standings": {"task": "learning.tasks.fold_standings", "schedule": 3.0},
    "close-expired-attempts": {"task": "quizzes.tasks.close_expired_attempts", "schedule": 30.0},
    "publish-scheduled": {"task": "cms.tasks.publish_scheduled", "schedule": 60.0},
    "freeze-standings": {"task": "learning.tasks.freeze_due_plans", "schedule": 60.0},
    "rebuild-standings": {"task": "learning.tasks.rebuild_open_standings", "schedule": 86_400.0},
    "clear-sessions": {"task": "members.tasks.clear_expired_sessions", "schedule": 86_400.0},
}
