// @generated from the contracts in spec/; edits are overwritten.

import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

import { alarm } from './alarm';
import { Buses } from './buses';
import { Functions } from './functions';
import { Gateway } from './gateway';
import { Queues } from './queues';
import { Settings } from './settings';
import { Tables } from './tables';

/** What {@link Alarms} is made with. */
export interface AlarmsProps {
  /** Settings that differ between stages. */
  readonly settings: Settings;
  /** The tables. */
  readonly tables: Tables;
  /** The event buses. */
  readonly buses: Buses;
  /** The queues. */
  readonly queues: Queues;
  /** The functions. */
  readonly functions: Functions;
  /** The REST API. */
  readonly gateway: Gateway;
}

/** The alarms. They notify the topic in the settings. */
export class Alarms extends Construct {
  /**
   * More than 1% of API requests fail with a 5xx status. The access log shows the route and the
   * error, and the function's log shows the cause.
   */
  readonly apiServerErrors: cloudwatch.Alarm;

  /**
   * p99 latency of the API exceeds `MaxLatencyMs`. Compare latencyMs with functionLatencyMs in the
   * access log, and look for throttled tables.
   */
  readonly apiLatency: cloudwatch.Alarm;

  /**
   * More than 5% of listBaskets requests fail with a 5xx status. The function's log shows why:
   * search for this operation and a status of 500 or more.
   */
  readonly basketListBasketsFailing: cloudwatch.Alarm;

  /**
   * More than 5% of putBasket requests fail with a 5xx status. The function's log shows why:
   * search for this operation and a status of 500 or more.
   */
  readonly basketPutBasketFailing: cloudwatch.Alarm;

  /**
   * More than 5% of getBasket requests fail with a 5xx status. The function's log shows why:
   * search for this operation and a status of 500 or more.
   */
  readonly basketGetBasketFailing: cloudwatch.Alarm;

  /**
   * More than 5% of deleteBasket requests fail with a 5xx status. The function's log shows why:
   * search for this operation and a status of 500 or more.
   */
  readonly basketDeleteBasketFailing: cloudwatch.Alarm;

  /**
   * More than 5% of checkoutBasket requests fail with a 5xx status. The function's log shows why:
   * search for this operation and a status of 500 or more.
   */
  readonly basketCheckoutBasketFailing: cloudwatch.Alarm;

  /**
   * More than 5% of listOrders requests fail with a 5xx status. The function's log shows why:
   * search for this operation and a status of 500 or more.
   */
  readonly orderingListOrdersFailing: cloudwatch.Alarm;

  /**
   * More than 5% of getOrders requests fail with a 5xx status. The function's log shows why:
   * search for this operation and a status of 500 or more.
   */
  readonly orderingGetOrdersFailing: cloudwatch.Alarm;

  /**
   * placeOrder received messages that violate the contract, and will never process them. The
   * function's log shows each violation. Check the sender's last deployment.
   */
  readonly orderingPlaceOrderRejects: cloudwatch.Alarm;

  /**
   * More than 5% of listProducts requests fail with a 5xx status. The function's log shows why:
   * search for this operation and a status of 500 or more.
   */
  readonly productListProductsFailing: cloudwatch.Alarm;

  /**
   * More than 5% of createProduct requests fail with a 5xx status. The function's log shows why:
   * search for this operation and a status of 500 or more.
   */
  readonly productCreateProductFailing: cloudwatch.Alarm;

  /**
   * More than 5% of getProduct requests fail with a 5xx status. The function's log shows why:
   * search for this operation and a status of 500 or more.
   */
  readonly productGetProductFailing: cloudwatch.Alarm;

  /**
   * More than 5% of replaceProduct requests fail with a 5xx status. The function's log shows why:
   * search for this operation and a status of 500 or more.
   */
  readonly productReplaceProductFailing: cloudwatch.Alarm;

  /**
   * More than 5% of deleteProduct requests fail with a 5xx status. The function's log shows why:
   * search for this operation and a status of 500 or more.
   */
  readonly productDeleteProductFailing: cloudwatch.Alarm;

  /**
   * More than 5% of listSales requests fail with a 5xx status. The function's log shows why:
   * search for this operation and a status of 500 or more.
   */
  readonly productListSalesFailing: cloudwatch.Alarm;

  /**
   * recordSales received messages that violate the contract, and will never process them. The
   * function's log shows each violation. Check the sender's last deployment.
   */
  readonly productRecordSalesRejects: cloudwatch.Alarm;

