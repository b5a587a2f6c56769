#!/usr/bin/env bash
# PyYAML cannot read a plain `=`.
#
# YAML 1.2 has no meaning of its own for `=`: the core schema makes it text, as it does `<` and `>`. PyYAML 6.0.4 and
# ruamel.yaml 0.19.1 (in its mode for 1.2) give it the type "default value" of YAML 1.1, for which their safe loaders
# have no constructor, and raise. js-yaml 5.5.0 and yaml 2.9.1 read text. An enum of operators, [<, =, >], therefore
# stops the tools that stand on PyYAML: cfn-lint 1.58.0 and openapi-spec-validator 0.9.0 among them.
# Here a plain `=` is text when it is read (codegen/src/parse/yaml.rs), and every file that is written quotes it:
# scalar() in codegen/src/emit/cfn/yaml.rs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check PyYAML==6.0.4 ruamel.yaml==0.19.1
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . js-yaml@5.5.0 yaml@2.9.1
printf 'enum: [<, =, ">"]\n' >operators.yaml
{
  venv/bin/python -c '
import yaml
from ruamel.yaml import YAML
text = open("operators.yaml").read()
for name, read in (("PyYAML 6.0.4", yaml.safe_load), ("ruamel.yaml 0.19.1", YAML(typ="safe").load)):
    try:
        print(f"{name}:", read(text)["enum"])
    except Exception as error:
        print(f"{name}:", type(error).__name__, str(error).splitlines()[0])'
  node -e '
    const text = require("fs").readFileSync("operators.yaml", "utf8");
    for (const [name, read] of [["js-yaml 5.5.0", require("js-yaml").load], ["yaml 2.9.1", require("yaml").parse]]) {
      console.log(`${name}: ${JSON.stringify(read(text).enum)}`);
    }'
} | tee seen
diff - seen <<'EXPECTED' || { echo 'changed: a reader treats a plain = otherwise now' >&2; exit 1; }
PyYAML 6.0.4: ConstructorError could not determine a constructor for the tag 'tag:yaml.org,2002:value'
ruamel.yaml 0.19.1: ConstructorError could not determine a constructor for the tag 'tag:yaml.org,2002:value'
js-yaml 5.5.0: ["<","=",">"]
yaml 2.9.1: ["<","=",">"]
EXPECTED
