#!/usr/bin/env bash
# Redocly CLI takes `true` for a schema in one place of an OpenAPI 3.1 document and refuses it in another.
#
# OpenAPI 3.1 (section 4.8.24) makes the Schema Object a superset of JSON Schema 2020-12, where `true` and `false` are
# schemas (core, section 4.3.2): as a property, below `components.schemas`, or in `prefixItems` to end a tuple.
# Redocly CLI 2.77.0 passes `true` as a property, and reports an error for the other two, as if Schema had to be an
# object. A valid document with a closed tuple fails the build of whoever lints with it, and only there.
# Here both are schemas wherever one may stand (codegen/src/parse/keywords/schema.rs); JSON Schema's own suite judges
# it (codegen/suite).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . @redocly/cli@2.77.0
# The schemas below `components`, from standard input.
judge() {
  {
    printf 'openapi: 3.1.1\ninfo: {title: Orders, version: 1.0.0}\nservers: [{url: /}]\n'
    printf 'paths: {}\ncomponents:\n  schemas:\n'
    sed 's/^/    /'
  } >openapi.yaml
  if npx redocly lint openapi.yaml --extends spec >redocly.log 2>&1; then echo passes; else
    grep -o 'Expected type .*' redocly.log || { cat redocly.log >&2; echo 'another error'; }
  fi
}
property=$(judge <<<'Order: {type: object, properties: {note: true}}')
component=$(judge <<<'Anything: true')
tuple=$(judge <<<'Pair: {type: array, prefixItems: [{type: string}, false]}')
echo "Redocly CLI 2.77.0, true as a property: $property"
echo "Redocly CLI 2.77.0, true below components: $component"
echo "Redocly CLI 2.77.0, false in prefixItems: $tuple"
refused='Expected type `Schema` (object) but got `boolean`'
[ "$property|$component|$tuple" = "passes|$refused|$refused" ] || {
  echo 'changed: Redocly CLI reads boolean schemas otherwise now' >&2
  exit 1
}
