// @generated from the contracts in spec/; edits are overwritten.

import { Aws, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

import { Alarms } from './alarms';
import { Functions } from './functions';
import { Gateway } from './gateway';
import { Queues } from './queues';
import { Tables } from './tables';
import { Widget } from './widget';

/** What {@link Watch} is made with. */
export interface WatchProps {
  /** The tables. */
  readonly tables: Tables;
  /** The queues. */
  readonly queues: Queues;
  /** The functions. */
  readonly functions: Functions;
  /** The REST API. */
  readonly gateway: Gateway;
  /** The alarms. */
  readonly alarms: Alarms;
}

/** What a person on call looks at. */
export class Watch extends Construct {
  /** Whether customers are served, and where it hurts if not. */
  readonly dashboard: cloudwatch.Dashboard;

  constructor(
    scope: Construct,
    id: string,
    { tables, queues, functions, gateway, alarms }: WatchProps,
  ) {
    super(scope, id);
    const { stackName } = Stack.of(this);

    this.dashboard = new cloudwatch.Dashboard(this, 'Dashboard', { dashboardName: stackName });
    this.dashboard.addWidgets(
      new Widget('alarm', 24, 6, {
        alarms: [
          alarms.apiServerErrors.alarmArn,
          alarms.apiLatency.alarmArn,
          alarms.billingChargeFunctionErrors.alarmArn,
          alarms.billingChargeFunctionThrottles.alarmArn,
          alarms.courierAssignFunctionErrors.alarmArn,
          alarms.courierAssignFunctionThrottles.alarmArn,
          alarms.courierFollowFunctionErrors.alarmArn,
          alarms.courierFollowFunctionThrottles.alarmArn,
          alarms.depotFunctionErrors.alarmArn,
          alarms.depotFunctionThrottles.alarmArn,
          alarms.depotRemindFunctionErrors.alarmArn,
          alarms.depotRemindFunctionThrottles.alarmArn,
          alarms.noticesAnnounceFunctionErrors.alarmArn,
          alarms.noticesAnnounceFunctionThrottles.alarmArn,
          alarms.noticesConfirmFunctionErrors.alarmArn,
          alarms.noticesConfirmFunctionThrottles.alarmArn,
          alarms.chargesUndeliveredQueueNotEmpty.alarmArn,
          alarms.chargesQueueAge.alarmArn,
          alarms.chargesDeadQueueNotEmpty.alarmArn,
          alarms.assignmentsUndeliveredQueueNotEmpty.alarmArn,
          alarms.assignmentsQueueAge.alarmArn,
          alarms.assignmentsDeadQueueNotEmpty.alarmArn,
          alarms.scansUndeliveredQueueNotEmpty.alarmArn,
          alarms.scansFifoQueueAge.alarmArn,
          alarms.scansDeadFifoQueueNotEmpty.alarmArn,
          alarms.remindUndeliveredQueueNotEmpty.alarmArn,
          alarms.remindGivenUpQueueNotEmpty.alarmArn,
          alarms.announceUndeliveredQueueNotEmpty.alarmArn,
          alarms.noticesQueueAge.alarmArn,
          alarms.noticesDeadQueueNotEmpty.alarmArn,
          alarms.confirmUndeliveredQueueNotEmpty.alarmArn,
          alarms.confirmGivenUpQueueNotEmpty.alarmArn,
        ],
        title: 'Alarms',
      }),
    );
    this.dashboard.addWidgets(
      new Widget('metric', 8, 6, {
        metrics: [
          [
            'AWS/ApiGateway',
            'Count',
            'ApiName',
            stackName,
            'Stage',
            gateway.apiStage.stageName,
            { label: 'requests' },
          ],
        ],
        period: 60,
        region: Aws.REGION,
        stat: 'Sum',
        title: 'API requests',
      }),
      new Widget('metric', 8, 6, {
        metrics: [
          [
            'AWS/ApiGateway',
            '5XXError',
            'ApiName',
            stackName,
            'Stage',
            gateway.apiStage.stageName,
            { color: '#d62728', label: '5xx' },
          ],
          [
            'AWS/ApiGateway',
            '4XXError',
            'ApiName',
            stackName,
            'Stage',
            gateway.apiStage.stageName,
            { color: '#ff7f0e', label: '4xx' },
          ],
        ],
        period: 60,
        region: Aws.REGION,
        stat: 'Sum',
        title: 'API errors',
      }),
      new Widget('metric', 8, 6, {
        metrics: [
          [
            'AWS/ApiGateway',
            'Latency',
            'ApiName',
            stackName,
            'Stage',
            gateway.apiStage.stageName,
            { label: 'p50', stat: 'p50' },
          ],
          [
            'AWS/ApiGateway',
            'Latency',
            'ApiName',
            stackName,
            'Stage',
            gateway.apiStage.stageName,
            { label: 'p90', stat: 'p90' },
          ],
          [
            'AWS/ApiGateway',
            'Latency',
            'ApiName',
            stackName,
            'Stage',
            gateway.apiStage.stageName,
            { label: 'p99', stat: 'p99' },
          ],
        ],
        period: 60,
        region: Aws.REGION,
        stat: 'p99',
        title: 'API latency in ms',
      }),
    );
    this.dashboard.addWidgets(
      new Widget('metric', 6, 6, {
        metrics: [
          [
            'AWS/Lambda',
            'Invocations',
            'FunctionName',
            functions.billingChargeFunction.functionName,
            { label: 'billing-charge' },
          ],
          [
            'AWS/Lambda',
            'Invocations',
            'FunctionName',
            functions.courierAssignFunction.functionName,
            { label: 'courier-assign' },
          ],
          [
            'AWS/Lambda',
            'Invocations',
            'FunctionName',
            functions.courierFollowFunction.functionName,
            { label: 'courier-follow' },
          ],
          [
            'AWS/Lambda',
            'Invocations',
            'FunctionName',
            functions.depotFunction.functionName,
            { label: 'depot' },
          ],
          [
            'AWS/Lambda',
            'Invocations',
            'FunctionName',
            functions.depotRemindFunction.functionName,
            { label: 'depot-remind' },
          ],
          [
            'AWS/Lambda',
            'Invocations',
            'FunctionName',
            functions.noticesAnnounceFunction.functionName,
            { label: 'notices-announce' },
          ],
          [
            'AWS/Lambda',
            'Invocations',
            'FunctionName',
            functions.noticesConfirmFunction.functionName,
            { label: 'notices-confirm' },
          ],
        ],
        period: 60,
        region: Aws.REGION,
        stat: 'Sum',
        title: 'Invocations',
      }),
      new Widget('metric', 6, 6, {
        metrics: [
          [
            'AWS/Lambda',
            'Errors',
            'FunctionName',
            functions.billingChargeFunction.functionName,
            { label: 'billing-charge' },
          ],
          [
            'AWS/Lambda',
            'Errors',
            'FunctionName',
            functions.courierAssignFunction.functionName,
            { label: 'courier-assign' },
          ],
          [
            'AWS/Lambda',
            'Errors',
            'FunctionName',
            functions.courierFollowFunction.functionName,
            { label: 'courier-follow' },
          ],
          [
            'AWS/Lambda',
            'Errors',
            'FunctionName',
            functions.depotFunction.functionName,
            { label: 'depot' },
          ],
          [
            'AWS/Lambda',
            'Errors',
            'FunctionName',
            functions.depotRemindFunction.functionName,
            { label: 'depot-remind' },
          ],
          [
            'AWS/Lambda',
            'Errors',
            'FunctionName',
            functions.noticesAnnounceFunction.functionName,
            { label: 'notices-announce' },
          ],
          [
            'AWS/Lambda',
            'Errors',
            'FunctionName',
            functions.noticesConfirmFunction.functionName,
            { label: 'notices-confirm' },
          ],
        ],
        period: 60,
        region: Aws.REGION,
        stat: 'Sum',
        title: 'Crashes and timeouts',
      }),
      new Widget('metric', 6, 6, {
        metrics: [
          [
            'AWS/Lambda',
            'Duration',
            'FunctionName',
            functions.billingChargeFunction.functionName,
            { label: 'billing-charge' },
          ],
          [
            'AWS/Lambda',
            'Duration',
            'FunctionName',
            functions.courierAssignFunction.functionName,
            { label: 'courier-assign' },
          ],
          [
            'AWS/Lambda',
            'Duration',
            'FunctionName',
            functions.courierFollowFunction.functionName,
            { label: 'courier-follow' },
          ],
          [
            'AWS/Lambda',
            'Duration',
            'FunctionName',
            functions.depotFunction.functionName,
            { label: 'depot' },
          ],
          [
            'AWS/Lambda',
            'Duration',
            'FunctionName',
            functions.depotRemindFunction.functionName,
            { label: 'depot-remind' },
          ],
          [
            'AWS/Lambda',
            'Duration',
            'FunctionName',
            functions.noticesAnnounceFunction.functionName,
            { label: 'notices-announce' },
          ],
          [
            'AWS/Lambda',
            'Duration',
            'FunctionName',
            functions.noticesConfirmFunction.functionName,
            { label: 'notices-confirm' },
          ],
        ],
        period: 60,
        region: Aws.REGION,
        stat: 'p99',
        title: 'Duration in ms, p99',
      }),
      new Widget('metric', 6, 6, {
        metrics: [
          [
            'AWS/Lambda',
            'ConcurrentExecutions',
            'FunctionName',
            functions.billingChargeFunction.functionName,
            { label: 'billing-charge' },
          ],
          [
            'AWS/Lambda',
            'ConcurrentExecutions',
            'FunctionName',
            functions.courierAssignFunction.functionName,
            { label: 'courier-assign' },
          ],
          [
            'AWS/Lambda',
            'ConcurrentExecutions',
            'FunctionName',
            functions.courierFollowFunction.functionName,
            { label: 'courier-follow' },
          ],
          [
            'AWS/Lambda',
            'ConcurrentExecutions',
            'FunctionName',
            functions.depotFunction.functionName,
            { label: 'depot' },
          ],
          [
            'AWS/Lambda',
            'ConcurrentExecutions',
            'FunctionName',
            functions.depotRemindFunction.functionName,
            { label: 'depot-remind' },
          ],
          [
            'AWS/Lambda',
            'ConcurrentExecutions',
            'FunctionName',
            functions.noticesAnnounceFunction.functionName,
            { label: 'notices-announce' },
          ],
          [
            'AWS/Lambda',
            'ConcurrentExecutions',
            'FunctionName',
            functions.noticesConfirmFunction.functionName,
            { label: 'notices-confirm' },
          ],
        ],
        period: 60,
        region: Aws.REGION,
        stat: 'Maximum',
        title: 'Environments at a time',
      }),
    );
    this.dashboard.addWidgets(
      new Widget('metric', 8, 6, {
        metrics: [
          [
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            'QueueName',
            queues.chargesQueue.queueName,
            { label: 'Charges' },
          ],
          [
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            'QueueName',
            queues.assignmentsQueue.queueName,
            { label: 'Assignments' },
          ],
          [
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            'QueueName',
            queues.scansFifoQueue.queueName,
            { label: 'Scans.fifo' },
          ],
          [
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            'QueueName',
            queues.noticesQueue.queueName,
            { label: 'Notices' },
          ],
        ],
        period: 60,
        region: Aws.REGION,
        stat: 'Maximum',
        title: 'Messages that wait',
      }),
      new Widget('metric', 8, 6, {
        metrics: [
          [
            'AWS/SQS',
            'ApproximateAgeOfOldestMessage',
            'QueueName',
            queues.chargesQueue.queueName,
            { label: 'Charges' },
          ],
          [
            'AWS/SQS',
            'ApproximateAgeOfOldestMessage',
            'QueueName',
            queues.assignmentsQueue.queueName,
            { label: 'Assignments' },
          ],
          [
            'AWS/SQS',
            'ApproximateAgeOfOldestMessage',
            'QueueName',
            queues.scansFifoQueue.queueName,
            { label: 'Scans.fifo' },
          ],
          [
            'AWS/SQS',
            'ApproximateAgeOfOldestMessage',
            'QueueName',
            queues.noticesQueue.queueName,
            { label: 'Notices' },
          ],
        ],
        period: 60,
        region: Aws.REGION,
        stat: 'Maximum',
        title: 'Age of the oldest in seconds',
      }),
      new Widget('metric', 8, 6, {
        metrics: [
          [
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            'QueueName',
            queues.chargesUndeliveredQueue.queueName,
            { label: 'ChargesUndelivered' },
          ],
          [
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            'QueueName',
            queues.chargesDeadQueue.queueName,
            { label: 'ChargesDead' },
          ],
          [
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            'QueueName',
            queues.assignmentsUndeliveredQueue.queueName,
            { label: 'AssignmentsUndelivered' },
          ],
          [
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            'QueueName',
            queues.assignmentsDeadQueue.queueName,
            { label: 'AssignmentsDead' },
          ],
          [
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            'QueueName',
            queues.scansUndeliveredQueue.queueName,
            { label: 'ScansUndelivered' },
          ],
          [
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            'QueueName',
            queues.scansDeadFifoQueue.queueName,
            { label: 'ScansDead.fifo' },
          ],
          [
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            'QueueName',
            queues.remindUndeliveredQueue.queueName,
            { label: 'RemindUndelivered' },
          ],
          [
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            'QueueName',
            queues.remindGivenUpQueue.queueName,
            { label: 'RemindGivenUp' },
          ],
          [
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            'QueueName',
            queues.announceUndeliveredQueue.queueName,
            { label: 'AnnounceUndelivered' },
          ],
          [
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            'QueueName',
            queues.noticesDeadQueue.queueName,
            { label: 'NoticesDead' },
          ],
          [
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            'QueueName',
            queues.confirmUndeliveredQueue.queueName,
            { label: 'ConfirmUndelivered' },
          ],
          [
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            'QueueName',
            queues.confirmGivenUpQueue.queueName,
            { label: 'ConfirmGivenUp' },
          ],
        ],
        period: 60,
        region: Aws.REGION,
        stat: 'Maximum',
        title: 'Dead letters',
      }),
    );
    this.dashboard.addWidgets(
      new Widget('metric', 8, 6, {
        metrics: [
          [
            'AWS/DynamoDB',
            'ConsumedReadCapacityUnits',
            'TableName',
            tables.chargeTable.tableName,
            { label: 'charge', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ConsumedReadCapacityUnits',
            'TableName',
            tables.tripTable.tableName,
            { label: 'trip', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ConsumedReadCapacityUnits',
            'TableName',
            tables.positionTable.tableName,
            { label: 'position', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ConsumedReadCapacityUnits',
            'TableName',
            tables.parcelTable.tableName,
            { label: 'parcel', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ConsumedReadCapacityUnits',
            'TableName',
            tables.reminderTable.tableName,
            { label: 'reminder', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ConsumedReadCapacityUnits',
            'TableName',
            tables.noticeTable.tableName,
            { label: 'notice', stat: 'Sum' },
          ],
        ],
        period: 60,
        region: Aws.REGION,
        stat: 'Sum',
        title: 'Reads, units',
      }),
      new Widget('metric', 8, 6, {
        metrics: [
          [
            'AWS/DynamoDB',
            'ConsumedWriteCapacityUnits',
            'TableName',
            tables.chargeTable.tableName,
            { label: 'charge', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ConsumedWriteCapacityUnits',
            'TableName',
            tables.tripTable.tableName,
            { label: 'trip', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ConsumedWriteCapacityUnits',
            'TableName',
            tables.positionTable.tableName,
            { label: 'position', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ConsumedWriteCapacityUnits',
            'TableName',
            tables.parcelTable.tableName,
            { label: 'parcel', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ConsumedWriteCapacityUnits',
            'TableName',
            tables.reminderTable.tableName,
            { label: 'reminder', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ConsumedWriteCapacityUnits',
            'TableName',
            tables.noticeTable.tableName,
            { label: 'notice', stat: 'Sum' },
          ],
        ],
        period: 60,
        region: Aws.REGION,
        stat: 'Sum',
        title: 'Writes, units',
      }),
      new Widget('metric', 8, 6, {
        metrics: [
          [
            'AWS/DynamoDB',
            'ReadThrottleEvents',
            'TableName',
            tables.chargeTable.tableName,
            { label: 'charge', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ReadThrottleEvents',
            'TableName',
            tables.tripTable.tableName,
            { label: 'trip', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ReadThrottleEvents',
            'TableName',
            tables.positionTable.tableName,
            { label: 'position', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ReadThrottleEvents',
            'TableName',
            tables.parcelTable.tableName,
            { label: 'parcel', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ReadThrottleEvents',
            'TableName',
            tables.reminderTable.tableName,
            { label: 'reminder', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ReadThrottleEvents',
            'TableName',
            tables.noticeTable.tableName,
            { label: 'notice', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'WriteThrottleEvents',
            'TableName',
            tables.chargeTable.tableName,
            { label: 'charge', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'WriteThrottleEvents',
            'TableName',
            tables.tripTable.tableName,
            { label: 'trip', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'WriteThrottleEvents',
            'TableName',
            tables.positionTable.tableName,
            { label: 'position', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'WriteThrottleEvents',
            'TableName',
            tables.parcelTable.tableName,
            { label: 'parcel', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'WriteThrottleEvents',
            'TableName',
            tables.reminderTable.tableName,
            { label: 'reminder', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'WriteThrottleEvents',
            'TableName',
            tables.noticeTable.tableName,
            { label: 'notice', stat: 'Sum' },
          ],
        ],
        period: 60,
        region: Aws.REGION,
        stat: 'Sum',
        title: 'Throttled reads and writes',
      }),
    );
    this.dashboard.addWidgets(
      new Widget('log', 24, 6, {
        query: `SOURCE '${functions.billingChargeFunction.logGroup.logGroupName}' | SOURCE '${functions.courierAssignFunction.logGroup.logGroupName}' | SOURCE '${functions.courierFollowFunction.logGroup.logGroupName}' | SOURCE '${functions.depotFunction.logGroup.logGroupName}' | SOURCE '${functions.depotRemindFunction.logGroup.logGroupName}' | SOURCE '${functions.noticesAnnounceFunction.logGroup.logGroupName}' | SOURCE '${functions.noticesConfirmFunction.logGroup.logGroupName}' | fields @timestamp, level, message, requestId, @log | filter level = 'ERROR' | sort @timestamp desc | limit 20`,
        region: Aws.REGION,
        title: 'The latest errors',
        view: 'table',
      }),
    );
  }
}
