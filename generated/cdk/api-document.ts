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
    info: { title: stackName, version: 'basket 1.0.0, ordering 1.0.0, product 1.0.0' },
    'x-amazon-apigateway-request-validators': {
      strict: { validateRequestBody: true, validateRequestParameters: true },
    },
    'x-amazon-apigateway-request-validator':
      settings.requestValidation === 'gateway' ? 'strict' : undefined,
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
    },
    paths: {
      '/basket': {
        'x-amazon-apigateway-any-method': {
          responses: {},
          'x-amazon-apigateway-integration': invoke(functions.basketFunction),
        },
        head: {
          responses: {},
          'x-amazon-apigateway-integration': invoke(functions.basketFunction),
          security: [{ callers: [] }],
        },
        get: {
          operationId: 'listBaskets',
          parameters: [
            { name: 'limit', in: 'query', required: false, schema: { type: 'integer' } },
            { name: 'next', in: 'query', required: false, schema: { type: 'string' } },
          ],
          responses: {
            '200': { description: 'A page of baskets.' },
            '400': { description: 'The request violates the contract; every violation is listed.' },
            '401': { description: 'The credentials are missing or invalid.' },
            '403': {
              description:
                'The item belongs to another customer, or the credentials lack the scope for it.',
            },
            '500': {
              description:
                "Something failed that is not the client's fault; the details are in the log.",
            },
          },
          'x-amazon-apigateway-integration': invoke(functions.basketFunction),
          security: [{ callers: [] }],
        },
        post: {
          operationId: 'putBasket',
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/BasketBasketRequest' } },
            },
          },
          responses: {
            '200': { description: 'The basket as it was stored.' },
            '400': { description: 'The request violates the contract; every violation is listed.' },
            '401': { description: 'The credentials are missing or invalid.' },
            '403': {
              description:
                'The item belongs to another customer, or the credentials lack the scope for it.',
            },
            '409': {
              description:
                'A checkout of this basket is under way; send that checkout again to finish it.',
            },
            '413': { description: 'The body, or the item made of it, is too large.' },
            '415': {
              description: 'The body is of a media type that the operation does not accept.',
            },
            '500': {
              description:
                "Something failed that is not the client's fault; the details are in the log.",
            },
          },
          'x-amazon-apigateway-integration': invoke(functions.basketFunction),
          security: [{ callers: [] }],
        },
      },
      '/basket/{userName}': {
        'x-amazon-apigateway-any-method': {
          responses: {},
          'x-amazon-apigateway-integration': invoke(functions.basketFunction),
        },
        head: {
          responses: {},
          'x-amazon-apigateway-integration': invoke(functions.basketFunction),
          security: [{ callers: [] }],
        },
        get: {
          operationId: 'getBasket',
          parameters: [
            { name: 'userName', in: 'path', required: true, schema: { type: 'string' } },
          ],
          responses: {
            '200': { description: 'The basket.' },
            '400': { description: 'The request violates the contract; every violation is listed.' },
            '401': { description: 'The credentials are missing or invalid.' },
            '403': {
              description:
                'The item belongs to another customer, or the credentials lack the scope for it.',
            },
            '404': { description: 'The customer has no basket.' },
            '500': {
              description:
                "Something failed that is not the client's fault; the details are in the log.",
            },
          },
          'x-amazon-apigateway-integration': invoke(functions.basketFunction),
          security: [{ callers: [] }],
        },
        delete: {
          operationId: 'deleteBasket',
          parameters: [
            { name: 'userName', in: 'path', required: true, schema: { type: 'string' } },
          ],
          responses: {
            '204': { description: 'The customer has no basket any more.' },
            '400': { description: 'The request violates the contract; every violation is listed.' },
            '401': { description: 'The credentials are missing or invalid.' },
            '403': {
              description:
                'The item belongs to another customer, or the credentials lack the scope for it.',
            },
            '409': {
              description:
                'A checkout of this basket is under way; send that checkout again to finish it.',
            },
            '500': {
              description:
                "Something failed that is not the client's fault; the details are in the log.",
            },
          },
          'x-amazon-apigateway-integration': invoke(functions.basketFunction),
          security: [{ callers: [] }],
        },
      },
      '/basket/checkout': {
        'x-amazon-apigateway-any-method': {
          responses: {},
          'x-amazon-apigateway-integration': invoke(functions.basketFunction),
        },
        post: {
          operationId: 'checkoutBasket',
          parameters: [
            { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string' } },
          ],
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/BasketCheckout' } },
            },
          },
          responses: {
            '202': { description: 'The checkout is on its way to become an order.' },
            '400': { description: 'The request violates the contract; every violation is listed.' },
            '401': { description: 'The credentials are missing or invalid.' },
            '403': {
              description:
                'The item belongs to another customer, or the credentials lack the scope for it.',
            },
            '404': { description: 'The customer has no basket.' },
            '409': {
              description: 'The basket changed during the checkout; send the request again.',
            },
            '413': { description: 'The body, or the item made of it, is too large.' },
            '415': {
              description: 'The body is of a media type that the operation does not accept.',
            },
            '422': {
              description: 'The basket is empty, or the key was used for another checkout.',
            },
            '500': {
              description:
                "Something failed that is not the client's fault; the details are in the log.",
            },
            '503': { description: 'The checkout could not be published.' },
          },
          'x-amazon-apigateway-integration': invoke(functions.basketFunction),
          security: [{ callers: [] }],
        },
      },
      '/order': {
        'x-amazon-apigateway-any-method': {
          responses: {},
          'x-amazon-apigateway-integration': invoke(functions.orderingFunction),
        },
        head: {
          responses: {},
          'x-amazon-apigateway-integration': invoke(functions.orderingFunction),
          security: [{ callers: [] }],
        },
        get: {
          operationId: 'listOrders',
          parameters: [
            { name: 'limit', in: 'query', required: false, schema: { type: 'integer' } },
            { name: 'next', in: 'query', required: false, schema: { type: 'string' } },
          ],
          responses: {
            '200': { description: 'A page of orders.' },
            '400': { description: 'The request violates the contract; every violation is listed.' },
            '401': { description: 'The credentials are missing or invalid.' },
            '403': {
              description:
                'The item belongs to another customer, or the credentials lack the scope for it.',
            },
            '500': {
              description:
                "Something failed that is not the client's fault; the details are in the log.",
            },
          },
          'x-amazon-apigateway-integration': invoke(functions.orderingFunction),
          security: [{ callers: [] }],
        },
      },
      '/order/{userName}': {
        'x-amazon-apigateway-any-method': {
          responses: {},
          'x-amazon-apigateway-integration': invoke(functions.orderingFunction),
        },
        head: {
          responses: {},
          'x-amazon-apigateway-integration': invoke(functions.orderingFunction),
          security: [{ callers: [] }],
        },
        get: {
          operationId: 'getOrders',
          parameters: [
            { name: 'userName', in: 'path', required: true, schema: { type: 'string' } },
            { name: 'orderDate', in: 'query', required: false, schema: { type: 'string' } },
            { name: 'limit', in: 'query', required: false, schema: { type: 'integer' } },
            { name: 'next', in: 'query', required: false, schema: { type: 'string' } },
          ],
          responses: {
            '200': { description: "A page of the customer's orders; empty when there is none." },
            '400': { description: 'The request violates the contract; every violation is listed.' },
            '401': { description: 'The credentials are missing or invalid.' },
            '403': {
              description:
                'The item belongs to another customer, or the credentials lack the scope for it.',
            },
            '500': {
              description:
                "Something failed that is not the client's fault; the details are in the log.",
            },
          },
          'x-amazon-apigateway-integration': invoke(functions.orderingFunction),
          security: [{ callers: [] }],
        },
      },
      '/product': {
        'x-amazon-apigateway-any-method': {
          responses: {},
          'x-amazon-apigateway-integration': invoke(functions.productFunction),
        },
        get: {
          operationId: 'listProducts',
          parameters: [
            { name: 'category', in: 'query', required: false, schema: { type: 'string' } },
            { name: 'limit', in: 'query', required: false, schema: { type: 'integer' } },
            { name: 'next', in: 'query', required: false, schema: { type: 'string' } },
          ],
          responses: {
            '200': { description: 'A page of products.' },
            '400': { description: 'The request violates the contract; every violation is listed.' },
            '500': {
              description:
                "Something failed that is not the client's fault; the details are in the log.",
            },
          },
          'x-amazon-apigateway-integration': invoke(functions.productFunction),
        },
        post: {
          operationId: 'createProduct',
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ProductProductRequest' },
              },
            },
          },
          responses: {
            '201': { description: 'The product as it was stored.' },
            '400': { description: 'The request violates the contract; every violation is listed.' },
            '401': { description: 'The credentials are missing or invalid.' },
            '403': { description: 'The credentials lack the scope for it.' },
            '413': { description: 'The body, or the item made of it, is too large.' },
            '415': {
              description: 'The body is of a media type that the operation does not accept.',
            },
            '500': {
              description:
                "Something failed that is not the client's fault; the details are in the log.",
            },
          },
          'x-amazon-apigateway-integration': invoke(functions.productFunction),
          security: [{ callers: [] }],
        },
      },
      '/product/{id}': {
        'x-amazon-apigateway-any-method': {
          responses: {},
          'x-amazon-apigateway-integration': invoke(functions.productFunction),
        },
        get: {
          operationId: 'getProduct',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: {
            '200': { description: 'The product.' },
            '400': { description: 'The request violates the contract; every violation is listed.' },
            '404': { description: 'There is no such product.' },
            '500': {
              description:
                "Something failed that is not the client's fault; the details are in the log.",
            },
          },
          'x-amazon-apigateway-integration': invoke(functions.productFunction),
        },
        put: {
          operationId: 'replaceProduct',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ProductProductRequest' },
              },
            },
          },
          responses: {
            '200': { description: 'The product as it is now.' },
            '400': { description: 'The request violates the contract; every violation is listed.' },
            '401': { description: 'The credentials are missing or invalid.' },
            '403': { description: 'The credentials lack the scope for it.' },
            '404': { description: 'There is no such product.' },
            '413': { description: 'The body, or the item made of it, is too large.' },
            '415': {
              description: 'The body is of a media type that the operation does not accept.',
            },
            '500': {
              description:
                "Something failed that is not the client's fault; the details are in the log.",
            },
          },
          'x-amazon-apigateway-integration': invoke(functions.productFunction),
          security: [{ callers: [] }],
        },
        delete: {
          operationId: 'deleteProduct',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: {
            '204': { description: 'The product is gone.' },
            '400': { description: 'The request violates the contract; every violation is listed.' },
            '401': { description: 'The credentials are missing or invalid.' },
            '403': { description: 'The credentials lack the scope for it.' },
            '404': { description: 'There is no such product.' },
            '500': {
              description:
                "Something failed that is not the client's fault; the details are in the log.",
            },
          },
          'x-amazon-apigateway-integration': invoke(functions.productFunction),
          security: [{ callers: [] }],
        },
      },
      '/product/{id}/sales': {
        'x-amazon-apigateway-any-method': {
          responses: {},
          'x-amazon-apigateway-integration': invoke(functions.productFunction),
        },
        head: {
          responses: {},
          'x-amazon-apigateway-integration': invoke(functions.productFunction),
          security: [{ callers: [] }],
        },
        get: {
          operationId: 'listSales',
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
            { name: 'limit', in: 'query', required: false, schema: { type: 'integer' } },
            { name: 'next', in: 'query', required: false, schema: { type: 'string' } },
          ],
          responses: {
            '200': { description: "A page of the product's sales; empty when nothing sold." },
            '400': { description: 'The request violates the contract; every violation is listed.' },
            '401': { description: 'The credentials are missing or invalid.' },
            '403': { description: 'The credentials lack the scope for it.' },
            '500': {
              description:
                "Something failed that is not the client's fault; the details are in the log.",
            },
          },
          'x-amazon-apigateway-integration': invoke(functions.productFunction),
          security: [{ callers: [] }],
        },
      },
    },
    components: {
      schemas: {
        BasketBasketRequest: {
          type: 'object',
          required: ['userName', 'items'],
          properties: {
            userName: { type: 'string', minLength: 1 },
            items: {
              type: 'array',
              maxItems: 100,
              items: { $ref: '#/components/schemas/BasketLineItem' },
            },
            checkout: {},
          },
          additionalProperties: false,
        },
        BasketLineItem: {
          type: 'object',
          required: ['productId', 'productName', 'quantity', 'price'],
          properties: {
            productId: { type: 'string' },
            productName: { type: 'string', minLength: 1 },
            quantity: { type: 'integer', minimum: 1, maximum: 1000 },
            color: { type: 'string', minLength: 1 },
            price: { type: 'number', minimum: 0, maximum: 1000000 },
          },
          additionalProperties: false,
        },
        BasketCheckout: {
          type: 'object',
          required: ['userName', 'firstName', 'lastName', 'email', 'address', 'paymentMethod'],
          properties: {
            userName: { type: 'string', minLength: 1 },
            firstName: { type: 'string', minLength: 1 },
            lastName: { type: 'string', minLength: 1 },
            email: { type: 'string' },
            address: { type: 'string', minLength: 1 },
            paymentMethod: { type: 'string', enum: ['card', 'transfer', 'cash'] },
            cardInfo: { type: 'string', minLength: 1 },
          },
          additionalProperties: false,
        },
        ProductProductRequest: {
          type: 'object',
          required: ['name', 'price', 'category'],
          properties: {
            name: { type: 'string', minLength: 1 },
            description: { type: 'string' },
            imageFile: { type: 'string' },
            price: { type: 'number', minimum: 0, maximum: 1000000 },
            category: { type: 'string', minLength: 1 },
            id: {},
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
    },
    responseTemplates: { 'application/json': body },
  };
}
