"""Films and sounds of every kind, a few seconds long, as phones and recorders write them."""

from array import array
from fractions import Fraction
from pathlib import Path

import av
from PIL import Image

RATE = 44_100
# Second by second, so that a frame tells when it was filmed.
COLOURS = ("#202020", "#c02020", "#20c020", "#2020c0", "#c0c020", "#20c0c0")


def make_film(
    path: Path,
    *,
    seconds: float = 3,
    size: tuple[int, int] = (128, 96),
    fps: int = 10,
    codec: str = "libx264",
    sound: str | None = "aac",
    sound_seconds: float | None = None,
    begins: float = 0,
    turned: int = 0,
    places: list[int] | None = None,
    colours=COLOURS,
) -> Path:
    """`turned` in degrees counterclockwise, as the container says; `places` are the numbers of the
    frames that there are: without some of them the frame rate varies."""
    with av.open(str(path), "w") as target:
        film = target.add_stream(codec, rate=fps)
        film.width, film.height, film.pix_fmt = *size, "yuv420p"
        if turned:
            film.set_display_rotation(turned)
        track = add_track(target, sound) if sound else None
        for number in places or range(round(seconds * fps)):
            image = Image.new("RGB", size, colours[int(number / fps) % len(colours)])
            frame = av.VideoFrame.from_image(image)
            frame.pts, frame.time_base = number + round(begins * fps), Fraction(1, fps)
            target.mux(film.encode(frame))
        target.mux(film.encode(None))
        if track:
            add_beeps(target, track, sound_seconds or seconds, begins)
    return path


def make_sound(path: Path, *, seconds: float = 3, codec: str = "aac", cover: bool = False, **tags):
    with av.open(str(path), "w") as target:
        track = add_track(target, codec)
        target.metadata.update(tags)
        picture = _add_cover(target) if cover else None
        if picture:
            target.mux(picture)
        add_beeps(target, track, seconds, 0)
    return path


def add_track(target, codec: str):
    track = target.add_stream(codec, rate=RATE, layout="mono")
    if codec == "wmav2":
        track.bit_rate = 64_000
    return track


def add_beeps(target, track, seconds: float, begins: float) -> None:
    """Silence, and a loud tenth at the beginning of every second."""
    layout, size = track.codec_context.layout.name, track.codec_context.frame_size or 1024
    for start in range(0, round(seconds * RATE), size):
        count = min(size, round(seconds * RATE) - start)
        beep = (
            12_000 * (1 if (start + n) // 40 % 2 else -1) * ((start + n) % RATE < RATE // 10)
            for n in range(count)
        )
        frame = av.AudioFrame(format="s16", layout="mono", samples=count)
        frame.planes[0].update(array("h", beep).tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
        frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
        frame.pts = start + round(begins * RATE)
        for each in av.AudioResampler(track.codec_context.format.name, layout, RATE).resample(
            frame
        ):
            target.mux(track.encode(each))
    target.mux(track.encode(None))


def _add_cover(target) -> av.Packet:
    stream = target.add_stream("mjpeg", rate=1)
    stream.width, stream.height, stream.pix_fmt = 64, 64, "yuvj420p"
    stream.disposition = av.stream.Disposition.attached_pic
    image = Image.linear_gradient("L").resize((64, 64)).convert("RGB")
    return stream.encode(av.VideoFrame.from_image(image).reformat(format="yuvj420p"))


def mean_colour(film: Path, second: float) -> tuple[int, int, int]:
    """Of the frame that is shown at `second`."""
    with av.open(str(film)) as container:
        shown = None
        for frame in container.decode(video=0):
            if frame.time > second:
                break
            shown = frame
        return shown.to_image().resize((1, 1)).getpixel((0, 0))


def beeps(recording: Path) -> list[float]:
    """When each beep begins, in seconds."""
    found, was_loud = [], False
    with av.open(str(recording)) as container:
        resampler = av.AudioResampler("s16", "mono", RATE)
        for frame in container.decode(audio=0):
            for each in resampler.resample(frame):
                samples = array("h", bytes(each.planes[0])[: each.samples * 2])
                for place in range(0, len(samples), 441):
                    is_loud = max(map(abs, samples[place : place + 441]), default=0) > 3000
                    if is_loud and not was_loud:
                        found.append(round(frame.time + place / RATE, 2))
                    was_loud = is_loud
    return found
