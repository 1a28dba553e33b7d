"""Wagtail's user administration, with the project's own viewset."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersAppConfig(WagtailUsersAppConfig):
    user_viewset = "members.admin_views.UserViewSet"
