#!/usr/bin/env bash
# The CDK lets a REST API answer CORS in a way that every browser refuses, and refuses the same for an HTTP API.
#
# The Fetch standard (section "CORS protocol and credentials") has a browser refuse an answer to a request with
# credentials when its Access-Control-Allow-Origin is `*`, whatever Access-Control-Allow-Credentials says. aws-cdk-lib
# 2.276.0 throws when an HttpApi is given both. A RestApi takes Cors.ALL_ORIGINS with allowCredentials, and the
# OPTIONS method that it makes answers both headers: the preflight looks right, and no page can use the API.
# Here the pair is an error at its place in the contract
# (codegen/tests/cases/diagnostics/cors-every-origin-with-credentials).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . aws-cdk-lib@2.276.0 constructs@10
node - <<'JS'
const { App, Stack } = require('aws-cdk-lib');
const { Template } = require('aws-cdk-lib/assertions');
const { Cors, RestApi } = require('aws-cdk-lib/aws-apigateway');
const { HttpApi } = require('aws-cdk-lib/aws-apigatewayv2');

const stack = new Stack(new App(), 'Shop');
const api = new RestApi(stack, 'Rest', {
  defaultCorsPreflightOptions: { allowOrigins: Cors.ALL_ORIGINS, allowCredentials: true },
});
api.root.addMethod('GET');
let http = 'taken';
try {
  new HttpApi(stack, 'Http', { corsPreflight: { allowOrigins: ['*'], allowCredentials: true } });
} catch ({ message }) {
  http = message;
}
const methods = Object.values(Template.fromStack(stack).findResources('AWS::ApiGateway::Method'));
const { Integration } = methods.find(({ Properties }) => Properties.HttpMethod === 'OPTIONS').Properties;
const headers = Integration.IntegrationResponses[0].ResponseParameters;
const allowed = (what) => headers[`method.response.header.Access-Control-Allow-${what}`];
const [origin, credentials] = [allowed('Origin'), allowed('Credentials')];

console.log(`aws-cdk-lib 2.276.0, RestApi: Allow-Origin ${origin}, Allow-Credentials ${credentials}`);
console.log(`aws-cdk-lib 2.276.0, HttpApi: ${http}`);
if (origin !== "'*'" || credentials !== "'true'" || http === 'taken') {
  console.error('changed: the CDK treats credentials beside every origin otherwise now');
  process.exit(1);
}
JS
