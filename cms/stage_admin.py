"""成长阶段 in the admin: one list for the whole platform."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from cms.guards import UnlessInUseMixin
from cms.models import LifeStage
from federations.admin_views.editing import PlatformPolicy
from members.races import UniqueRaceMixin

STAGE_POLICY = PlatformPolicy(LifeStage)


class AddStageView(UniqueRaceMixin, generic.CreateView):
    pass


class EditStageView(UniqueRaceMixin, generic.EditView):
    pass


class DeleteStageView(UnlessInUseMixin, generic.DeleteView):
    in_use_message = _("还有课程或知识条目属于这个成长阶段，不能删除。请先改它们。")

    def is_in_use(self):
        """Pages of the apps above name their stages; a table between forbids nothing by itself."""
        pages = [each.get_accessor_name() for each in LifeStage._meta.related_objects]
        return super().is_in_use() or any(getattr(self.object, each).exists() for each in pages)


class LifeStageViewSet(ModelViewSet):
    model = LifeStage
    icon = "list-ul"
    menu_order = 510
    list_display = ["name", "sort_order"]
    form_fields = ["name", "sort_order"]
    ordering = ["sort_order", "pk"]
    copy_view_enabled = False
    add_view_class = AddStageView
    edit_view_class = EditStageView
    delete_view_class = DeleteStageView
