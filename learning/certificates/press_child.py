"""The printing process: lines of JSON come in, files go out.

Run by press.py: `python -m learning.certificates.press_child [FONT…]`. A request is
{"kind": …, "paper": {…}}; an answer is a line with its length in bytes, then the bytes, or a line
"error …" when that paper could not be printed. It ends with its input.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

from learning.bulletins.bulletin import Bulletin
from learning.certificates.paper import CertificatePaper, StatementPaper
from learning.certificates.printing import Printer


def serve(requests: IO[bytes], answers: IO[bytes], printer: Printer) -> None:
    kinds: dict[str, Callable[[dict], bytes]] = {
        "certificate": lambda paper: printer.print_certificate(CertificatePaper(**paper)),
        "picture": lambda paper: printer.print_picture(CertificatePaper(**paper)),
        "statement": lambda paper: printer.print_statement(StatementPaper(**paper)),
        "bulletin": lambda paper: printer.print_bulletin(Bulletin.from_json(paper)),
        "missing": lambda paper: "".join(printer.cutter.find_missing(paper["text"])).encode(),
    }
    for line in requests:
        request = json.loads(line)
        try:
            file = kinds[request["kind"]](request["paper"])
        except Exception as error:  # one bad paper must not end the press for all
            answers.write(f"error {type(error).__name__}\n".encode())
        else:
            answers.write(f"{len(file)}\n".encode())
            answers.write(file)
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer, Printer([Path(each) for each in sys.argv[1:]]))
