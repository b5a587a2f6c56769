// @generated from the contracts in spec/; edits are overwritten.

import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

import { alarm } from './alarm';
import { Functions } from './functions';
import { Gateway } from './gateway';
import { Queues } from './queues';
import { Settings } from './settings';

/** What {@link Alarms} is made with. */
export interface AlarmsProps {
  /** What differs between stages. */
  readonly settings: Settings;
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

  constructor(scope: Construct, id: string, { settings, queues, functions, gateway }: AlarmsProps) {
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
  }
}
