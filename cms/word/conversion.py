"""A clean copy of a Word document as simple HTML, its pictures beside it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from xml.etree.ElementTree import Element

import mammoth
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from cms.word.package import Package, UnreadableWord

# By the names that Word and WPS give their styles in every language, and the Chinese ones.
STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='标题'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='题注'] => p.caption:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='引用'] => blockquote > p:fresh
p[style-name='明显引用'] => blockquote > p:fresh
p[style-name^='toc '] => p.toc:fresh
p[style-name^='TOC '] => p.toc:fresh
b => b
"""
PREFIX = "word:"


@dataclass
class Converted:
    """`body` holds the document's elements; an <img> names its picture by `word:<number>`."""

    body: Element
    pictures: list[bytes] = field(default_factory=list)


def convert(package: Package) -> Converted:
    """Raises UnreadableWord."""
    pictures: list[bytes] = []
    try:
        result = mammoth.convert_to_html(
            package.file,
            style_map=STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=mammoth.images.img_element(_collect(pictures)),
        )
        body = fromstring(f"<body>{result.value}</body>")
    # The converter names no errors of its own for a document that is put together wrongly.
    except (KeyError, ValueError, AttributeError, IndexError, TypeError, RecursionError) as error:
        raise UnreadableWord(
            _("文档的内部结构有问题，无法读取。请用 Word 打开，另存为新的 .docx，再来导入。")
        ) from error
    return Converted(body, pictures)


def _collect(pictures: list[bytes]) -> Callable:
    """Each picture once, however often it is shown."""
    numbers: dict[bytes, int] = {}

    def note(image) -> dict[str, str]:
        try:
            with image.open() as stream:
                content = stream.read()
        except KeyError:
            # The document names a part that is not there.
            content = b""
        digest = sha256(content).digest()
        if digest not in numbers:
            numbers[digest] = len(pictures)
            pictures.append(content)
        return {"src": f"{PREFIX}{numbers[digest]}"}

    return note
