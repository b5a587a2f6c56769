#!/usr/bin/env bash
# Redocly's workflow runner reads a JSONPath criterion of an object as if the object stood in an array.
#
# Arazzo 1.0.1 (Criterion Object) names RFC 9535 for a criterion of type `jsonpath`, with `context` as the document. There,
# `$.tags[?@.name == 'new']` selects an element of the member `tags` (section 2.3.5), and `$[?@.name == 'Anna']` asks the
# members of the document, of which none has a `name`. `respect` of Redocly CLI 2.77.0 decides both the other way round.
# A document that passes there fails in a runner that keeps to the RFC, and the reverse. Where a filter of an object asks for
# what the object itself has, the generated load test reads it as meant, with the warning `workflow-notation`, and `$.tags[…]`
# as the RFC does (codegen/src/lower/workflows/criterion.rs).
set -euo pipefail
work=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . @redocly/cli@2.77.0
cat >server.mjs <<'JS'
import http from 'node:http';
const person = JSON.stringify({ name: 'Anna', tags: [{ name: 'new' }] });
const server = http.createServer((_, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(person);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
JS
node server.mjs >port &
server=$!
for _ in $(seq 50); do [ -s port ] && break; sleep 0.1; done
cat >openapi.yaml <<YAML
openapi: 3.1.1
info: {title: People, version: 1.0.0}
servers: [{url: 'http://127.0.0.1:$(cat port)'}]
paths:
  /person:
    get:
      operationId: getPerson
      responses: {'200': {description: A person., content: {application/json: {schema: {type: object}}}}}
YAML
# Whether a condition holds for {"name": "Anna", "tags": [{"name": "new"}]}.
judge() {
  cat >flow.arazzo.yaml <<YAML
arazzo: 1.0.1
info: {title: People, version: 1.0.0}
sourceDescriptions: [{name: people, url: openapi.yaml, type: openapi}]
workflows:
  - workflowId: look
    steps:
      - stepId: get
        operationId: getPerson
        successCriteria:
          - {context: \$response.body, condition: "$1", type: jsonpath}
YAML
  if timeout 60 npx redocly respect flow.arazzo.yaml >respect.log 2>&1; then echo holds; else
    grep -q 'Workflows: 1 failed' respect.log && echo 'does not hold' || { cat respect.log >&2; echo 'another error'; }
  fi
}
member=$(judge "\$.tags[?@.name == 'new']")
document=$(judge "\$[?@.name == 'Anna']")
echo "Redocly CLI 2.77.0, \$.tags[?@.name == 'new']: $member (RFC 9535: holds)"
echo "Redocly CLI 2.77.0, \$[?@.name == 'Anna']: $document (RFC 9535: does not hold)"
[ "$member|$document" = 'does not hold|holds' ] || {
  echo 'changed: Redocly CLI decides JSONPath criteria otherwise now' >&2
  exit 1
}
