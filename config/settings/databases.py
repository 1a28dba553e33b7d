"""DATABASE_URL picks the database under any settings; the tuning belongs to the engine."""

from pathlib import Path

import environ

env = environ.Env()

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
    "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
)


def database_config(*, default_file: Path | None) -> dict:
    """Return Django's DATABASES entry for DATABASE_URL, or for the SQLite file when it is unset.

    Without a default file (production) a missing DATABASE_URL raises ImproperlyConfigured.
    """
    if default_file is None:
        config = env.db("DATABASE_URL")
    else:
        config = env.db("DATABASE_URL", default=f"sqlite:///{default_file}")
    config["CONN_MAX_AGE"] = 600
    config["CONN_HEALTH_CHECKS"] = True
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {
            # A writer waits for its turn instead of failing when it upgrades a read lock.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        }
    else:
        # PostgreSQL plans a statement once for each connection instead of each time.
        config["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 5}
    return config
