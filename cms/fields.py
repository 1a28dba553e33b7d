"""Fields of pages: blocks that stay out of migrations, rich text that is cleaned."""

from django import forms
from wagtail.fields import RichTextField as WagtailRichTextField
from wagtail.fields import StreamField as WagtailStreamField

from cms.richtext import TEXT_FEATURES, clean_rich_text


class StreamField(WagtailStreamField):
    """Editing a block is no schema change."""

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs


class RichTextFormField(forms.CharField):
    def __init__(self, *, features, **kwargs):
        super().__init__(**kwargs)
        self.features = features

    def to_python(self, value):
        return clean_rich_text(super().to_python(value), self.features)


class RichTextField(WagtailRichTextField):
    """Keeps what its own features can make, whoever filled in the form."""

    def __init__(self, *args, features=TEXT_FEATURES, **kwargs):
        super().__init__(*args, features=list(features), **kwargs)

    def deconstruct(self):
        """To the database it is Wagtail's own."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.fields.RichTextField", args, kwargs

    def formfield(self, **kwargs):
        return super().formfield(form_class=RichTextFormField, features=self.features, **kwargs)
