#!/usr/bin/env bash
# Two readers of parameters split a list at commas that were encoded to be part of a value.
#
# OpenAPI 3.0 defines `style: form, explode: false` by RFC 6570, whose expansion percent-encodes a comma within a
# value (section 3.2.1), so that `tags=a%2Cb,c` is two values: "a,b" and "c". express-openapi-validator 5.6.2 and
# openapi-core 0.23.1 undo the encoding of the whole text first and then split: three values. openapi-core does not
# split `spaceDelimited` at all: `counts=1%202` is no list of integers to it. A filter for the one tag "bread, white"
# finds what is bread or white.
# Here lists in paths are split before their encoding is undone (codegen/tests/golden/tests/bodies.rs has a,b%2Cc).
# Queries come from API Gateway with their encoding undone already: "Bodies, answers and parameters" in
# codegen/README.md says so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openapi-core==0.23.1
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . express@5.3.0 express-openapi-validator@5.6.2
cat >openapi.yaml <<'YAML'
openapi: 3.0.3
info: {title: Orders, version: 1.0.0}
servers: [{url: http://127.0.0.1}]
paths:
  /orders:
    get:
      operationId: listOrders
      parameters:
        - {name: tags, in: query, explode: false, schema: {type: array, items: {type: string}}}
        - name: counts
          in: query
          style: spaceDelimited
          explode: false
          schema: {type: array, items: {type: integer}}
      responses: {'200': {description: listed}}
YAML
cat >read.cjs <<'JS'
const express = require('express'), { middleware } = require('express-openapi-validator');
const app = express();
app.use(middleware({ apiSpec: 'openapi.yaml' }));
app.get('/orders', ({ query }, answer) => answer.json(query));
app.use(({ message }, _request, answer, _next) => answer.status(400).json(message));
const server = app.listen(0, '127.0.0.1', async () => {
  for (const query of ['tags=a%2Cb,c', 'counts=1%202']) {
    const answer = await fetch(`http://127.0.0.1:${server.address().port}/orders?${query}`);
    console.log(`express-openapi-validator 5.6.2, ${query}: ${await answer.text()}`);
  }
  server.close();
});
JS
cat >read.py <<'PY'
import json
from urllib.parse import parse_qsl

from openapi_core import OpenAPI
from openapi_core.testing import MockRequest
from werkzeug.datastructures import ImmutableMultiDict

api = OpenAPI.from_file_path("openapi.yaml")
for query in ("tags=a%2Cb,c", "counts=1%202"):
    arguments = ImmutableMultiDict(parse_qsl(query))
    read = api.unmarshal_request(MockRequest("http://127.0.0.1", "get", "/orders", args=arguments))
    outcome = str(read.errors[0]) if read.errors else json.dumps(read.parameters.query, separators=(",", ":"))
    print(f"openapi-core 0.23.1, {query}: {outcome}")
PY
{ timeout 60 node read.cjs; venv/bin/python read.py; } | tee seen
diff - seen <<'EXPECTED' || { echo 'changed: a reader splits lists otherwise now' >&2; exit 1; }
express-openapi-validator 5.6.2, tags=a%2Cb,c: {"tags":["a","b","c"]}
express-openapi-validator 5.6.2, counts=1%202: {"counts":[1,2]}
openapi-core 0.23.1, tags=a%2Cb,c: {"tags":["a","b","c"]}
openapi-core 0.23.1, counts=1%202: Query parameter error: counts
EXPECTED
