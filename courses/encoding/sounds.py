"""A recording's sound: one channel, 48 kbit/s, without holes, in step with the pictures."""

from fractions import Fraction

import av
from av.filter import Graph

BIT_RATE = 48_000
# 44.1 kHz stays what it is; everything else becomes 48 kHz.
KEPT_RATE, RATE = 44_100, 48_000
FRAME_SAMPLES = 1024


class Sound:
    """The sound track of the rendition."""

    def __init__(self, target: av.container.OutputContainer, sample_rate: int):
        self.rate = KEPT_RATE if sample_rate == KEPT_RATE else RATE
        self.target = target
        self.stream = target.add_stream("aac", rate=self.rate, layout="mono")
        self.stream.bit_rate = BIT_RATE
        self.taken: tuple = ()
        self.graph: Graph | None = None
        self.samples = 0

    def take(self, frame: av.AudioFrame, seconds: float) -> None:
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        if kind != self.taken:
            self._drain()
            self.taken, self.graph = kind, self._build(frame)
        frame.pts, frame.time_base = (
            round(seconds * frame.sample_rate),
            Fraction(1, frame.sample_rate),
        )
        self.graph.push(frame)
        self._pull()

    def finish(self, seconds: float) -> None:
        """Silence until `seconds`: who only listens must reach the end of the lesson too."""
        self._drain()
        while (missing := round(seconds * self.rate) - self.samples) > 0:
            self._encode(_silence(min(FRAME_SAMPLES, missing)))
        self.target.mux(self.stream.encode(None))

    @property
    def seconds(self) -> float:
        return self.samples / self.rate

    def _build(self, frame: av.AudioFrame) -> Graph:
        # async=1 fills holes with silence and cuts overlaps; the first sample belongs to second 0,
        # or where a recorder changed its format in the middle.
        steady = f"{self.rate}:async=1:first_pts={self.samples}"
        graph = Graph()
        graph.link_nodes(
            graph.add_abuffer(
                sample_rate=frame.sample_rate,
                format=frame.format.name,
                layout=frame.layout.name,
                time_base=Fraction(1, frame.sample_rate),
            ),
            graph.add("aresample", steady),
            graph.add("aformat", "sample_fmts=fltp:channel_layouts=mono"),
            graph.add("abuffersink"),
        ).configure()
        return graph

    def _drain(self) -> None:
        if self.graph is not None:
            self.graph.push(None)
            self._pull()

    def _pull(self) -> None:
        while True:
            try:
                self._encode(self.graph.pull())
            except (av.error.BlockingIOError, av.error.EOFError):
                return

    def _encode(self, frame: av.AudioFrame) -> None:
        # Numbered by what went before: the encoder must never see a step back.
        frame.pts, frame.time_base = self.samples, Fraction(1, self.rate)
        frame.sample_rate = self.rate
        self.samples += frame.samples
        self.target.mux(self.stream.encode(frame))


def _silence(samples: int) -> av.AudioFrame:
    frame = av.AudioFrame(format="fltp", layout="mono", samples=samples)
    frame.planes[0].update(bytes(frame.planes[0].buffer_size))
    return frame
