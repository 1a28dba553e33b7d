"""Looking for words in every table and every file: nothing is listed, everything is walked."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import connection

from tests.pdf_text import read_lines


def find_in_tables(words: Iterable[str]) -> set[tuple[str, str, str]]:
    """(table, column, word) of all that stands in the database, JSON escapes and sessions read."""
    words = list(words)
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {name}")  # noqa: S608 the database's own names
            columns = [each[0] for each in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    text = _as_text(value)
                    found |= {(table, column, word) for word in words if word in text}
    for session in Session.objects.all():
        said = json.dumps(session.get_decoded(), ensure_ascii=False)
        found |= {("django_session", "decoded", word) for word in words if word in said}
    return found


def _as_text(value) -> str:
    if value is None:
        return ""
    text = bytes(value).decode(errors="ignore") if isinstance(value, bytes | memoryview) else None
    text = str(value) if text is None else text
    # SQLite keeps JSON as it was written: with \\u escapes.
    return text.encode().decode("unicode_escape", "ignore") + text if "\\u" in text else text


def find_in_files(words: Iterable[str], *folders: Path) -> set[tuple[str, str]]:
    """(file, word) of all that lies below the folders; archives and our PDFs are read."""
    words = list(words)
    found = set()
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and ".sqlite3" not in path.name:
                texts = [path.name, *_texts(path.read_bytes())]
                found |= {(path.name, word) for word in words for text in texts if word in text}
    return found


def _texts(content: bytes) -> Iterator[str]:
    if content.startswith(b"%PDF"):
        yield "\n".join("".join(line) for line in read_lines(content))
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from _texts(archive.read(name))
    else:
        yield content.decode(errors="ignore")
