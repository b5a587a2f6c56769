#!/usr/bin/env bash
# Three validators say that 19.99 is not a multiple of 0.01.
#
# JSON Schema (validation, section 6.2.1) has `multipleOf` hold when the division gives an integer, and 19.99 / 0.01
# is 1999. Numbers of JSON are decimal; nothing asks for binary fractions. ajv 8.20.0, Python's jsonschema 4.26.0 and
# Spectral 6.16.3 (on an example in a document) divide doubles, get 1998.9999999999998, and refuse the price. They
# accept 0.05, so a first test passes. The schema that one writes for money in the first hour refuses one price in
# seven.
# Here `multipleOf` is compared in decimal, exactly: codegen/runtime/src/schema/number.rs, whose tests have 19.99.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check jsonschema==4.26.0
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . ajv@8.20.0 @stoplight/spectral-cli@6.16.3
ajv=$(node -e '
  const ajv = new (require("ajv"))({ strict: false });
  console.log([0.05, 19.99].map((price) => ajv.validate({ multipleOf: 0.01 }, price)).join(" "));')
python=$(venv/bin/python -c '
from jsonschema import Draft202012Validator
validator = Draft202012Validator({"multipleOf": 0.01})
print(*(str(validator.is_valid(price)).lower() for price in (0.05, 19.99)))')
cat >openapi.yaml <<'YAML'
openapi: 3.0.3
info: {title: Prices, version: 1.0.0}
paths: {}
components:
  schemas:
    Small: {type: number, multipleOf: 0.01, example: 0.05}
    Price: {type: number, multipleOf: 0.01, example: 19.99}
YAML
echo '{"extends": [["spectral:oas", "off"]], "rules": {"oas3-valid-schema-example": true}}' >.spectral.json
# The line of each finding and its message; `Price` is in line 7.
spectral=$({ npx spectral lint openapi.yaml --ruleset .spectral.json --format json --quiet || true; } | node -e '
  const found = JSON.parse(require("fs").readFileSync(0));
  console.log(found.map(({ range, message }) => `line ${range.start.line + 1}: ${message}`).join("; "));')
share=$(node -e '
  const ajv = new (require("ajv"))({ strict: false }), valid = ajv.compile({ multipleOf: 0.01 });
  let refused = 0;
  for (let cents = 1; cents <= 10000; cents++) refused += !valid(Number(`${cents}e-2`));
  console.log(refused);')
echo "ajv 8.20.0, 0.05 and 19.99: $ajv"
echo "jsonschema 4.26.0, 0.05 and 19.99: $python"
echo "Spectral 6.16.3: $spectral"
echo "ajv 8.20.0 refuses $share of the 10000 prices from 0.01 to 100.00"
[ "$ajv" = 'true false' ] && [ "$python" = 'true false' ] && [ "$share" = 1363 ] &&
  [ "$spectral" = 'line 7: "example" property must be multiple of 0.01' ] || {
  echo 'changed: a validator divides otherwise now' >&2
  exit 1
}
