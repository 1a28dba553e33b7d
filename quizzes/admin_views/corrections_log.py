"""How a question's history names its corrections."""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter


class Drafted(LogFormatter):
    label = _("写更正")
    message = _("写了一份更正，还没有执行")


class Applied(LogFormatter):
    label = _("更正")

    def format_message(self, log_entry):
        done = _("作废了这道题") if log_entry.data["is_void"] else _("更正了答案")
        return _("%(done)s，原因：%(reason)s") % {"done": done, "reason": log_entry.data["reason"]}


def register_correction_actions(actions):
    actions.register_action("quizzes.correction.draft")(Drafted)
    actions.register_action("quizzes.correction.apply")(Applied)
