"""What `_question_tools.html` needs beside the facts of its question."""

from django import template

from quizzes.models import ReportReason
from quizzes.tool_tokens import Shown, make_token

register = template.Library()


@register.simple_tag(takes_context=True)
def tools_token(context, tools: dict) -> str:
    """The signed token by which her favourite, note or report is taken for this question."""
    member = context["request"].user
    return make_token(member, Shown(tools["question_id"], tools["version_id"]))


@register.simple_tag
def report_reasons() -> list[tuple[str, str]]:
    return ReportReason.choices
