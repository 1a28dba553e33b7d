"""The production shape stays true to the settings and to the source tree."""

import ast
import re
import runpy
import tomllib

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

DEPLOY = settings.BASE_DIR / "deploy"
STATIC = re.compile(r"""\{%\s*static\s+(['"])([^'"]+)\1\s*%\}""")


def variables_read(source: str) -> set[str]:
    """What `env("NAME")`, `env.int("NAME")` and their like ask the environment for."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return {call.args[0].value for call in calls if is_environment(call.func) and call.args}


def is_environment(function: ast.expr) -> bool:
    owner = function.value if isinstance(function, ast.Attribute) else function
    return isinstance(owner, ast.Name) and owner.id == "env"


def variables_named(example: str) -> list[str]:
    """The names in an environment file, those that are commented out included."""
    return re.findall(r"^#?([A-Z][A-Z0-9_]*)=", example, re.MULTILINE)


def static_references() -> set[str]:
    pages = (settings.BASE_DIR / "templates").rglob("*.html")
    return {name for page in pages for _quote, name in STATIC.findall(page.read_text("utf-8"))}


def test_variables_read_finds_every_way_of_asking():
    source = "env('A'); env.int('B', default=1); env.db('C'); other('D'); environ.Env()"

    assert variables_read(source) == {"A", "B", "C"}


def test_environment_example_names_what_the_settings_read():
    sources = (settings.BASE_DIR / "config" / "settings").glob("*.py")
    read = {name for file in sources for name in variables_read(file.read_text("utf-8"))}

    assert sorted(variables_named((DEPLOY / ".env.example").read_text("utf-8"))) == sorted(read)


def test_operators_page_explains_every_variable():
    page = (settings.BASE_DIR / "docs" / "guide" / "operators.md").read_text("utf-8")
    named = variables_named((DEPLOY / ".env.example").read_text("utf-8"))

    assert [name for name in named if f"| `{name}` |" not in page] == []


def test_image_holds_every_package():
    pyproject = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))
    packages = pyproject["tool"]["importlinter"]["root_packages"]
    context = (DEPLOY / "Containerfile.dockerignore").read_text("utf-8").splitlines()

    assert [name for name in packages if f"!{name}" not in context] == []


def test_every_queue_has_a_worker_wherever_the_platform_runs():
    units = {file.name: file.read_text("utf-8") for file in (DEPLOY / "systemd").iterdir()}
    compose = (DEPLOY / "compose.yaml").read_text("utf-8")
    for queue in {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}:
        serving = [name for name, text in units.items() if f" --queues {queue} " in text]

        assert (len(serving), f" --queues {queue} " in compose) == (1, True)
        assert serving[0] in units["xuetang.target"]


@pytest.mark.parametrize("ignored", [".env", "postgres.env", "tls/"])
def test_secrets_stay_out_of_the_repository(ignored):
    assert ignored in (DEPLOY / ".gitignore").read_text("utf-8").splitlines()


def test_gunicorn_sends_its_own_messages_to_the_structured_log():
    chosen = runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))

    assert chosen["logconfig_dict"]["loggers"]["gunicorn.error"]["handlers"] == ["console"]


def test_every_static_reference_of_a_template_exists():
    """One that is missing stops a page in production, where names come from the manifest."""
    files = [name for name in static_references() if not name.endswith("/")]

    assert [name for name in files if finders.find(name) is None] == []
