#!/usr/bin/env bash
# FormatChecker(), the checker of all formats in Python's jsonschema, has `time` the wrong way round.
#
# JSON Schema 2020-12 (validation, section 7.3.1) defines `time` as the full-time of RFC 3339, which has an offset:
# 12:00:00Z is one, and 12:00:00 is not. jsonschema 4.26.0 has a checker for each draft, and FormatChecker() with all
# formats in one. The latter judges `time` by draft 3 (a time of day without an offset), also in a validator of
# 2020-12: it refuses 12:00:00Z and takes 12:00:00. Draft202012Validator.FORMAT_CHECKER judges both as the draft has
# it. Answers that are right are reported as faults.
# Here `time` is judged by the grammar of RFC 3339, leap seconds included: codegen/scalars/src/format/time.rs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'jsonschema[format]==4.26.0'
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

from jsonschema import Draft202012Validator, FormatChecker

SCHEMA = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "string", "format": "time"}


def judge(checker):
    validator = Draft202012Validator(SCHEMA, format_checker=checker)
    return {time: validator.is_valid(time) for time in ("12:00:00Z", "12:00:00")}


common, own = judge(FormatChecker()), judge(Draft202012Validator.FORMAT_CHECKER)
print(f"jsonschema {version('jsonschema')}, 2020-12 with FormatChecker(): {common}")
print(f"jsonschema {version('jsonschema')}, 2020-12 with its own checker: {own}")
if common != {"12:00:00Z": False, "12:00:00": True} or own != {"12:00:00Z": True, "12:00:00": False}:
    sys.exit("changed: jsonschema judges `time` otherwise now")
PY
