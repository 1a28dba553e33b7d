"""What an uploaded film or sound really is, read from the file itself."""

from dataclasses import dataclass
from typing import BinaryIO

import av
from av.stream import Disposition
from django.utils.translation import gettext as _

# What every browser down to Chrome 69 and iOS 12 plays.
VIDEO_CODECS = {"h264"}
AUDIO_CODECS = {"aac", "mp3"}


class UnplayableRecording(ValueError):
    """The file cannot be a lesson; the message says what to do, in Chinese."""


@dataclass(frozen=True)
class Recording:
    """`type` is video or audio; `duration` in seconds; sizes in pixels, None without a picture."""

    type: str
    duration: float
    width: int | None = None
    height: int | None = None


def read_recording(file: BinaryIO) -> Recording:
    """Raises UnplayableRecording."""
    try:
        with av.open(file) as container:
            return _describe(container)
    except (av.error.FFmpegError, EOFError) as error:
        raise UnplayableRecording(
            _("这个文件打不开，可能已损坏或没有传完整。请在电脑上试播一遍，再重新导出并上传。")
        ) from error


def _describe(container) -> Recording:
    # The cover of an mp3 counts as a video stream with one picture.
    video = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    audio = list(container.streams.audio)
    if not video and not audio:
        raise UnplayableRecording(_("这个文件里没有画面，也没有声音，请换一个文件。"))
    _check_codecs(video, audio)
    leading = (video or audio)[0]
    # Reading one frame tells a whole file from one that only has a sound header.
    next(container.decode(leading))
    duration = _read_duration(container, leading)
    if not video:
        return Recording("audio", duration)
    return Recording("video", duration, leading.width, leading.height)


def _check_codecs(video, audio) -> None:
    for streams, playable, wanted in [
        (video, VIDEO_CODECS, "H.264"),
        (audio, AUDIO_CODECS, "AAC / MP3"),
    ]:
        for stream in streams:
            codec = stream.codec_context.name
            if codec not in playable and not codec.startswith(tuple(playable)):
                raise UnplayableRecording(
                    _("文件的编码是 %(codec)s，部分手机放不出来。请用 %(wanted)s 编码重新导出。")
                    % {"codec": codec, "wanted": wanted}
                )


def _read_duration(container, stream) -> float:
    if container.duration:
        duration = container.duration / av.time_base
    else:
        duration = float((stream.duration or 0) * stream.time_base)
    if duration <= 0:
        raise UnplayableRecording(_("读不出这个文件的时长，请重新导出后上传。"))
    return round(duration, 3)
