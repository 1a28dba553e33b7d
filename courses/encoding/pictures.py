"""A film's pictures: upright, at most 480 lines, at most 25 of them a second, evenly spaced."""

from collections.abc import Iterator
from fractions import Fraction

import av
from av.filter import Graph

from courses.encoding.sources import Shape

LINES, LONGEST = 480, 1280
MOST_RATE = 25
KEY_FRAME_SECONDS = 2
TURNS = {0: [], 90: ["transpose=clock"], 180: ["hflip", "vflip"], 270: ["transpose=cclock"]}
# H.264 main 3.1 plays in every browser down to Chrome 69 and iOS 12. About 2 MB a minute, for a
# restless film at most twice that.
OPTIONS = {
    "preset": "fast",
    "profile": "main",
    "level": "3.1",
    "crf": "26",
    "maxrate": "500k",
    "bufsize": "1000k",
}
BT709, LIMITED = 1, 1


def fit(width: int, height: int) -> tuple[int, int]:
    """The short side at most 480 pixels and the long one 1280, both even; never enlarged."""
    factor = min(1, Fraction(LINES, min(width, height)), Fraction(LONGEST, max(width, height)))
    return tuple(max(2, round(side * factor / 2) * 2) for side in (width, height))


def choose_rate(rate: Fraction) -> Fraction:
    return min(rate, Fraction(MOST_RATE)).limit_denominator(1001)


class Pacer:
    """Gives each frame its place in an even row: gaps are filled with the frame before them.

    Phones and screen recorders write frames when they have one; players of old phones drift then.
    """

    def __init__(self, rate: Fraction):
        self.rate = rate
        self.next_place = 0
        self.shown: av.VideoFrame | None = None

    def take(self, frame: av.VideoFrame, seconds: float) -> Iterator[tuple[int, av.VideoFrame]]:
        """The places, counted from 0, that are now known, each with its frame."""
        place = round(seconds * self.rate)
        before, self.shown = self.shown or frame, frame
        while self.next_place <= place:
            yield self.next_place, frame if self.next_place == place else before
            self.next_place += 1

    def finish(self, seconds: float) -> Iterator[tuple[int, av.VideoFrame]]:
        """The last frame stays until `seconds`."""
        if self.shown is not None and (place := round(seconds * self.rate) - 1) >= 0:
            yield from self.take(self.shown, place / self.rate)


class Scaler:
    """Frames of any size and format to upright ones of one size; recorders change in mid-film."""

    def __init__(self, shape: Shape):
        self.shape = shape
        self.size = fit(*shape.upright())
        self.taken: tuple = ()
        self.graph: Graph | None = None

    def scale(self, frame: av.VideoFrame) -> av.VideoFrame:
        kind = (frame.width, frame.height, frame.format.name, frame.colorspace, frame.color_range)
        if kind != self.taken:
            self.taken, self.graph = kind, self._build(frame)
        self.graph.push(frame)
        return self.graph.pull()

    def _build(self, frame: av.VideoFrame) -> Graph:
        width, height = reversed(self.size) if self.shape.turn % 180 else self.size
        steps = [
            f"scale={width}:{height}:flags=bicubic:out_color_matrix=bt709:out_range=tv",
            *TURNS[self.shape.turn],
            "setsar=1",
            "format=yuv420p",
        ]
        graph = Graph()
        # One thread: the encoder has the others.
        graph.threads = 1
        nodes = [
            graph.add(
                "buffer",
                video_size=f"{frame.width}x{frame.height}",
                pix_fmt=frame.format.name,
                time_base=str(frame.time_base or Fraction(1, 1000)),
                colorspace=str(int(frame.colorspace)),
                range=str(int(frame.color_range)),
            ),
            *(graph.add(*step.split("=", 1)) for step in steps),
            graph.add("buffersink"),
        ]
        graph.link_nodes(*nodes).configure()
        return graph


class Film:
    """The picture track of the rendition."""

    def __init__(self, target: av.container.OutputContainer, shape: Shape):
        self.rate = choose_rate(shape.rate)
        self.scaler, self.pacer = Scaler(shape), Pacer(self.rate)
        self.target = target
        self.stream = target.add_stream("libx264", rate=self.rate, options=OPTIONS)
        self.stream.width, self.stream.height = self.scaler.size
        self.stream.pix_fmt = "yuv420p"
        self.stream.gop_size = max(1, round(self.rate * KEY_FRAME_SECONDS))
        context = self.stream.codec_context
        context.colorspace = context.color_primaries = context.color_trc = BT709
        context.color_range = LIMITED

    def take(self, frame: av.VideoFrame, seconds: float) -> None:
        if round(seconds * self.rate) < self.pacer.next_place:
            return
        self._encode(self.pacer.take(self.scaler.scale(frame), seconds))

    def finish(self, seconds: float) -> None:
        self._encode(self.pacer.finish(seconds))
        self.target.mux(self.stream.encode(None))

    def _encode(self, paced) -> None:
        for place, frame in paced:
            frame.pts, frame.time_base = place, 1 / self.rate
            frame.pict_type = av.video.frame.PictureType.NONE
            self.target.mux(self.stream.encode(frame))

    @property
    def seconds(self) -> float:
        return float(self.pacer.next_place / self.rate)
