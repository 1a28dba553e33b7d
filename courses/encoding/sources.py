"""What an uploaded file really is, read from the file itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import av
from av.stream import Disposition

# Named one by one: playlists (HLS, concat) would let a file read others, or addresses of the net.
DEMUXERS = "mov,matroska,avi,asf,flv,mpegts,mpeg,mp3,wav,w64,aac,ogg,flac,amr,aiff"
OPTIONS = {"format_whitelist": DEMUXERS, "protocol_whitelist": "file"}
# Every duration that is not read from a file's index is a guess, so the limit is checked twice.
MOST_SECONDS = 4 * 3600
MOST_PIXELS = 7680 * 4320
STILL = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image
# A decoder takes the memory of a few pictures for each of its threads.
MOST_THREADS = 4


class Fault(StrEnum):
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    TRUNCATED = "truncated"
    TOO_LONG = "too_long"
    TOO_LARGE = "too_large"
    DISK_FULL = "disk_full"


class UnusableSource(Exception):
    """The file cannot become a lesson; `fault` says why."""

    def __init__(self, fault: Fault):
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class Recording:
    """`type` is video or audio; `duration` in seconds as the file claims, 0 when it does not say.

    `width` and `height` in pixels as they are shown (upright, square pixels), None without a film.
    """

    type: str
    duration: float
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class Shape:
    """A film's picture: sizes as stored, `turn` in degrees clockwise until it stands upright."""

    width: int
    height: int
    aspect: Fraction
    turn: int
    rate: Fraction

    def upright(self) -> tuple[int, int]:
        width = round(self.width * self.aspect)
        return (self.height, width) if self.turn % 180 else (width, self.height)


@dataclass(frozen=True)
class Source:
    """An opened file with the streams that count."""

    container: av.container.InputContainer
    video: av.VideoStream | None
    audio: av.AudioStream | None
    cover: av.VideoStream | None

    @property
    def streams(self) -> list:
        return [stream for stream in (self.video, self.audio) if stream is not None]

    @property
    def origin(self) -> float:
        """When the recording begins, in seconds: broadcasts and cut films do not begin at 0."""
        starts = [each.start_time * each.time_base for each in self.streams if each.start_time]
        return float(min(starts)) if len(starts) == len(self.streams) else 0.0

    @property
    def seconds(self) -> float:
        known = [each.duration * each.time_base for each in self.streams if each.duration]
        if known:
            return float(max(known))
        whole = (self.container.duration or 0) / av.time_base
        # Matroska says when it ends, all others how long they last.
        is_end = self.container.format.name.startswith("matroska")
        return max(0.0, whole - self.origin) if is_end else whole

    @property
    def tells_its_length(self) -> bool:
        """Whether the duration is written in the file, not estimated from its size."""
        return self.container.format.name.startswith(("mov", "matroska"))


def read_recording(file: BinaryIO | Path | str) -> Recording:
    """Raises UnusableSource."""
    with open_source(file) as source:
        shape = read_shape(source)
        if shape is None:
            return Recording("audio", round(source.seconds, 3))
        return Recording("video", round(source.seconds, 3), *shape.upright())


@contextmanager
def open_source(file: BinaryIO | Path | str) -> Iterator[Source]:
    """Raises UnusableSource when it is no recording, or one longer than four hours."""
    opened = file if hasattr(file, "read") else str(file)
    # Titles in GBK are no reason to refuse a song.
    with _readable(
        lambda: av.open(opened, options=OPTIONS, metadata_errors="replace")
    ) as container:
        source = _choose_streams(container)
        if source.seconds > MOST_SECONDS:
            raise UnusableSource(Fault.TOO_LONG)
        yield source


def read_shape(source: Source) -> Shape | None:
    """Decodes one frame: that tells a whole file from one that has only a head. None for sound."""
    stream = source.video or source.audio
    frame = _readable(lambda: next(source.container.decode(stream)))
    if source.video is None:
        return None
    if frame.width * frame.height > MOST_PIXELS:
        raise UnusableSource(Fault.TOO_LARGE)
    rates = [rate for rate in (stream.average_rate, stream.base_rate) if rate]
    return Shape(
        width=frame.width,
        height=frame.height,
        aspect=stream.sample_aspect_ratio or Fraction(1),
        turn=round(-frame.rotation / 90) % 4 * 90,
        rate=max(rates, default=Fraction(25)),
    )


def _choose_streams(container) -> Source:
    films = [each for each in container.streams.video if not each.disposition & STILL]
    covers = [each for each in container.streams.video if each.disposition & STILL]
    sounds = [each for each in container.streams.audio if each.codec_context is not None]
    films = [each for each in films if each.codec_context is not None]
    if not films and not sounds:
        raise UnusableSource(Fault.EMPTY)
    for stream in films[:1]:
        stream.thread_type, stream.codec_context.thread_count = "AUTO", MOST_THREADS
    return Source(container, *(next(iter(each), None) for each in (films, sounds, covers)))


def _readable(read: Callable):
    try:
        return read()
    except (av.error.FFmpegError, EOFError, StopIteration) as error:
        raise UnusableSource(Fault.UNREADABLE) from error
