"""Jobs by the clock: one table, read by Celery beat in production and by the embedded run.

Plain numbers are seconds.
"""

from celery.schedules import crontab


def every(seconds: float, task: str) -> dict:
    """A frequent job. While no worker runs, its messages expire instead of piling up."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


CLOCK = {
    "fold-standings": every(3.0, "learning.tasks.fold_standings"),
    "fold-periods": every(15.0, "learning.tasks.fold_periods"),
    "fold-outcomes": every(3.0, "config.tasks.fold_outcomes"),
    "close-and-freeze": every(15.0, "config.tasks.close_and_freeze"),
    # A quiz has its board soon after its first hand-in, a period before it begins.
    "open-boards": every(60.0, "learning.tasks.open_boards"),
    "make-cards": every(15.0, "quizzes.tasks.make_cards"),
    "publish-scheduled": every(60.0, "cms.tasks.publish_scheduled"),
    # Terms begin and end by the calendar, without an event.
    "sync-groups": {"task": "config.tasks.sync_groups", "schedule": crontab(hour=0, minute=2)},
    "rebuild-standings": {
        "task": "learning.tasks.rebuild_open_standings",
        "schedule": crontab(hour=0, minute=10),
    },
    # Plans are given certificates after they were finished, and members move into their audience.
    "mark-certificate-candidates": {
        "task": "learning.tasks.mark_certificate_candidates",
        "schedule": crontab(hour=1, minute=20),
    },
    # After the nightly rebuild; a period that ended yesterday is frozen with it.
    "compute-assessments": {
        "task": "learning.tasks.compute_assessments",
        "schedule": crontab(hour=4, minute=30),
    },
    # By day only: a message may come with a sound.
    "send-plan-reminders": {
        "task": "learning.tasks.send_plan_reminders",
        "schedule": crontab(minute="*/15", hour="9-19"),
    },
    "refresh-facility": {
        "task": "quizzes.tasks.refresh_facility",
        "schedule": crontab(hour=2, minute=20),
    },
    "clear-sessions": {
        "task": "members.tasks.clear_expired_sessions",
        "schedule": crontab(hour=3, minute=30),
    },
    "seal-audit": every(10.0, "members.tasks.seal_audit"),
    "prune-audit": {
        "task": "members.tasks.prune_audit",
        "schedule": crontab(hour=3, minute=15),
    },
    "verify-audit": {
        "task": "members.tasks.verify_audit",
        "schedule": crontab(hour=5, minute=10),
    },
    "erase-due-members": {
        "task": "members.tasks.erase_due_members",
        "schedule": crontab(hour=2, minute=50),
    },
    "apply-retention": {
        "task": "members.tasks.apply_retention",
        "schedule": crontab(hour=3, minute=5),
    },
    "purge-revisions": {
        "task": "cms.tasks.purge_revisions",
        "schedule": crontab(hour=3, minute=20),
    },
    "remove-old-jobs": {
        "task": "federations.tasks.remove_old_jobs",
        "schedule": crontab(hour=3, minute=40),
    },
    # Whatever wrote names of members without saying so, e.g. a restored backup.
    "note-missing-names": {
        "task": "federations.tasks.note_missing_names",
        "schedule": crontab(hour=3, minute=45),
    },
    "prune-search-misses": {
        "task": "cms.tasks.prune_search_misses",
        "schedule": crontab(hour=3, minute=55),
    },
    "remove-abandoned-uploads": {
        "task": "courses.tasks.remove_abandoned_uploads",
        "schedule": crontab(hour=3, minute=50),
    },
}
# What staff asked for may take minutes: the embedded run gives it a thread of its own, so that
# nothing above waits for it.
JOBS = {"run-jobs": every(2.0, "config.tasks.run_jobs")}
# A film of an hour is encoded for as long as all the above may not wait: a thread of its own again,
# and in production a queue with its own worker. Links wait for strangers' servers: they go there
# too, less than a minute at once. Pages are read every night; an address is due once a week.
ENCODING = {
    "run-encoding": every(5.0, "config.tasks.run_encoding"),
    "collect-links": {
        "task": "cms.tasks.collect_links",
        "schedule": crontab(hour=4, minute=10),
    },
    "check-links": every(60.0, "cms.tasks.check_links"),
}
ENCODING_QUEUE = "encoding"
# Boards follow within ten seconds, whatever else the worker has to do: a queue and a worker too.
STANDINGS_QUEUE = "standings"
ROUTES = {job["task"]: {"queue": ENCODING_QUEUE} for job in ENCODING.values()} | {
    "learning.tasks.fold_standings": {"queue": STANDINGS_QUEUE}
}

BEAT_SCHEDULE = CLOCK | JOBS | ENCODING
