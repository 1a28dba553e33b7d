"""Authoring a local pick: whose it is, and that it leads to exactly one allowed place."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from cms.link_forms import AddressFormMixin
from cms.local import city_of
from cms.models import LocalPick
from federations.admin_views.choosers import FederationChooser
from federations.editing import EDITING_ROLES, edits_whole_platform, own_federation
from federations.models import Federation, Level
from federations.scope import staff_federations

FIELDS = [
    "title",
    "summary",
    "kind",
    "federation",
    "city",
    "address",
    "app_id",
    "app_name",
    "app_path",
    "hint",
    "picture",
    "sort_order",
    "is_on",
    "starts_on",
    "ends_on",
]
ONE_OF_TWO = _("网址和小程序请只填一样：卡片只能通到一个地方。")
NEITHER = _("请填网址，或填小程序的 AppID。")
NAME_NEEDED = _("请填小程序的名称：不在微信里打开时，要告诉读者搜什么。")
APP_ID_NEEDED = _("填了小程序的名称或路径，请把 AppID 也填上。")
DATES = _("结束的日期比开始还早，请改一个。")


class LocalPickForm(AddressFormMixin, WagtailAdminModelForm):
    class Meta:
        model = LocalPick
        fields = FIELDS
        widgets = {"federation": FederationChooser}
        error_messages = {
            "federation": {"invalid_choice": _("请选择您编辑范围内的妇联。")},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        federation, city = self.fields["federation"], self.fields["city"]
        federation.queryset = staff_federations(self.for_user, roles=EDITING_ROLES)
        if self.instance.pk is None:
            federation.initial = own_federation(self.for_user)
        city.queryset = Federation.objects.at_level(Level.CITY)
        city.empty_label = _("全省")
        if not edits_whole_platform(self.for_user):
            # Her federation says which city it is.
            del self.fields["city"]

    def clean_app_id(self):
        return self.cleaned_data["app_id"].strip()

    def clean(self):
        cleaned = super().clean()
        self._check_way(cleaned)
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", DATES)
        if "city" not in self.fields and cleaned.get("federation"):
            self.instance.city = city_of(cleaned["federation"])
        return cleaned

    def _check_way(self, cleaned: dict) -> None:
        if {"address", "app_id"} & self.errors.keys():
            return
        address, app_id = cleaned.get("address"), cleaned.get("app_id")
        if address and app_id:
            self.add_error("app_id", ONE_OF_TWO)
        elif not app_id and (cleaned.get("app_name") or cleaned.get("app_path")):
            self.add_error("app_id", APP_ID_NEEDED)
        elif not address and not app_id:
            self.add_error("address", NEITHER)
        elif app_id and not cleaned.get("app_name"):
            self.add_error("app_name", NAME_NEEDED)
