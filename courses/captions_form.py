"""The subtitles of an uploaded recording."""

from pathlib import PurePath

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from courses.captions import BadCaptions, read_captions

EXTENSIONS = (".vtt", ".srt")


class CaptionsFormMixin:
    """For a form with the field `captions`."""

    def clean_captions(self):
        """Read before they are kept: what a phone cannot show is said here, with the line."""
        captions = self.cleaned_data["captions"]
        if "captions" not in self.changed_data or not captions:
            return captions
        name = PurePath(captions.name)
        if name.suffix.lower() not in EXTENSIONS:
            raise forms.ValidationError(_("字幕请用 .vtt 或 .srt 文件。"))
        try:
            text = read_captions(name.name, captions.read())
        except BadCaptions as error:
            raise forms.ValidationError(str(error)) from error
        return ContentFile(text.encode(), name=f"{name.stem}.vtt")
