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
   * chargeParcel received messages that its contract does not allow, and will never process them.
   * The function's log names each violation; look at what the sender deployed last.
   */
  readonly billingChargeParcelRejects: cloudwatch.Alarm;

  /**
   * assign received messages that its contract does not allow, and will never process them. The
   * function's log names each violation; look at what the sender deployed last.
   */
  readonly courierAssignRejects: cloudwatch.Alarm;

  /**
   * follow received messages that its contract does not allow, and will never process them. The
   * function's log names each violation; look at what the sender deployed last.
   */
  readonly courierFollowRejects: cloudwatch.Alarm;

  /**
   * More than 5% of registerParcel requests fail with 5xx. The log of the function tells why:
   * search for this operation and a status of 500 or more.
   */
  readonly depotRegisterParcelFailing: cloudwatch.Alarm;

  /**
   * More than 5% of getParcel requests fail with 5xx. The log of the function tells why: search
   * for this operation and a status of 500 or more.
   */
  readonly depotGetParcelFailing: cloudwatch.Alarm;

  /**
   * More than 5% of scanParcel requests fail with 5xx. The log of the function tells why: search
   * for this operation and a status of 500 or more.
   */
  readonly depotScanParcelFailing: cloudwatch.Alarm;

  /**
   * remind received messages that its contract does not allow, and will never process them. The
   * function's log names each violation; look at what the sender deployed last.
   */
  readonly depotRemindRejects: cloudwatch.Alarm;

  /**
   * announce received messages that its contract does not allow, and will never process them. The
   * function's log names each violation; look at what the sender deployed last.
   */
  readonly noticesAnnounceRejects: cloudwatch.Alarm;

  /**
   * confirm received messages that its contract does not allow, and will never process them. The
   * function's log names each violation; look at what the sender deployed last.
   */
  readonly noticesConfirmRejects: cloudwatch.Alarm;

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

  /**
   * Events that match ChargesRule could neither be delivered nor be put into ChargesUndelivered,
   * and are lost. Look at the queue's policy, and whether it still exists.
   */
  readonly chargesRuleLost: cloudwatch.Alarm;

  /**
   * Events that match AssignmentsRule could neither be delivered nor be put into
   * AssignmentsUndelivered, and are lost. Look at the queue's policy, and whether it still exists.
   */
  readonly assignmentsRuleLost: cloudwatch.Alarm;

  /**
   * Events that match ScansFifoRule could neither be delivered nor be put into ScansUndelivered,
   * and are lost. Look at the queue's policy, and whether it still exists.
   */
  readonly scansFifoRuleLost: cloudwatch.Alarm;

  /**
   * Events that match RemindRule could neither be delivered nor be put into RemindUndelivered, and
   * are lost. Look at the queue's policy, and whether it still exists.
   */
  readonly remindRuleLost: cloudwatch.Alarm;

  /**
   * Events that match NoticesRule could neither be delivered nor be put into AnnounceUndelivered,
   * and are lost. Look at the queue's policy, and whether it still exists.
   */
  readonly noticesRuleLost: cloudwatch.Alarm;

  /**
   * Events that match ConfirmRule could neither be delivered nor be put into ConfirmUndelivered,
   * and are lost. Look at the queue's policy, and whether it still exists.
   */
  readonly confirmRuleLost: cloudwatch.Alarm;

  /**
   * Events that depot-remind failed on could not be put into RemindGivenUp, and are lost. Look at
   * the function's role, and whether the queue still exists.
   */
  readonly depotRemindFunctionDestinationDeliveryFailures: cloudwatch.Alarm;

  /**
   * Events that notices-confirm failed on could not be put into ConfirmGivenUp, and are lost. Look
   * at the function's role, and whether the queue still exists.
   */
  readonly noticesConfirmFunctionDestinationDeliveryFailures: cloudwatch.Alarm;

  /**
   * Reads of the table charge are throttled: they come faster than DynamoDB scales, or too many
   * want the same key.
   */
  readonly chargeTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table charge are throttled: they come faster than DynamoDB scales, or too many
   * want the same key.
   */
  readonly chargeTableWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the table trip are throttled: they come faster than DynamoDB scales, or too many want
   * the same key.
   */
  readonly tripTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table trip are throttled: they come faster than DynamoDB scales, or too many
   * want the same key.
   */
  readonly tripTableWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the table position are throttled: they come faster than DynamoDB scales, or too many
   * want the same key.
   */
  readonly positionTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table position are throttled: they come faster than DynamoDB scales, or too many
   * want the same key.
   */
  readonly positionTableWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the table parcel are throttled: they come faster than DynamoDB scales, or too many
   * want the same key.
   */
  readonly parcelTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table parcel are throttled: they come faster than DynamoDB scales, or too many
   * want the same key.
   */
  readonly parcelTableWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the table reminder are throttled: they come faster than DynamoDB scales, or too many
   * want the same key.
   */
  readonly reminderTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table reminder are throttled: they come faster than DynamoDB scales, or too many
   * want the same key.
   */
  readonly reminderTableWritesThrottled: cloudwatch.Alarm;

  /**
   * Reads of the table notice are throttled: they come faster than DynamoDB scales, or too many
   * want the same key.
   */
  readonly noticeTableReadsThrottled: cloudwatch.Alarm;

  /**
   * Writes of the table notice are throttled: they come faster than DynamoDB scales, or too many
   * want the same key.
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
    this.billingChargeParcelRejects = alarm(this, 'BillingChargeParcelRejects', settings, {
      alarmDescription:
        "chargeParcel received messages that its contract does not allow, and will never process them. The function's log names each violation; look at what the sender deployed last.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'Rejects',
        dimensionsMap: { service: 'billing', operation: 'chargeParcel' },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.courierAssignRejects = alarm(this, 'CourierAssignRejects', settings, {
      alarmDescription:
        "assign received messages that its contract does not allow, and will never process them. The function's log names each violation; look at what the sender deployed last.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'Rejects',
        dimensionsMap: { service: 'courier', operation: 'assign' },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.courierFollowRejects = alarm(this, 'CourierFollowRejects', settings, {
      alarmDescription:
        "follow received messages that its contract does not allow, and will never process them. The function's log names each violation; look at what the sender deployed last.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'Rejects',
        dimensionsMap: { service: 'courier', operation: 'follow' },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.depotRegisterParcelFailing = alarm(this, 'DepotRegisterParcelFailing', settings, {
      alarmDescription:
        'More than 5% of registerParcel requests fail with 5xx. The log of the function tells why: search for this operation and a status of 500 or more.',
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'ServerErrors',
        dimensionsMap: { service: 'depot', operation: 'registerParcel' },
        statistic: 'Average',
        period: Duration.seconds(300),
      }),
      threshold: 0.05,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.depotGetParcelFailing = alarm(this, 'DepotGetParcelFailing', settings, {
      alarmDescription:
        'More than 5% of getParcel requests fail with 5xx. The log of the function tells why: search for this operation and a status of 500 or more.',
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'ServerErrors',
        dimensionsMap: { service: 'depot', operation: 'getParcel' },
        statistic: 'Average',
        period: Duration.seconds(300),
      }),
      threshold: 0.05,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.depotScanParcelFailing = alarm(this, 'DepotScanParcelFailing', settings, {
      alarmDescription:
        'More than 5% of scanParcel requests fail with 5xx. The log of the function tells why: search for this operation and a status of 500 or more.',
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'ServerErrors',
        dimensionsMap: { service: 'depot', operation: 'scanParcel' },
        statistic: 'Average',
        period: Duration.seconds(300),
      }),
      threshold: 0.05,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.depotRemindRejects = alarm(this, 'DepotRemindRejects', settings, {
      alarmDescription:
        "remind received messages that its contract does not allow, and will never process them. The function's log names each violation; look at what the sender deployed last.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'Rejects',
        dimensionsMap: { service: 'depot', operation: 'remind' },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.noticesAnnounceRejects = alarm(this, 'NoticesAnnounceRejects', settings, {
      alarmDescription:
        "announce received messages that its contract does not allow, and will never process them. The function's log names each violation; look at what the sender deployed last.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'Rejects',
        dimensionsMap: { service: 'notices', operation: 'announce' },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.noticesConfirmRejects = alarm(this, 'NoticesConfirmRejects', settings, {
      alarmDescription:
        "confirm received messages that its contract does not allow, and will never process them. The function's log names each violation; look at what the sender deployed last.",
      metric: new cloudwatch.Metric({
        namespace: stackName,
        metricName: 'Rejects',
        dimensionsMap: { service: 'notices', operation: 'confirm' },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
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
    this.chargesRuleLost = alarm(this, 'ChargesRuleLost', settings, {
      alarmDescription:
        "Events that match ChargesRule could neither be delivered nor be put into ChargesUndelivered, and are lost. Look at the queue's policy, and whether it still exists.",
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
        "Events that match AssignmentsRule could neither be delivered nor be put into AssignmentsUndelivered, and are lost. Look at the queue's policy, and whether it still exists.",
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
        "Events that match ScansFifoRule could neither be delivered nor be put into ScansUndelivered, and are lost. Look at the queue's policy, and whether it still exists.",
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
    this.remindRuleLost = alarm(this, 'RemindRuleLost', settings, {
      alarmDescription:
        "Events that match RemindRule could neither be delivered nor be put into RemindUndelivered, and are lost. Look at the queue's policy, and whether it still exists.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Events',
        metricName: 'InvocationsFailedToBeSentToDlq',
        dimensionsMap: { RuleName: `${stackName}-RemindRule` },
        statistic: 'Sum',
        period: Duration.seconds(300),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    this.noticesRuleLost = alarm(this, 'NoticesRuleLost', settings, {
      alarmDescription:
        "Events that match NoticesRule could neither be delivered nor be put into AnnounceUndelivered, and are lost. Look at the queue's policy, and whether it still exists.",
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
    this.confirmRuleLost = alarm(this, 'ConfirmRuleLost', settings, {
      alarmDescription:
        "Events that match ConfirmRule could neither be delivered nor be put into ConfirmUndelivered, and are lost. Look at the queue's policy, and whether it still exists.",
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Events',
        metricName: 'InvocationsFailedToBeSentToDlq',
        dimensionsMap: {
          EventBusName: buses.parcelsBus.eventBusName,
          RuleName: `${stackName}-ConfirmRule`,
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
          "Events that depot-remind failed on could not be put into RemindGivenUp, and are lost. Look at the function's role, and whether the queue still exists.",
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
          "Events that notices-confirm failed on could not be put into ConfirmGivenUp, and are lost. Look at the function's role, and whether the queue still exists.",
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
    this.chargeTableReadsThrottled = alarm(this, 'ChargeTableReadsThrottled', settings, {
      alarmDescription:
        'Reads of the table charge are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
        'Writes of the table charge are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
        'Reads of the table trip are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
        'Writes of the table trip are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
    this.positionTableReadsThrottled = alarm(this, 'PositionTableReadsThrottled', settings, {
      alarmDescription:
        'Reads of the table position are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
        'Writes of the table position are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
        'Reads of the table parcel are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
        'Writes of the table parcel are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
        'Reads of the table reminder are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
        'Writes of the table reminder are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
        'Reads of the table notice are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
        'Writes of the table notice are throttled: they come faster than DynamoDB scales, or too many want the same key.',
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
