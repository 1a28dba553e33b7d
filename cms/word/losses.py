"""What a Word document holds and a page cannot, counted and said in words."""

from collections import Counter

from django.utils.translation import gettext as _

# WordprocessingML and its relatives: ISO/IEC 29500-1; drawings, charts, mathematics.
KINDS = {
    "chart": "chart",
    "relIds": "smart_art",
    "oMath": "equation",
    "OLEObject": "object",
    "altChunk": "document",
    "commentReference": "comment",
    "del": "revision",
    "ins": "revision",
    "moveFrom": "revision",
}


class Losses:
    """Hears the elements of the body one by one; the converter adds what it meets."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._in_fallback = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Fallback":
            self._in_fallback += 1
        elif self._in_fallback:
            # The same again, for old programs.
            return
        elif name == "txbxContent":
            self.add("text_box")
        elif name == "blip" and _is_linked(attributes):
            self.add("linked")
        elif name in KINDS:
            self.add(KINDS[name])

    def end(self, name: str) -> None:
        if name == "Fallback":
            self._in_fallback -= 1

    def add(self, kind: str, amount: int = 1) -> None:
        self._counts[kind] += amount

    def __getitem__(self, kind: str) -> int:
        return self._counts[kind]

    def sentences(self) -> list[str]:
        """One for each kind that there is, in a fixed order."""
        return [text % self._counts[kind] for kind, text in _texts().items() if self._counts[kind]]


def _is_linked(attributes: dict[str, str]) -> bool:
    names = {name.rpartition(":")[2] for name in attributes}
    return "link" in names and "embed" not in names


def _texts() -> dict[str, str]:
    return {
        "drawing": _("%d 张图是 EMF、WMF 等矢量图，网页显示不了。请截图后在页面里补上。"),
        "broken": _("%d 张图读不出来，或者太大（超过 10 MB 或 5000 万像素）。请在页面里补上。"),
        "linked": _("%d 张图只是链接，不在文档里，没有下载。请在页面里补上。"),
        "barred": _("%d 张图没有导入：您没有上传图片的权限。"),
        "chart": _("%d 个图表。请截图后补上，并用文字说明结论。"),
        "smart_art": _("%d 个 SmartArt 图示。请截图后补上。"),
        "equation": _("%d 个公式。请截图后补上。"),
        "object": _("%d 个嵌入的对象（如 Excel 表）。请复制成表格或截图。"),
        "document": _("%d 个嵌入的文档。请打开它，把文字复制过来。"),
        "text_box": _("%d 个文本框：里面的字放在了所在段落后面，请核对位置和内容。"),
        "in_table": _("%d 张图原来在表格里，放在了表格后面。"),
        "comment": _("%d 条批注没有带过来。"),
        "revision": _("%d 处修订，按“全部接受”处理，请核对。"),
    }
