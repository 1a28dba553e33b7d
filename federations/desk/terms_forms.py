"""The form of 换届: the old team with who stays, and the list of who is new."""

import re
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from federations.desk.roster_forms import DayField, DeskForm, term_field
from federations.domain.roster.values import CellError, read_name, read_phone
from federations.domain.terms import Ballot, Newcomer
from federations.models import Appointment, Position

LIKE_PHONE = re.compile(r"\+?[\d\-()（）]{5,}")
MOST_LINES = 200
STAYS, LEAVES = "stays", "leaves"


class RenewalForm(DeskForm):
    term = term_field()
    elected_on = DayField(
        label=gettext_lazy("换届日期"),
        help_text=gettext_lazy("选举那天。老一届到前一天为止，新一届从这天起。"),
    )
    newcomers = forms.CharField(
        label=gettext_lazy("新任的人"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        help_text=gettext_lazy(
            "一行一位：姓名 手机号 职务，用空格隔开，可以从表格里整块粘贴。职务不写就是执委。"
        ),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args, team: list[Appointment], **kwargs):
        super().__init__(*args, **kwargs)
        self.team = team
        for each in team:
            self.fields[f"who-{each.pk}"] = forms.ChoiceField(
                choices=[(STAYS, gettext_lazy("留任")), (LEAVES, gettext_lazy("离任"))],
                widget=forms.RadioSelect,
                initial=STAYS,
            )
            self.fields[f"position-{each.pk}"] = forms.ChoiceField(
                choices=Position.choices, initial=each.position
            )

    def rows(self):
        """(appointment, field of who stays, field of the position) for the template."""
        for each in self.team:
            yield each, self[f"who-{each.pk}"], self[f"position-{each.pk}"]

    def clean_newcomers(self) -> list[Newcomer]:
        lines = [each for each in self.cleaned_data["newcomers"].splitlines() if each.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("一次最多 %d 行。") % MOST_LINES)
        read, faults = [], []
        for number, line in enumerate(lines, start=1):
            try:
                read.append(read_newcomer(line))
            except CellError as error:
                faults.append(_("第 %(line)d 行：%(fault)s") % {"line": number, "fault": error})
        if faults:
            raise forms.ValidationError(faults[:10])
        return read

    def ballot(self) -> Ballot:
        entered = self.cleaned_data
        return Ballot(
            federation=self.desk.place,
            term=entered["term"],
            elected_on=entered["elected_on"],
            kept={
                each.pk: entered[f"position-{each.pk}"]
                for each in self.team
                if entered[f"who-{each.pk}"] == STAYS
            },
            newcomers=entered["newcomers"],
        )


def read_newcomer(line: str) -> Newcomer:
    """陈秀英 13800001234 副主席, in any order; raises CellError with what is wrong."""
    words = [each for each in re.split(r"[\s,，、;；|]+", line) if each]
    positions = [each for each in words if each in Position.values]
    phones = [each for each in words if LIKE_PHONE.fullmatch(each)]
    names = [each for each in words if each not in positions and each not in phones]
    if len(positions) > 1 or len(phones) > 1:
        raise CellError(_("一行只写一位：姓名、手机号、职务。"))
    if HAN_POSITION.search("".join(names[1:])):
        raise CellError(_("职务应为以下之一：%s。") % "、".join(Position.values))
    return Newcomer(
        name=read_name(" ".join(names)),
        phone=read_phone(phones[0]) if phones else "",
        position=positions[0] if positions else Position.MEMBER.value,
    )


# 陈秀英 副主任: nobody is called that.
HAN_POSITION = re.compile(r"主任|主席|委员|常委|执委|代表|书记")
