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
   * The service billing received messages that violate the contract, and will never process them.
   * The function's log shows each violation. Check the sender's last deployment.
   */
  readonly billingMessagesRejected: cloudwatch.Alarm;

  /**
   * The service courier received messages that violate the contract, and will never process them.
   * The function's log shows each violation. Check the sender's last deployment.
   */
  readonly courierMessagesRejected: cloudwatch.Alarm;

  /**
   * More than 5% of the requests to the service depot fail with a 5xx status. The dashboard shows
   * which operation, the function's log shows why.
   */
  readonly depotRequestsFailing: cloudwatch.Alarm;

  /**
   * The service depot received messages that violate the contract, and will never process them.
   * The function's log shows each violation. Check the sender's last deployment.
   */
  readonly depotMessagesRejected: cloudwatch.Alarm;

  /**
   * The service notices received messages that violate the contract, and will never process them.
   * The function's log shows each violation. Check the sender's last deployment.
   */
  readonly noticesMessagesRejected: cloudwatch.Alarm;

  /**
   * Invocations of billing-charge crashed or timed out. The function's log shows which ones and
   * why.
   */
  readonly billingChargeFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of billing-charge were throttled. Raise its reserved concurrency or the account's
   * limit.
   */
  readonly billingChargeFunctionThrottles: cloudwatch.Alarm;

  /**
   * Invocations of courier-assign crashed or timed out. The function's log shows which ones and
   * why.
   */
  readonly courierAssignFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of courier-assign were throttled. Raise its reserved concurrency or the account's
   * limit.
   */
  readonly courierAssignFunctionThrottles: cloudwatch.Alarm;

  /**
   * Invocations of courier-follow crashed or timed out. The function's log shows which ones and
   * why.
   */
  readonly courierFollowFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of courier-follow were throttled. Raise its reserved concurrency or the account's
   * limit.
   */
  readonly courierFollowFunctionThrottles: cloudwatch.Alarm;

  /**
   * Invocations of courier-locate crashed or timed out. The function's log shows which ones and
   * why.
   */
  readonly courierLocateFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of courier-locate were throttled. Raise its reserved concurrency or the account's
   * limit.
   */
  readonly courierLocateFunctionThrottles: cloudwatch.Alarm;

  /** Invocations of depot crashed or timed out. The function's log shows which ones and why. */
  readonly depotFunctionErrors: cloudwatch.Alarm;

  /** Invocations of depot were throttled. Raise its reserved concurrency or the account's limit. */
  readonly depotFunctionThrottles: cloudwatch.Alarm;

  /**
   * Invocations of depot-remind crashed or timed out. The function's log shows which ones and why.
   */
  readonly depotRemindFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of depot-remind were throttled. Raise its reserved concurrency or the account's
   * limit.
   */
  readonly depotRemindFunctionThrottles: cloudwatch.Alarm;

  /**
   * Invocations of notices-announce crashed or timed out. The function's log shows which ones and
   * why.
   */
  readonly noticesAnnounceFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of notices-announce were throttled. Raise its reserved concurrency or the
   * account's limit.
   */
  readonly noticesAnnounceFunctionThrottles: cloudwatch.Alarm;

  /**
   * Invocations of notices-confirm crashed or timed out. The function's log shows which ones and
   * why.
   */
  readonly noticesConfirmFunctionErrors: cloudwatch.Alarm;

  /**
   * Invocations of notices-confirm were throttled. Raise its reserved concurrency or the account's
   * limit.
   */
  readonly noticesConfirmFunctionThrottles: cloudwatch.Alarm;

  /** ChargesUndelivered contains failed messages. Find the cause, then redrive them. */
  readonly chargesUndeliveredQueueNotEmpty: cloudwatch.Alarm;

  /**
   * The age of the oldest message in Charges exceeds `MaxQueueAgeSeconds`. The receiver fails, is
   * throttled, or is too slow.
   */
  readonly chargesQueueAge: cloudwatch.Alarm;

  /** ChargesDead contains failed messages. Find the cause, then redrive them. */
  readonly chargesDeadQueueNotEmpty: cloudwatch.Alarm;

  /** AssignmentsUndelivered contains failed messages. Find the cause, then redrive them. */
  readonly assignmentsUndeliveredQueueNotEmpty: cloudwatch.Alarm;

  /**
   * The age of the oldest message in Assignments exceeds `MaxQueueAgeSeconds`. The receiver fails,
   * is throttled, or is too slow.
   */
  readonly assignmentsQueueAge: cloudwatch.Alarm;

  /** AssignmentsDead contains failed messages. Find the cause, then redrive them. */
  readonly assignmentsDeadQueueNotEmpty: cloudwatch.Alarm;

  /** ScansUndelivered contains failed messages. Find the cause, then redrive them. */
  readonly scansUndeliveredQueueNotEmpty: cloudwatch.Alarm;

  /**
   * The age of the oldest message in Scans.fifo exceeds `MaxQueueAgeSeconds`. The receiver fails,
   * is throttled, or is too slow.
   */
  readonly scansFifoQueueAge: cloudwatch.Alarm;

  /** ScansDead.fifo contains failed messages. Find the cause, then redrive them. */
  readonly scansDeadFifoQueueNotEmpty: cloudwatch.Alarm;

  /** LocateGivenUp contains failed messages. Find the cause, then redrive them. */
  readonly locateGivenUpQueueNotEmpty: cloudwatch.Alarm;

  /** RemindUndelivered contains failed messages. Find the cause, then redrive them. */
  readonly remindUndeliveredQueueNotEmpty: cloudwatch.Alarm;

  /** RemindGivenUp contains failed messages. Find the cause, then redrive them. */
  readonly remindGivenUpQueueNotEmpty: cloudwatch.Alarm;

  /** AnnounceUndelivered contains failed messages. Find the cause, then redrive them. */
  readonly announceUndeliveredQueueNotEmpty: cloudwatch.Alarm;

  /**
   * The age of the oldest message in Notices exceeds `MaxQueueAgeSeconds`. The receiver fails, is
   * throttled, or is too slow.
   */
  readonly noticesQueueAge: cloudwatch.Alarm;

  /** NoticesDead contains failed messages. Find the cause, then redrive them. */
  readonly noticesDeadQueueNotEmpty: cloudwatch.Alarm;

  /** ConfirmUndelivered contains failed messages. Find the cause, then redrive them. */
  readonly confirmUndeliveredQueueNotEmpty: cloudwatch.Alarm;

  /** ConfirmGivenUp contains failed messages. Find the cause, then redrive them. */
  readonly confirmGivenUpQueueNotEmpty: cloudwatch.Alarm;

  /**
   * Events that match ChargesRule could neither be delivered nor be sent to ChargesUndelivered,
   * and are lost. Check that the queue exists, and check its policy.
   */
  readonly chargesRuleLost: cloudwatch.Alarm;

  /**
   * Events that match AssignmentsRule could neither be delivered nor be sent to
   * AssignmentsUndelivered, and are lost. Check that the queue exists, and check its policy.
   */
  readonly assignmentsRuleLost: cloudwatch.Alarm;

  /**
   * Events that match ScansFifoRule could neither be delivered nor be sent to ScansUndelivered,
   * and are lost. Check that the queue exists, and check its policy.
   */
  readonly scansFifoRuleLost: cloudwatch.Alarm;

  /**
   * Events that match DepotRemindRule could neither be delivered nor be sent to RemindUndelivered,
   * and are lost. Check that the queue exists, and check its policy.
   */
  readonly depotRemindRuleLost: cloudwatch.Alarm;

  /**
   * Events that match NoticesRule could neither be delivered nor be sent to AnnounceUndelivered,
   * and are lost. Check that the queue exists, and check its policy.
   */
  readonly noticesRuleLost: cloudwatch.Alarm;

  /**
   * Events that match NoticesConfirmRule could neither be delivered nor be sent to
   * ConfirmUndelivered, and are lost. Check that the queue exists, and check its policy.
   */
  readonly noticesConfirmRuleLost: cloudwatch.Alarm;

  /**
   * Events that depot-remind failed to process could not be sent to RemindGivenUp, and are lost.
   * Check the role of the function, and that the queue exists.
   */
  readonly depotRemindFunctionDestinationDeliveryFailures: cloudwatch.Alarm;

  /**
   * Events that notices-confirm failed to process could not be sent to ConfirmGivenUp, and are
   * lost. Check the role of the function, and that the queue exists.
   */
  readonly noticesConfirmFunctionDestinationDeliveryFailures: cloudwatch.Alarm;

  /** courier-locate is more than 5 minutes behind the stream of its table. */
  readonly courierLocateFunctionIteratorAge: cloudwatch.Alarm;

  /**
   * Changes that courier-locate failed to process could not be reported to LocateGivenUp. Check
   * the role of the function, and that the queue exists.
   */
  readonly courierLocateFunctionDestinationDeliveryFailures: cloudwatch.Alarm;

  /**
   * Reads of the table charge are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly chargeTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table charge are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly chargeTableWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the table trip are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly tripTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table trip are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly tripTableWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the table presence are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly presenceTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table presence are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly presenceTableWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the table position are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly positionTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table position are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly positionTableWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the table parcel are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly parcelTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table parcel are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly parcelTableWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the table reminder are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly reminderTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table reminder are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly reminderTableWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the table notice are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly noticeTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table notice are throttled: the load grows faster than DynamoDB scales, or one
   * partition key gets too many requests.
   */
  readonly noticeTableWritesThrottled: cloudwatch.Alarm;

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
    this.billingMessagesRejected = alarm(this, 'BillingMessagesRejected', settings, {
      alarmDescription:
        "The service billing received messages that violate the contract, and will never process them. The function's log shows each violation. Check the sender's last deployment.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'Rejects',
        dimensionsMap: { service: 'billing' },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.courierMessagesRejected = alarm(this, 'CourierMessagesRejected', settings, {
      alarmDescription:
        "The service courier received messages that violate the contract, and will never process them. The function's log shows each violation. Check the sender's last deployment.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'Rejects',
        dimensionsMap: { service: 'courier' },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.depotRequestsFailing = alarm(this, 'DepotRequestsFailing', settings, {
      alarmDescription:
        "More than 5% of the requests to the service depot fail with a 5xx status. The dashboard shows which operation, the function's log shows why.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'ServerErrors',
        dimensionsMap: { service: 'depot' },
        statistic: 'Average',
        period: Duration.seconds(300),
      }),
      threshold: 0.05,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.depotMessagesRejected = alarm(this, 'DepotMessagesRejected', settings, {
      alarmDescription:
        "The service depot received messages that violate the contract, and will never process them. The function's log shows each violation. Check the sender's last deployment.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'Rejects',
        dimensionsMap: { service: 'depot' },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.noticesMessagesRejected = alarm(this, 'NoticesMessagesRejected', settings, {
      alarmDescription:
        "The service notices received messages that violate the contract, and will never process them. The function's log shows each violation. Check the sender's last deployment.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'Rejects',
        dimensionsMap: { service: 'notices' },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.billingChargeFunctionErrors = alarm(this, 'BillingChargeFunctionErrors', settings, {
      alarmDescription:
        "Invocations of billing-charge crashed or timed out. The function's log shows which ones and why.",
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
        "Invocations of billing-charge were throttled. Raise its reserved concurrency or the account's limit.",
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
        "Invocations of courier-assign crashed or timed out. The function's log shows which ones and why.",
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
        "Invocations of courier-assign were throttled. Raise its reserved concurrency or the account's limit.",
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
        "Invocations of courier-follow crashed or timed out. The function's log shows which ones and why.",
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
        "Invocations of courier-follow were throttled. Raise its reserved concurrency or the account's limit.",
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
    this.courierLocateFunctionErrors = alarm(this, 'CourierLocateFunctionErrors', settings, {
      alarmDescription:
        "Invocations of courier-locate crashed or timed out. The function's log shows which ones and why.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: functions.courierLocateFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.courierLocateFunctionThrottles = alarm(this, 'CourierLocateFunctionThrottles', settings, {
      alarmDescription:
        "Invocations of courier-locate were throttled. Raise its reserved concurrency or the account's limit.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        dimensionsMap: { FunctionName: functions.courierLocateFunction.functionName },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.depotFunctionErrors = alarm(this, 'DepotFunctionErrors', settings, {
      alarmDescription:
        "Invocations of depot crashed or timed out. The function's log shows which ones and why.",
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
        "Invocations of depot were throttled. Raise its reserved concurrency or the account's limit.",
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
        "Invocations of depot-remind crashed or timed out. The function's log shows which ones and why.",
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
        "Invocations of depot-remind were throttled. Raise its reserved concurrency or the account's limit.",
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
        "Invocations of notices-announce crashed or timed out. The function's log shows which ones and why.",
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
          "Invocations of notices-announce were throttled. Raise its reserved concurrency or the account's limit.",
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
        "Invocations of notices-confirm crashed or timed out. The function's log shows which ones and why.",
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
          "Invocations of notices-confirm were throttled. Raise its reserved concurrency or the account's limit.",
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
          'ChargesUndelivered contains failed messages. Find the cause, then redrive them.',
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
        'The age of the oldest message in Charges exceeds `MaxQueueAgeSeconds`. The receiver fails, is throttled, or is too slow.',
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
      alarmDescription: 'ChargesDead contains failed messages. Find the cause, then redrive them.',
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
          'AssignmentsUndelivered contains failed messages. Find the cause, then redrive them.',
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
        'The age of the oldest message in Assignments exceeds `MaxQueueAgeSeconds`. The receiver fails, is throttled, or is too slow.',
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
        'AssignmentsDead contains failed messages. Find the cause, then redrive them.',
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
        'ScansUndelivered contains failed messages. Find the cause, then redrive them.',
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
        'The age of the oldest message in Scans.fifo exceeds `MaxQueueAgeSeconds`. The receiver fails, is throttled, or is too slow.',
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
        'ScansDead.fifo contains failed messages. Find the cause, then redrive them.',
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
    this.locateGivenUpQueueNotEmpty = alarm(this, 'LocateGivenUpQueueNotEmpty', settings, {
      alarmDescription:
        'LocateGivenUp contains failed messages. Find the cause, then redrive them.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensionsMap: { QueueName: queues.locateGivenUpQueue.queueName },
        statistic: 'Maximum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.remindUndeliveredQueueNotEmpty = alarm(this, 'RemindUndeliveredQueueNotEmpty', settings, {
      alarmDescription:
        'RemindUndelivered contains failed messages. Find the cause, then redrive them.',
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
        'RemindGivenUp contains failed messages. Find the cause, then redrive them.',
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
          'AnnounceUndelivered contains failed messages. Find the cause, then redrive them.',
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
        'The age of the oldest message in Notices exceeds `MaxQueueAgeSeconds`. The receiver fails, is throttled, or is too slow.',
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
      alarmDescription: 'NoticesDead contains failed messages. Find the cause, then redrive them.',
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
          'ConfirmUndelivered contains failed messages. Find the cause, then redrive them.',
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
        'ConfirmGivenUp contains failed messages. Find the cause, then redrive them.',
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
    this.chargesRuleLost = alarm(this, 'ChargesRuleLost', settings, {
      alarmDescription:
        'Events that match ChargesRule could neither be delivered nor be sent to ChargesUndelivered, and are lost. Check that the queue exists, and check its policy.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Events',
        metricName: 'InvocationsFailedToBeSentToDlq',
        dimensionsMap: {
          EventBusName: buses.parcelsBus.eventBusName,
          RuleName: `${stackName}-ChargesRule`,
        },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.assignmentsRuleLost = alarm(this, 'AssignmentsRuleLost', settings, {
      alarmDescription:
        'Events that match AssignmentsRule could neither be delivered nor be sent to AssignmentsUndelivered, and are lost. Check that the queue exists, and check its policy.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Events',
        metricName: 'InvocationsFailedToBeSentToDlq',
        dimensionsMap: {
          EventBusName: buses.parcelsBus.eventBusName,
          RuleName: `${stackName}-AssignmentsRule`,
        },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.scansFifoRuleLost = alarm(this, 'ScansFifoRuleLost', settings, {
      alarmDescription:
        'Events that match ScansFifoRule could neither be delivered nor be sent to ScansUndelivered, and are lost. Check that the queue exists, and check its policy.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Events',
        metricName: 'InvocationsFailedToBeSentToDlq',
        dimensionsMap: {
          EventBusName: buses.parcelsBus.eventBusName,
          RuleName: `${stackName}-ScansFifoRule`,
        },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.depotRemindRuleLost = alarm(this, 'DepotRemindRuleLost', settings, {
      alarmDescription:
        'Events that match DepotRemindRule could neither be delivered nor be sent to RemindUndelivered, and are lost. Check that the queue exists, and check its policy.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Events',
        metricName: 'InvocationsFailedToBeSentToDlq',
        dimensionsMap: { RuleName: `${stackName}-DepotRemindRule` },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.noticesRuleLost = alarm(this, 'NoticesRuleLost', settings, {
      alarmDescription:
        'Events that match NoticesRule could neither be delivered nor be sent to AnnounceUndelivered, and are lost. Check that the queue exists, and check its policy.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Events',
        metricName: 'InvocationsFailedToBeSentToDlq',
        dimensionsMap: {
          EventBusName: buses.parcelsBus.eventBusName,
          RuleName: `${stackName}-NoticesRule`,
        },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.noticesConfirmRuleLost = alarm(this, 'NoticesConfirmRuleLost', settings, {
      alarmDescription:
        'Events that match NoticesConfirmRule could neither be delivered nor be sent to ConfirmUndelivered, and are lost. Check that the queue exists, and check its policy.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Events',
        metricName: 'InvocationsFailedToBeSentToDlq',
        dimensionsMap: {
          EventBusName: buses.parcelsBus.eventBusName,
          RuleName: `${stackName}-NoticesConfirmRule`,
        },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.depotRemindFunctionDestinationDeliveryFailures = alarm(
      this,
      'DepotRemindFunctionDestinationDeliveryFailures',
      settings,
      {
        alarmDescription:
          'Events that depot-remind failed to process could not be sent to RemindGivenUp, and are lost. Check the role of the function, and that the queue exists.',
        metric: new cloudwatch.Metric({
          namespace: 'AWS/Lambda',
          metricName: 'DestinationDeliveryFailures',
          dimensionsMap: { FunctionName: functions.depotRemindFunction.functionName },
          statistic: 'Sum',
          period: Duration.seconds(300),
        }),
        threshold: 0,
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
      },
    );
    this.noticesConfirmFunctionDestinationDeliveryFailures = alarm(
      this,
      'NoticesConfirmFunctionDestinationDeliveryFailures',
      settings,
      {
        alarmDescription:
          'Events that notices-confirm failed to process could not be sent to ConfirmGivenUp, and are lost. Check the role of the function, and that the queue exists.',
        metric: new cloudwatch.Metric({
          namespace: 'AWS/Lambda',
          metricName: 'DestinationDeliveryFailures',
          dimensionsMap: { FunctionName: functions.noticesConfirmFunction.functionName },
          statistic: 'Sum',
          period: Duration.seconds(300),
        }),
        threshold: 0,
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
      },
    );
    this.courierLocateFunctionIteratorAge = alarm(
      this,
      'CourierLocateFunctionIteratorAge',
      settings,
      {
        alarmDescription: 'courier-locate is more than 5 minutes behind the stream of its table.',
        metric: new cloudwatch.Metric({
          namespace: 'AWS/Lambda',
          metricName: 'IteratorAge',
          dimensionsMap: { FunctionName: functions.courierLocateFunction.functionName },
          statistic: 'Maximum',
          period: Duration.seconds(60),
        }),
        threshold: 300000,
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
      },
    );
    this.courierLocateFunctionDestinationDeliveryFailures = alarm(
      this,
      'CourierLocateFunctionDestinationDeliveryFailures',
      settings,
      {
        alarmDescription:
          'Changes that courier-locate failed to process could not be reported to LocateGivenUp. Check the role of the function, and that the queue exists.',
        metric: new cloudwatch.Metric({
          namespace: 'AWS/Lambda',
          metricName: 'DestinationDeliveryFailures',
          dimensionsMap: { FunctionName: functions.courierLocateFunction.functionName },
          statistic: 'Sum',
          period: Duration.seconds(300),
        }),
        threshold: 0,
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
      },
    );
    this.chargeTableReadsThrottled = alarm(this, 'ChargeTableReadsThrottled', settings, {
      alarmDescription:
        'Reads of the table charge are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ReadThrottleEvents',
        dimensionsMap: { TableName: tables.chargeTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.chargeTableWritesThrottled = alarm(this, 'ChargeTableWritesThrottled', settings, {
      alarmDescription:
        'Writes of the table charge are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'WriteThrottleEvents',
        dimensionsMap: { TableName: tables.chargeTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.tripTableReadsThrottled = alarm(this, 'TripTableReadsThrottled', settings, {
      alarmDescription:
        'Reads of the table trip are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ReadThrottleEvents',
        dimensionsMap: { TableName: tables.tripTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.tripTableWritesThrottled = alarm(this, 'TripTableWritesThrottled', settings, {
      alarmDescription:
        'Writes of the table trip are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'WriteThrottleEvents',
        dimensionsMap: { TableName: tables.tripTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.presenceTableReadsThrottled = alarm(this, 'PresenceTableReadsThrottled', settings, {
      alarmDescription:
        'Reads of the table presence are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ReadThrottleEvents',
        dimensionsMap: { TableName: tables.presenceTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.presenceTableWritesThrottled = alarm(this, 'PresenceTableWritesThrottled', settings, {
      alarmDescription:
        'Writes of the table presence are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'WriteThrottleEvents',
        dimensionsMap: { TableName: tables.presenceTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.positionTableReadsThrottled = alarm(this, 'PositionTableReadsThrottled', settings, {
      alarmDescription:
        'Reads of the table position are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ReadThrottleEvents',
        dimensionsMap: { TableName: tables.positionTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.positionTableWritesThrottled = alarm(this, 'PositionTableWritesThrottled', settings, {
      alarmDescription:
        'Writes of the table position are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'WriteThrottleEvents',
        dimensionsMap: { TableName: tables.positionTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.parcelTableReadsThrottled = alarm(this, 'ParcelTableReadsThrottled', settings, {
      alarmDescription:
        'Reads of the table parcel are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ReadThrottleEvents',
        dimensionsMap: { TableName: tables.parcelTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.parcelTableWritesThrottled = alarm(this, 'ParcelTableWritesThrottled', settings, {
      alarmDescription:
        'Writes of the table parcel are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'WriteThrottleEvents',
        dimensionsMap: { TableName: tables.parcelTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.reminderTableReadsThrottled = alarm(this, 'ReminderTableReadsThrottled', settings, {
      alarmDescription:
        'Reads of the table reminder are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ReadThrottleEvents',
        dimensionsMap: { TableName: tables.reminderTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.reminderTableWritesThrottled = alarm(this, 'ReminderTableWritesThrottled', settings, {
      alarmDescription:
        'Writes of the table reminder are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'WriteThrottleEvents',
        dimensionsMap: { TableName: tables.reminderTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.noticeTableReadsThrottled = alarm(this, 'NoticeTableReadsThrottled', settings, {
      alarmDescription:
        'Reads of the table notice are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ReadThrottleEvents',
        dimensionsMap: { TableName: tables.noticeTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    this.noticeTableWritesThrottled = alarm(this, 'NoticeTableWritesThrottled', settings, {
      alarmDescription:
        'Writes of the table notice are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'WriteThrottleEvents',
        dimensionsMap: { TableName: tables.noticeTable.tableName },
        statistic: 'Sum',
        period: Duration.seconds(60),
      }),
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
  }
}
