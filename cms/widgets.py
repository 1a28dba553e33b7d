"""Choosing by picture."""

from django import forms
from django.templatetags.static import static
from django.utils.html import format_html

ICON = '<svg aria-hidden="true"><use href="{}#i-{}"></use></svg> {}'
SWATCH = '<i class="swatch is-{}" aria-hidden="true"></i> {}'


class IconRadio(forms.RadioSelect):
    """Radio buttons, each with its icon of static/icons.svg, or with its colour."""

    def __init__(self, kind: str = "icon-pick", **kwargs):
        self.kind = kind
        super().__init__(attrs={"class": kind}, **kwargs)

    def create_option(self, name, value, label, *args, **kwargs):
        if self.kind == "icon-pick":
            label = format_html(ICON, static("icons.svg"), value, label)
        else:
            label = format_html(SWATCH, value, label)
        return super().create_option(name, value, label, *args, **kwargs)
