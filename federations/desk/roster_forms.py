"""Forms of the roster: what is typed becomes what the domain asks for."""

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from federations.desk.access import MANAGERS, Desk
from federations.domain.roster.values import CellError, read_name, read_term
from federations.finding import find_federations
from federations.models import Federation, Position, Source
from federations.place_forms import PlaceMixin
from federations.scope import staff_federations
from members.fields import PhoneField
from members.models import Member

DATE_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]


class DayField(forms.DateField):
    """A calendar where the browser has one, else a date as people write it."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **kwargs):
        messages = {
            "required": _("请填写日期。"),
            "invalid": _("看不懂这个日期，请写成 2026-01-31 这样。"),
        }
        super().__init__(input_formats=DATE_FORMATS, error_messages=messages, **kwargs)


class CellField(forms.CharField):
    """Read and refused as the same cell of a roster would be."""

    def __init__(self, *, read, **kwargs):
        self.read = read
        super().__init__(**kwargs)

    def clean(self, value):
        text = super().clean(value)
        try:
            return self.read(text) if text else ""
        except CellError as error:
            raise forms.ValidationError(str(error)) from error


def name_field(**kwargs) -> forms.Field:
    return CellField(
        label=_("姓名"), read=read_name, error_messages={"required": _("请填写姓名。")}, **kwargs
    )


def term_field(**kwargs) -> forms.Field:
    kwargs.setdefault("help_text", _("例如：第十三届。"))
    return CellField(label=_("届次"), read=read_term, **kwargs)


def position_field(**kwargs) -> forms.Field:
    return forms.ChoiceField(label=_("职务"), choices=Position.choices, **kwargs)


def source_field(**kwargs) -> forms.Field:
    return forms.ChoiceField(label=_("来源"), choices=Source.choices, **kwargs)


def reason_field(**kwargs) -> forms.Field:
    kwargs.setdefault("label", _("原因"))
    kwargs.setdefault("help_text", _("会记在任职记录里。请不要写电话、病情这样的私事。"))
    messages = {"required": _("请写明原因。")}
    return forms.CharField(max_length=200, error_messages=messages, **kwargs)


class DeskForm(forms.Form):
    """`stamp` is what the rows looked like when the form was made."""

    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, desk: Desk, **kwargs):
        self.desk = desk
        super().__init__(*args, label_suffix="", **kwargs)

    def clean_stamp(self):
        # Without one, nothing would be compared.
        return self.cleaned_data["stamp"] or "-"


class TransferForm(PlaceMixin, DeskForm):
    field_order = ["place", "place_id", "position", "on", "term", "source", "reason"]
    no_such_place = _("您的管理范围里没有这个妇联，请核对名称。")

    position = position_field()
    on = DayField(label=_("从哪天起"), help_text=_("原来的任职到前一天为止。"))
    term = term_field(required=False)
    source = source_field(initial=Source.ADDED)
    reason = reason_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].label = _("调到哪个妇联")

    def find_places(self, text: str) -> list[Federation]:
        return find_federations(staff_federations(self.desk.member, roles=MANAGERS), text)

    def name_of(self, federation: Federation) -> str:
        return self.desk.name_of(federation)


class PositionForm(DeskForm):
    position = position_field()
    on = DayField(label=_("从哪天起"), help_text=_("原来的职务到前一天为止。"))
    source = source_field()
    reason = reason_field()


class EndForm(DeskForm):
    ends_on = DayField(label=_("任职到哪天"), help_text=_("这一天还算在任，第二天起离任。"))
    reason = reason_field(label=_("离任原因"))


class CountForm(DeskForm):
    reason = reason_field(required=False)


class CorrectionForm(DeskForm):
    """For what was entered wrongly; a change is a transfer or an end."""

    position = position_field()
    term = term_field(required=False)
    source = source_field()
    starts_on = DayField(label=_("任期起"))
    ends_on = DayField(label=_("任期止"), required=False, help_text=_("还在任就不填。"))
    reason = reason_field(label=_("哪里登记错了"))


class AppointForm(DeskForm):
    """Somebody new in the team: a member whom the phone finds, or a new account."""

    name = name_field()
    phone = PhoneField(
        required=False,
        help_text=_("已有账号的人按手机号认。没有手机号也能登记，但她不能登录。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    position = position_field(initial=Position.MEMBER)
    term = term_field(required=False)
    source = source_field(initial=Source.ADDED)
    starts_on = DayField(label=_("任期起"), initial=localdate)
    is_counted = forms.ChoiceField(
        label=_("计入单位"),
        choices=[
            ("", _("照常：还没有计入单位的，计入这里")),
            ("yes", _("改为计入这里")),
            ("no", _("不计入这里")),
        ],
        required=False,
    )
    reason = reason_field(required=False)

    def clean(self):
        cleaned = super().clean()
        phone, name = cleaned.get("phone"), cleaned.get("name")
        member = Member.objects.filter(phone=phone).first() if phone else None
        cleaned["member"] = member
        if member and name:
            self._check_known(member, name)
        elif name:
            self._check_namesakes(name, phone)
        return cleaned

    def _check_known(self, member: Member, name: str) -> None:
        if read_name(member.name) != name:
            self.add_error(
                "name", _("这个手机号在系统中属于另一位姓名不同的人，请核对姓名和手机号。")
            )
        elif not member.is_active:
            self.add_error("phone", _("这个手机号的账号已停用，请先启用它。"))

    def _check_namesakes(self, name: str, phone: str) -> None:
        """A second account of one person is easily made and hard to mend."""
        here = Member.objects.filter(appointments__federation=self.desk.place, name=name)
        if (here.filter(phone=None) if phone else here).exists():
            self.add_error(
                "name",
                _("这里已经有一位同名的人。是同一人，请在她的页面上办；不是，请填写手机号。"),
            )
