#!/usr/bin/env bash
# arazzo-runner cannot find an operation by its source, and calls the workflow complete.
#
# Arazzo 1.0.1 (Step Object, `operationId`) says that with several source descriptions an operation must be named by
# the expression $sourceDescriptions.<name>.<operationId>. The `respect` command of Redocly CLI runs such a step.
# arazzo-runner 0.9.6 logs that the operation is not found, makes no request, looks at no success criterion, and
# returns the status workflow_complete with no error: a test that looks at the status passes and has tested nothing.
# Here the form is read, and an operation that is not found is an error at its line, before anything runs:
# codegen/src/lower/workflows/target.rs.
set -euo pipefail
work=$(mktemp -d)
server=
finish() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap finish EXIT
cd "$work"
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check arazzo-runner==0.9.6
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . @redocly/cli@2.77.0
cat >serve.py <<'PY'
"""Answers an order and counts the requests in a file."""
import http.server


class Service(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = b'{"id": 1}'
        open("requests", "a").write(".")
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Service)
open("port", "w").write(str(server.server_port))
server.serve_forever()
PY
timeout 300 python3 serve.py &
server=$!
until [ -s port ]; do sleep 0.1; done
cat >openapi.yaml <<YAML
openapi: 3.0.3
info: {title: Orders, version: 1.0.0}
servers: [{url: 'http://127.0.0.1:$(cat port)'}]
paths:
  /orders/{id}:
    get:
      operationId: getOrder
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses:
        '200': {description: found, content: {application/json: {schema: {type: object}}}}
YAML
sed 's/getOrder/getStock/; s/orders/stock/' openapi.yaml >stock.yaml
cat >arazzo.yaml <<'YAML'
arazzo: 1.0.1
info: {title: Read an order, version: 1.0.0}
sourceDescriptions:
  - {name: shop, url: ./openapi.yaml, type: openapi}
  - {name: stock, url: ./stock.yaml, type: openapi}
workflows:
  - workflowId: read
    steps:
      - stepId: get
        operationId: $sourceDescriptions.shop.getOrder
        parameters: [{name: id, in: path, value: 1}]
        successCriteria: [{condition: $statusCode == 200}]
YAML
requests() { if [ -e requests ]; then wc -c <requests | tr -d ' '; else echo 0; fi; }
result=$(venv/bin/python - 2>runner.log <<'PY'
from arazzo_runner import ArazzoRunner
result = ArazzoRunner.from_arazzo_path("arazzo.yaml").execute_workflow("read", {})
print(getattr(result.status, "value", result.status), result.error)
PY
)
with_runner=$(requests)
if timeout 120 npx redocly respect arazzo.yaml >respect.log 2>&1; then respect=passed; else respect=failed; fi
with_respect=$(($(requests) - with_runner))
echo "arazzo-runner 0.9.6: status and error: $result; requests made: $with_runner"
echo "Redocly CLI 2.77.0, respect: $respect; requests made: $with_respect"
[ "$result|$with_runner|$respect|$with_respect" = 'workflow_complete None|0|passed|1' ] || {
  cat runner.log respect.log >&2
  echo 'changed: arazzo-runner treats such a step otherwise now' >&2
  exit 1
}
