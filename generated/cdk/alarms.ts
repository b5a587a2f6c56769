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
   * More than 5% of the requests to the service basket fail with a 5xx status. The dashboard shows
   * which operation, the function's log shows why.
   */
  readonly basketRequestsFailing: cloudwatch.Alarm;

  /**
   * More than 5% of the requests to the service ordering fail with a 5xx status. The dashboard
   * shows which operation, the function's log shows why.
   */
  readonly orderingRequestsFailing: cloudwatch.Alarm;

  /**
   * The service ordering received messages that violate the contract, and will never process them.
   * The function's log shows each violation. Check the sender's last deployment.
   */
  readonly orderingMessagesRejected: cloudwatch.Alarm;

  /**
   * More than 5% of the requests to the service product fail with a 5xx status. The dashboard
   * shows which operation, the function's log shows why.
   */
  readonly productRequestsFailing: cloudwatch.Alarm;

  /**
   * The service product received messages that violate the contract, and will never process them.
   * The function's log shows each violation. Check the sender's last deployment.
   */
  readonly productMessagesRejected: cloudwatch.Alarm;

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
    this.basketRequestsFailing = alarm(this, 'BasketRequestsFailing', settings, {
      alarmDescription:
        "More than 5% of the requests to the service basket fail with a 5xx status. The dashboard shows which operation, the function's log shows why.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'ServerErrors',
        dimensionsMap: { service: 'basket' },
        statistic: 'Average',
        period: Duration.seconds(300),
      }),
      threshold: 0.05,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.orderingRequestsFailing = alarm(this, 'OrderingRequestsFailing', settings, {
      alarmDescription:
        "More than 5% of the requests to the service ordering fail with a 5xx status. The dashboard shows which operation, the function's log shows why.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'ServerErrors',
        dimensionsMap: { service: 'ordering' },
        statistic: 'Average',
        period: Duration.seconds(300),
      }),
      threshold: 0.05,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.orderingMessagesRejected = alarm(this, 'OrderingMessagesRejected', settings, {
      alarmDescription:
        "The service ordering received messages that violate the contract, and will never process them. The function's log shows each violation. Check the sender's last deployment.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'Rejects',
        dimensionsMap: { service: 'ordering' },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.productRequestsFailing = alarm(this, 'ProductRequestsFailing', settings, {
      alarmDescription:
        "More than 5% of the requests to the service product fail with a 5xx status. The dashboard shows which operation, the function's log shows why.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'ServerErrors',
        dimensionsMap: { service: 'product' },
        statistic: 'Average',
        period: Duration.seconds(300),
      }),
      threshold: 0.05,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.productMessagesRejected = alarm(this, 'ProductMessagesRejected', settings, {
      alarmDescription:
        "The service product received messages that violate the contract, and will never process them. The function's log shows each violation. Check the sender's last deployment.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'Rejects',
        dimensionsMap: { service: 'product' },
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
