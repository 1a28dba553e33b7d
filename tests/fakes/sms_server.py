"""What the fakes of the SMS companies have in common: a real server on a real socket."""

import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import SplitResult, urlsplit


@dataclass(frozen=True)
class Received:
    """A request as it came over the wire; header names in lower case."""

    method: str
    address: SplitResult
    headers: dict[str, str]
    body: bytes


class SmsServer:
    """Answers like the company: `reply` of the subclass gives status, headers and body.

    `taken` holds the messages that it took, (phone, code); `next_codes` what it says instead of
    taking the next ones; `seconds` how long it thinks.
    """

    def __init__(self):
        self.taken: list[tuple[str, str]] = []
        self.next_codes: list[str] = []
        self.seconds = 0.0
        self.asked = 0
        self._stopping = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        serving = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        serving.start()
        return self

    def __exit__(self, *_exception):
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()

    def reply(self, received: Received) -> tuple[int, str, bytes]:
        """Status, content type and body."""
        raise NotImplementedError

    def _handler(self):
        company = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                company.asked += 1
                company._stopping.wait(company.seconds)
                length = int(self.headers.get("content-length", 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                status, kind, body = company.reply(
                    Received("POST", urlsplit(self.path), headers, self.rfile.read(length))
                )
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args):
                """The test's output is not for its server."""

        return Handler