  /** Invocations of basket crashed or timed out. The function's log shows which ones and why. */
  readonly basketFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of basket were throttled. Raise its reserved concurrency or the account's limit.
   */
  readonly basketFunctionThrottles: cloudwatch.Alarm;

  /** Invocations of ordering crashed or timed out. The function's log shows which ones and why. */
  readonly orderingFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of ordering were throttled. Raise its reserved concurrency or the account's limit.
   */
  readonly orderingFunctionThrottles: cloudwatch.Alarm;

  /**
   * Invocations of ordering-checkout crashed or timed out. The function's log shows which ones and
   * why.
   */
  readonly orderingCheckoutFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of ordering-checkout were throttled. Raise its reserved concurrency or the
   * account's limit.
   */
  readonly orderingCheckoutFunctionThrottles: cloudwatch.Alarm;

  /** Invocations of product crashed or timed out. The function's log shows which ones and why. */
  readonly productFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of product were throttled. Raise its reserved concurrency or the account's limit.
   */
  readonly productFunctionThrottles: cloudwatch.Alarm;

  /**
   * Invocations of product-sales crashed or timed out. The function's log shows which ones and
   * why.
   */
  readonly productSalesFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of product-sales were throttled. Raise its reserved concurrency or the account's
   * limit.
   */
  readonly productSalesFunctionThrottles: cloudwatch.Alarm;

  /** OrderRuleDeadLetterQueue contains failed messages. Find the cause, then redrive them. */
  readonly orderRuleDeadLetterQueueNotEmpty: cloudwatch.Alarm;

  /**
   * The age of the oldest message in OrderQueue exceeds `MaxQueueAgeSeconds`. The receiver fails,
   * is throttled, or is too slow.
   */
  readonly orderQueueAge: cloudwatch.Alarm;

  /** OrderDeadLetterQueue contains failed messages. Find the cause, then redrive them. */
  readonly orderDeadLetterQueueNotEmpty: cloudwatch.Alarm;

  /** SalesRuleDeadLetterQueue contains failed messages. Find the cause, then redrive them. */
  readonly salesRuleDeadLetterQueueNotEmpty: cloudwatch.Alarm;

  /**
   * The age of the oldest message in SalesQueue exceeds `MaxQueueAgeSeconds`. The receiver fails,
   * is throttled, or is too slow.
   */
  readonly salesQueueAge: cloudwatch.Alarm;

  /** SalesDeadLetterQueue contains failed messages. Find the cause, then redrive them. */
  readonly salesDeadLetterQueueNotEmpty: cloudwatch.Alarm;

  /**
   * Events that match OrderQueueRule could neither be delivered nor be sent to
   * OrderRuleDeadLetterQueue, and are lost. Check that the queue exists, and check its policy.
   */
  readonly orderQueueRuleLost: cloudwatch.Alarm;

  /**
   * Events that match SalesQueueRule could neither be delivered nor be sent to
   * SalesRuleDeadLetterQueue, and are lost. Check that the queue exists, and check its policy.
   */
  readonly salesQueueRuleLost: cloudwatch.Alarm;

  /**
   * Reads of the table basket are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly basketTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table basket are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly basketTableWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the table checkout are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly checkoutTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table checkout are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly checkoutTableWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the table order are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly orderTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table order are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly orderTableWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the table product are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly productTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table product are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly productTableWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the index byCategory of the table product are throttled: the load grows faster than
   * DynamoDB scales, or one partition key gets too many requests.
   */
  readonly productTableByCategoryReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the index byCategory of the table product are throttled: the load grows faster than
   * DynamoDB scales, or one partition key gets too many requests.
   */
  readonly productTableByCategoryWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the table sale are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly saleTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table sale are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly saleTableWritesThrottled: cloudwatch.Alarm;

