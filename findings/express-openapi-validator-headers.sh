#!/usr/bin/env bash
# An array in a header makes express-openapi-validator refuse every request.
#
# OpenAPI gives header parameters the style `simple` when none is said (Parameter Object, `style`), and arrays are
# allowed there: X-Ids: 1, 2. express-openapi-validator 5.6.2 fills the default style in for paths and queries, and
# not for headers. It answers each request of the operation with 400, "Parameter 'style' has incorrect value
# 'undefined' for [X-Ids]", whether the header was sent or not; with `style: simple` written out it reads the header.
# The document is valid, so no validator finds it; the server blames its clients for it.
# Here the default styles are the specification's for all four places: Style in codegen/runtime/src/style/mod.rs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . express@5.3.0 express-openapi-validator@5.6.2
cat >openapi.yaml <<'YAML'
openapi: 3.0.3
info: {title: Orders, version: 1.0.0}
servers: [{url: http://127.0.0.1}]
paths:
  /default:
    get:
      operationId: byDefault
      parameters: [{name: X-Ids, in: header, schema: {type: array, items: {type: integer}}}]
      responses: {'200': {description: listed}}
  /written:
    get:
      operationId: asWritten
      parameters: [{name: X-Ids, in: header, style: simple, schema: {type: array, items: {type: integer}}}]
      responses: {'200': {description: listed}}
YAML
timeout 60 node - <<'JS' | tee seen
const express = require('express'), { middleware } = require('express-openapi-validator');
const app = express();
app.use(middleware({ apiSpec: 'openapi.yaml' }));
app.get('/:any', ({ headers }, answer) => answer.json(headers['x-ids'] ?? null));
app.use(({ message }, _request, answer, _next) => answer.status(400).json(message));
const server = app.listen(0, '127.0.0.1', async () => {
  for (const [path, headers] of [['default', { 'X-Ids': '1, 2' }], ['default', {}], ['written', { 'X-Ids': '1, 2' }]]) {
    const answer = await fetch(`http://127.0.0.1:${server.address().port}/${path}`, { headers });
    const sent = headers['X-Ids'] ?? 'no header';
    console.log(`express-openapi-validator 5.6.2, style ${path}, ${sent}: ${answer.status} ${await answer.text()}`);
  }
  server.close();
});
JS
diff - seen <<'EXPECTED' || { echo 'changed: the validator reads arrays in headers otherwise now' >&2; exit 1; }
express-openapi-validator 5.6.2, style default, 1, 2: 400 "Parameter 'style' has incorrect value 'undefined' for [X-Ids]"
express-openapi-validator 5.6.2, style default, no header: 400 "Parameter 'style' has incorrect value 'undefined' for [X-Ids]"
express-openapi-validator 5.6.2, style written, 1, 2: 200 [1,2]
EXPECTED
