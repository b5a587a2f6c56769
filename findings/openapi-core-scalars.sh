#!/usr/bin/env bash
# openapi-core takes texts for integers and booleans that JSON does not have.
#
# OpenAPI defines the types of parameters by JSON Schema, that is, by what JSON writes: an integer is digits 0 to 9
# with a sign before them, a boolean is `true` or `false`. openapi-core 0.23.1 reads with Python's int() and a list of
# words: 1_0 and the Arabic-Indic digit 3 are integers, and `yes` and `1` are true. A service behind it gets 10 where
# the client wrote 1_0, and any other implementation of the contract answers 400.
# Here scalars of parameters are read by JSON's grammar: scalar() in codegen/runtime/src/style/read.rs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openapi-core==0.23.1
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

from openapi_core import OpenAPI
from openapi_core.testing import MockRequest

parameters = [
    {"name": name, "in": "query", "schema": {"type": kind}}
    for name, kind in (("count", "integer"), ("open", "boolean"))
]
operation = {"parameters": parameters, "responses": {"200": {"description": "listed"}}}
api = OpenAPI.from_dict({
    "openapi": "3.0.3", "info": {"title": "Orders", "version": "1.0.0"},
    "servers": [{"url": "http://127.0.0.1"}], "paths": {"/orders": {"get": operation}},
})


def read(name, text):
    answer = api.unmarshal_request(MockRequest("http://127.0.0.1", "get", "/orders", args={name: text}))
    return None if answer.errors else answer.parameters.query[name]


texts = [("count", "1_0"), ("count", "\u0663"), ("count", "1.5"), ("open", "yes"), ("open", "1")]
seen = [read(name, text) for name, text in texts]
for (name, text), value in zip(texts, seen):
    print(f"openapi-core {version('openapi-core')}, {name}={text!a}: {'refused' if value is None else value}")
if seen != [10, 3, None, True, True]:
    sys.exit("changed: openapi-core reads scalars otherwise now")
PY
