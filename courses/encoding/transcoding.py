"""One pass over the original: a film, its sound alone and a poster, in constant memory."""

import errno
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av

from courses.encoding.pictures import Film
from courses.encoding.posters import make_cover, make_poster
from courses.encoding.sounds import Sound
from courses.encoding.sources import (
    MOST_SECONDS,
    Fault,
    Source,
    UnusableSource,
    open_source,
    read_shape,
)

FASTSTART = {"movflags": "+faststart"}
VIDEO, AUDIO, POSTER = "video.mp4", "audio.m4a", "poster.jpg"
# A file that ends earlier than it says, by more than this part and so many seconds, was cut off.
CUT_PART, CUT_SECONDS = 0.02, 2
# So much of a file may be broken; ffmpeg and players go over it too.
BROKEN_PART = 0.1
# A time stamp so far beyond the rest is damage.
LARGEST_JUMP = 600

# progress(done, total) in seconds of the recording; total is 0 while it is not known.
Progress = Callable[[float, float], None]


@dataclass(frozen=True)
class Renditions:
    """Names inside the target folder, empty for what there is not. `duration` in seconds."""

    type: str
    duration: float
    video: str = ""
    audio: str = ""
    poster: str = ""
    width: int | None = None
    height: int | None = None


def transcode(source: Path, folder: Path, progress: Progress) -> Renditions:
    """Write the renditions of `source` into `folder`. Raises UnusableSource."""
    try:
        with open_source(source) as opened:
            shape = read_shape(opened)
        with open_source(source) as opened:
            if shape is None:
                return _make_sound(opened, folder, progress)
            return _make_film(opened, shape, folder, progress)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise UnusableSource(Fault.DISK_FULL) from error
        raise


def _make_film(source: Source, shape, folder: Path, progress: Progress) -> Renditions:
    with av.open(str(folder / VIDEO), "w", options=FASTSTART) as target:
        film = Film(target, shape)
        sound = Sound(target, source.audio.sample_rate) if source.audio else None
        _run(source, film, sound, progress)
    has_sound = sound is not None and split_sound(folder / VIDEO, folder / AUDIO)
    width, height = film.scaler.size
    return Renditions(
        type="video",
        duration=read_duration(folder / VIDEO),
        video=VIDEO,
        audio=AUDIO if has_sound else "",
        poster=POSTER if make_poster(folder / VIDEO, folder / POSTER) else "",
        width=width,
        height=height,
    )


def _make_sound(source: Source, folder: Path, progress: Progress) -> Renditions:
    covers: list = []
    with av.open(str(folder / AUDIO), "w", format="ipod", options=FASTSTART) as target:
        sound = Sound(target, source.audio.sample_rate)
        _run(source, None, sound, progress, covers)
    return Renditions(
        type="audio",
        duration=read_duration(folder / AUDIO),
        audio=AUDIO,
        poster=POSTER if make_cover(covers, folder / POSTER) else "",
    )


def split_sound(film: Path, target: Path) -> bool:
    """The film's sound track alone, copied as it is; False when it has none."""
    with av.open(str(film)) as source:
        if not source.streams.audio:
            return False
        track = source.streams.audio[0]
        with av.open(str(target), "w", format="ipod", options=FASTSTART) as alone:
            stream = alone.add_stream_from_template(track)
            for packet in source.demux(track):
                if packet.dts is not None:
                    packet.stream = stream
                    alone.mux(packet)
    return True


def read_duration(rendition: Path) -> float:
    """Seconds, to the tenth of a second that watching counts in."""
    with av.open(str(rendition)) as container:
        return round((container.duration or 0) / av.time_base, 1)


def _run(source: Source, film, sound, progress: Progress, covers: list | None = None) -> None:
    clock = _Clock(source, progress)
    tracks = {source.video: film, source.audio: sound}
    for packet in _packets(source, covers):
        for frame in clock.decode(packet):
            seconds = clock.place(frame, packet.stream)
            if seconds is not None:
                tracks[packet.stream].take(frame, seconds)
    clock.check()
    ends = clock.ends.values()
    if film:
        film.finish(max(ends) if sound is None else clock.ends.get(source.video, 0))
    if sound:
        sound.finish(film.seconds if film else 0)
    progress(clock.reached, clock.reached)


def _packets(source: Source, covers: list | None) -> Iterator[av.Packet]:
    streams = [*source.streams, *([source.cover] if covers is not None and source.cover else [])]
    packets = source.container.demux(*streams)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, av.error.FFmpegError):
            # A broken end: how much is missing is judged by what was reached.
            return
        if packet.stream not in source.streams:
            covers.append(packet)
        else:
            yield packet


class _Clock:
    """How far the recording has been read, and what of it was broken."""

    def __init__(self, source: Source, progress: Progress):
        self.source, self.progress = source, progress
        self.origin, self.total = source.origin, source.seconds
        self.ends: dict[av.stream.Stream, float] = {}
        self.packets = self.broken = 0
        self.told = -1.0

    @property
    def reached(self) -> float:
        return max(self.ends.values(), default=0.0)

    def decode(self, packet: av.Packet) -> list:
        self.packets += 1
        try:
            return packet.decode()
        except av.error.FFmpegError:
            self.broken += 1
            return []

    def place(self, frame, stream) -> float | None:
        """The frame's second, counted from the recording's beginning; None when it has no place."""
        expected = self.ends.get(stream, 0.0)
        seconds = expected if frame.time is None else frame.time - self.origin
        if seconds > expected + LARGEST_JUMP and seconds > self.total:
            return None
        if seconds > MOST_SECONDS:
            raise UnusableSource(Fault.TOO_LONG)
        self.ends[stream] = max(expected, seconds + _length(frame))
        if self.reached >= self.told + 1:
            self.told = self.reached
            self.progress(min(self.reached, self.total or self.reached), self.total)
        return max(0.0, seconds) if stream.type == "video" else seconds

    def check(self) -> None:
        """Raises UnusableSource when too little came out."""
        if not self.ends or self.broken > self.packets * BROKEN_PART:
            raise UnusableSource(Fault.UNREADABLE)
        missing = self.total - self.reached
        is_cut = missing > max(CUT_SECONDS, self.total * CUT_PART)
        if is_cut and self.source.tells_its_length:
            raise UnusableSource(Fault.TRUNCATED)


def _length(frame) -> float:
    if isinstance(frame, av.AudioFrame):
        return frame.samples / frame.sample_rate
    return float((frame.duration or 0) * frame.time_base)
