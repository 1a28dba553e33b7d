"""`python -m courses.encoding SOURCE FOLDER`: the child's side of `process`."""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from courses.encoding.sources import UnusableSource
from courses.encoding.transcoding import transcode

# Pages and saved answers go first.
NICE = 10


def say(**line) -> None:
    # To a parent that is gone this is an error, and the end.
    print(json.dumps(line), flush=True)


def main(source: str, folder: str) -> None:
    os.nice(NICE)
    try:
        made = transcode(
            Path(source), Path(folder), lambda done, total: say(done=done, total=total)
        )
    except UnusableSource as error:
        say(fault=error.fault)
    else:
        say(made=asdict(made))


if __name__ == "__main__":
    main(*sys.argv[1:])
