"""Ask this machine's /readyz; exit 1 with the reason when it is not ready.

    python deploy/probe.py [PORT]

Django answers known hosts only, so the request names the first of ALLOWED_HOSTS.
"""

import os
import sys
from http.client import HTTPConnection


def main() -> int:
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
    connection = HTTPConnection("127.0.0.1", port, timeout=6)
    try:
        connection.request("GET", "/readyz", headers={"Host": host.replace("*", "localhost")})
        response = connection.getresponse()
    except OSError as error:
        print(f"no answer: {error}")
        return 1
    print(response.read().decode())
    return 0 if response.status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
