from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from federations.admin_views.choosers import FederationChooser
from federations.editing import EDITING_ROLES, edits_whole_platform
from federations.scope import staff_federations
from quizzes.models import QuestionBank

from .plain_messages import speak_plainly


class QuestionBankForm(WagtailAdminModelForm):
    class Meta:
        model = QuestionBank
        fields = ["name", "federation", "needs_review"]
        widgets = {"federation": FederationChooser}
        help_texts = {
            "federation": _("不填就是全平台共用，由省妇联的编辑管理。"),
            "needs_review": _(
                "新题和改动要经三个人初审、复审、终审才用到测验里，作者自己不能审。"
                "取消勾选后，已经送审的照样等着审；再保存哪道题，哪道题就直接启用。"
            ),
        }
        error_messages = {
            "name": {"unique": _("已经有同名的题库，请换一个名称。")},
            "federation": {
                "required": _("请选择题库所属的妇联；全平台共用的题库由省妇联的编辑建立。"),
                "invalid_choice": _("请选择您编辑范围内的妇联。"),
            },
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        speak_plainly(self.fields)
        if self.instance.pk is None:
            self.initial["needs_review"] = True
        federation = self.fields["federation"]
        federation.queryset = staff_federations(self.for_user, roles=EDITING_ROLES)
        if not edits_whole_platform(self.for_user):
            federation.required, federation.help_text = True, ""
