from types import ModuleType

from config.backup import postgres, sqlite

# Each with the same functions: dump, is_empty, load, facts.
ENGINES: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgres}
