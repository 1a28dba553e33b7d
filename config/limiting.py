"""Counts what config.limits names, and answers for every limit that is used up: 429, and when."""

import math

import structlog
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from redis import RedisError

from config.limits import VIEWS
from members.addresses import client_address
from members.domain.limits import LimitReached
from members.messages import say_wait

log = structlog.get_logger(__name__)
TOO_MANY_REQUESTS = 429


class LimitMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        rule = VIEWS.get(request.resolver_match.view_name)
        if rule is None or request.method not in rule.methods:
            return None
        try:
            _count(request, rule)
        except LimitReached as reached:
            return refuse(request, reached)
        except (OSError, RedisError) as error:
            # These protect the house, not an account: while nobody counts, work goes on. Whoever
            # guards an account counts in the domain, and refuses.
            log.warning("limit_not_counted", error=type(error).__name__)
        return None

    def process_exception(self, request, exception):
        return refuse(request, exception) if isinstance(exception, LimitReached) else None


def _count(request, rule) -> None:
    if request.user.is_authenticated:
        rule.member.take(f"{request.user.pk}", now=timezone.now())
    else:
        rule.visitors.take(client_address(request), now=timezone.now())


def refuse(request, reached: LimitReached) -> HttpResponse:
    """429 in the form that was asked for; says when to try again."""
    log.warning("limit_reached", limit=reached.limit.name)
    said = _("操作得太频繁了，这一次没有办成。请过 %(wait)s再试。") % {
        "wait": say_wait(reached.wait)
    }
    response = _answer(request, said)
    response["Retry-After"] = f"{max(1, math.ceil(reached.wait))}"
    response["Cache-Control"] = "no-store"
    return response


def _answer(request, said: str) -> HttpResponse:
    if "json" in f"{request.headers.get('Accept', '')} {request.content_type}":
        return JsonResponse({"message": said}, status=TOO_MANY_REQUESTS)
    template = "components/refused.html" if request.htmx else "429.html"
    return render(request, template, {"said": said}, status=TOO_MANY_REQUESTS)
