"""How the admin's history names what is done to questions."""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

from quizzes.models import ReviewStage


class DataFormatter(LogFormatter):
    """A message with the entry's data in it."""

    def format_message(self, log_entry):
        return self.message % log_entry.data


class StageFormatter(LogFormatter):
    def format_message(self, log_entry):
        return self.message % {"stage": ReviewStage(log_entry.data["stage"]).label}


# Key, label, message, and how it is formatted.
ACTIONS = [
    ("quizzes.question.tag", _("加标签"), _("加了标签"), LogFormatter),
    ("quizzes.question.move", _("移动"), _("移到题库“%(bank)s”"), DataFormatter),
    ("quizzes.question.retire", _("停用"), _("停用了这道题"), LogFormatter),
    ("quizzes.question.bring_back", _("恢复使用"), _("恢复使用这道题"), LogFormatter),
    ("quizzes.question.restore", _("恢复旧版"), _("恢复了第 %(number)d 版的内容"), DataFormatter),
    ("quizzes.review.approve", _("审核通过"), _("通过（%(stage)s）"), StageFormatter),
    ("quizzes.review.reject", _("审核退回"), _("退回修改（%(stage)s）"), StageFormatter),
]


def register_actions(actions):
    for key, label, message, base in ACTIONS:
        formatter = type(base.__name__, (base,), {"label": label, "message": message})
        actions.register_action(key)(formatter)
