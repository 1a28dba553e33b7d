"""What a recording is, or why it cannot be used, in words for the person who uploaded it."""

from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from courses.encoding import sources
from courses.encoding.sources import Fault, Recording, UnusableSource

MESSAGES = {
    Fault.UNREADABLE: _(
        "这个文件打不开，可能已损坏或没有传完整。请在电脑上试播一遍，再重新导出并上传。"
    ),
    Fault.EMPTY: _("这个文件里没有画面，也没有声音，请换一个文件。"),
    Fault.TRUNCATED: _("这个文件只有前面一部分，后面的缺了。请找到完整的文件再上传。"),
    Fault.TOO_LONG: _("这个文件超过 4 小时，太长了。请分成几课，分别上传。"),
    Fault.TOO_LARGE: _("画面太大（超过 8K），处理不了。请用 1080P 重新导出后上传。"),
    Fault.DISK_FULL: _("服务器的存储空间不够，没有处理成功。请联系管理员，之后点“重新处理”。"),
}


class UnplayableRecording(ValueError):
    """The file cannot be a lesson; the message says what to do, in Chinese."""

    def __init__(self, fault: Fault):
        super().__init__(str(MESSAGES[fault]))


def read_recording(file: BinaryIO) -> Recording:
    """Raises UnplayableRecording."""
    try:
        return sources.read_recording(file)
    except UnusableSource as error:
        raise UnplayableRecording(error.fault) from error
