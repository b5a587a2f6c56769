// @generated from the contracts in spec/; edits are overwritten.

import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

import { Buses } from './buses';
import { ContractFunction } from './contract-function';
import { Queues } from './queues';
import { Settings } from './settings';
import { Tables } from './tables';

/** What {@link Functions} is made with. */
export interface FunctionsProps {
  /** Settings that differ between stages. */
  readonly settings: Settings;
  /** The folder with one folder for each packaged function. */
  readonly packages: string;
  /** The tables. */
  readonly tables: Tables;
  /** The event buses. */
  readonly buses: Buses;
  /** The queues. */
  readonly queues: Queues;
}

/** The functions, each with a role that allows only what its contract needs. */
export class Functions extends Construct {
  /** Declared at `spec/basket/openapi.yaml#/paths/~1basket/get`. */
  readonly basketFunction: ContractFunction;

  /** Declared at `spec/ordering/openapi.yaml#/paths/~1order/get`. */
  readonly orderingFunction: ContractFunction;

  /** Declared at `spec/ordering/asyncapi.yaml#/operations/placeOrder`. */
  readonly orderingCheckoutFunction: ContractFunction;

  /** Declared at `spec/product/openapi.yaml#/paths/~1product/get`. */
  readonly productFunction: ContractFunction;

  /** Declared at `spec/product/asyncapi.yaml#/operations/recordSales`. */
  readonly productSalesFunction: ContractFunction;

  /** Declared at `spec/basket/openapi.yaml#/paths/~1basket/get`. */
  readonly authorizerFunction: ContractFunction;

  constructor(
    scope: Construct,
    id: string,
    { settings, packages, tables, buses, queues }: FunctionsProps,
  ) {
    super(scope, id);
    const { stackName } = Stack.of(this);

    this.basketFunction = new ContractFunction(this, 'BasketFunction', {
      settings,
      packages,
      binary: 'basket',
      description: 'REST operations of Basket',
      memoryMiB: 256,
      timeout: Duration.seconds(10),
      architecture: 'arm64',
      environment: {
        BASKET_TABLE: tables.basketTable.tableName,
        CHECKOUT_TABLE: tables.checkoutTable.tableName,
        SWN_EVENT_BUS: buses.swnEventBus.eventBusName,
        METRICS_NAMESPACE: stackName,
        LOG_LEVEL: settings.logLevel,
      },
      statements: [
        new iam.PolicyStatement({
          sid: 'UseBasketTable',
          actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:Scan'],
          resources: [tables.basketTable.tableArn],
        }),
        new iam.PolicyStatement({
          sid: 'UseCheckoutTable',
          actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
          resources: [tables.checkoutTable.tableArn],
        }),
        new iam.PolicyStatement({
          sid: 'PublishEvents',
          actions: ['events:PutEvents'],
          resources: [buses.swnEventBus.eventBusArn],
          conditions: {
            StringEquals: {
              'events:source': 'com.swn.basket.checkoutbasket',
              'events:detail-type': ['CheckoutBasket'],
            },
          },
        }),
      ],
    });
    this.orderingFunction = new ContractFunction(this, 'OrderingFunction', {
      settings,
      packages,
      binary: 'ordering',
      description: 'REST operations of Ordering',
      memoryMiB: 256,
      timeout: Duration.seconds(10),
      architecture: 'arm64',
      environment: {
        ORDER_TABLE: tables.orderTable.tableName,
        METRICS_NAMESPACE: stackName,
        LOG_LEVEL: settings.logLevel,
      },
      statements: [
        new iam.PolicyStatement({
          sid: 'UseOrderTable',
          actions: ['dynamodb:Query', 'dynamodb:Scan'],
          resources: [tables.orderTable.tableArn],
        }),
      ],
    });
    this.orderingCheckoutFunction = new ContractFunction(this, 'OrderingCheckoutFunction', {
      settings,
      packages,
      binary: 'ordering-checkout',
      description: 'Turns a checkout into an order.',
      memoryMiB: 256,
      timeout: Duration.seconds(10),
      architecture: 'arm64',
      environment: {
        ORDER_TABLE: tables.orderTable.tableName,
        SWN_EVENT_BUS: buses.swnEventBus.eventBusName,
        METRICS_NAMESPACE: stackName,
        LOG_LEVEL: settings.logLevel,
      },
      statements: [
        new iam.PolicyStatement({
          sid: 'UseOrderTable',
          actions: ['dynamodb:PutItem'],
          resources: [tables.orderTable.tableArn],
        }),
        new iam.PolicyStatement({
          sid: 'PublishEvents',
          actions: ['events:PutEvents'],
          resources: [buses.swnEventBus.eventBusArn],
          conditions: {
            StringEquals: {
              'events:source': 'com.swn.ordering.orderplaced',
              'events:detail-type': ['OrderPlaced'],
            },
          },
        }),
        new iam.PolicyStatement({
          sid: 'PollOrderQueue',
          actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
          resources: [queues.orderQueue.queueArn],
        }),
      ],
    });
    this.productFunction = new ContractFunction(this, 'ProductFunction', {
      settings,
      packages,
      binary: 'product',
      description: 'REST operations of Product',
      memoryMiB: 256,
      timeout: Duration.seconds(10),
      architecture: 'arm64',
      environment: {
        PRODUCT_TABLE: tables.productTable.tableName,
        SALE_TABLE: tables.saleTable.tableName,
        METRICS_NAMESPACE: stackName,
        LOG_LEVEL: settings.logLevel,
      },
      statements: [
        new iam.PolicyStatement({
          sid: 'UseProductTable',
          actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:Scan'],
          resources: [tables.productTable.tableArn],
        }),
        new iam.PolicyStatement({
          sid: 'QueryProductTableIndexes',
          actions: ['dynamodb:Query'],
          resources: [`${tables.productTable.tableArn}/index/byCategory`],
        }),
        new iam.PolicyStatement({
          sid: 'UseSaleTable',
          actions: ['dynamodb:Query'],
          resources: [tables.saleTable.tableArn],
        }),
      ],
    });
    this.productSalesFunction = new ContractFunction(this, 'ProductSalesFunction', {
      settings,
      packages,
      binary: 'product-sales',
      description: 'Records what an order sold, product by product.',
      memoryMiB: 256,
      timeout: Duration.seconds(20),
      architecture: 'arm64',
      environment: {
        SALE_TABLE: tables.saleTable.tableName,
        METRICS_NAMESPACE: stackName,
        LOG_LEVEL: settings.logLevel,
      },
      statements: [
        new iam.PolicyStatement({
          sid: 'UseSaleTable',
          actions: ['dynamodb:PutItem'],
          resources: [tables.saleTable.tableArn],
        }),
        new iam.PolicyStatement({
          sid: 'PollSalesQueue',
          actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
          resources: [queues.salesQueue.queueArn],
        }),
      ],
    });
    this.authorizerFunction = new ContractFunction(this, 'AuthorizerFunction', {
      settings,
      packages,
      binary: 'authorizer',
      description: "Authorizes requests before they reach the API's functions",
      memoryMiB: 256,
      timeout: Duration.seconds(10),
      architecture: 'arm64',
      environment: {
        LOGIN_ISSUER: settings.loginIssuer,
        LOGIN_AUDIENCE: settings.loginAudience,
        LOGIN_JWKS: settings.loginJwks,
        LOG_LEVEL: settings.logLevel,
      },
      statements: [],
    });
  }
}
