#!/usr/bin/env bash
# Two validators refuse a reference to an $anchor, which OpenAPI 3.1 allows.
#
# Schemas of OpenAPI 3.1 are JSON Schema 2020-12, where `$anchor` names a schema and `$ref: '#name'` leads to it
# (core, section 8.2.2), without the path through `components`. openapi-spec-validator 0.9.0 stops with an error that
# it does not find the name as a key of the document, and Spectral 6.16.3 calls the reference an invalid JSON pointer.
# Redocly CLI 2.77.0 and swagger-parser 13.1.0 pass the same document. A document that one team validates fails in the
# next team's pipeline, at every reference.
# Here anchors are followed: anchored() in codegen/src/lower/documents.rs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openapi-spec-validator==0.9.0
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . \
  @stoplight/spectral-cli@6.16.3 @redocly/cli@2.77.0 @apidevtools/swagger-parser@13.1.0
cat >openapi.yaml <<'YAML'
openapi: 3.1.1
info: {title: Orders, version: 1.0.0}
servers: [{url: /}]
paths:
  /orders:
    get:
      operationId: getOrder
      responses:
        '200': {description: found, content: {application/json: {schema: {$ref: '#order'}}}}
components:
  schemas:
    Order: {$anchor: order, type: object, properties: {id: {type: string}}}
YAML
echo '{"extends": [["spectral:oas", "off"]], "rules": {"oas3-schema": true}}' >.spectral.json
verdict() { if "$@" >log 2>&1; then echo passes; else echo refused; fi; }
validator=$(verdict venv/bin/openapi-spec-validator openapi.yaml)
grep -q "'order' does not exist within" log || validator='another outcome'
spectral=$(verdict npx spectral lint openapi.yaml --ruleset .spectral.json)
grep -q "'#order' JSON pointer is invalid" log || spectral='another outcome'
redocly=$(verdict npx redocly lint openapi.yaml --extends spec)
swagger=$(verdict node -e 'require("@apidevtools/swagger-parser").validate("openapi.yaml").catch(() => process.exit(1))')
echo "openapi-spec-validator 0.9.0: $validator"
echo "Spectral 6.16.3: $spectral"
echo "Redocly CLI 2.77.0: $redocly"
echo "swagger-parser 13.1.0: $swagger"
[ "$validator $spectral $redocly $swagger" = 'refused refused passes passes' ] || {
  echo 'changed: the validators judge a reference to an anchor otherwise now' >&2
  exit 1
}
