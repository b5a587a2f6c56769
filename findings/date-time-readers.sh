#!/usr/bin/env bash
# Two readers of the format `date-time` are each wrong about RFC 3339, in opposite directions.
#
# JSON Schema (validation, section 7.3.1) defines `date-time` by RFC 3339, whose offset is Z or has hours, a colon and
# minutes, and whose seconds may be 60 where a leap second was inserted (its section 5.8 has 1990-12-31T23:59:60Z).
# ajv-formats 3.0.1 takes the leap second, and also offsets that RFC 3339 does not have: +05 and +0500. Python's
# jsonschema 4.26.0 with its format extra refuses those offsets, and the leap second of the RFC's own example too.
# A value that passes one service's checks is refused by the next one, and a queue holds it until it is a dead letter.
# Here leap seconds are kept and offsets are the RFC's: codegen/scalars/src/format/time.rs, and the tests in
# codegen/runtime/tests/it/scalars.rs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'jsonschema[format]==4.26.0'
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . ajv@8.20.0 ajv-formats@3.0.1
echo '["1990-12-31T23:59:60Z", "2026-01-01T00:00:00+05", "2026-01-01T00:00:00+0500", "2026-01-01T00:00:00+05:00"]' >times.json
ajv=$(node -e '
  const ajv = new (require("ajv"))();
  require("ajv-formats")(ajv);
  const times = JSON.parse(require("fs").readFileSync("times.json"));
  console.log(times.map((time) => ajv.validate({ type: "string", format: "date-time" }, time)).join(" "));')
python=$(venv/bin/python -c '
import json
from jsonschema import Draft202012Validator
checker = Draft202012Validator.FORMAT_CHECKER
validator = Draft202012Validator({"format": "date-time"}, format_checker=checker)
print(*(str(validator.is_valid(time)).lower() for time in json.load(open("times.json"))))')
echo "times: $(cat times.json)"
echo "RFC 3339:          true false false true"
echo "ajv-formats 3.0.1: $ajv"
echo "jsonschema 4.26.0: $python"
[ "$ajv" = 'true true true true' ] && [ "$python" = 'false false false true' ] || {
  echo 'changed: a reader of date-time judges otherwise now' >&2
  exit 1
}
