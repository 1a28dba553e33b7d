"""The settings of `make run`, in a process of their own."""

import os
import subprocess
import sys

SCRIPT = """
import django
django.setup()
from config.celery import app
@app.task
def greet(): print("ran")
greet.delay()
"""


def test_tasks_say_nothing_of_their_own_in_the_terminal(tmp_path):
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings.embedded"
    ran = subprocess.run(
        [sys.executable, "-"],
        input=SCRIPT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.stdout, ran.stderr) == ("ran\n", "")
