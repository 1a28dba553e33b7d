from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from knowledge_base import own_data, page_contexts, search_kinds  # noqa: F401 they register hooks
from knowledge_base.admin_views import CATEGORY_POLICY, KnowledgeCategoryViewSet
from knowledge_base.domain.erasing import erase_feedback
from knowledge_base.domain.merging import merge_feedback
from knowledge_base.feedback_admin import FEEDBACK_POLICY, FeedbackMenuItem
from knowledge_base.models import Feedback, KnowledgeCategory

register_permission_policy(KnowledgeCategory, CATEGORY_POLICY, exact_class=True)
register_permission_policy(Feedback, FEEDBACK_POLICY, exact_class=True)

hooks.register("merge_members", merge_feedback, order=30)
hooks.register("erase_member", erase_feedback)
viewset = KnowledgeCategoryViewSet()


@hooks.register("register_admin_viewset")
def register_viewset():
    return viewset


@hooks.register("register_admin_urls")
def register_feedback_urls():
    return [path("knowledge-feedback/", include("knowledge_base.feedback_admin"))]


# The group 内容 is made in cms.wagtail_hooks.
@hooks.register("register_content_menu_item")
def register_category_menu_item():
    return viewset.get_menu_item()


@hooks.register("register_content_menu_item")
def register_feedback_menu_item():
    return FeedbackMenuItem(
        _("条目反馈"),
        reverse("knowledge_feedback"),
        name="knowledge-feedback",
        icon_name="comment",
        order=520,
    )
