"""Rows outside the viewer's scope do not exist: not in a list, a file or a chooser, nor by address.

Wagtail asks a permission policy about the model, not about the row, in its list, edit, history,
inspect and export views. So the viewset itself wraps *every* view that it builds; a view that a
later Wagtail adds is wrapped as well.
"""

from django.db.models import Exists, OuterRef
from django.http import Http404
from wagtail.admin.menu import MenuItem
from wagtail.admin.views import generic
from wagtail.permissions import policy_registry

from federations.scope import staff_paths, within_paths


class ScopedListMixin:
    viewset = None

    def get_base_queryset(self):
        rows = self.viewset.rows_for(self.request.user, "view", super().get_base_queryset())
        changeable = self.viewset.rows_for(self.request.user, "change")
        return rows.annotate(is_changeable=Exists(changeable.filter(pk=OuterRef("pk"))))

    def get_edit_url(self, instance):
        return super().get_edit_url(instance) if instance.is_changeable else None

    def get_delete_url(self, instance):
        return super().get_delete_url(instance) if instance.is_changeable else None


class ScopedObjectMixin:
    viewset = None

    def get_object(self, *args, **kwargs):
        found = super().get_object(*args, **kwargs)
        action = getattr(self, "permission_required", None) or "view"
        if not self._may(action, found):
            raise Http404
        return found

    def get_edit_url(self, *args):
        is_linked = self._may("change", self.object)
        return super().get_edit_url(*args) if is_linked else None

    def _may(self, action, row) -> bool:
        rows = self.viewset.rows_for(self.request.user, action)
        return rows.filter(pk=row.pk).exists()


class ScopedViewSetMixin:
    """For a ModelViewSet whose rows belong to a federation, found by `path_field`."""

    path_field = "federation__path"
    copy_view_enabled = False

    @property
    def policy(self):
        return policy_registry.get_by_type(self.model)

    def rows_for(self, user, action, rows=None):
        """The rows to which `user` may do `action`, out of `rows`."""
        rows = self.model._default_manager.all() if rows is None else rows
        if user.is_superuser:
            return rows
        return self.limit_rows(user, rows, roles=self.policy.roles_for(action))

    def limit_rows(self, user, rows, *, roles):
        return rows.filter(within_paths(self.path_field, staff_paths(user, roles=roles)))

    def construct_view(self, view_class, **kwargs):
        return super().construct_view(self._scope(view_class), **kwargs)

    def _scope(self, view_class):
        if issubclass(view_class, generic.CreateView):
            mixins = ()
        elif issubclass(view_class, generic.IndexView):
            mixins = (ScopedListMixin,)
        else:
            mixins = (ScopedObjectMixin,)
        attributes = {"viewset": self, "permission_policy": self.policy}
        return type(view_class.__name__, (*mixins, view_class), attributes)

    def register_permissions(self):
        """None for the group editor: staff roles decide, and records would look as if they did."""

    @property
    def menu_item_class(self):
        viewset = self

        class ScopedMenuItem(MenuItem):
            def is_shown(self, request):
                return viewset.policy.user_has_permission(request.user, "view")

        return ScopedMenuItem
