"""Opening packages that are no workbooks: Word documents, zipped questions."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from .guard import UnsafeWorkbook
from .limits import TooLarge
from .parts import Parts, check_sizes, list_parts, open_zip, read_part
from .xml import UnsoundPart

# What zipfile raises for a damaged part.
DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
_IS_ENCRYPTED = 0x1


@contextmanager
def open_archive(path: Path, *, needed: str, advice: str) -> Iterator["Archive"]:
    """The parts of a package that holds the part `needed`.

    Raises UnsafeWorkbook on opening and in the block, for a package that is broken, locked, of
    another kind or too large unpacked; `advice` says what to do then, e.g. "请重新导出。".
    """
    try:
        with Path(path).open("rb") as file, open_zip(file) as archive:
            parts = list_parts(archive)
            if any(part.flag_bits & _IS_ENCRYPTED for part in parts.values()):
                raise UnsafeWorkbook(_("文件有密码保护，请去掉密码后再导入。"))
            if needed not in parts:
                raise UnsafeWorkbook(_("文件的内容和它的扩展名不符。") + advice)
            check_sizes(parts)
            yield Archive(archive, parts)
    except (zipfile.BadZipFile, zlib.error, UnsoundPart, EOFError) as error:
        raise UnsafeWorkbook(_("文件已损坏，无法读取。") + advice) from error
    except NotImplementedError as error:
        raise UnsafeWorkbook(_("文件的压缩方式不常见，无法读取。") + advice) from error
    except TooLarge as error:
        raise UnsafeWorkbook(_("文件展开后太大，没有读取；请分成几个文件导入。")) from error
    except OSError as error:
        raise UnsafeWorkbook(_("打不开文件：%(error)s。") % {"error": error.strerror}) from error


class Archive:
    """Parts by name, in lower case with forward slashes; `in` asks whether there is one."""

    def __init__(self, archive: zipfile.ZipFile, parts: Parts) -> None:
        self._archive, self._parts = archive, parts

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    @property
    def names(self) -> list[str]:
        """As the package itself spells them."""
        return [part.filename for part in self._parts.values()]

    def stream(self, name: str) -> Iterator[bytes]:
        return read_part(self._archive, self._parts[name.lower()])

    def read(self, name: str, *, most: int) -> bytes:
        """Raises TooLarge for a part of more than `most` bytes."""
        content = bytearray()
        for chunk in self.stream(name):
            content += chunk
            if len(content) > most:
                raise TooLarge
        return bytes(content)


def list_names(path: Path) -> frozenset[str]:
    """The names of the parts as `Archive` knows them; none for what is no sound zip file.

    Raises UnsafeWorkbook for one with too many parts.
    """
    try:
        with Path(path).open("rb") as file, open_zip(file) as archive:
            return frozenset(list_parts(archive))
    except TooLarge as error:
        raise UnsafeWorkbook(_("文件展开后太大，没有读取；请分成几个文件导入。")) from error
    except (*DAMAGES, OSError, UnsoundPart, ValueError):
        return frozenset()
