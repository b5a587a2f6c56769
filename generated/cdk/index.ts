// @generated from the contracts in spec/; edits are overwritten.

import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

import { Alarms } from './alarms';
import { Buses } from './buses';
import { ContractFunction } from './contract-function';
import { Functions } from './functions';
import { Gateway } from './gateway';
import { keepLogicalIds } from './logical-ids';
import { Outputs } from './outputs';
import { Queues } from './queues';
import { Rules } from './rules';
import { Settings, completed } from './settings';
import { Tables } from './tables';
import { Watch } from './watch';

export * from './settings';

/** What a {@link System} is made with: the folder of packages, and the settings that are not the default. */
export interface SystemProps extends Partial<Settings> {
  /** The folder that holds a folder for each packaged function, with its `bootstrap`. */
  readonly packages: string;
}

/**
 * Basket, Ordering, Product: everything that their contracts ask of AWS.
 *
 * What it consists of are properties, to be extended in a stack of one's own. All have the logical ids and names of
 * the plain template, so a stack can be deployed from either, and holds one system.
 */
export class System extends Construct {
  /** Declared at `spec/basket/openapi.yaml#/components/schemas/Basket/x-dynamodb-table`. */
  readonly basketTable: dynamodb.Table;

  /** Declared at `spec/basket/openapi.yaml#/components/schemas/CheckoutRecord/x-dynamodb-table`. */
  readonly checkoutTable: dynamodb.Table;

  /** Declared at `spec/ordering/openapi.yaml#/components/schemas/Order/x-dynamodb-table`. */
  readonly orderTable: dynamodb.Table;

  /** Declared at `spec/product/openapi.yaml#/components/schemas/Product/x-dynamodb-table`. */
  readonly productTable: dynamodb.Table;

  /** Declared at `spec/product/openapi.yaml#/components/schemas/Sale/x-dynamodb-table`. */
  readonly saleTable: dynamodb.Table;

  /** Declared at `spec/basket/asyncapi.yaml#/operations/publishCheckout`. */
  readonly swnEventBus: events.EventBus;

  /**
   * Declared at
   * `spec/ordering/asyncapi.yaml#/channels/orderQueue/bindings/x-eventbridge/deadLetterQueue`.
   */
  readonly orderRuleDeadLetterQueue: sqs.Queue;

  /**
   * Declared at `spec/ordering/asyncapi.yaml#/channels/orderQueue/bindings/sqs/deadLetterQueue`.
   */
  readonly orderDeadLetterQueue: sqs.Queue;

  /**
   * Declared at
   * `spec/product/asyncapi.yaml#/channels/salesQueue/bindings/x-eventbridge/deadLetterQueue`.
   */
  readonly salesRuleDeadLetterQueue: sqs.Queue;

  /** Declared at `spec/product/asyncapi.yaml#/channels/salesQueue/bindings/sqs/deadLetterQueue`. */
  readonly salesDeadLetterQueue: sqs.Queue;

  /** Declared at `spec/ordering/asyncapi.yaml#/channels/orderQueue/bindings/sqs/queue`. */
  readonly orderQueue: sqs.Queue;

  /** Declared at `spec/product/asyncapi.yaml#/channels/salesQueue/bindings/sqs/queue`. */
  readonly salesQueue: sqs.Queue;

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

  /** Declared at `spec/ordering/asyncapi.yaml#/operations/placeOrder`. */
  readonly orderQueueRule: events.Rule;

  /** Declared at `spec/product/asyncapi.yaml#/operations/recordSales`. */
  readonly salesQueueRule: events.Rule;

  /** Declared at `spec/ordering/asyncapi.yaml#/operations/placeOrder`. */
  readonly orderingCheckoutFunctionPoller: lambda.EventSourceMapping;

  /** Declared at `spec/product/asyncapi.yaml#/operations/recordSales`. */
  readonly productSalesFunctionPoller: lambda.EventSourceMapping;

  /** The API. */
  readonly api: apigateway.SpecRestApi;

  /** The stage of the API. */
  readonly apiStage: apigateway.Stage;

  /** The access log, one line of JSON for each request. */
  readonly apiAccessLogGroup: logs.LogGroup;

  /** The execution log, with errors of the gateway. */
  readonly apiExecutionLogGroup: logs.LogGroup;

  /** The alarms. They notify the topic in the settings. */
  readonly alarms: Alarms;

  /** The status of the API, and the causes of errors. */
  readonly dashboard: cloudwatch.Dashboard;

  constructor(scope: Construct, id: string, { packages, ...given }: SystemProps) {
    super(scope, id);
    const settings = completed(given);

    const tables = new Tables(this, 'Tables', { settings });
    const buses = new Buses(this, 'Buses');
    const queues = new Queues(this, 'Queues');
    const functions = new Functions(this, 'Functions', {
      settings,
      packages,
      tables,
      buses,
      queues,
    });
    const rules = new Rules(this, 'Rules', { buses, queues, functions });
    const gateway = new Gateway(this, 'Gateway', { settings, functions });
    const alarms = new Alarms(this, 'Alarms', {
      settings,
      tables,
      buses,
      queues,
      functions,
      gateway,
    });
    const watch = new Watch(this, 'Watch', { tables, buses, queues, functions, gateway, alarms });
    new Outputs(this, 'Outputs', { tables, buses, queues, functions, gateway, watch });
    keepLogicalIds(this);

    this.basketTable = tables.basketTable;
    this.checkoutTable = tables.checkoutTable;
    this.orderTable = tables.orderTable;
    this.productTable = tables.productTable;
    this.saleTable = tables.saleTable;
    this.swnEventBus = buses.swnEventBus;
    this.orderRuleDeadLetterQueue = queues.orderRuleDeadLetterQueue;
    this.orderDeadLetterQueue = queues.orderDeadLetterQueue;
    this.salesRuleDeadLetterQueue = queues.salesRuleDeadLetterQueue;
    this.salesDeadLetterQueue = queues.salesDeadLetterQueue;
    this.orderQueue = queues.orderQueue;
    this.salesQueue = queues.salesQueue;
    this.basketFunction = functions.basketFunction;
    this.orderingFunction = functions.orderingFunction;
    this.orderingCheckoutFunction = functions.orderingCheckoutFunction;
    this.productFunction = functions.productFunction;
    this.productSalesFunction = functions.productSalesFunction;
    this.authorizerFunction = functions.authorizerFunction;
    this.orderQueueRule = rules.orderQueueRule;
    this.salesQueueRule = rules.salesQueueRule;
    this.orderingCheckoutFunctionPoller = rules.orderingCheckoutFunctionPoller;
    this.productSalesFunctionPoller = rules.productSalesFunctionPoller;
    this.api = gateway.api;
    this.apiStage = gateway.apiStage;
    this.apiAccessLogGroup = gateway.apiAccessLogGroup;
    this.apiExecutionLogGroup = gateway.apiExecutionLogGroup;
    this.alarms = alarms;
    this.dashboard = watch.dashboard;
  }
}
