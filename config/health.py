"""Probes: /healthz says that the process answers, /readyz that it can do its work."""

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import KombuError
from redis import RedisError


@require_safe
@never_cache
def healthz(request):
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request):
    """200 when database, migrations, cache and broker are fine; 503 with the reason otherwise."""
    problem = find_problem()
    if problem:
        return JsonResponse({"ready": False, "reason": problem}, status=503)
    return JsonResponse({"ready": True})


def find_problem() -> str | None:
    """The first reason why requests would fail, in words for the operator; None when all is well.

    Reasons never carry addresses or passwords: the probe is open to everyone.
    """
    return database_problem() or cache_problem() or broker_problem()


def database_problem() -> str | None:
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return f"database: {type(error).__name__}"
    if pending:
        return f"migrations: {len(pending)} not applied"
    return None


def cache_problem() -> str | None:
    """Sessions and sign-in limits live there: without it every page would fail."""
    try:
        # Reads are spared while Redis is away (config.caches).
        cache.add("readyz", True, 1)
    except (OSError, RedisError) as error:
        return f"cache: {type(error).__name__}"
    return None


def broker_problem() -> str | None:
    if getattr(settings, "CELERY_TASK_ALWAYS_EAGER", False):
        return None
    try:
        with current_app.connection_for_read() as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
    except (OSError, KombuError) as error:
        return f"broker: {type(error).__name__}"
    return None
