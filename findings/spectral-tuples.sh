#!/usr/bin/env bash
# Spectral's ruleset calls a tuple of OpenAPI 3.1 an error.
#
# In JSON Schema 2020-12, which OpenAPI 3.1 uses, `items` is optional, and a tuple is written with `prefixItems`. Only
# OpenAPI 3.0 required `items` beside `type: array` (Schema Object, "items"). The rule array-items of spectral:oas in
# Spectral 6.16.3 asks for it in every version, with the severity error: a valid pair of a text and a number fails the
# build. A list of anything, {type: array}, does as well. The way out that one finds, `items: {}`, changes nothing for
# a tuple, but `items: false` closes it, and is often meant.
# Here both are read as the dialect of the document has them: "Schemas" in codegen/README.md, and
# codegen/tests/cases/rust/checks.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openapi-spec-validator==0.9.0
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . @stoplight/spectral-cli@6.16.3
cat >openapi.yaml <<'YAML'
openapi: 3.1.1
info: {title: Orders, version: 1.0.0}
servers: [{url: /}]
paths: {}
components:
  schemas:
    Point: {type: array, prefixItems: [{type: string}, {type: number}], minItems: 2}
YAML
echo '{"extends": ["spectral:oas"]}' >.spectral.json
validator=$(venv/bin/openapi-spec-validator openapi.yaml)
spectral=$({ npx spectral lint openapi.yaml --ruleset .spectral.json --format json --quiet || true; } | node -e '
  const found = JSON.parse(require("fs").readFileSync(0));
  const errors = found.filter(({ severity }) => severity === 0);
  console.log(errors.map(({ code, message }) => `${code}: ${message}`).join("; "));')
echo "openapi-spec-validator 0.9.0: $validator"
echo "Spectral 6.16.3, errors: ${spectral:-none}"
[ "$validator" = 'openapi.yaml: OK' ] &&
  [ "$spectral" = 'array-items: Schemas with "type: array", require a sibling "items" field' ] || {
  echo 'changed: Spectral judges tuples otherwise now' >&2
  exit 1
}
