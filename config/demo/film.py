"""Short films for the demo lessons, drawn and encoded here: no picture or sound is anybody else's.

The films carry no lettering (no font is needed): the lesson's words are in its subtitles.
"""

import io
import math
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import av
from PIL import Image, ImageDraw

WIDTH, HEIGHT, FPS = 854, 480, 8
SAMPLE_RATE = 24_000
KEY_FRAME_SECONDS = 2
FRAME_SAMPLES = 1024
PENTATONIC = (261.63, 293.66, 329.63, 392.00, 440.00, 392.00, 329.63, 293.66)
PALETTES = {
    "neighbours": ("#fbe3ea", "#f1b9c8", "#dd8ba4", "#b81b56"),
    "lychee": ("#fbd9c9", "#efa98a", "#d9785a", "#c04a1d"),
    "book": ("#e4eef7", "#b9d3ea", "#8fb6d8", "#2b6391"),
    "village": ("#e6f3ea", "#b2d9bf", "#7fbd97", "#1f7250"),
    "family": ("#fdf3df", "#f0d3a0", "#dcae68", "#a76408"),
    "clinic": ("#f2ecf8", "#d3c0e6", "#af93cd", "#6c4390"),
}


def make_film(*, scene: str, seconds: int) -> bytes:
    """An MP4 (H.264 main, AAC mono, faststart) of the scene, `seconds` long."""
    with _mp4() as made:
        picture = _add_picture_stream(made.container)
        sound = _add_sound_stream(made.container)
        backdrop = draw_backdrop(scene)
        for number in range(seconds * FPS):
            image = draw_frame(backdrop, scene, number, seconds * FPS)
            made.container.mux(picture.encode(av.VideoFrame.from_image(image)))
        made.container.mux(picture.encode(None))
        _encode_sound(made.container, sound, seconds)
    return made.data


def make_recording(*, seconds: int) -> bytes:
    """An M4A (AAC mono) of the melody, `seconds` long."""
    with _mp4() as made:
        _encode_sound(made.container, _add_sound_stream(made.container), seconds)
    return made.data


@dataclass
class Made:
    container: av.container.OutputContainer
    data: bytes = b""


@contextmanager
def _mp4() -> Iterator[Made]:
    """A container in a temporary file: putting the index first needs one that can be reopened."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
            made = Made(container)
            yield made
        made.data = path.read_bytes()


def make_poster(scene: str) -> bytes:
    buffer = io.BytesIO()
    draw_frame(draw_backdrop(scene), scene, 0, 1).save(buffer, "JPEG", quality=70)
    return buffer.getvalue()


def _add_picture_stream(container):
    options = {"crf": "30", "preset": "veryfast", "profile": "main", "level": "3.1"}
    stream = container.add_stream("libx264", rate=FPS, options=options)
    stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    stream.gop_size = FPS * KEY_FRAME_SECONDS
    return stream


def _add_sound_stream(container):
    stream = container.add_stream("aac", rate=SAMPLE_RATE, layout="mono")
    stream.bit_rate = 32_000
    return stream


def _encode_sound(container, stream, seconds: int) -> None:
    melody = play_melody()
    for start in range(0, seconds * SAMPLE_RATE, FRAME_SAMPLES):
        size = min(FRAME_SAMPLES, seconds * SAMPLE_RATE - start)
        samples = array("h", (melody[(start + n) % len(melody)] for n in range(size)))
        frame = av.AudioFrame(format="s16", layout="mono", samples=size)
        frame.planes[0].update(samples.tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
        frame.sample_rate, frame.pts = SAMPLE_RATE, start
        frame.time_base = Fraction(1, SAMPLE_RATE)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


@cache
def play_melody() -> array:
    """Eight soft plucked notes, a second each, as 16-bit samples."""
    samples = array("h")
    for pitch in PENTATONIC:
        turn = 2 * math.pi * pitch / SAMPLE_RATE
        samples.extend(
            int(3500 * math.exp(-3 * n / SAMPLE_RATE) * math.sin(turn * n))
            for n in range(SAMPLE_RATE)
        )
    return samples


def draw_backdrop(scene: str) -> Image.Image:
    """Sky and two ranges of hills in the scene's colours."""
    sky, far, near, _accent = PALETTES[scene]
    image = Image.new("RGB", (WIDTH, HEIGHT), sky)
    draw = ImageDraw.Draw(image)
    for colour, base, swell, wave in ((far, 270, 46, 210), (near, 350, 34, 320)):
        ridge = [(x, base - swell * math.sin(x / wave * math.pi)) for x in range(0, WIDTH + 9, 8)]
        draw.polygon([*ridge, (WIDTH, HEIGHT), (0, HEIGHT)], fill=colour)
    return image


def draw_frame(backdrop: Image.Image, scene: str, number: int, total: int) -> Image.Image:
    """The sun crosses the sky while a kapok blossom turns; a bar says how far the film is."""
    image, accent = backdrop.copy(), PALETTES[scene][3]
    draw = ImageDraw.Draw(image)
    done = number / total
    x, y = 90 + done * (WIDTH - 180), 120 - 60 * math.sin(done * math.pi)
    draw.ellipse((x - 38, y - 38, x + 38, y + 38), fill="#fff1d8")
    for petal in range(5):
        angle = math.radians(petal * 72 + number * 1.5)
        cx, cy = WIDTH / 2 + 62 * math.sin(angle), 250 - 62 * math.cos(angle)
        draw.ellipse((cx - 46, cy - 46, cx + 46, cy + 46), fill=accent)
    draw.ellipse((WIDTH / 2 - 26, 224, WIDTH / 2 + 26, 276), fill="#fff6e9")
    draw.rectangle((0, HEIGHT - 8, done * WIDTH, HEIGHT), fill=accent)
    return image
