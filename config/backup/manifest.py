"""What a backup says of itself: its files, its tables, and the keys that it was made with."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from config.backup.errors import BackupError

NAME = "manifest.json"
FORM = 1


@dataclass(frozen=True)
class DatabaseFacts:
    """Equal on both sides of a restore.

    `tables`: name → [rows, checksum], whatever the order of the rows. `schema`: indexes,
    constraints, triggers and functions by name → definition. `sequences`: the last number given.
    """

    tables: dict[str, list]
    schema: dict[str, str]
    sequences: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """`files`: path inside the backup → SHA-256. `keys`: setting → mark (config.backup.keys)."""

    made_at: str
    vendor: str
    keys: dict[str, str]
    database: DatabaseFacts
    files: dict[str, str]
    form: int = FORM

    @property
    def contents(self) -> str:
        """The size of it in words."""
        return _("%(tables)s 张表 %(rows)s 行、%(files)s 个上传的文件") % {
            "tables": len(self.database.tables),
            "rows": sum(rows for rows, _checksum in self.database.tables.values()),
            "files": len(self.files) - 1,
        }

    def write(self, folder: Path) -> None:
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        path = folder / NAME
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Raises BackupError when this is no backup, or one of a later version."""
    try:
        said = json.loads((folder / NAME).read_text(encoding="utf-8"))
        manifest = Manifest(**said | {"database": DatabaseFacts(**said["database"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BackupError(
            _("%(folder)s 不是完整的备份：缺少清单 manifest.json，或者清单读不懂。")
            % {"folder": folder}
        ) from error
    if manifest.form != FORM:
        raise BackupError(_("这份备份是别的版本做的，请用那个版本的代码恢复。"))
    return manifest
