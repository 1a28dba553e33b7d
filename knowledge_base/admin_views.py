"""知识分类 in the admin: one list for the whole platform."""

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Revision

from cms.guards import UnlessInUseMixin
from federations.admin_views.editing import PlatformPolicy
from knowledge_base.models import KnowledgeCategory, KnowledgePage
from members.races import UniqueRaceMixin

CATEGORY_POLICY = PlatformPolicy(KnowledgeCategory)


class AddCategoryView(UniqueRaceMixin, generic.CreateView):
    pass


class EditCategoryView(UniqueRaceMixin, generic.EditView):
    pass


class DeleteCategoryView(UnlessInUseMixin, generic.DeleteView):
    in_use_message = _(
        "还有知识条目属于这个分类（草稿和历史版本也算），不能删除。请先改条目的分类。"
    )

    def is_in_use(self):
        pages = ContentType.objects.get_for_model(KnowledgePage)
        revisions = Revision.objects.filter(content_type=pages, content__category=self.object.pk)
        return super().is_in_use() or revisions.exists()


class KnowledgeCategoryViewSet(ModelViewSet):
    model = KnowledgeCategory
    icon = "list-ul"
    menu_order = 500
    list_display = ["name", "slug"]
    form_fields = ["name", "slug"]
    ordering = ["sort_order", "pk"]
    sort_order_field = "sort_order"
    copy_view_enabled = False
    add_view_class = AddCategoryView
    edit_view_class = EditCategoryView
    delete_view_class = DeleteCategoryView
