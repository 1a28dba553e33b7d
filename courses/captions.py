"""Subtitles: a WebVTT file is read before it is kept, and SRT becomes WebVTT."""

import re
from pathlib import PurePath

from django.utils.translation import gettext as _

MAX_BYTES = 2_000_000
ENCODINGS = ("utf-8-sig", "gb18030")
STAMP = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
TIMING = re.compile(rf"\s*{STAMP}\s*-->\s*{STAMP}(?P<rest>.*)")
SETTINGS = re.compile(r"(?:\s+(?:align|line|position|region|size|vertical):\S+)*\s*")
# Blocks that hold no cue.
OTHER_BLOCKS = ("NOTE", "STYLE", "REGION")


class BadCaptions(ValueError):
    """The file cannot be shown; the message says where and what to do, in Chinese."""


def read_captions(name: str, content: bytes) -> str:
    """The subtitles as clean WebVTT. Raises BadCaptions."""
    lines = _decode(content).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    is_srt = PurePath(name).suffix.lower() == ".srt"
    if not is_srt and not re.match(r"WEBVTT(?:[ \t]|\Z)", lines[0]):
        raise BadCaptions(_("第 1 行应是 WEBVTT。请用字幕软件重新导出为 WebVTT（.vtt）。"))
    header = 0 if is_srt else _header_length(lines)
    blocks = _blocks([*[""] * header, *lines[header:]])
    cues = [cue for number, block in blocks if (cue := _read_block(number, block, is_srt))]
    if not cues:
        raise BadCaptions(_("这个字幕文件里没有一句字幕，请检查后重新导出。"))
    return "\n\n".join(["WEBVTT", *cues]) + "\n"


def _decode(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise BadCaptions(_("字幕文件太大了，请确认选的是字幕（.vtt 或 .srt），不是视频。"))
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadCaptions(_("读不出字幕里的文字，请把文件另存为 UTF-8 编码再上传。"))


def _header_length(lines: list[str]) -> int:
    """The signature and what stands right below it, up to the first empty line."""
    return next((at for at, line in enumerate(lines) if not line.strip()), len(lines))


def _blocks(lines: list[str]):
    """(number of its first line, lines) of each block between empty lines; numbers from 1."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _read_block(number: int, block: list[str], is_srt: bool) -> str:
    """The cue with its timing written anew; empty for a comment or style."""
    if block[0].startswith(OTHER_BLOCKS) and "-->" not in block[0] and not is_srt:
        return ""
    at = 0 if "-->" in block[0] else 1
    if at >= len(block) or "-->" not in block[at]:
        raise BadCaptions(_("第 %d 行附近缺少时间（如 00:01.000 --> 00:04.000）。") % number)
    timing = _read_timing(number + at, block[at], is_srt)
    words = block[at + 1 :]
    if any("-->" in line for line in words):
        raise BadCaptions(_("第 %d 行附近的两句字幕之间要空一行。") % (number + at))
    return "\n".join([timing, *words]) if words else ""


def _read_timing(number: int, line: str, is_srt: bool) -> str:
    found = TIMING.fullmatch(line)
    if not found or not (is_srt or SETTINGS.fullmatch(found["rest"])):
        raise BadCaptions(_("第 %d 行的时间读不懂，应写成 00:01.000 --> 00:04.000。") % number)
    start, end = _milliseconds(found.groups()[:4]), _milliseconds(found.groups()[4:8])
    if end <= start:
        raise BadCaptions(_("第 %d 行的结束时间不晚于开始时间。") % number)
    settings = "" if is_srt else found["rest"].rstrip()
    return f"{_stamp(start)} --> {_stamp(end)}{settings}"


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _stamp(milliseconds: int) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{thousandths:03d}"
