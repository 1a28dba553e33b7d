"""A federation by its name: where several fit, she is asked which of them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from federations.models import Federation


class PlaceMixin(forms.Form):
    """What a form with this mixin finds is `cleaned_data["federation"]`."""

    no_such_place = _("没有找到这个妇联，请核对名称。")

    place = forms.CharField(
        label=_("哪个妇联"),
        max_length=60,
        help_text=_("写名称或区划代码。重名的前面加上级，如“松口镇 大黄村”。"),
        error_messages={"required": _("请填写妇联名称。")},
    )
    place_id = forms.IntegerField(label=_("是哪一个"), required=False, widget=forms.HiddenInput)

    def find_places(self, text: str) -> list[Federation]:
        raise NotImplementedError

    def name_of(self, federation: Federation) -> str:
        raise NotImplementedError

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("place"):
            return cleaned
        found = self.find_places(cleaned["place"])
        chosen = [each for each in found if each.pk == cleaned.get("place_id")]
        if len(chosen or found) == 1:
            cleaned["federation"] = (chosen or found)[0]
        elif found:
            self._offer(found)
        else:
            self.add_error("place", self.no_such_place)
        return cleaned

    def _offer(self, found: list[Federation]) -> None:
        # The field itself stays: what is shown of it was bound before it was cleaned.
        names = [(each.pk, self.name_of(each)) for each in found]
        self.fields["place_id"].widget = forms.RadioSelect(choices=names)
        self.add_error("place", _("有几个妇联叫这个名称，请在下面选一个。"))
