#!/usr/bin/env bash
# Redocly CLI demands a description of responses that OpenAPI 3.2 made optional.
#
# Until 3.1 a Response Object had to have `description`. OpenAPI 3.2.0 added `summary` to it and requires neither; its
# schema, which openapi-spec-validator 0.9.0 uses, passes a response with a summary alone. Redocly CLI 2.77.0 reads
# 3.2 (it knows the `query` method in the same document) and reports an error for the response. Whoever writes for
# 3.2, or generates it, must fill in a text that the specification no longer asks for.
# Here the field is optional in 3.2 and required before (codegen/src/parse/keywords/openapi.rs).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openapi-spec-validator==0.9.0
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . @redocly/cli@2.77.0
cat >openapi.yaml <<'YAML'
openapi: 3.2.0
info: {title: Orders, version: 1.0.0}
servers: [{url: /}]
paths:
  /orders:
    query:
      operationId: searchOrders
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses:
        '200': {summary: The orders found}
YAML
validator=$(venv/bin/openapi-spec-validator openapi.yaml)
if npx redocly lint openapi.yaml --extends spec >redocly.log 2>&1; then redocly=passes; else
  redocly=$(grep 'must be present' redocly.log || { cat redocly.log >&2; echo 'another error'; })
fi
echo "openapi-spec-validator 0.9.0: $validator"
echo "Redocly CLI 2.77.0: $redocly"
[ "$validator" = 'openapi.yaml: OK' ] && [ "$redocly" = 'The field `description` must be present on this level.' ] || {
  echo 'changed: the two judge a response without a description otherwise now' >&2
  exit 1
}
