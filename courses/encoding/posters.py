"""One still picture that stands for a film: early in it, and not black."""

from pathlib import Path

import av
from PIL import Image, ImageStat

from courses.encoding.pictures import fit

# Where it is looked for, as parts of the whole; films begin with black and with titles.
PLACES = (0.1, 0.2, 0.35, 0.5, 0.7, 0.02)
# Mean brightness and its spread, of 255: below, it is a black or an empty picture.
DARK, FLAT = 24, 6
QUALITY = 80


def make_poster(film: Path, target: Path) -> bool:
    """A JPEG from the finished rendition; False when no frame can be read."""
    with av.open(str(film)) as container:
        best = max(_candidates(container), key=_worth, default=None)
    return _save(best, target)


def make_cover(packets, target: Path) -> bool:
    """A JPEG of the picture that a song carries with it; False when it holds none that opens."""
    try:
        frames = [frame for packet in packets for frame in packet.decode()]
    except av.error.FFmpegError:
        return False
    return _save(frames[0].to_image() if frames else None, target)


def _candidates(container):
    seconds = (container.duration or 0) / av.time_base
    for place in PLACES:
        container.seek(int(place * seconds * av.time_base))
        # The seek ends at the key frame before.
        frames = container.decode(video=0)
        frame = next((each for each in frames if each.time >= place * seconds), None)
        if frame is None:
            continue
        image = frame.to_image()
        yield image
        if _worth(image) == 1:
            return


def _worth(image: Image.Image) -> float:
    """1 for a picture with something on it, less for the darker and emptier."""
    look = ImageStat.Stat(image.convert("L").resize((64, 64)))
    return (min(1, look.mean[0] / DARK) + min(1, look.stddev[0] / FLAT)) / 2


def _save(image: Image.Image | None, target: Path) -> bool:
    if image is None:
        return False
    image.convert("RGB").resize(fit(*image.size)).save(target, "JPEG", quality=QUALITY)
    return True
