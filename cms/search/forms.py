from django import forms
from django.utils.translation import gettext_lazy as _

from cms.columns import live_columns
from cms.models import ColumnPage
from cms.models.search import LONGEST_QUERY
from cms.search.finding import Wish
from cms.search.kinds import find_kind, search_kinds


class QueryField(forms.CharField):
    def to_python(self, value):
        """Control characters come from pasted text; PostgreSQL takes no NUL."""
        text = super().to_python(value)
        return "".join(sign if sign.isprintable() else " " for sign in text).strip()


class SearchForm(forms.Form):
    """A reader's wish. Filters come from links; one that does not exist is said and left out."""

    q = QueryField(
        label=_("搜什么"),
        max_length=LONGEST_QUERY,
        required=False,
        error_messages={
            "max_length": _(
                "最多能搜 %(limit_value)d 个字，现在有 %(show_value)d 个。"
                "请留下最要紧的几个词再搜。"
            )
        },
    )
    kind = forms.ChoiceField(
        choices=lambda: [(kind.name, kind.label) for kind in search_kinds()],
        required=False,
        error_messages={"invalid_choice": _("没有这种内容，下面是全部结果。")},
    )
    column = forms.ModelChoiceField(
        ColumnPage.objects.none(),
        required=False,
        error_messages={"invalid_choice": _("没有这个栏目，下面是全部结果。")},
    )
    tag = forms.CharField(
        required=False,
        max_length=100,
        error_messages={"max_length": _("没有这个标签，下面是全部结果。")},
    )

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["column"].queryset = live_columns(member)

    @property
    def wish(self) -> Wish | None:
        """None while there is nothing to look for."""
        self.is_valid()
        facts = self.cleaned_data
        text = facts.get("q", "")
        if not text and ("q" in self.errors or not facts.get("tag")):
            return None
        return Wish(
            text=text,
            kind=find_kind(facts.get("kind", "")),
            column=facts.get("column"),
            tag=facts.get("tag", ""),
        )
