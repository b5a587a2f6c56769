// @generated from the contracts in spec/; edits are overwritten.

import { Aws } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';

import { Functions } from './functions';
import { Settings } from './settings';

/**
 * The OpenAPI document that API Gateway makes its routes from.
 *
 * It says what the gateway can act on: paths, methods, parameters, models of request bodies, the function behind
 * each route, and the gateway's own answers. What it leaves out, the contracts and the reference say.
 */
export function apiDocument(
  stackName: string,
  functions: Functions,
  settings: Settings,
): Record<string, unknown> {
  return {
    openapi: '3.0.1',
    info: { title: stackName, version: 'depot 1.0.0' },
    'x-amazon-apigateway-request-validators': {
      strict: { validateRequestBody: true, validateRequestParameters: true },
    },
    'x-amazon-apigateway-request-validator':
      settings.requestValidation === 'gateway' ? 'strict' : undefined,
    'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
    'x-amazon-apigateway-gateway-responses': {
      DEFAULT_4XX: problem(400, 'Bad Request', '$context.error.messageString'),
      DEFAULT_5XX: problem(502, 'Bad Gateway', '$context.error.messageString'),
      BAD_REQUEST_BODY: problem(400, 'Bad Request', '"$context.error.validationErrorString"'),
      BAD_REQUEST_PARAMETERS: problem(400, 'Bad Request', '"$context.error.validationErrorString"'),
      ACCESS_DENIED: problem(403, 'Forbidden', '$context.error.messageString'),
      MISSING_AUTHENTICATION_TOKEN: problem(403, 'Forbidden', '"The route does not exist."'),
      REQUEST_TOO_LARGE: problem(413, 'Content Too Large', '$context.error.messageString'),
      UNSUPPORTED_MEDIA_TYPE: problem(
        415,
        'Unsupported Media Type',
        '$context.error.messageString',
      ),
      THROTTLED: problem(429, 'Too Many Requests', '$context.error.messageString'),
      INTEGRATION_FAILURE: problem(502, 'Bad Gateway', '$context.error.messageString'),
      INTEGRATION_TIMEOUT: problem(504, 'Gateway Timeout', '$context.error.messageString'),
      UNAUTHORIZED: problem(401, 'Unauthorized', '$context.error.messageString', "'Bearer'"),
      AUTHORIZER_FAILURE: problem(
        500,
        'Internal Server Error',
        '"The caller could not be authorized because of an internal error."',
      ),
      AUTHORIZER_CONFIGURATION_ERROR: problem(
        500,
        'Internal Server Error',
        '"The caller could not be authorized because of an internal error."',
      ),
      INVALID_API_KEY: problem(403, 'Forbidden', '$context.error.messageString'),
      QUOTA_EXCEEDED: problem(429, 'Too Many Requests', '$context.error.messageString'),
    },
    paths: {
      '/parcel': {
        'x-amazon-apigateway-any-method': {
          responses: {},
          'x-amazon-apigateway-integration': invoke(functions.depotFunctionLive),
        },
        post: {
          operationId: 'registerParcel',
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/DepotNewParcel' } },
            },
          },
          responses: {
            '201': { description: 'The parcel.' },
            '400': { description: 'The request violates the contract.' },
            '401': { description: 'The credentials are missing or not valid.' },
            '403': { description: 'The credentials do not allow it.' },
            '413': { description: 'The request violates the contract.' },
            '415': { description: 'The request violates the contract.' },
            '500': { description: "Something failed that is not the client's fault." },
          },
          'x-amazon-apigateway-integration': invoke(functions.depotFunctionLive),
          security: [{ callers: [] }],
        },
      },
      '/parcel/{id}': {
        'x-amazon-apigateway-any-method': {
          responses: {},
          'x-amazon-apigateway-integration': invoke(functions.depotFunctionLive),
        },
        head: {
          responses: {},
          'x-amazon-apigateway-integration': invoke(functions.depotFunctionLive),
          security: [{ callers: [] }],
        },
        get: {
          operationId: 'getParcel',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: {
            '200': { description: 'The parcel.' },
            '400': { description: 'The request violates the contract.' },
            '401': { description: 'The credentials are missing or not valid.' },
            '403': { description: 'The credentials do not allow it.' },
            '404': { description: 'There is no such parcel.' },
            '500': { description: "Something failed that is not the client's fault." },
          },
          'x-amazon-apigateway-integration': invoke(functions.depotFunctionLive),
          security: [{ callers: [] }],
        },
      },
      '/parcel/{id}/scan': {
        'x-amazon-apigateway-any-method': {
          responses: {},
          'x-amazon-apigateway-integration': invoke(functions.depotFunctionLive),
        },
        post: {
          operationId: 'scanParcel',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/DepotScan' } } },
          },
          responses: {
            '202': { description: 'It was told.' },
            '400': { description: 'The request violates the contract.' },
            '401': { description: 'The credentials are missing or not valid.' },
            '403': { description: 'The credentials do not allow it.' },
            '413': { description: 'The request violates the contract.' },
            '415': { description: 'The request violates the contract.' },
            '500': { description: "Something failed that is not the client's fault." },
          },
          'x-amazon-apigateway-integration': invoke(functions.depotFunctionLive),
          security: [{ callersAnyhow: [], apiKey: [] }],
        },
      },
    },
    components: {
      schemas: {
        DepotNewParcel: {
          type: 'object',
          required: ['recipient', 'weightGrams'],
          properties: {
            recipient: { type: 'string', minLength: 1 },
            weightGrams: { type: 'integer', minimum: 1, maximum: 40000 },
          },
          additionalProperties: false,
        },
        DepotScan: {
          type: 'object',
          required: ['scanId', 'place'],
          properties: {
            scanId: { type: 'string', minLength: 1 },
            place: { type: 'string', minLength: 1 },
            weightGrams: { type: 'integer', minimum: 1, maximum: 40000 },
          },
          additionalProperties: false,
        },
      },
      securitySchemes: {
        callers: {
          type: 'apiKey',
          name: 'Authorization',
          in: 'header',
          'x-amazon-apigateway-authtype': 'custom',
          'x-amazon-apigateway-authorizer': {
            type: 'request',
            identitySource: 'method.request.header.Authorization',
            authorizerUri: `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}:lambda:path/2015-03-31/functions/${functions.authorizerFunction.functionArn}/invocations`,
            authorizerResultTtlInSeconds: settings.authorizationCacheSeconds,
          },
        },
        callersAnyhow: {
          type: 'apiKey',
          name: 'Unused',
          in: 'header',
          'x-amazon-apigateway-authtype': 'custom',
          'x-amazon-apigateway-authorizer': {
            type: 'request',
            authorizerUri: `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}:lambda:path/2015-03-31/functions/${functions.authorizerFunction.functionArn}/invocations`,
            authorizerResultTtlInSeconds: 0,
          },
        },
        apiKey: { type: 'apiKey', name: 'x-api-key', in: 'header' },
      },
    },
  };
}

/** The request goes to a function as it is, and the function's answer to the client. */
function invoke(target: lambda.IFunction): Record<string, unknown> {
  const path = `2015-03-31/functions/${target.functionArn}/invocations`;
  return {
    type: 'aws_proxy',
    httpMethod: 'POST',
    uri: `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}:lambda:path/${path}`,
  };
}

/** An answer of the gateway itself: a problem document (RFC 9457), as functions give them. */
function problem(
  status: number,
  title: string,
  detail: string,
  challenge?: string,
): Record<string, unknown> {
  const body = `{"type":"about:blank","title":"${title}","status":${status},"detail":${detail},"requestId":"$context.requestId"}`;
  return {
    statusCode: `${status}`,
    responseParameters: {
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
      ...(challenge === undefined ? {} : { 'gatewayresponse.header.WWW-Authenticate': challenge }),
      'gatewayresponse.header.Access-Control-Allow-Origin': "'https://desk.parcels.example.com'",
      'gatewayresponse.header.Vary': "'Origin'",
    },
    responseTemplates: { 'application/json': body },
  };
}
