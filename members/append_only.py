"""Triggers that let rows be added to a table and nothing else, on SQLite and PostgreSQL.

SQLite: a later migration that alters the table remakes it and loses the triggers; it has to set
them again. Emptying a database (Django's `flush`, in the tests) has to lift them first.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class AppendOnly:
    """`may_update` and `may_delete` are conditions over OLD and NEW that let a row go through."""

    table: str
    refused: str
    may_update: str = "FALSE"
    # By vendor: each counts days in its own way.
    may_delete: dict[str, str] = field(default_factory=dict)

    def guard(self, connection) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                for event in ("update", "delete", "truncate"):
                    cursor.execute(self._function(event))
            for name, action in self._triggers(connection).items():
                cursor.execute(f"CREATE TRIGGER {self.table}_{name} {action}")

    def lift(self, connection) -> None:
        """Take the triggers away; harmless when there are none."""
        place = f" ON {self.table}" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            for name in self._triggers(connection):
                cursor.execute(f"DROP TRIGGER IF EXISTS {self.table}_{name}{place}")
                if connection.vendor == "postgresql":
                    cursor.execute(f"DROP FUNCTION IF EXISTS {self.table}_refuse_{name}()")

    def _triggers(self, connection) -> dict[str, str]:
        if connection.vendor == "postgresql":
            return {
                "update": self._calls("UPDATE", "ROW"),
                "delete": self._calls("DELETE", "ROW"),
                "truncate": self._calls("TRUNCATE", "STATEMENT"),
            }
        may_update = self.may_update.replace("IS NOT DISTINCT FROM", "IS")
        may_delete = self.may_delete.get("sqlite", "FALSE")
        return {
            "update": self._refuses("UPDATE", f"NOT ({may_update})"),
            "delete": self._refuses("DELETE", f"NOT ({may_delete})"),
            # INSERT OR REPLACE takes the old row away without asking the trigger above.
            "replace": self._refuses(
                "INSERT",
                f"NEW.id IN (SELECT id FROM {self.table})",  # noqa: S608 constants
            ),
        }

    def _refuses(self, event: str, condition: str) -> str:
        return (
            f"BEFORE {event} ON {self.table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{self.refused}'); END"
        )

    def _calls(self, event: str, each: str) -> str:
        function = f"{self.table}_refuse_{event.lower()}"
        return f"BEFORE {event} ON {self.table} FOR EACH {each} EXECUTE FUNCTION {function}()"

    def _function(self, event: str) -> str:
        allowed = {
            "update": f"IF {self.may_update} THEN RETURN NEW; END IF;",
            "delete": f"IF {self.may_delete.get('postgresql', 'FALSE')} THEN RETURN OLD; END IF;",
            "truncate": "",
        }
        return (
            f"CREATE OR REPLACE FUNCTION {self.table}_refuse_{event}() RETURNS trigger "
            f"LANGUAGE plpgsql AS $$ BEGIN {allowed[event]} "
            f"RAISE EXCEPTION '{self.refused}'; END $$"
        )
