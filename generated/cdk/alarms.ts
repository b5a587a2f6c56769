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
  /** What differs between stages. */
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

/** What somebody has to look at. Alarms tell the topic of the settings. */
export class Alarms extends Construct {
  /**
   * More than 1% of API requests fail with 5xx. The access log names route and error, the
   * function's log the cause.
   */
  readonly apiServerErrors: cloudwatch.Alarm;

  /**
   * The slowest hundredth of API requests is slower than the stage allows. Compare latencyMs with
   * functionLatencyMs in the access log, and look for throttled tables.
   */
  readonly apiLatency: cloudwatch.Alarm;

  /**
   * More than 5% of listBaskets requests fail with 5xx. The log of the function tells why: search
   * for this operation and a status of 500 or more.
   */
  readonly basketListBasketsFailing: cloudwatch.Alarm;

  /**
   * More than 5% of putBasket requests fail with 5xx. The log of the function tells why: search
   * for this operation and a status of 500 or more.
   */
  readonly basketPutBasketFailing: cloudwatch.Alarm;

  /**
   * More than 5% of getBasket requests fail with 5xx. The log of the function tells why: search
   * for this operation and a status of 500 or more.
   */
  readonly basketGetBasketFailing: cloudwatch.Alarm;

  /**
   * More than 5% of deleteBasket requests fail with 5xx. The log of the function tells why: search
   * for this operation and a status of 500 or more.
   */
  readonly basketDeleteBasketFailing: cloudwatch.Alarm;

  /**
   * More than 5% of checkoutBasket requests fail with 5xx. The log of the function tells why:
   * search for this operation and a status of 500 or more.
   */
  readonly basketCheckoutBasketFailing: cloudwatch.Alarm;

  /**
   * More than 5% of listOrders requests fail with 5xx. The log of the function tells why: search
   * for this operation and a status of 500 or more.
   */
  readonly orderingListOrdersFailing: cloudwatch.Alarm;

  /**
   * More than 5% of getOrders requests fail with 5xx. The log of the function tells why: search
   * for this operation and a status of 500 or more.
   */
  readonly orderingGetOrdersFailing: cloudwatch.Alarm;

  /**
   * placeOrder received messages that its contract does not allow, and will never process them.
   * The function's log names each violation; look at what the sender deployed last.
   */
  readonly orderingPlaceOrderRejects: cloudwatch.Alarm;

  /**
   * More than 5% of listProducts requests fail with 5xx. The log of the function tells why: search
   * for this operation and a status of 500 or more.
   */
  readonly productListProductsFailing: cloudwatch.Alarm;

  /**
   * More than 5% of createProduct requests fail with 5xx. The log of the function tells why:
   * search for this operation and a status of 500 or more.
   */
  readonly productCreateProductFailing: cloudwatch.Alarm;

  /**
   * More than 5% of getProduct requests fail with 5xx. The log of the function tells why: search
   * for this operation and a status of 500 or more.
   */
  readonly productGetProductFailing: cloudwatch.Alarm;

  /**
   * More than 5% of replaceProduct requests fail with 5xx. The log of the function tells why:
   * search for this operation and a status of 500 or more.
   */
  readonly productReplaceProductFailing: cloudwatch.Alarm;

  /**
   * More than 5% of deleteProduct requests fail with 5xx. The log of the function tells why:
   * search for this operation and a status of 500 or more.
   */
  readonly productDeleteProductFailing: cloudwatch.Alarm;

  /**
   * More than 5% of listSales requests fail with 5xx. The log of the function tells why: search
   * for this operation and a status of 500 or more.
   */
  readonly productListSalesFailing: cloudwatch.Alarm;

  /**
   * recordSales received messages that its contract does not allow, and will never process them.
   * The function's log names each violation; look at what the sender deployed last.
   */
  readonly productRecordSalesRejects: cloudwatch.Alarm;

  /** Invocations of basket crashed or timed out. The function's log says which and why. */
  readonly basketFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of basket were refused for want of concurrency. Raise its reservation or the
   * account's limit.
   */
  readonly basketFunctionThrottles: cloudwatch.Alarm;

  /** Invocations of ordering crashed or timed out. The function's log says which and why. */
  readonly orderingFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of ordering were refused for want of concurrency. Raise its reservation or the
   * account's limit.
   */
  readonly orderingFunctionThrottles: cloudwatch.Alarm;

