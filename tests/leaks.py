"""Watches every test: no log line, task argument or address may hold a phone or a person's name.

What is looked for: every number that looks like a mobile, and the names that the factories give.
The test in which something is found fails and says where. Works in each process of a parallel run
by itself; the last line of the run says how much was looked at.
"""

import logging
import re
from collections import Counter
from urllib.parse import unquote_plus

import pytest
from celery.signals import task_prerun
from django.core.signals import request_started

NAMES = ("陈秀英", "黄桂芳", "林主任", "陈桂英", "慕容木棉花")
PERSONAL = re.compile("|".join([r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])", *NAMES]))
# The end of a request's id may look like a mobile by chance.
REQUEST_ID = re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
KINDS = {"log": "log lines", "task": "tasks", "address": "addresses"}
# Tests whose subject it is, by the beginning of their names; each with its reason.
EXCUSED = {
    "tests/config/test_logging.py": "gives phones to the log, to see that they are not written",
}


class LeakWatch(logging.Handler):
    """Sees records before they are scrubbed: what the scrubber would hide is a leak still."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []
        self.looked_at: Counter[str] = Counter()

    def start(self) -> None:
        logging.getLogger().addHandler(self)
        task_prerun.connect(self.see_task, weak=False)
        request_started.connect(self.see_request, weak=False)

    def emit(self, record: logging.LogRecord) -> None:
        error = str(record.exc_info[1]) if record.exc_info else ""
        self.look("log", f"{record.name}: {record.getMessage()} {error}")

    def see_task(self, task=None, args=(), kwargs=None, **_signal) -> None:
        self.look("task", f"{task.name} {args} {kwargs}")

    def see_request(self, environ, **_signal) -> None:
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        self.look("address", f"{path}?{unquote_plus(query)}")

    def look(self, kind: str, text: str) -> None:
        self.looked_at[kind] += 1
        if PERSONAL.search(REQUEST_ID.sub("", text)):
            self.found.append(f"{kind}: {text[:300]}")

    def settle(self, test: str) -> None:
        found, self.found = self.found, []
        if found and not test.startswith(tuple(EXCUSED)):
            pytest.fail("personal data in\n" + "\n".join(found), pytrace=False)


class LeakPlugin:
    """Ties the watch to the run; in a parallel one the workers tell the controller their counts."""

    def __init__(self):
        self.watch, self.total = LeakWatch(), Counter()

    def pytest_sessionstart(self):
        self.watch.start()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item):
        try:
            result = yield
        except BaseException:
            # It has failed already; what was found is not the next test's.
            self.watch.found.clear()
            raise
        self.watch.settle(item.nodeid)
        return result

    def pytest_sessionfinish(self, session):
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["looked_at"] = dict(self.watch.looked_at)
        self.total.update(self.watch.looked_at)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node):
        self.total.update(getattr(node, "workeroutput", {}).get("looked_at", {}))

    def pytest_terminal_summary(self, terminalreporter):
        said = ", ".join(f"{self.total[kind]} {label}" for kind, label in KINDS.items())
        terminalreporter.write_line(f"looked for personal data in {said}")
