"""Strangers' web servers: real ones, on sockets of this machine."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep

from cms.links.asking import Rules


class Stranger(ThreadingHTTPServer):
    """`answers` maps "METHOD /path", or "/path" for both, to (status, headers)."""

    daemon_threads = True

    def __init__(self, answers):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.asked = answers, []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def rules(self, **changes) -> Rules:
        """Let this server in; names lead to it too."""
        changes = {
            "is_allowed": lambda ip: ip == "127.0.0.1",
            "ports": frozenset({self.server_port}),
            "resolve": lambda host, port: ["127.0.0.1"],
        } | changes
        return Rules(**changes)


class Handler(BaseHTTPRequestHandler):
    def answer(self):
        self.server.asked.append((self.command, self.path, dict(self.headers)))
        answers = self.server.answers
        found = answers.get(f"{self.command} {self.path}") or answers.get(self.path, (404, {}))
        if found == "hang up":
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        status, headers = found
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = answer

    def log_message(self, *_args):
        pass


@contextmanager
def stranger(answers) -> Iterator[Stranger]:
    server = Stranger(answers)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def dripping() -> Iterator[int]:
    """The port of a server that sends a byte of its answer now and then, for ever."""
    listener = socket.create_server(("127.0.0.1", 0))

    def drip():
        client, _address = listener.accept()
        with suppress(OSError), client:
            client.sendall(b"HTTP/1.1 200 OK\r\n")
            while True:
                client.sendall(b"X")
                sleep(0.02)

    thread = Thread(target=drip, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()
