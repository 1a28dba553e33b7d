"""The admin's API is read: the menu of pages asks it.

Its actions would unpublish without a reason and a record, and delete and move past the hooks that
protect what members have learned.
"""

from wagtail.admin.api.views import PagesAdminAPIViewSet


class ReadPagesViewSet(PagesAdminAPIViewSet):
    actions: dict = {}


def close_actions(router) -> None:
    """construct_admin_api"""
    router.register_endpoint("pages", ReadPagesViewSet)
