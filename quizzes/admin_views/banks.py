"""题库 in the admin: the banks themselves."""

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from cms.guards import UnlessInUseMixin
from federations.admin_views.editing import EditedViewSetMixin
from members.races import UniqueRaceMixin
from quizzes.admin_views.transfer_buttons import BankTransferMixin
from quizzes.desk.drafts import is_bank_drafted
from quizzes.forms import QuestionBankForm
from quizzes.models import QuestionBank, ReviewStage

BANK_IN_USE = _("题库里还有试题，或有测验（草稿也算）从它抽题，不能删除。")
WAITING = Q(questions__proposed__stage__gt=ReviewStage.NONE)


class AddBankView(UniqueRaceMixin, generic.CreateView):
    pass


class EditBankView(UniqueRaceMixin, generic.EditView):
    pass


class DeleteBankView(UnlessInUseMixin, generic.DeleteView):
    in_use_message = BANK_IN_USE

    def is_in_use(self):
        return super().is_in_use() or is_bank_drafted(self.object.pk)


def name_review(bank: QuestionBank):
    return _("是") if bank.needs_review else _("否")


class QuestionBankViewSet(EditedViewSetMixin, ModelViewSet):
    model = QuestionBank
    icon = "folder-open-1"
    menu_order = 200
    list_display = [
        "name",
        Column("federation", label=_("所属妇联")),
        Column("question_count", label=_("题数")),
        Column("needs_review", label=_("要经三审"), accessor=name_review, sort_key="needs_review"),
        Column("waiting_count", label=_("待审")),
    ]
    list_per_page = 30
    ordering = "name"
    search_fields = ["name"]
    add_view_class = AddBankView
    edit_view_class = EditBankView
    delete_view_class = DeleteBankView

    class index_view_class(BankTransferMixin, generic.IndexView):
        add_item_label = _("添加题库")

        def get_base_queryset(self):
            rows = super().get_base_queryset().select_related("federation")
            return rows.annotate(
                question_count=Count("questions"),
                waiting_count=Count("questions", filter=WAITING),
            )

    def get_form_class(self, for_update=False):
        return QuestionBankForm
