"""Authoring: what an uploaded film or recording must be, and what a lesson must have."""

from pathlib import PurePath

from django import forms
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtailmedia.forms import BaseMediaForm
from wagtailmedia.settings import wagtailmedia_settings

from cms.forms import DraftAwareForm
from courses.captions_form import CaptionsFormMixin
from courses.domain.recording import Recording, UnplayableRecording, read_recording

MAX_POINTS, MAX_POINT = 3, 60


class LessonMediaForm(CaptionsFormMixin, BaseMediaForm):
    """Duration, size and kind are read from the file, so nobody has to type them, or can."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data or not file:
            return file
        _check_extension(file.name, allowed_extensions())
        try:
            recording = read_recording(file)
        except UnplayableRecording as error:
            raise forms.ValidationError(str(error)) from error
        finally:
            file.seek(0)
        _check_extension(file.name, allowed_extensions(recording.type))
        self._describe(recording, file.size)
        return file

    def _describe(self, recording: Recording, size: int) -> None:
        # On the instance at once: the model checks the file against its type next.
        self.instance.type = recording.type
        self.instance.duration = recording.duration
        self.instance.width = recording.width
        self.instance.height = recording.height
        self.instance.size = size


def allowed_extensions(kind: str = "") -> list[str]:
    by_kind = {
        "audio": wagtailmedia_settings.AUDIO_EXTENSIONS,
        "video": wagtailmedia_settings.VIDEO_EXTENSIONS,
    }
    return by_kind[kind] if kind else [*by_kind["video"], *by_kind["audio"]]


def _check_extension(name: str, allowed: list[str]) -> None:
    extension = PurePath(name).suffix.lower().lstrip(".")
    if extension not in allowed:
        raise forms.ValidationError(
            _("不能上传 .%(extension)s 文件，这里请用 %(allowed)s。"),
            params={
                "extension": extension,
                "allowed": "、".join(f".{each}" for each in allowed),
            },
        )


class LessonPageForm(DraftAwareForm):
    def clean(self):
        cleaned = super().clean()
        has_content = cleaned.get("media") or has_text(cleaned.get("body"))
        if not has_content and not self.is_draft:
            self.add_error("media", _("请选择音视频，或在正文里写图文课的内容。"))
        return cleaned

    def clean_points(self):
        """One sentence a line; blank lines and blanks around them go."""
        points = [line.strip() for line in self.cleaned_data["points"].splitlines()]
        points = [line for line in points if line]
        if len(points) > MAX_POINTS:
            raise forms.ValidationError(_("最多三句话，一行一句。"))
        for number, point in enumerate(points, start=1):
            if len(point) > MAX_POINT:
                raise forms.ValidationError(
                    _("第 %(number)d 句有 %(count)d 个字，每句最多 %(most)d 个字，请写短一些。"),
                    params={"number": number, "count": len(point), "most": MAX_POINT},
                )
        return "\n".join(points)


def has_text(html) -> bool:
    """Rich text that shows something: an empty editor still yields a paragraph."""
    return bool(strip_tags(html or "").strip())
