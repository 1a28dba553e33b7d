"""For benchmarks over HTTP: a server of our own, visitors, a clock, and what /proc knows."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock, local

TICKS = os.sysconf("SC_CLK_TCK")
TOKEN = "b" * 32
# As production names its cookies.
SESSION, CSRF = "__Host-sessionid", "__Host-csrftoken"


class Server:
    """Gunicorn as in production, but two workers: `with Server(root, port, log=file): …`."""

    def __init__(self, root: Path, port: int, *, log: Path):
        self._root, self._port = root, port
        self._log = log.open("wb")

    def __enter__(self) -> "Server":
        command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"]
        command += ["--workers", "2", "--max-requests", "0"]
        command += ["--bind", f"127.0.0.1:{self._port}", "--backlog", "512"]
        command += ["--log-level", "error"]
        self._process = subprocess.Popen(  # noqa: S603 our own command
            [*command, "config.wsgi"],
            cwd=self._root,
            stdout=subprocess.DEVNULL,
            # The journal's place: request logs are part of the work, reading them is not.
            stderr=self._log,
            start_new_session=True,
        )
        self._wait()
        return self

    def _wait(self) -> None:
        for _ in range(1200):
            try:
                socket.create_connection(("127.0.0.1", self._port), 1).close()
                if len(self.pids()) == 3:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise TimeoutError("the server does not answer")

    def __exit__(self, *_error) -> None:
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait()

    def pids(self) -> list[int]:
        master = self._process.pid
        children = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii")
        return [master, *map(int, children.split())]

    def memory_mb(self) -> int:
        """The proportional size of the largest worker."""
        return max(_pss_kb(pid) for pid in self.pids()) // 1024


def _pss_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def cpu_seconds(pids: list[int]) -> float:
    """User and system time of the processes so far."""
    return sum(_ticks(pid) for pid in pids) / TICKS


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


class Visitor:
    """A browser as far as it matters: a token and, when she has signed in, a session. Connections
    stay open from one request to the next, as nginx keeps them; every thread has its own."""

    _open = local()

    def __init__(self, port: int, session: str | None):
        self._port = port
        signed_in = f"{SESSION}={session}; " if session else ""
        self._head = (
            f"Host: 127.0.0.1:{port}\r\nCookie: {signed_in}{CSRF}={TOKEN}\r\n"
            f"X-CSRFToken: {TOKEN}\r\nAccept-Encoding: gzip\r\n"
        )

    def add_header(self, name: str, value: str) -> None:
        self._head += f"{name}: {value}\r\n"

    def get(self, path: str) -> bytes:
        status, _head, body = self.ask("GET", path)
        assert status == 200, (status, path)
        return body

    def post_form(self, path: str) -> str:
        """Returns where the answer leads."""
        status, head, _body = self.ask("POST", path, "application/x-www-form-urlencoded")
        assert status == 302, (status, path)
        line = next(each for each in head.split("\r\n") if each.lower().startswith("location:"))
        return line.split(":", 1)[1].strip()

    def post_json(self, path: str, body: dict) -> float:
        """Returns the milliseconds that it took."""
        begun = time.perf_counter()
        status, _head, _body = self.ask("POST", path, "application/json", json.dumps(body))
        assert status == 200, (status, path)
        return 1000 * (time.perf_counter() - begun)

    def ask(self, method: str, path: str, kind: str = "", body: str = "") -> tuple[int, str, bytes]:
        sent = body.encode()
        lines = f"{method} {path} HTTP/1.1\r\n{self._head}"
        if method == "POST":
            lines += f"Content-Type: {kind}\r\nContent-Length: {len(sent)}\r\n"
        message = lines.encode() + b"\r\n" + sent
        try:
            text, content = self._exchange(message)
        except (EOFError, ConnectionError):
            # Closed meanwhile, while it was idle.
            self._open.__dict__.pop("stream", None)
            text, content = self._exchange(message)
        return int(text.split(" ", 2)[1]), text, content

    def _exchange(self, message: bytes) -> tuple[str, bytes]:
        if not hasattr(self._open, "stream"):
            connection = socket.create_connection(("127.0.0.1", self._port), 60)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open.stream = connection.makefile("rwb")
        stream = self._open.stream
        stream.write(message)
        stream.flush()
        lines = list(iter(stream.readline, b"\r\n")) if stream.peek(1) else []
        if not lines:
            raise EOFError
        head = b"".join(lines).decode("latin-1")
        length = re.search(r"(?im)^content-length: *(\d+)", head)
        return head, stream.read(int(length[1])) if length else b""


def measure(work, *, concurrency: int, seconds: float) -> dict:
    """Repeat `work` in so many threads; it returns milliseconds under "attempt" and "saves"."""
    until, results, errors, lock = time.perf_counter() + seconds, [], [], Lock()

    def repeat() -> None:
        while time.perf_counter() < until:
            try:
                done = work()
            except (AssertionError, OSError) as error:
                with lock:
                    errors.append(repr(error))
                continue
            with lock:
                results.append(done)

    begun = time.perf_counter()
    with ThreadPoolExecutor(concurrency) as pool:
        for _ in range(concurrency):
            pool.submit(repeat)
    spent = time.perf_counter() - begun
    whole = [each["attempt"] for each in results]
    saves = [ms for each in results for ms in each["saves"]]
    return {
        "done": len(results),
        "per_s": round(len(results) / spent, 1),
        "p50_ms": share(whole, 50),
        "p95_ms": share(whole, 95),
        "save_p50_ms": share(saves, 50),
        "save_p95_ms": share(saves, 95),
        "html_bytes": round(sum(each["html"] for each in results) / len(results)),
        "errors": len(errors),
        **({"error": errors[0]} if errors else {}),
    }


def share(values: list[float], percent: int) -> float:
    """The nearest-rank percentile."""
    ranked = sorted(values)
    return round(ranked[min(len(ranked) - 1, len(ranked) * percent // 100)], 1)
