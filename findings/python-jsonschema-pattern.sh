#!/usr/bin/env bash
# Python's jsonschema reads `pattern` as a regular expression of Python, not of ECMA-262.
#
# JSON Schema (core, section 6.4) says that patterns should be ECMA-262 regular expressions, in Unicode mode. There
# `\d` is 0 to 9, and `\p{L}` is a letter of any script. jsonschema 4.26.0 hands the pattern to Python's re: `^\d+$`
# takes Arabic-Indic digits, and a schema with `\p{L}` cannot be used at all: the first value raises an error of re,
# which is no ValidationError. Two services with one contract disagree on which values are in it.
# Here patterns mean what ECMA-262 says, and what it does not have is an error of the contract:
# codegen/scalars/tests/it/patterns.rs compares them with another engine of ECMA-262.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check jsonschema==4.26.0
cat >cases.json <<'JSON'
[["^\\d+$", "42"], ["^\\d+$", "\u0664\u0662"], ["^\\p{L}+$", "a"]]
JSON
python=$(venv/bin/python - <<'PY'
import json

from jsonschema import Draft202012Validator, ValidationError

verdicts = []
for pattern, text in json.load(open("cases.json")):
    try:
        Draft202012Validator({"pattern": pattern}).validate(text)
        verdicts.append("valid")
    except ValidationError:
        verdicts.append("invalid")
    except Exception as error:
        verdicts.append(type(error).__name__)
print(*verdicts)
PY
)
node=$(node -p '
  JSON.parse(require("fs").readFileSync("cases.json"))
    .map(([pattern, text]) => (new RegExp(pattern, "u").test(text) ? "valid" : "invalid")).join(" ")')
echo "the patterns and texts: $(cat cases.json)"
echo "jsonschema 4.26.0: $python"
echo "ECMA-262 (Node.js $(node --version)): $node"
[ "$node" = 'valid invalid valid' ] && [[ "$python" =~ ^'valid valid '(error|PatternError)$ ]] || {
  echo 'changed: jsonschema reads patterns otherwise now' >&2
  exit 1
}
