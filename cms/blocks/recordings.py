"""Blocks of films and sounds from the library; their files are guarded by the app above."""

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.compare import CharBlockComparison
from wagtailmedia.blocks import AudioChooserBlock, VideoChooserBlock

from cms.blocks.groups import PICTURES
from cms.blocks.text import TextBlock
from cms.recordings import find_recording


class TitleComparison(CharBlockComparison):
    """By its name: wagtailmedia's own would play the original, which phones may not."""

    def htmlvalue(self, val):
        return format_html("{}", val or "")


class FilmChoiceBlock(VideoChooserBlock):
    def get_comparison_class(self):
        return TitleComparison


class SoundChoiceBlock(AudioChooserBlock):
    def get_comparison_class(self):
        return TitleComparison


class RecordingBlock(blocks.StructBlock):
    caption = blocks.CharBlock(
        label=_("标题"), required=False, max_length=120, help_text=_("不填就用音视频自己的标题。")
    )
    transcript = TextBlock(
        label=_("文字稿"),
        required=False,
        help_text=_("说了什么，写在这里：听不见、不方便听的人可以看。"),
    )

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["recording"] = find_recording(value["recording"], context.get("request"))
        context["name"] = value["caption"] or (value["recording"] and value["recording"].title)
        return context

    class Meta:
        group = PICTURES
        template = "components/blocks/recording.html"


class VideoBlock(RecordingBlock):
    recording = FilmChoiceBlock(label=_("视频"))

    class Meta:
        icon = "wagtailmedia-video"
        label = _("视频")
        description = _("从音视频库里选一段录像，读者点了才放，会写明要用多少流量。")


class AudioBlock(RecordingBlock):
    recording = SoundChoiceBlock(label=_("音频"))

    class Meta:
        icon = "wagtailmedia-audio"
        label = _("音频")
        description = _("从音视频库里选一段录音。")
