"""What the page editor says while a page is in the reviews. Nobody is locked out: an edit restarts
the round."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock


class ReviewLock(WorkflowLock):
    def for_user(self, user):
        return False

    def get_message(self, user):
        state = self.object.current_workflow_task_state
        if state is None:
            return None
        if state.is_held:
            return format_html(
                '{} <a class="button button-small button-secondary" href="{}">{}</a>',
                _("这一页还没有送出：有的用语要核对。现在改动，要重新点“提交审核”。"),
                reverse("review_words", args=[self.object.pk]),
                _("去核对"),
            )
        said = _("这一页正在%(step)s。保存改动，就要从初审重新审起。")
        return said % {"step": state.step_label}
