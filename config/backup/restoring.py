"""Putting a backup into an empty place, and proving that it is all there."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from config.backup.engines import ENGINES
from config.backup.errors import BackupError
from config.backup.files import copy_tree, files_below, hash_file
from config.backup.keys import other_keys
from config.backup.making import MEDIA
from config.backup.manifest import DatabaseFacts, Manifest, read_manifest


def restore_backup(
    *, connection, media_root: Path, backup: Path, accepts_other_keys: bool = False
) -> Manifest:
    """Restore into an empty database and an empty folder; returns what was proved to be there.

    Raises BackupError: before anything is written when the place is not empty, the backup is not
    whole or the keys here are others; afterwards when what is there differs from the manifest.
    """
    manifest = read_manifest(backup)
    _require_same_kind(connection, manifest)
    _require_empty(connection, media_root)
    if not accepts_other_keys:
        _require_same_keys(manifest)
    _require_whole(backup, manifest)
    _fill(connection, media_root, backup)
    _prove(connection, media_root, manifest)
    return manifest


def _require_same_kind(connection, manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        raise BackupError(
            _("备份来自 %(theirs)s，这里的数据库是 %(ours)s。请把 DATABASE_URL 改成同一种数据库。")
            % {"theirs": manifest.vendor, "ours": connection.vendor}
        )


def _require_empty(connection, media_root: Path) -> None:
    if not ENGINES[connection.vendor].is_empty(connection):
        raise BackupError(
            _(
                "这里的数据库不是空的，没有改动。恢复只写进空的数据库：请新建一个，"
                "把 DATABASE_URL（单机运行是 VAR_DIR）指到那里再试。"
            )
        )
    if next(files_below(media_root), None):
        raise BackupError(
            _("%(folder)s 里已经有文件，没有改动。请先把它们移走再恢复。") % {"folder": media_root}
        )


def _require_same_keys(manifest: Manifest) -> None:
    if names := other_keys(manifest.keys):
        raise BackupError(
            _(
                "这里的密钥和备份时的不同：%(names)s。用别的密钥，手机号读不出来，没有改动。"
                "请先把原来的密钥放好；密钥确实丢了，加上 --other-keys。"
            )
            % {"names": "、".join(names)}
        )


def _require_whole(backup: Path, manifest: Manifest) -> None:
    broken = [path for path, digest in manifest.files.items() if not _is(backup / path, digest)]
    if broken:
        raise BackupError(
            _("备份里有 %(count)s 个文件缺少或坏了（如 %(path)s），没有改动。请换一份备份。")
            % {"count": len(broken), "path": broken[0]}
        )


def _is(path: Path, digest: str) -> bool:
    return path.is_file() and hash_file(path) == digest


def _fill(connection, media_root: Path, backup: Path) -> None:
    """The files first: the database goes in at once or not at all, and then they are taken back."""
    try:
        # The web server may have to read them too.
        copy_tree(backup / MEDIA, media_root, mode=settings.FILE_UPLOAD_PERMISSIONS)
        ENGINES[connection.vendor].load(connection, backup)
    except (BackupError, OSError) as error:
        shutil.rmtree(media_root, ignore_errors=True)
        raise BackupError(_("没有恢复成：%(error)s") % {"error": error}) from error


def _prove(connection, media_root: Path, manifest: Manifest) -> None:
    there = ENGINES[connection.vendor].facts(connection)
    wrong = [*_differences(manifest.database, there), *_wrong_files(media_root, manifest)]
    if wrong:
        raise BackupError(
            _("恢复后核对不上，共 %(count)s 处：%(wrong)s。请换一个空的地方重新恢复。")
            % {"count": len(wrong), "wrong": "、".join(wrong[:5])}
        )


def _differences(said: DatabaseFacts, there: DatabaseFacts) -> Iterator[str]:
    for name in sorted(said.tables.keys() | there.tables.keys()):
        if said.tables.get(name) != there.tables.get(name):
            yield name
    for name in sorted(said.schema.keys() | there.schema.keys()):
        if said.schema.get(name) != there.schema.get(name):
            yield name
    # A sequence may have gone on between the two looks; it must not have gone back.
    for name, last in said.sequences.items():
        if there.sequences.get(name, -1) < last:
            yield name


def _wrong_files(media_root: Path, manifest: Manifest) -> Iterator[str]:
    for path, digest in manifest.files.items():
        folder, _slash, below = path.partition("/")
        if folder == MEDIA and not _is(media_root / below, digest):
            yield path
