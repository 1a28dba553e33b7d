"""Authoring: what an uploaded film or recording must be, and what a lesson must have."""

from pathlib import PurePath

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse_lazy
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtailmedia.forms import BaseMediaForm

from cms.forms import DraftAwareForm
from cms.library_forms import ReviewedFileMixin
from courses.captions_form import CaptionsFormMixin
from courses.domain.encoding import ask_for_encoding, take_over_renditions
from courses.domain.recording import Recording, UnplayableRecording, read_recording
from courses.domain.uploads import claim_upload, find_upload, too_large_text
from courses.models import MediaUpload
from federations.domain.jobs import shorten_name

# What static/js/admin-upload.js says while it works.
UPLOAD_TEXTS = {
    "busy": _("正在上传，已传 {percent}%，请先不要关闭这一页。"),
    "waiting": _("网络断了，已传 {percent}%，连上后会接着传。"),
    "done": _("“{name}”已经传完，其他内容填好就可以保存了。"),
    "failed": _("没有传上去，请再试一次。"),
    "signedOut": _("登录已过期。请在新窗口登录，再点“再试一次”，会接着传。"),
    "unfinished": _("正在上传，已传 {percent}%，传完会自动保存，请不要关闭这一页。"),
    "retry": _("再试一次"),
    "progress": _("上传进度"),
}


class UploadedRecording(UploadedFile):
    """A file that came in chunks; the storage moves it instead of copying 200 MB."""

    def __init__(self, upload: MediaUpload):
        super().__init__(upload.path.open("rb"), upload.name, size=upload.size)
        self.path = upload.path

    def temporary_file_path(self) -> str:
        return str(self.path)

    def close(self) -> None:
        self.file.close()


MAX_POINTS, MAX_POINT = 3, 60


class LessonMediaForm(CaptionsFormMixin, ReviewedFileMixin, BaseMediaForm):
    """The file is read, so nobody has to type what it is, or can; then its encoding is asked for.

    It comes with the form, or in chunks before it: then the script adds a field `upload` that names
    them.
    """

    class Media:
        js = ["js/admin-upload.js"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.claimed = self._find_upload()
        field = self.fields["file"]
        field.widget.attrs |= self._upload_attributes()
        # The storage shortens it.
        field.max_length = None
        if self.claimed is not None:
            self.files = {**self.files, self.add_prefix("file"): UploadedRecording(self.claimed)}
            field.help_text = UPLOAD_TEXTS["done"].replace("{name}", self.claimed.name)

    def _find_upload(self) -> MediaUpload | None:
        named = self.data.get(self.add_prefix("upload"), "") if self.is_bound else ""
        upload = find_upload(owner=self.user, upload_id=named) if named else None
        return upload if upload and upload.is_complete and upload.path.is_file() else None

    def _upload_attributes(self) -> dict:
        texts = {f"data-text-{name.lower()}": text for name, text in UPLOAD_TEXTS.items()}
        return texts | {
            "accept": ",".join(f".{each}" for each in settings.RECORDING_EXTENSIONS),
            "data-upload-url": reverse_lazy("media_upload_begin"),
            "data-upload-field": self.add_prefix("upload"),
            "data-upload-id": str(self.claimed.pk) if self.claimed else "",
        }

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data or not file:
            return file
        _check_file(file)
        try:
            recording = read_recording(file)
        except UnplayableRecording as error:
            raise forms.ValidationError(str(error)) from error
        finally:
            file.seek(0)
        # Disks end at 255 bytes, which are 85 Chinese characters.
        file.name = shorten_name(file.name)
        self._describe(recording, file.size)
        return file

    def _describe(self, recording: Recording, size: int) -> None:
        self.instance.size = size
        # What members play until the new renditions are there keeps its description.
        if not self.instance.is_ready:
            self.instance.type = recording.type

    def full_clean(self):
        super().full_clean()
        if self.is_bound and self.claimed and not self._errors:
            self._claim()

    def _claim(self) -> None:
        """When all else is right: a form that comes back keeps its upload."""
        if not claim_upload(upload=self.claimed):
            self.add_error("file", _("这个文件已经保存过了，请到列表里看看。"))

    def save(self, commit=True):
        has_new_poster = "thumbnail" in self.changed_data
        if has_new_poster:
            self.instance.is_thumbnail_made = False
        with transaction.atomic():
            if self.instance.pk:
                take_over_renditions(self.instance, has_new_poster=has_new_poster)
            media = super().save(commit)
            if "file" in self.changed_data:
                ask_for_encoding(media_id=media.pk, owner=self.user)
        return media


def _check_file(file: UploadedFile) -> None:
    extension = PurePath(file.name).suffix.lower().lstrip(".")
    if extension not in settings.RECORDING_EXTENSIONS:
        raise forms.ValidationError(
            _("不能上传 .%(extension)s 文件，这里请用 MP4、MOV、MP3、M4A 这一类的音视频文件。"),
            params={"extension": extension},
        )
    if file.size > settings.RECORDING_MAX_SIZE:
        raise forms.ValidationError(too_large_text(settings.RECORDING_MAX_SIZE))


class LessonPageForm(DraftAwareForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Which questions she may put below a lesson, the quiz engine knows.
        for adapt in hooks.get_hooks("lesson_form"):
            adapt(self)

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