  /**
   * Invocations of ordering-checkout crashed or timed out. The function's log says which and why.
   */
  readonly orderingCheckoutFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of ordering-checkout were refused for want of concurrency. Raise its reservation
   * or the account's limit.
   */
  readonly orderingCheckoutFunctionThrottles: cloudwatch.Alarm;

  /** Invocations of product crashed or timed out. The function's log says which and why. */
  readonly productFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of product were refused for want of concurrency. Raise its reservation or the
   * account's limit.
   */
  readonly productFunctionThrottles: cloudwatch.Alarm;

  /** Invocations of product-sales crashed or timed out. The function's log says which and why. */
  readonly productSalesFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of product-sales were refused for want of concurrency. Raise its reservation or
   * the account's limit.
   */
  readonly productSalesFunctionThrottles: cloudwatch.Alarm;

  /**
   * Messages lie in OrderRuleDeadLetterQueue: they were given up and nobody works on them. Find
   * the cause, then redrive them.
   */
  readonly orderRuleDeadLetterQueueNotEmpty: cloudwatch.Alarm;

  /**
   * A message has waited in OrderQueue for longer than the stage allows. The consumer fails, is
   * throttled or too slow.
   */
  readonly orderQueueAge: cloudwatch.Alarm;

  /**
   * Messages lie in OrderDeadLetterQueue: they were given up and nobody works on them. Find the
   * cause, then redrive them.
   */
  readonly orderDeadLetterQueueNotEmpty: cloudwatch.Alarm;

  /**
   * Messages lie in SalesRuleDeadLetterQueue: they were given up and nobody works on them. Find
   * the cause, then redrive them.
   */
  readonly salesRuleDeadLetterQueueNotEmpty: cloudwatch.Alarm;

  /**
   * A message has waited in SalesQueue for longer than the stage allows. The consumer fails, is
   * throttled or too slow.
   */
  readonly salesQueueAge: cloudwatch.Alarm;

  /**
   * Messages lie in SalesDeadLetterQueue: they were given up and nobody works on them. Find the
   * cause, then redrive them.
   */
  readonly salesDeadLetterQueueNotEmpty: cloudwatch.Alarm;

  /**
   * Events that match OrderQueueRule could neither be delivered nor be put into
   * OrderRuleDeadLetterQueue, and are lost. Look at the queue's policy, and whether it still
   * exists.
   */
  readonly orderQueueRuleLost: cloudwatch.Alarm;

  /**
   * Events that match SalesQueueRule could neither be delivered nor be put into
   * SalesRuleDeadLetterQueue, and are lost. Look at the queue's policy, and whether it still
   * exists.
   */
  readonly salesQueueRuleLost: cloudwatch.Alarm;

