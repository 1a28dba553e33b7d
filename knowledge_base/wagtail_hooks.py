from wagtail import hooks
from wagtail.permissions import register_permission_policy

from knowledge_base import page_contexts, search_kinds  # noqa: F401 they register hooks
from knowledge_base.admin_views import CATEGORY_POLICY, KnowledgeCategoryViewSet
from knowledge_base.models import KnowledgeCategory

register_permission_policy(KnowledgeCategory, CATEGORY_POLICY, exact_class=True)

viewset = KnowledgeCategoryViewSet()


@hooks.register("register_admin_viewset")
def register_viewset():
    return viewset


# The group 内容 is made in cms.wagtail_hooks.
@hooks.register("register_content_menu_item")
def register_category_menu_item():
    return viewset.get_menu_item()
