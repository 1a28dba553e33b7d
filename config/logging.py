"""Structured logs: one event per line, with the request's id; never phones, names or codes."""

import re
from pathlib import Path

import structlog

# Not within a longer number (milliseconds have 13 digits) or an id: a UUID ends in 12 signs.
PHONE_LIKE = re.compile(r"(?<![0-9A-Za-z])1[3-9][0-9]{9}(?![0-9A-Za-z])")
SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
]


def logging_config(*, json: bool, file: Path | None = None) -> dict:
    """Return Django's LOGGING: JSON lines for production, readable lines for a person.

    With `file` the lines go there (5 MB, three old ones kept) and only warnings to the console.
    """
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    scrub,
                    renderer,
                ],
                "foreign_pre_chain": [*SHARED, structlog.processors.format_exc_info],
            }
        },
        "handlers": _handlers(file),
        "root": {"handlers": list(_handlers(file)), "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO"},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "django_structlog": {"level": "INFO"},
            "celery": {"level": "INFO"},
            # Two lines per saved page say nothing to an operator.
            "django_tasks": {"level": "WARNING"},
        },
    }


def scrub(_logger, _method: str, event: dict) -> dict:
    """The last defence: whatever looks like a mobile number is not written down."""
    return {key: _scrubbed(value) for key, value in event.items()}


def _scrubbed(value):
    if isinstance(value, str):
        return PHONE_LIKE.sub("1**********", value)
    if isinstance(value, dict):
        return {_scrubbed(key): _scrubbed(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set):
        return [_scrubbed(each) for each in value]
    # Numbers, and whatever the renderer would make words of.
    text = str(value)
    return _scrubbed(text) if PHONE_LIKE.search(text) else value


def _handlers(file: Path | None) -> dict:
    console = {"class": "logging.StreamHandler", "formatter": "structured"}
    if file is None:
        return {"console": console}
    return {
        "console": console | {"level": "WARNING"},
        "file": {
            "class": "logging.handlers.RotatingFileHandler",
            "filename": str(file),
            "maxBytes": 5_000_000,
            "backupCount": 3,
            "delay": True,
            "encoding": "utf-8",
            "formatter": "structured",
        },
    }
