"""Compares the table of limits (infra/limits) with the service models of botocore and the schemas of cfn-lint.

    python3 -m venv target/ci/limits && target/ci/limits/bin/pip install --quiet botocore cfn-lint
    target/ci/limits/bin/python .ci/limits.py

Prints a line for each limit that differs, or whose place is gone, and for each that nothing here can look up.
Exit code 1 where one differs. Older releases know older limits, so it wants the newest.
"""

import json
import re
import sys
from importlib.metadata import version
from pathlib import Path

import botocore.loaders
from cfnlint.helpers import LIMITS
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

TABLE = Path(__file__).parent.parent / "infra/limits/src/lib.rs"
ROW = re.compile(r'^    ([A-Z_]+) = ([0-9_]+), "((?:[^"\\]|\\.)*)", (?:"([^"]*)"|r#"(.*)"#);$', re.M)
MODELS = {}


def model(service):
    """A service's model of botocore."""
    if service not in MODELS:
        MODELS[service] = botocore.loaders.Loader().load_service_model(service, "service-2")
    return MODELS[service]


def words_of(service):
    """All the words of a model without its markup."""
    text = " ".join(re.findall(r'"documentation": "((?:[^"\\]|\\.)*)"', json.dumps(model(service))))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", text))


def look_up(value, source):
    """What is there now: the number, or a word on why there is none; `None` where it cannot be looked up."""
    kind, rest = source.split(" ", 1)
    if kind == "quota":
        return None
    if kind == "botocore":
        service, rest = rest.split(" ", 1)
        if rest.startswith("says "):
            return value if rest[len("says "):].strip('"') in words_of(service) else "the words are gone"
        shape, bound = rest.split(" ")
        return model(service)["shapes"].get(shape, {}).get(bound, "no such bound")
    if rest.startswith("limits "):
        name = rest.split(" ")[1]
        found = LIMITS.get(name, {})
        return found.get("number", "no such limit") if isinstance(found, dict) else found
    path, bound = rest.split(" ", 1)
    resource, name = path.rsplit("/", 1)
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource).schema
    found = schema["properties"].get(name, {})
    if bound.startswith("says "):
        return value if bound[len("says "):].strip('"') in found.get("description", "") else "the words are gone"
    keys = {"max": ("maximum", "maxLength", "maxItems"), "min": ("minimum", "minLength", "minItems")}[bound]
    return next((found[key] for key in keys if key in found), "no such bound")


def main():
    text = TABLE.read_text()
    rows = ROW.findall(text)
    assert len(rows) == len(re.findall(r"^    [A-Z_]+ = [0-9_]+,", text, re.M)), "a row is not read"
    print(f"botocore {version('botocore')}, cfn-lint {version('cfn-lint')}")
    differing = 0
    for name, number, _, plain, raw in rows:
        value, source = int(number.replace("_", "")), plain or raw
        found = look_up(value, source)
        if found is None:
            print(f"  by hand  {name} = {value}: {source}")
        elif found != value:
            differing += 1
            print(f"  differs  {name} = {value}, found {found}: {source}")
    print(f"{len(rows)} limits, {differing} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
