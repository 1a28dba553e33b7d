"""Making a backup, and taking old ones away."""

import os
import re
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from config.backup.engines import ENGINES
from config.backup.errors import BackupError
from config.backup.files import copy_tree, hash_file
from config.backup.keys import key_marks
from config.backup.manifest import Manifest

MEDIA = "media"
NAME = re.compile(r"\d{8}-\d{6}")


def make_backup(*, connection, media_root: Path, to: Path, now: datetime) -> Path:
    """Copy database and media into a new folder below `to`, e.g. 20261129-143000.

    The folder has its name only when all is in it and on the disk. Returns it. Raises BackupError.
    """
    to.mkdir(parents=True, exist_ok=True, mode=0o700)
    whole = to / f"{timezone.localtime(now):%Y%m%d-%H%M%S}"
    if whole.exists():
        raise BackupError(_("%(folder)s 已经有了，请过一秒再试。") % {"folder": whole})
    part = Path(tempfile.mkdtemp(prefix=f".{whole.name}-", suffix=".part", dir=to))
    try:
        _fill(part, connection, media_root, now)
        os.sync()
        part.rename(whole)
    except OSError as error:
        raise BackupError(
            _("写不进备份：%(error)s。请看磁盘是否满、权限是否对。") % {"error": error.strerror}
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return whole


def _fill(part: Path, connection, media_root: Path, now: datetime) -> None:
    """The database first: whatever it names was there already when the files are copied."""
    engine = ENGINES[connection.vendor]
    database = engine.dump(connection, part)
    copied = copy_tree(media_root, part / MEDIA, mode=0o600)
    files = {f"{MEDIA}/{path}": digest for path, digest in copied.items()}
    files[engine.FILE] = hash_file(part / engine.FILE)
    Manifest(now.isoformat(), connection.vendor, key_marks(), database, files).write(part)


def backups_in(folder: Path) -> list[Path]:
    """The whole ones, oldest first."""
    return sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name) and path.is_dir())


def keep_newest(folder: Path, *, number: int) -> list[Path]:
    """Delete all backups but the newest `number`; returns what is gone."""
    old = backups_in(folder)[:-number]
    for path in old:
        # Under another name first: what is half deleted is not taken for a whole one.
        gone = path.rename(path.with_name(f".{path.name}.gone"))
        shutil.rmtree(gone)
    return old
