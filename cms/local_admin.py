"""各地精选, their kinds, and the list of domains that may be linked to."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from cms.guards import UnlessInUseMixin
from cms.link_forms import AllowedDomainForm
from cms.local_forms import LocalPickForm
from cms.models import AllowedDomain, LocalPick, PickKind
from federations.admin_views.editing import EditedViewSetMixin, EditingPolicy, PlatformPolicy
from members.races import UniqueRaceMixin

PICK_POLICY = EditingPolicy(LocalPick)
KIND_POLICY = PlatformPolicy(PickKind)
DOMAIN_POLICY = PlatformPolicy(AllowedDomain)


class AddView(UniqueRaceMixin, generic.CreateView):
    pass


class EditView(UniqueRaceMixin, generic.EditView):
    pass


class DeleteKindView(UnlessInUseMixin, generic.DeleteView):
    in_use_message = _("还有精选属于这个分类，不能删除。请先给它们换个分类。")


def name_city(pick: LocalPick):
    return pick.city.name if pick.city else _("全省")


class LocalPickViewSet(EditedViewSetMixin, ModelViewSet):
    model = LocalPick
    icon = "site"
    menu_order = 520
    list_display = [
        "title",
        "kind",
        Column("city", label=_("城市"), accessor=name_city),
        Column("federation", label=_("主办妇联")),
        "sort_order",
        BooleanColumn("is_on", label=_("上架"), sort_key="is_on"),
    ]
    list_filter = ["kind", "is_on"]
    list_per_page = 30
    ordering = ["sort_order", "-pk"]
    search_fields = ["title", "summary"]

    class index_view_class(generic.IndexView):
        def get_base_queryset(self):
            return super().get_base_queryset().select_related("kind", "city", "federation")

    def get_form_class(self, for_update=False):
        return LocalPickForm


class PickKindViewSet(ModelViewSet):
    model = PickKind
    icon = "list-ul"
    menu_order = 530
    list_display = ["name"]
    form_fields = ["name"]
    ordering = ["sort_order", "pk"]
    sort_order_field = "sort_order"
    copy_view_enabled = False
    add_view_class = AddView
    edit_view_class = EditView
    delete_view_class = DeleteKindView


class AllowedDomainViewSet(ModelViewSet):
    model = AllowedDomain
    icon = "globe"
    menu_order = 540
    list_display = ["domain", "note"]
    list_per_page = 50
    search_fields = ["domain", "note"]
    copy_view_enabled = False
    add_view_class = AddView
    edit_view_class = EditView

    def get_form_class(self, for_update=False):
        return AllowedDomainForm


VIEWSETS = [LocalPickViewSet(), PickKindViewSet(), AllowedDomainViewSet()]