  constructor(
    scope: Construct,
    id: string,
    { settings, tables, buses, queues, functions, gateway }: AlarmsProps,
  ) {
    super(scope, id);
    const { stackName } = Stack.of(this);

    this.apiServerErrors = alarm(this, 'ApiServerErrors', settings, {
      alarmDescription:
        "More than 1% of API requests fail with a 5xx status. The access log shows the route and the error, and the function's log shows the cause.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/ApiGateway',
        metricName: '5XXError',
        dimensionsMap: { ApiName: stackName, Stage: gateway.apiStage.stageName },
        statistic: 'Average',
        period: Duration.seconds(60),
      }),
      threshold: 0.01,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.apiLatency = alarm(this, 'ApiLatency', settings, {
      alarmDescription:
        'p99 latency of the API exceeds `MaxLatencyMs`. Compare latencyMs with functionLatencyMs in the access log, and look for throttled tables.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/ApiGateway',
        metricName: 'Latency',
        dimensionsMap: { ApiName: stackName, Stage: gateway.apiStage.stageName },
        statistic: 'p99',
        period: Duration.seconds(60),
      }),
      threshold: settings.maxLatencyMs,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.basketListBasketsFailing = alarm(this, 'BasketListBasketsFailing', settings, {
      alarmDescription:
        "More than 5% of listBaskets requests fail with a 5xx status. The function's log shows why: search for this operation and a status of 500 or more.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'ServerErrors',
        dimensionsMap: { service: 'basket', operation: 'listBaskets' },
        statistic: 'Average',
        period: Duration.seconds(300),
      }),
      threshold: 0.05,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.basketPutBasketFailing = alarm(this, 'BasketPutBasketFailing', settings, {
      alarmDescription:
        "More than 5% of putBasket requests fail with a 5xx status. The function's log shows why: search for this operation and a status of 500 or more.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'ServerErrors',
        dimensionsMap: { service: 'basket', operation: 'putBasket' },
        statistic: 'Average',
        period: Duration.seconds(300),
      }),
      threshold: 0.05,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.basketGetBasketFailing = alarm(this, 'BasketGetBasketFailing', settings, {
      alarmDescription:
        "More than 5% of getBasket requests fail with a 5xx status. The function's log shows why: search for this operation and a status of 500 or more.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'ServerErrors',
        dimensionsMap: { service: 'basket', operation: 'getBasket' },
        statistic: 'Average',
        period: Duration.seconds(300),
      }),
      threshold: 0.05,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.basketDeleteBasketFailing = alarm(this, 'BasketDeleteBasketFailing', settings, {
      alarmDescription:
        "More than 5% of deleteBasket requests fail with a 5xx status. The function's log shows why: search for this operation and a status of 500 or more.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'ServerErrors',
        dimensionsMap: { service: 'basket', operation: 'deleteBasket' },
        statistic: 'Average',
        period: Duration.seconds(300),
      }),
      threshold: 0.05,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.basketCheckoutBasketFailing = alarm(this, 'BasketCheckoutBasketFailing', settings, {
      alarmDescription:
        "More than 5% of checkoutBasket requests fail with a 5xx status. The function's log shows why: search for this operation and a status of 500 or more.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'ServerErrors',
        dimensionsMap: { service: 'basket', operation: 'checkoutBasket' },
        statistic: 'Average',
        period: Duration.seconds(300),
      }),
      threshold: 0.05,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.orderingListOrdersFailing = alarm(this, 'OrderingListOrdersFailing', settings, {
      alarmDescription:
        "More than 5% of listOrders requests fail with a 5xx status. The function's log shows why: search for this operation and a status of 500 or more.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'ServerErrors',
        dimensionsMap: { service: 'ordering', operation: 'listOrders' },
        statistic: 'Average',
        period: Duration.seconds(300),
      }),
      threshold: 0.05,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.orderingGetOrdersFailing = alarm(this, 'OrderingGetOrdersFailing', settings, {
      alarmDescription:
        "More than 5% of getOrders requests fail with a 5xx status. The function's log shows why: search for this operation and a status of 500 or more.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'ServerErrors',
        dimensionsMap: { service: 'ordering', operation: 'getOrders' },
        statistic: 'Average',
        period: Duration.seconds(300),
      }),
      threshold: 0.05,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.orderingPlaceOrderRejects = alarm(this, 'OrderingPlaceOrderRejects', settings, {
      alarmDescription:
        "placeOrder received messages that violate the contract, and will never process them. The function's log shows each violation. Check the sender's last deployment.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'Rejects',
        dimensionsMap: { service: 'ordering', operation: 'placeOrder' },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.productListProductsFailing = alarm(this, 'ProductListProductsFailing', settings, {
      alarmDescription:
        "More than 5% of listProducts requests fail with a 5xx status. The function's log shows why: search for this operation and a status of 500 or more.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'ServerErrors',
        dimensionsMap: { service: 'product', operation: 'listProducts' },
        statistic: 'Average',
        period: Duration.seconds(300),
      }),
      threshold: 0.05,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.productCreateProductFailing = alarm(this, 'ProductCreateProductFailing', settings, {
      alarmDescription:
        "More than 5% of createProduct requests fail with a 5xx status. The function's log shows why: search for this operation and a status of 500 or more.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'ServerErrors',
        dimensionsMap: { service: 'product', operation: 'createProduct' },
        statistic: 'Average',
        period: Duration.seconds(300),
      }),
      threshold: 0.05,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.productGetProductFailing = alarm(this, 'ProductGetProductFailing', settings, {
      alarmDescription:
        "More than 5% of getProduct requests fail with a 5xx status. The function's log shows why: search for this operation and a status of 500 or more.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'ServerErrors',
        dimensionsMap: { service: 'product', operation: 'getProduct' },
        statistic: 'Average',
        period: Duration.seconds(300),
      }),
      threshold: 0.05,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.productReplaceProductFailing = alarm(this, 'ProductReplaceProductFailing', settings, {
      alarmDescription:
        "More than 5% of replaceProduct requests fail with a 5xx status. The function's log shows why: search for this operation and a status of 500 or more.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'ServerErrors',
        dimensionsMap: { service: 'product', operation: 'replaceProduct' },
        statistic: 'Average',
        period: Duration.seconds(300),
      }),
      threshold: 0.05,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.productDeleteProductFailing = alarm(this, 'ProductDeleteProductFailing', settings, {
      alarmDescription:
        "More than 5% of deleteProduct requests fail with a 5xx status. The function's log shows why: search for this operation and a status of 500 or more.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'ServerErrors',
        dimensionsMap: { service: 'product', operation: 'deleteProduct' },
        statistic: 'Average',
        period: Duration.seconds(300),
      }),
      threshold: 0.05,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.productListSalesFailing = alarm(this, 'ProductListSalesFailing', settings, {
      alarmDescription:
        "More than 5% of listSales requests fail with a 5xx status. The function's log shows why: search for this operation and a status of 500 or more.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'ServerErrors',
        dimensionsMap: { service: 'product', operation: 'listSales' },
        statistic: 'Average',
        period: Duration.seconds(300),
      }),
      threshold: 0.05,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.productRecordSalesRejects = alarm(this, 'ProductRecordSalesRejects', settings, {
      alarmDescription:
        "recordSales received messages that violate the contract, and will never process them. The function's log shows each violation. Check the sender's last deployment.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'Rejects',
        dimensionsMap: { service: 'product', operation: 'recordSales' },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.basketFunctionErrors = alarm(this, 'BasketFunctionErrors', settings, {
      alarmDescription:
        "Invocations of basket crashed or timed out. The function's log shows which ones and why.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: functions.basketFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.basketFunctionThrottles = alarm(this, 'BasketFunctionThrottles', settings, {
      alarmDescription:
        "Invocations of basket were throttled. Raise its reserved concurrency or the account's limit.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        dimensionsMap: { FunctionName: functions.basketFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.orderingFunctionErrors = alarm(this, 'OrderingFunctionErrors', settings, {
      alarmDescription:
        "Invocations of ordering crashed or timed out. The function's log shows which ones and why.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: functions.orderingFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.orderingFunctionThrottles = alarm(this, 'OrderingFunctionThrottles', settings, {
      alarmDescription:
        "Invocations of ordering were throttled. Raise its reserved concurrency or the account's limit.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        dimensionsMap: { FunctionName: functions.orderingFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.orderingCheckoutFunctionErrors = alarm(this, 'OrderingCheckoutFunctionErrors', settings, {
      alarmDescription:
        "Invocations of ordering-checkout crashed or timed out. The function's log shows which ones and why.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: functions.orderingCheckoutFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.orderingCheckoutFunctionThrottles = alarm(
      this,
      'OrderingCheckoutFunctionThrottles',
      settings,
      {
        alarmDescription:
          "Invocations of ordering-checkout were throttled. Raise its reserved concurrency or the account's limit.",
        metric: new cloudwatch.Metric({
          namespace: 'AWS/Lambda',
          metricName: 'Throttles',
          dimensionsMap: { FunctionName: functions.orderingCheckoutFunction.functionName },
          statistic: 'Sum',
          period: Duration.seconds(300),
        }),
        threshold: 0,
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
      },
    );
    this.productFunctionErrors = alarm(this, 'ProductFunctionErrors', settings, {
      alarmDescription:
        "Invocations of product crashed or timed out. The function's log shows which ones and why.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: functions.productFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.productFunctionThrottles = alarm(this, 'ProductFunctionThrottles', settings, {
      alarmDescription:
        "Invocations of product were throttled. Raise its reserved concurrency or the account's limit.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        dimensionsMap: { FunctionName: functions.productFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.productSalesFunctionErrors = alarm(this, 'ProductSalesFunctionErrors', settings, {
      alarmDescription:
        "Invocations of product-sales crashed or timed out. The function's log shows which ones and why.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: functions.productSalesFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.productSalesFunctionThrottles = alarm(this, 'ProductSalesFunctionThrottles', settings, {
      alarmDescription:
        "Invocations of product-sales were throttled. Raise its reserved concurrency or the account's limit.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        dimensionsMap: { FunctionName: functions.productSalesFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.orderRuleDeadLetterQueueNotEmpty = alarm(
      this,
      'OrderRuleDeadLetterQueueNotEmpty',
      settings,
      {
        alarmDescription:
          'OrderRuleDeadLetterQueue contains failed messages. Find the cause, then redrive them.',
        metric: new cloudwatch.Metric({
          namespace: 'AWS/SQS',
          metricName: 'ApproximateNumberOfMessagesVisible',
          dimensionsMap: { QueueName: queues.orderRuleDeadLetterQueue.queueName },
          statistic: 'Maximum',
          period: Duration.seconds(60),
        }),
        threshold: 0,
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
      },
    );
    this.orderQueueAge = alarm(this, 'OrderQueueAge', settings, {
      alarmDescription:
        'The age of the oldest message in OrderQueue exceeds `MaxQueueAgeSeconds`. The receiver fails, is throttled, or is too slow.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateAgeOfOldestMessage',
        dimensionsMap: { QueueName: queues.orderQueue.queueName },
        statistic: 'Maximum',
        period: Duration.seconds(60),
      }),
      threshold: settings.maxQueueAgeSeconds,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.orderDeadLetterQueueNotEmpty = alarm(this, 'OrderDeadLetterQueueNotEmpty', settings, {
      alarmDescription:
        'OrderDeadLetterQueue contains failed messages. Find the cause, then redrive them.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensionsMap: { QueueName: queues.orderDeadLetterQueue.queueName },
        statistic: 'Maximum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.salesRuleDeadLetterQueueNotEmpty = alarm(
      this,
      'SalesRuleDeadLetterQueueNotEmpty',
      settings,
      {
        alarmDescription:
          'SalesRuleDeadLetterQueue contains failed messages. Find the cause, then redrive them.',
        metric: new cloudwatch.Metric({
          namespace: 'AWS/SQS',
          metricName: 'ApproximateNumberOfMessagesVisible',
          dimensionsMap: { QueueName: queues.salesRuleDeadLetterQueue.queueName },
          statistic: 'Maximum',
          period: Duration.seconds(60),
        }),
        threshold: 0,
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
      },
    );
    this.salesQueueAge = alarm(this, 'SalesQueueAge', settings, {
      alarmDescription:
        'The age of the oldest message in SalesQueue exceeds `MaxQueueAgeSeconds`. The receiver fails, is throttled, or is too slow.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateAgeOfOldestMessage',
        dimensionsMap: { QueueName: queues.salesQueue.queueName },
        statistic: 'Maximum',
        period: Duration.seconds(60),
      }),
      threshold: settings.maxQueueAgeSeconds,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.salesDeadLetterQueueNotEmpty = alarm(this, 'SalesDeadLetterQueueNotEmpty', settings, {
      alarmDescription:
        'SalesDeadLetterQueue contains failed messages. Find the cause, then redrive them.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensionsMap: { QueueName: queues.salesDeadLetterQueue.queueName },
        statistic: 'Maximum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.orderQueueRuleLost = alarm(this, 'OrderQueueRuleLost', settings, {
      alarmDescription:
        'Events that match OrderQueueRule could neither be delivered nor be sent to OrderRuleDeadLetterQueue, and are lost. Check that the queue exists, and check its policy.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Events',
        metricName: 'InvocationsFailedToBeSentToDlq',
        dimensionsMap: {
          EventBusName: buses.swnEventBus.eventBusName,
          RuleName: `${stackName}-OrderQueueRule`,
        },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.salesQueueRuleLost = alarm(this, 'SalesQueueRuleLost', settings, {
      alarmDescription:
        'Events that match SalesQueueRule could neither be delivered nor be sent to SalesRuleDeadLetterQueue, and are lost. Check that the queue exists, and check its policy.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Events',
        metricName: 'InvocationsFailedToBeSentToDlq',
        dimensionsMap: {
          EventBusName: buses.swnEventBus.eventBusName,
          RuleName: `${stackName}-SalesQueueRule`,
        },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.basketTableReadsThrottled = alarm(this, 'BasketTableReadsThrottled', settings, {
      alarmDescription:
        'Reads of the table basket are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ReadThrottleEvents',
        dimensionsMap: { TableName: tables.basketTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.basketTableWritesThrottled = alarm(this, 'BasketTableWritesThrottled', settings, {
      alarmDescription:
        'Writes of the table basket are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'WriteThrottleEvents',
        dimensionsMap: { TableName: tables.basketTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.checkoutTableReadsThrottled = alarm(this, 'CheckoutTableReadsThrottled', settings, {
      alarmDescription:
        'Reads of the table checkout are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ReadThrottleEvents',
        dimensionsMap: { TableName: tables.checkoutTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.checkoutTableWritesThrottled = alarm(this, 'CheckoutTableWritesThrottled', settings, {
      alarmDescription:
        'Writes of the table checkout are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'WriteThrottleEvents',
        dimensionsMap: { TableName: tables.checkoutTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.orderTableReadsThrottled = alarm(this, 'OrderTableReadsThrottled', settings, {
      alarmDescription:
        'Reads of the table order are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ReadThrottleEvents',
        dimensionsMap: { TableName: tables.orderTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.orderTableWritesThrottled = alarm(this, 'OrderTableWritesThrottled', settings, {
      alarmDescription:
        'Writes of the table order are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'WriteThrottleEvents',
        dimensionsMap: { TableName: tables.orderTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.productTableReadsThrottled = alarm(this, 'ProductTableReadsThrottled', settings, {
      alarmDescription:
        'Reads of the table product are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ReadThrottleEvents',
        dimensionsMap: { TableName: tables.productTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.productTableWritesThrottled = alarm(this, 'ProductTableWritesThrottled', settings, {
      alarmDescription:
        'Writes of the table product are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'WriteThrottleEvents',
        dimensionsMap: { TableName: tables.productTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.productTableByCategoryReadsThrottled = alarm(
      this,
      'ProductTableByCategoryReadsThrottled',
      settings,
      {
        alarmDescription:
          'Reads of the index byCategory of the table product are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
        metric: new cloudwatch.Metric({
          namespace: 'AWS/DynamoDB',
          metricName: 'ReadThrottleEvents',
          dimensionsMap: {
            TableName: tables.productTable.tableName,
            GlobalSecondaryIndexName: 'byCategory',
          },
          statistic: 'Sum',
          period: Duration.seconds(60),
        }),
        threshold: 0,
        evaluationPeriods: 5,
        datapointsToAlarm: 3,
      },
    );
    this.productTableByCategoryWritesThrottled = alarm(
      this,
      'ProductTableByCategoryWritesThrottled',
      settings,
      {
        alarmDescription:
          'Writes of the index byCategory of the table product are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
        metric: new cloudwatch.Metric({
          namespace: 'AWS/DynamoDB',
          metricName: 'WriteThrottleEvents',
          dimensionsMap: {
            TableName: tables.productTable.tableName,
            GlobalSecondaryIndexName: 'byCategory',
          },
          statistic: 'Sum',
          period: Duration.seconds(60),
        }),
        threshold: 0,
        evaluationPeriods: 5,
        datapointsToAlarm: 3,
      },
    );
    this.saleTableReadsThrottled = alarm(this, 'SaleTableReadsThrottled', settings, {
      alarmDescription:
        'Reads of the table sale are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ReadThrottleEvents',
        dimensionsMap: { TableName: tables.saleTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.saleTableWritesThrottled = alarm(this, 'SaleTableWritesThrottled', settings, {
      alarmDescription:
        'Writes of the table sale are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'WriteThrottleEvents',
        dimensionsMap: { TableName: tables.saleTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
  }
}
