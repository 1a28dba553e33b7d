"""What staff fill in at the desk: importing, exporting, and what is done to attempts."""

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from quizzes.admin_views.scope import edited_banks
from quizzes.interchange.registry import FORMATS
from quizzes.models import QuestionBank

from .plain_messages import speak_plainly

LARGEST_FILE = 20 * 1024**2


def import_extensions() -> list[str]:
    return [ending for each in FORMATS.values() for ending in each.extensions]


class ImportForm(forms.Form):
    bank = forms.ModelChoiceField(
        label=_("导入到题库"), queryset=None, required=False, empty_label=_("新建一个题库")
    )
    new_bank = forms.CharField(
        label=_("新题库的名称"),
        max_length=QuestionBank._meta.get_field("name").max_length,
        required=False,
        help_text=_("选了已有的题库就不用填。"),
    )
    needs_review = forms.BooleanField(
        label=_("新题库里的题要经过三审"),
        initial=True,
        required=False,
        help_text=_("勾选后，导入的题通过三审才会出给执委。已有的题库按它自己的设置。"),
    )
    file = forms.FileField(label=_("试题文件"), max_length=200)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bank"].queryset = edited_banks(user)
        endings = import_extensions()
        file = self.fields["file"]
        file.widget.attrs["accept"] = ",".join(endings)
        speak_plainly(self.fields)
        file.help_text = _("可以是 %(endings)s，不超过 20 MB。") % {"endings": "、".join(endings)}

    def clean_new_bank(self) -> str:
        return " ".join(self.cleaned_data["new_bank"].split())

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            message = _("文件有 %(size)s，超过了 20 MB；请把它分成几份，一份一份导入。")
            raise forms.ValidationError(message % {"size": filesizeformat(file.size)})
        return file

    def clean(self):
        cleaned = super().clean()
        if "bank" in self.errors or "new_bank" in self.errors or cleaned.get("bank"):
            return cleaned
        name = cleaned.get("new_bank", "")
        if not name:
            self.add_error("bank", _("请选择一个题库，或者填写新题库的名称。"))
        elif QuestionBank.objects.filter(name=name).exists():
            self.add_error("new_bank", _("已经有同名的题库，请在上面选它，或者换一个名称。"))
        return cleaned


def export_choices():
    return [(key, each.label) for key, each in FORMATS.items() if each.write]


class ExportForm(forms.Form):
    format = forms.ChoiceField(label=_("导出成"), choices=export_choices, widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("format", next((key for key, _label in export_choices()), None))
        speak_plainly(self.fields)


class VoidForm(forms.Form):
    reason = forms.CharField(
        label=_("原因"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("会记在答卷的记录里，以后可以查。"),
        error_messages={"required": _("请写明原因。")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        speak_plainly(self.fields)


class ReopenForm(VoidForm):
    minutes = forms.IntegerField(
        label=_("给她多少分钟"),
        min_value=1,
        max_value=600,
        initial=30,
        help_text=_("从现在算起。"),
    )


class ExtendForm(ReopenForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        minutes = self.fields["minutes"]
        minutes.label, minutes.help_text = _("加多少分钟"), _("从原来的截止时间算起。")
