"""Speed and memory of the encoder: `python benchmarks/encoding.py [MINUTES]`.

The source is a moving 1080p film of 30 frames a second with sound, made once in the folder for
temporary files. One line of JSON.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from fractions import Fraction
from functools import partial
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])

import av  # noqa: E402 after the path is right
from PIL import Image  # noqa: E402

from tests.courses.recordings import add_beeps  # noqa: E402

SIZE, FPS = (1920, 1080), 30


def source_of(minutes: int) -> Path:
    """One minute is drawn; the others are its packets again."""
    folder = Path(tempfile.gettempdir())
    minute, whole = (folder / f"xuetang-1080p-{count}.mp4" for count in (1, minutes))
    for path, make in ((minute, make_source), (whole, partial(repeat, minute, minutes))):
        if not path.exists():
            part = path.with_suffix(".part.mp4")
            make(part)
            part.rename(path)
    return whole


def repeat(minute: Path, times: int, path: Path) -> None:
    with av.open(str(path), "w") as target, ExitStack() as opened:
        sources = [opened.enter_context(av.open(str(minute))) for _each in range(times)]
        tracks = [target.add_stream_from_template(each) for each in sources[0].streams]
        for number, source in enumerate(sources):
            for packet in source.demux():
                if packet.dts is None:
                    continue
                # Sound ends with a whole frame, a little after the minute.
                later = int(number * 60.1 / packet.time_base)
                packet.pts, packet.dts = packet.pts + later, packet.dts + later
                packet.stream = tracks[packet.stream.index]
                target.mux(packet)


def make_source(path: Path, seconds: int = 60) -> None:
    """Noise that slides over the picture: more movement than a lesson has."""
    noise = Image.effect_noise((SIZE[0] // 4, SIZE[1] // 2), 60).resize((SIZE[0], 2 * SIZE[1]))
    with av.open(str(path), "w") as target:
        film = target.add_stream("libx264", rate=FPS, options={"preset": "ultrafast", "b": "2M"})
        film.width, film.height, film.pix_fmt = *SIZE, "yuv420p"
        film.bit_rate = 2_500_000
        track = target.add_stream("aac", rate=44_100, layout="mono")
        for number in range(seconds * FPS):
            top = 4 * number % SIZE[1]
            frame = av.VideoFrame.from_image(noise.crop((0, top, SIZE[0], top + SIZE[1])))
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            target.mux(film.encode(frame))
        target.mux(film.encode(None))
        add_beeps(target, track, seconds, 0)


def measure(source: Path) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        child = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "courses.encoding", str(source), folder],
            stdout=subprocess.PIPE,
            cwd=sys.path[0],
        )
        lines = child.stdout.read().splitlines()
        _pid, _status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - begun
        made = json.loads(lines[-1])["made"]
        sizes = {name: (Path(folder) / made[name]).stat().st_size for name in ("video", "audio")}
    return {
        "work": "encode 1080p30",
        "source_mb": round(source.stat().st_size / 1e6, 1),
        "minutes": round(made["duration"] / 60, 2),
        "seconds": round(seconds, 1),
        "times_realtime": round(made["duration"] / seconds, 2),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 1),
        "peak_mb": round(used.ru_maxrss / 1024),
        "video_mb": round(sizes["video"] / 1e6, 2),
        "audio_mb": round(sizes["audio"] / 1e6, 2),
        "load": round(os.getloadavg()[0], 1),
    }


if __name__ == "__main__":
    print(json.dumps(measure(source_of(int(sys.argv[1]) if len(sys.argv) > 1 else 10))))
