"""The embedded run's own secret key: made once, kept beside the database."""

from pathlib import Path

from django.core.management.utils import get_random_secret_key


def read_or_create_secret(path: Path) -> str:
    """Return the key in `path`; make the file, readable by its owner alone, when it is missing."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key(), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()
