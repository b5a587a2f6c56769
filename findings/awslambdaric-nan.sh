#!/usr/bin/env bash
# Lambda's runtime client for Python answers NaN under the name of JSON.
#
# RFC 8259 (section 6) permits no NaN and no Infinity. A handler that returns a mean over nothing as float("nan")
# should end in the error that the client has for answers it cannot write, Runtime.MarshalError. awslambdaric 4.2.2,
# which Lambda's Python runtimes run handlers with, writes {"mean": NaN} with the content type application/json. It
# refuses the very same text when it arrives as an event. So the function counts as successful, and the fault shows in
# the next function, in another language or the same.
# Here an answer that is no JSON is a malformed answer to the local stage's gateway, that is 502
# (infra/stage/src/gateway/wire.rs), and the event that it becomes is refused (infra/stage/src/lambda/invoke.rs).
set -euo pipefail
work=$(mktemp -d)
runtime_api=
finish() {
  if [ -n "$runtime_api" ]; then kill "$runtime_api" 2>/dev/null || true; wait "$runtime_api" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap finish EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check awslambdaric==4.2.2
cat >serve.py <<'PY'
"""The Runtime API: one event, and then word that there is nothing more."""
import http.server

events = [b'{"amounts": []}']


class RuntimeApi(http.server.BaseHTTPRequestHandler):
    def answer(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in (*headers, ("Content-Type", "application/json"), ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if not events:
            return self.answer(410)
        self.answer(200, events.pop(), (
            ("Lambda-Runtime-Aws-Request-Id", "request-1"), ("Lambda-Runtime-Deadline-Ms", "4102444800000"),
            ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:111122223333:function:mean"),
        ))

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        with open("answer", "w") as answer:
            answer.write(f"{self.path.rsplit('/', 1)[1]} {self.headers['Content-Type']} {body}")
        self.answer(202)

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), RuntimeApi)
open("port", "w").write(str(server.server_port))
server.serve_forever()
PY
cat >handler.py <<'PY'
def handle(event, context):
    amounts = event["amounts"]
    return {"mean": sum(amounts) / len(amounts) if amounts else float("nan")}
PY
timeout 120 python3 serve.py &
runtime_api=$!
until [ -s port ]; do sleep 0.1; done
AWS_LAMBDA_RUNTIME_API=127.0.0.1:$(cat port) LAMBDA_TASK_ROOT=$work AWS_LAMBDA_FUNCTION_NAME=mean \
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE=128 timeout 60 venv/bin/python -m awslambdaric handler.handle >runtime.log 2>&1 || true
answer=$(cat answer)
event=$(venv/bin/python -c '
from awslambdaric.lambda_runtime_marshaller import LambdaMarshaller
try:
    print(LambdaMarshaller().unmarshal_request("{\"mean\": NaN}"))
except Exception as error:
    print(error.args[0])')
echo "awslambdaric 4.2.2 answers: $answer"
echo "awslambdaric 4.2.2, the same text as an event: $event"
[ "$answer" = 'response application/json {"mean": NaN}' ] && [ "$event" = Runtime.UnmarshalError ] || {
  cat runtime.log >&2
  echo 'changed: awslambdaric writes or reads NaN otherwise now' >&2
  exit 1
}
