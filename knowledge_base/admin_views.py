"""知识分类 in the admin."""

from wagtail.admin.viewsets.model import ModelViewSet

from knowledge_base.models import KnowledgeCategory


class KnowledgeCategoryViewSet(ModelViewSet):
    model = KnowledgeCategory
    icon = "list-ul"
    menu_order = 500
    list_display = ["name", "slug"]
    form_fields = ["name", "slug"]
    ordering = ["sort_order", "pk"]
    sort_order_field = "sort_order"
    copy_view_enabled = False
