#!/usr/bin/env bash
# Five readers of YAML, two meanings of `<<`, and the newest release of js-yaml has changed sides.
#
# `<<` is a merge key in a draft for YAML 1.1, and an ordinary key in YAML 1.2, which OpenAPI asks for. Contracts use
# it to share keys, and it works as long as all tools in a chain read it alike. js-yaml 4.3.2, PyYAML 6.0.4 and
# ruamel.yaml 0.19.1 (in its mode for 1.2) merge. js-yaml 5.5.0 and yaml 2.9.1 give a key that is called `<<`. No
# reader warns. After an update of js-yaml the shared keys are gone, and what asked for them is an object with an odd
# key: in a schema, an unknown keyword, which is ignored.
# Here `<<` merges, with the note `merge-key` at its place that other readers may not: yaml_is_read_as_yaml in
# codegen/tests/it/documents.rs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check PyYAML==6.0.4 ruamel.yaml==0.19.1
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . \
  js-yaml@5.5.0 js-yaml-4@npm:js-yaml@4.3.2 yaml@2.9.1
cat >schema.yaml <<'YAML'
Base: &base {type: object, required: [id]}
Order:
  <<: *base
  title: Order
YAML
{
  node -e '
    const text = require("fs").readFileSync("schema.yaml", "utf8");
    const readers = {
      "js-yaml 4.3.2": require("js-yaml-4").load,
      "js-yaml 5.5.0": require("js-yaml").load,
      "yaml 2.9.1": require("yaml").parse,
    };
    for (const [name, read] of Object.entries(readers)) {
      console.log(`${name}: ${Object.keys(read(text).Order).sort().join(" ")}`);
    }'
  venv/bin/python -c '
import yaml
from ruamel.yaml import YAML
text = open("schema.yaml").read()
for name, read in (("PyYAML 6.0.4", yaml.safe_load), ("ruamel.yaml 0.19.1", YAML(typ="safe").load)):
    print(f"{name}:", *sorted(read(text)["Order"]))'
} | tee seen
diff - seen <<'EXPECTED' || { echo 'changed: a reader treats merge keys otherwise now' >&2; exit 1; }
js-yaml 4.3.2: required title type
js-yaml 5.5.0: << title
yaml 2.9.1: << title
PyYAML 6.0.4: required title type
ruamel.yaml 0.19.1: required title type
EXPECTED
