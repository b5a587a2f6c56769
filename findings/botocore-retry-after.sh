#!/usr/bin/env bash
# botocore waits as long as `x-amz-retry-after` says, and takes no notice of `Retry-After`.
#
# RFC 9110 (section 10.2.3) has a server say in Retry-After how long a client ought to wait, and names 503 for it. One
# would expect the SDK of a cloud to obey it.
# botocore 1.44.8 tries again after a few hundredths of a second; in its "standard" mode it waits for the header
# x-amz-retry-after instead, which has milliseconds and which hardly anybody knows.
# Whoever stands in for an AWS service (a proxy, an emulator, a fault injector) and means to slow clients down with
# Retry-After is called again at once, so an overload is made worse.
# Here the local stage's injected faults never rely on the header: a refusal is a throttling error that SDKs know
# (infra/stage/tests/messaging/queue_sdk.rs, injected_faults_are_errors_that_an_sdk_would_retry).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check boto3==1.44.8 botocore==1.44.8
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1
timeout 60 venv/bin/python - <<'PY'
import http.server
import sys
import threading
import time

import boto3
import botocore
from botocore.config import Config

arrivals, refusal = [], {}


class Service(http.server.BaseHTTPRequestHandler):
    """Refuses the first request with the headers of `refusal`, and answers those after it."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        arrivals.append(time.monotonic())
        is_first = len(arrivals) == 1
        body = b'{"__type":"com.amazonaws.sqs#ServiceUnavailable","message":"later"}' if is_first else b"{}"
        self.send_response(503 if is_first else 200)
        for name, value in refusal.items() if is_first else ():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
threading.Thread(target=server.serve_forever, daemon=True).start()


def wait(headers):
    """Seconds between the refused request and the next."""
    refusal.clear()
    refusal.update(headers)
    arrivals.clear()
    config = Config(retries={"mode": "standard"})
    boto3.client("sqs", endpoint_url=f"http://127.0.0.1:{server.server_port}", config=config).list_queues()
    return arrivals[1] - arrivals[0]


standard = wait({"Retry-After": "4"})
own = wait({"x-amz-retry-after": "4000"})
print(f"botocore {botocore.__version__}: after 503 with Retry-After: 4, the next try comes {standard:.1f} s later")
print(f"botocore {botocore.__version__}: after 503 with x-amz-retry-after: 4000, it comes {own:.1f} s later")
if standard >= 3 or own < 4:
    sys.exit("changed: botocore obeys other headers now")
PY
