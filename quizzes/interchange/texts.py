"""Text files in the encodings that Chinese offices use."""

import codecs
from pathlib import Path

from django.utils.translation import gettext as _

from .entries import UnreadableFile

# 10,000 questions take about 5 MB.
MAX_BYTES = 20 * 1024**2
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"))
_MARKS += ((codecs.BOM_UTF16_BE, "utf-16"),)
_TRIED = ("utf-8", "gb18030")


def read_text_file(path: Path) -> str:
    """The text with its line ends made alike. Raises UnreadableFile."""
    try:
        size = Path(path).stat().st_size
        content = Path(path).read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise UnreadableFile(_("打不开文件：%(error)s。") % {"error": error.strerror}) from error
    if size > MAX_BYTES:
        raise UnreadableFile(
            _("文件超过 %(max)d MB，没有读取；请分成几个文件导入。") % {"max": MAX_BYTES // 1024**2}
        )
    if not content:
        raise UnreadableFile(_("文件是空的，请重新选择。"))
    return _decode(content).replace("\r\n", "\n").replace("\r", "\n")


def _decode(content: bytes) -> str:
    encodings = [name for mark, name in _MARKS if content.startswith(mark)] or _TRIED
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableFile(_("看不懂文件里的文字；请把文件另存为 UTF-8 编码的文本再导入。"))
