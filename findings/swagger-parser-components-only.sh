#!/usr/bin/env bash
# swagger-parser takes an OpenAPI 3.1 document with nothing but components for no OpenAPI document.
#
# OpenAPI 3.1 asks for at least one of `paths`, `components` and `webhooks` (section 4.8.1), so that a file of shared
# schemas is a document by itself, which others refer to. openapi-spec-validator passes it.
# @apidevtools/swagger-parser 13.1.0 passes a document with webhooks alone, and says of one with components alone that
# it is not a valid Openapi API definition, without naming what is missing. A library of schemas cannot be linted by
# the many tools that stand on it.
# Here services may share such a document by $ref: a reference leads to any file in the folder of contracts, whatever
# else the file holds (codegen/src/lower/documents.rs).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openapi-spec-validator==0.9.0
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . @apidevtools/swagger-parser@13.1.0
head='openapi: 3.1.0\ninfo: {title: Shared, version: 1.0.0}\n'
printf "$head"'components: {schemas: {Money: {type: string}}}\n' >components.yaml
printf "$head"'webhooks: {placed: {post: {responses: {"204": {description: taken}}}}}\n' >webhooks.yaml
judge() {
  node -e '
    const { validate } = require("@apidevtools/swagger-parser");
    validate(process.argv[1]).then(() => console.log("passes"), ({ message }) => console.log(message));' "$1"
}
components=$(judge components.yaml) webhooks=$(judge webhooks.yaml)
venv/bin/openapi-spec-validator components.yaml | sed 's/^/openapi-spec-validator 0.9.0: /'
echo "swagger-parser 13.1.0, components alone: $components"
echo "swagger-parser 13.1.0, webhooks alone: $webhooks"
[ "$components" = 'components.yaml is not a valid Openapi API definition' ] && [ "$webhooks" = passes ] || {
  echo 'changed: swagger-parser judges such documents otherwise now' >&2
  exit 1
}
