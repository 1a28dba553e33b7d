"""Uploading a Word document."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance, fields_for_model
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.word.package import MAX_FILE_BYTES


class WordForm(forms.Form):
    """The file, and what the kind of page cannot do without."""

    file = forms.FileField(
        label=_("Word 文档"),
        help_text=_("只收 .docx，不超过 10 MB，最多 100 张图。"),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )

    def __init__(self, *args, page: Page, **kwargs):
        super().__init__(*args, **kwargs)
        self.page = page
        self.fields |= fields_for_model(type(page), fields=page.word_fields)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            message = _("文件超过 10 MB。请在 Word 里压缩图片（图片格式—压缩图片），再来导入。")
            raise ValidationError(message)
        return file

    def fill_page(self) -> Page:
        """The page that was never saved, with its fields."""
        return construct_instance(self, self.page, fields=self.page.word_fields)
