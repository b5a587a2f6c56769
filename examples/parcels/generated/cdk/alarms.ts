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

  /** Invocations of billing-charge crashed or timed out. The function's log says which and why. */
  readonly billingChargeFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of billing-charge were refused for want of concurrency. Raise its reservation or
   * the account's limit.
   */
  readonly billingChargeFunctionThrottles: cloudwatch.Alarm;

  /** Invocations of courier-assign crashed or timed out. The function's log says which and why. */
  readonly courierAssignFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of courier-assign were refused for want of concurrency. Raise its reservation or
   * the account's limit.
   */
  readonly courierAssignFunctionThrottles: cloudwatch.Alarm;

  /** Invocations of courier-follow crashed or timed out. The function's log says which and why. */
  readonly courierFollowFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of courier-follow were refused for want of concurrency. Raise its reservation or
   * the account's limit.
   */
  readonly courierFollowFunctionThrottles: cloudwatch.Alarm;

  /** Invocations of depot crashed or timed out. The function's log says which and why. */
  readonly depotFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of depot were refused for want of concurrency. Raise its reservation or the
   * account's limit.
   */
  readonly depotFunctionThrottles: cloudwatch.Alarm;

  /** Invocations of depot-remind crashed or timed out. The function's log says which and why. */
  readonly depotRemindFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of depot-remind were refused for want of concurrency. Raise its reservation or the
   * account's limit.
   */
  readonly depotRemindFunctionThrottles: cloudwatch.Alarm;

  /**
   * Invocations of notices-announce crashed or timed out. The function's log says which and why.
   */
  readonly noticesAnnounceFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of notices-announce were refused for want of concurrency. Raise its reservation or
   * the account's limit.
   */
  readonly noticesAnnounceFunctionThrottles: cloudwatch.Alarm;

  /** Invocations of notices-confirm crashed or timed out. The function's log says which and why. */
  readonly noticesConfirmFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of notices-confirm were refused for want of concurrency. Raise its reservation or
   * the account's limit.
   */
  readonly noticesConfirmFunctionThrottles: cloudwatch.Alarm;

  /**
   * Messages lie in ChargesUndelivered: they were given up and nobody works on them. Find the
   * cause, then redrive them.
   */
  readonly chargesUndeliveredQueueNotEmpty: cloudwatch.Alarm;

  /**
   * A message has waited in Charges for longer than the stage allows. The consumer fails, is
   * throttled or too slow.
   */
  readonly chargesQueueAge: cloudwatch.Alarm;

  /**
   * Messages lie in ChargesDead: they were given up and nobody works on them. Find the cause, then
   * redrive them.
   */
  readonly chargesDeadQueueNotEmpty: cloudwatch.Alarm;

  /**
   * Messages lie in AssignmentsUndelivered: they were given up and nobody works on them. Find the
   * cause, then redrive them.
   */
  readonly assignmentsUndeliveredQueueNotEmpty: cloudwatch.Alarm;

  /**
   * A message has waited in Assignments for longer than the stage allows. The consumer fails, is
   * throttled or too slow.
   */
  readonly assignmentsQueueAge: cloudwatch.Alarm;

  /**
   * Messages lie in AssignmentsDead: they were given up and nobody works on them. Find the cause,
   * then redrive them.
   */
  readonly assignmentsDeadQueueNotEmpty: cloudwatch.Alarm;

  /**
   * Messages lie in ScansUndelivered: they were given up and nobody works on them. Find the cause,
   * then redrive them.
   */
  readonly scansUndeliveredQueueNotEmpty: cloudwatch.Alarm;

  /**
   * A message has waited in Scans.fifo for longer than the stage allows. The consumer fails, is
   * throttled or too slow.
   */
  readonly scansFifoQueueAge: cloudwatch.Alarm;

  /**
   * Messages lie in ScansDead.fifo: they were given up and nobody works on them. Find the cause,
   * then redrive them.
   */
  readonly scansDeadFifoQueueNotEmpty: cloudwatch.Alarm;

  /**
   * Messages lie in RemindUndelivered: they were given up and nobody works on them. Find the
   * cause, then redrive them.
   */
  readonly remindUndeliveredQueueNotEmpty: cloudwatch.Alarm;

  /**
   * Messages lie in RemindGivenUp: they were given up and nobody works on them. Find the cause,
   * then redrive them.
   */
  readonly remindGivenUpQueueNotEmpty: cloudwatch.Alarm;

  /**
   * Messages lie in AnnounceUndelivered: they were given up and nobody works on them. Find the
   * cause, then redrive them.
   */
  readonly announceUndeliveredQueueNotEmpty: cloudwatch.Alarm;

  /**
   * A message has waited in Notices for longer than the stage allows. The consumer fails, is
   * throttled or too slow.
   */
  readonly noticesQueueAge: cloudwatch.Alarm;

  /**
   * Messages lie in NoticesDead: they were given up and nobody works on them. Find the cause, then
   * redrive them.
   */
  readonly noticesDeadQueueNotEmpty: cloudwatch.Alarm;

  /**
   * Messages lie in ConfirmUndelivered: they were given up and nobody works on them. Find the
   * cause, then redrive them.
   */
  readonly confirmUndeliveredQueueNotEmpty: cloudwatch.Alarm;

  /**
   * Messages lie in ConfirmGivenUp: they were given up and nobody works on them. Find the cause,
   * then redrive them.
   */
  readonly confirmGivenUpQueueNotEmpty: cloudwatch.Alarm;

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
    this.billingChargeFunctionErrors = alarm(this, 'BillingChargeFunctionErrors', settings, {
      alarmDescription:
        "Invocations of billing-charge crashed or timed out. The function's log says which and why.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: functions.billingChargeFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.billingChargeFunctionThrottles = alarm(this, 'BillingChargeFunctionThrottles', settings, {
      alarmDescription:
        "Invocations of billing-charge were refused for want of concurrency. Raise its reservation or the account's limit.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        dimensionsMap: { FunctionName: functions.billingChargeFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.courierAssignFunctionErrors = alarm(this, 'CourierAssignFunctionErrors', settings, {
      alarmDescription:
        "Invocations of courier-assign crashed or timed out. The function's log says which and why.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: functions.courierAssignFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.courierAssignFunctionThrottles = alarm(this, 'CourierAssignFunctionThrottles', settings, {
      alarmDescription:
        "Invocations of courier-assign were refused for want of concurrency. Raise its reservation or the account's limit.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        dimensionsMap: { FunctionName: functions.courierAssignFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.courierFollowFunctionErrors = alarm(this, 'CourierFollowFunctionErrors', settings, {
      alarmDescription:
        "Invocations of courier-follow crashed or timed out. The function's log says which and why.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: functions.courierFollowFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.courierFollowFunctionThrottles = alarm(this, 'CourierFollowFunctionThrottles', settings, {
      alarmDescription:
        "Invocations of courier-follow were refused for want of concurrency. Raise its reservation or the account's limit.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        dimensionsMap: { FunctionName: functions.courierFollowFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.depotFunctionErrors = alarm(this, 'DepotFunctionErrors', settings, {
      alarmDescription:
        "Invocations of depot crashed or timed out. The function's log says which and why.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: functions.depotFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.depotFunctionThrottles = alarm(this, 'DepotFunctionThrottles', settings, {
      alarmDescription:
        "Invocations of depot were refused for want of concurrency. Raise its reservation or the account's limit.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        dimensionsMap: { FunctionName: functions.depotFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.depotRemindFunctionErrors = alarm(this, 'DepotRemindFunctionErrors', settings, {
      alarmDescription:
        "Invocations of depot-remind crashed or timed out. The function's log says which and why.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: functions.depotRemindFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.depotRemindFunctionThrottles = alarm(this, 'DepotRemindFunctionThrottles', settings, {
      alarmDescription:
        "Invocations of depot-remind were refused for want of concurrency. Raise its reservation or the account's limit.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        dimensionsMap: { FunctionName: functions.depotRemindFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.noticesAnnounceFunctionErrors = alarm(this, 'NoticesAnnounceFunctionErrors', settings, {
      alarmDescription:
        "Invocations of notices-announce crashed or timed out. The function's log says which and why.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: functions.noticesAnnounceFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.noticesAnnounceFunctionThrottles = alarm(
      this,
      'NoticesAnnounceFunctionThrottles',
      settings,
      {
        alarmDescription:
          "Invocations of notices-announce were refused for want of concurrency. Raise its reservation or the account's limit.",
        metric: new cloudwatch.Metric({
          namespace: 'AWS/Lambda',
          metricName: 'Throttles',
          dimensionsMap: { FunctionName: functions.noticesAnnounceFunction.functionName },
          statistic: 'Sum',
          period: Duration.seconds(300),
        }),
        threshold: 0,
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
      },
    );
    this.noticesConfirmFunctionErrors = alarm(this, 'NoticesConfirmFunctionErrors', settings, {
      alarmDescription:
        "Invocations of notices-confirm crashed or timed out. The function's log says which and why.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: functions.noticesConfirmFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.noticesConfirmFunctionThrottles = alarm(
      this,
      'NoticesConfirmFunctionThrottles',
      settings,
      {
        alarmDescription:
          "Invocations of notices-confirm were refused for want of concurrency. Raise its reservation or the account's limit.",
        metric: new cloudwatch.Metric({
          namespace: 'AWS/Lambda',
          metricName: 'Throttles',
          dimensionsMap: { FunctionName: functions.noticesConfirmFunction.functionName },
          statistic: 'Sum',
          period: Duration.seconds(300),
        }),
        threshold: 0,
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
      },
    );
    this.chargesUndeliveredQueueNotEmpty = alarm(
      this,
      'ChargesUndeliveredQueueNotEmpty',
      settings,
      {
        alarmDescription:
          'Messages lie in ChargesUndelivered: they were given up and nobody works on them. Find the cause, then redrive them.',
        metric: new cloudwatch.Metric({
          namespace: 'AWS/SQS',
          metricName: 'ApproximateNumberOfMessagesVisible',
          dimensionsMap: { QueueName: queues.chargesUndeliveredQueue.queueName },
          statistic: 'Maximum',
          period: Duration.seconds(60),
        }),
        threshold: 0,
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
      },
    );
    this.chargesQueueAge = alarm(this, 'ChargesQueueAge', settings, {
      alarmDescription:
        'A message has waited in Charges for longer than the stage allows. The consumer fails, is throttled or too slow.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateAgeOfOldestMessage',
        dimensionsMap: { QueueName: queues.chargesQueue.queueName },
        statistic: 'Maximum',
        period: Duration.seconds(60),
      }),
      threshold: settings.maxQueueAgeSeconds,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.chargesDeadQueueNotEmpty = alarm(this, 'ChargesDeadQueueNotEmpty', settings, {
      alarmDescription:
        'Messages lie in ChargesDead: they were given up and nobody works on them. Find the cause, then redrive them.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensionsMap: { QueueName: queues.chargesDeadQueue.queueName },
        statistic: 'Maximum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.assignmentsUndeliveredQueueNotEmpty = alarm(
      this,
      'AssignmentsUndeliveredQueueNotEmpty',
      settings,
      {
        alarmDescription:
          'Messages lie in AssignmentsUndelivered: they were given up and nobody works on them. Find the cause, then redrive them.',
        metric: new cloudwatch.Metric({
          namespace: 'AWS/SQS',
          metricName: 'ApproximateNumberOfMessagesVisible',
          dimensionsMap: { QueueName: queues.assignmentsUndeliveredQueue.queueName },
          statistic: 'Maximum',
          period: Duration.seconds(60),
        }),
        threshold: 0,
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
      },
    );
    this.assignmentsQueueAge = alarm(this, 'AssignmentsQueueAge', settings, {
      alarmDescription:
        'A message has waited in Assignments for longer than the stage allows. The consumer fails, is throttled or too slow.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateAgeOfOldestMessage',
        dimensionsMap: { QueueName: queues.assignmentsQueue.queueName },
        statistic: 'Maximum',
        period: Duration.seconds(60),
      }),
      threshold: settings.maxQueueAgeSeconds,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.assignmentsDeadQueueNotEmpty = alarm(this, 'AssignmentsDeadQueueNotEmpty', settings, {
      alarmDescription:
        'Messages lie in AssignmentsDead: they were given up and nobody works on them. Find the cause, then redrive them.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensionsMap: { QueueName: queues.assignmentsDeadQueue.queueName },
        statistic: 'Maximum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.scansUndeliveredQueueNotEmpty = alarm(this, 'ScansUndeliveredQueueNotEmpty', settings, {
      alarmDescription:
        'Messages lie in ScansUndelivered: they were given up and nobody works on them. Find the cause, then redrive them.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensionsMap: { QueueName: queues.scansUndeliveredQueue.queueName },
        statistic: 'Maximum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.scansFifoQueueAge = alarm(this, 'ScansFifoQueueAge', settings, {
      alarmDescription:
        'A message has waited in Scans.fifo for longer than the stage allows. The consumer fails, is throttled or too slow.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateAgeOfOldestMessage',
        dimensionsMap: { QueueName: queues.scansFifoQueue.queueName },
        statistic: 'Maximum',
        period: Duration.seconds(60),
      }),
      threshold: settings.maxQueueAgeSeconds,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.scansDeadFifoQueueNotEmpty = alarm(this, 'ScansDeadFifoQueueNotEmpty', settings, {
      alarmDescription:
        'Messages lie in ScansDead.fifo: they were given up and nobody works on them. Find the cause, then redrive them.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensionsMap: { QueueName: queues.scansDeadFifoQueue.queueName },
        statistic: 'Maximum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.remindUndeliveredQueueNotEmpty = alarm(this, 'RemindUndeliveredQueueNotEmpty', settings, {
      alarmDescription:
        'Messages lie in RemindUndelivered: they were given up and nobody works on them. Find the cause, then redrive them.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensionsMap: { QueueName: queues.remindUndeliveredQueue.queueName },
        statistic: 'Maximum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.remindGivenUpQueueNotEmpty = alarm(this, 'RemindGivenUpQueueNotEmpty', settings, {
      alarmDescription:
        'Messages lie in RemindGivenUp: they were given up and nobody works on them. Find the cause, then redrive them.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensionsMap: { QueueName: queues.remindGivenUpQueue.queueName },
        statistic: 'Maximum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.announceUndeliveredQueueNotEmpty = alarm(
      this,
      'AnnounceUndeliveredQueueNotEmpty',
      settings,
      {
        alarmDescription:
          'Messages lie in AnnounceUndelivered: they were given up and nobody works on them. Find the cause, then redrive them.',
        metric: new cloudwatch.Metric({
          namespace: 'AWS/SQS',
          metricName: 'ApproximateNumberOfMessagesVisible',
          dimensionsMap: { QueueName: queues.announceUndeliveredQueue.queueName },
          statistic: 'Maximum',
          period: Duration.seconds(60),
        }),
        threshold: 0,
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
      },
    );
    this.noticesQueueAge = alarm(this, 'NoticesQueueAge', settings, {
      alarmDescription:
        'A message has waited in Notices for longer than the stage allows. The consumer fails, is throttled or too slow.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateAgeOfOldestMessage',
        dimensionsMap: { QueueName: queues.noticesQueue.queueName },
        statistic: 'Maximum',
        period: Duration.seconds(60),
      }),
      threshold: settings.maxQueueAgeSeconds,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.noticesDeadQueueNotEmpty = alarm(this, 'NoticesDeadQueueNotEmpty', settings, {
      alarmDescription:
        'Messages lie in NoticesDead: they were given up and nobody works on them. Find the cause, then redrive them.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensionsMap: { QueueName: queues.noticesDeadQueue.queueName },
        statistic: 'Maximum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.confirmUndeliveredQueueNotEmpty = alarm(
      this,
      'ConfirmUndeliveredQueueNotEmpty',
      settings,
      {
        alarmDescription:
          'Messages lie in ConfirmUndelivered: they were given up and nobody works on them. Find the cause, then redrive them.',
        metric: new cloudwatch.Metric({
          namespace: 'AWS/SQS',
          metricName: 'ApproximateNumberOfMessagesVisible',
          dimensionsMap: { QueueName: queues.confirmUndeliveredQueue.queueName },
          statistic: 'Maximum',
          period: Duration.seconds(60),
        }),
        threshold: 0,
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
      },
    );
    this.confirmGivenUpQueueNotEmpty = alarm(this, 'ConfirmGivenUpQueueNotEmpty', settings, {
      alarmDescription:
        'Messages lie in ConfirmGivenUp: they were given up and nobody works on them. Find the cause, then redrive them.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensionsMap: { QueueName: queues.confirmGivenUpQueue.queueName },
        statistic: 'Maximum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
  }
}