  /**
   * Reads of the table basket are throttled: they come faster than DynamoDB scales, or too many
   * want the same key.
   */
  readonly basketTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table basket are throttled: they come faster than DynamoDB scales, or too many
   * want the same key.
   */
  readonly basketTableWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the table checkout are throttled: they come faster than DynamoDB scales, or too many
   * want the same key.
   */
  readonly checkoutTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table checkout are throttled: they come faster than DynamoDB scales, or too many
   * want the same key.
   */
  readonly checkoutTableWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the table order are throttled: they come faster than DynamoDB scales, or too many
   * want the same key.
   */
  readonly orderTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table order are throttled: they come faster than DynamoDB scales, or too many
   * want the same key.
   */
  readonly orderTableWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the table product are throttled: they come faster than DynamoDB scales, or too many
   * want the same key.
   */
  readonly productTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table product are throttled: they come faster than DynamoDB scales, or too many
   * want the same key.
   */
  readonly productTableWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the index byCategory of the table product are throttled: they come faster than
   * DynamoDB scales, or too many want the same key.
   */
  readonly productTableByCategoryReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the index byCategory of the table product are throttled: they come faster than
   * DynamoDB scales, or too many want the same key.
   */
  readonly productTableByCategoryWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the table sale are throttled: they come faster than DynamoDB scales, or too many want
   * the same key.
   */
  readonly saleTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table sale are throttled: they come faster than DynamoDB scales, or too many
   * want the same key.
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
        "More than 1% of API requests fail with 5xx. The access log names route and error, the function's log the cause.",
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
        'The slowest hundredth of API requests is slower than the stage allows. Compare latencyMs with functionLatencyMs in the access log, and look for throttled tables.',
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
        'More than 5% of listBaskets requests fail with 5xx. The log of the function tells why: search for this operation and a status of 500 or more.',
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
        'More than 5% of putBasket requests fail with 5xx. The log of the function tells why: search for this operation and a status of 500 or more.',
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
        'More than 5% of getBasket requests fail with 5xx. The log of the function tells why: search for this operation and a status of 500 or more.',
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
        'More than 5% of deleteBasket requests fail with 5xx. The log of the function tells why: search for this operation and a status of 500 or more.',
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
        'More than 5% of checkoutBasket requests fail with 5xx. The log of the function tells why: search for this operation and a status of 500 or more.',
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
        'More than 5% of listOrders requests fail with 5xx. The log of the function tells why: search for this operation and a status of 500 or more.',
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
        'More than 5% of getOrders requests fail with 5xx. The log of the function tells why: search for this operation and a status of 500 or more.',
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
        "placeOrder received messages that its contract does not allow, and will never process them. The function's log names each violation; look at what the sender deployed last.",
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
        'More than 5% of listProducts requests fail with 5xx. The log of the function tells why: search for this operation and a status of 500 or more.',
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
        'More than 5% of createProduct requests fail with 5xx. The log of the function tells why: search for this operation and a status of 500 or more.',
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
        'More than 5% of getProduct requests fail with 5xx. The log of the function tells why: search for this operation and a status of 500 or more.',
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
        'More than 5% of replaceProduct requests fail with 5xx. The log of the function tells why: search for this operation and a status of 500 or more.',
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
        'More than 5% of deleteProduct requests fail with 5xx. The log of the function tells why: search for this operation and a status of 500 or more.',
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
        'More than 5% of listSales requests fail with 5xx. The log of the function tells why: search for this operation and a status of 500 or more.',
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
        "recordSales received messages that its contract does not allow, and will never process them. The function's log names each violation; look at what the sender deployed last.",
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
        "Invocations of basket crashed or timed out. The function's log says which and why.",
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
        "Invocations of basket were refused for want of concurrency. Raise its reservation or the account's limit.",
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
        "Invocations of ordering crashed or timed out. The function's log says which and why.",
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
        "Invocations of ordering were refused for want of concurrency. Raise its reservation or the account's limit.",
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
        "Invocations of ordering-checkout crashed or timed out. The function's log says which and why.",
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
          "Invocations of ordering-checkout were refused for want of concurrency. Raise its reservation or the account's limit.",
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
        "Invocations of product crashed or timed out. The function's log says which and why.",
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
        "Invocations of product were refused for want of concurrency. Raise its reservation or the account's limit.",
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
        "Invocations of product-sales crashed or timed out. The function's log says which and why.",
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
        "Invocations of product-sales were refused for want of concurrency. Raise its reservation or the account's limit.",
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
          'Messages lie in OrderRuleDeadLetterQueue: they were given up and nobody works on them. Find the cause, then redrive them.',
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
        'A message has waited in OrderQueue for longer than the stage allows. The consumer fails, is throttled or too slow.',
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
        'Messages lie in OrderDeadLetterQueue: they were given up and nobody works on them. Find the cause, then redrive them.',
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
          'Messages lie in SalesRuleDeadLetterQueue: they were given up and nobody works on them. Find the cause, then redrive them.',
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
        'A message has waited in SalesQueue for longer than the stage allows. The consumer fails, is throttled or too slow.',
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
        'Messages lie in SalesDeadLetterQueue: they were given up and nobody works on them. Find the cause, then redrive them.',
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
        "Events that match OrderQueueRule could neither be delivered nor be put into OrderRuleDeadLetterQueue, and are lost. Look at the queue's policy, and whether it still exists.",
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
        "Events that match SalesQueueRule could neither be delivered nor be put into SalesRuleDeadLetterQueue, and are lost. Look at the queue's policy, and whether it still exists.",
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
        'Reads of the table basket are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
        'Writes of the table basket are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
        'Reads of the table checkout are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
        'Writes of the table checkout are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
        'Reads of the table order are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
        'Writes of the table order are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
        'Reads of the table product are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
        'Writes of the table product are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
          'Reads of the index byCategory of the table product are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
          'Writes of the index byCategory of the table product are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
        'Reads of the table sale are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
        'Writes of the table sale are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
