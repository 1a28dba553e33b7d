"""The stand-in over HTTP, on this machine alone."""

import json
import secrets
import threading
import time
from collections import Counter, deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from config.demo.wechat.answers import ANSWERS
from config.demo.wechat.platform import Platform, Refusal


class WechatServer(ThreadingHTTPServer):
    """`faults`: errcodes that the next requests of a path get instead of an answer; "hang" and
    "garbage" are no answer and one that nobody can read. `calls` counts what was asked."""

    daemon_threads = True

    def __init__(self, platform: Platform):
        super().__init__(("127.0.0.1", 0), Handler)
        self.platform = platform
        self.faults: dict[str, deque] = {}
        self.calls: Counter[str] = Counter()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def start(self) -> "WechatServer":
        threading.Thread(target=self.serve_forever, args=[0.05], daemon=True).start()
        return self

    def fail(self, path: str, *faults) -> None:
        self.faults.setdefault(path, deque()).extend(faults)

    def next_fault(self, path: str):
        waiting = self.faults.get(path)
        return waiting.popleft() if waiting else None


class Handler(BaseHTTPRequestHandler):
    server: WechatServer
    protocol_version = "HTTP/1.1"
    # Seconds that it is silent: longer than anybody waits.
    SILENCE = 8

    def do_GET(self):
        self._answer({})

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        try:
            body = json.loads(self.rfile.read(length) or b"{}")
        except ValueError:
            return self._send({"errcode": 47001, "errmsg": "data format error"})
        self._answer(body)

    def _answer(self, body: dict) -> None:
        parts = urlsplit(self.path)
        self.server.calls[parts.path] += 1
        fault = self.server.next_fault(parts.path)
        if fault == "hang":
            time.sleep(self.SILENCE)
            self.close_connection = True
            return
        if fault == "garbage":
            return self._send_bytes(b"<html>502 Bad Gateway</html>", "text/html", 502)
        try:
            if fault:
                raise Refusal(fault, "as it was told to")
            self._send(self._find(parts, body))
        except Refusal as refusal:
            rid = "-".join(secrets.token_hex(4) for _ in range(3))
            said = f"{refusal.said}, rid: {rid}"
            self._send({"errcode": refusal.code, "errmsg": said})

    def _find(self, parts, body: dict) -> dict:
        answer = ANSWERS.get((self.command, parts.path))
        if answer is None:
            raise Refusal(40066, "invalid url")
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        with self.server.platform.lock:
            return answer(self.server.platform, query, body)

    def _send(self, answer: dict) -> None:
        if "location" in answer:
            self.send_response(302)
            self.send_header("Location", answer["location"])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        # Always 200, and of the type that WeChat gives to its oldest interfaces.
        plain = self.path.startswith("/sns/")
        kind = "text/plain" if plain else "application/json; encoding=utf-8"
        self._send_bytes(json.dumps(answer, ensure_ascii=False).encode(), kind, 200)

    def _send_bytes(self, body: bytes, kind: str, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args) -> None:
        """Addresses hold codes: nothing is logged."""
