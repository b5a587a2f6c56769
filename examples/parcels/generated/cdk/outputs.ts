// @generated from the contracts in spec/; edits are overwritten.

import { Aws, CfnOutput } from 'aws-cdk-lib';
import { Construct } from 'constructs';

import { Buses } from './buses';
import { Functions } from './functions';
import { Gateway } from './gateway';
import { Queues } from './queues';
import { Tables } from './tables';
import { Watch } from './watch';

/** What {@link Outputs} is made with. */
export interface OutputsProps {
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
  /** The dashboard. */
  readonly watch: Watch;
}

/** The outputs of the deployed stack. */
export class Outputs extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { tables, buses, queues, functions, gateway, watch }: OutputsProps,
  ) {
    super(scope, id);

    new CfnOutput(this, 'ApiUrl', {
      description: 'The base URL of the API',
      value: `https://${gateway.api.restApiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}/${gateway.apiStage.stageName}`,
    });
    new CfnOutput(this, 'ParcelsBusName', {
      description: 'The bus Parcels',
      value: buses.parcelsBus.eventBusName,
    });
    new CfnOutput(this, 'ChargesUndeliveredQueueUrl', {
      description: 'The URL of the queue ChargesUndelivered',
      value: queues.chargesUndeliveredQueue.queueUrl,
    });
    new CfnOutput(this, 'ChargesUndeliveredQueueName', {
      description: 'The name of the queue ChargesUndelivered',
      value: queues.chargesUndeliveredQueue.queueName,
    });
    new CfnOutput(this, 'ChargesQueueUrl', {
      description: 'The URL of the queue Charges',
      value: queues.chargesQueue.queueUrl,
    });
    new CfnOutput(this, 'ChargesQueueName', {
      description: 'The name of the queue Charges',
      value: queues.chargesQueue.queueName,
    });
    new CfnOutput(this, 'ChargesDeadQueueUrl', {
      description: 'The URL of the queue ChargesDead',
      value: queues.chargesDeadQueue.queueUrl,
    });
    new CfnOutput(this, 'ChargesDeadQueueName', {
      description: 'The name of the queue ChargesDead',
      value: queues.chargesDeadQueue.queueName,
    });
    new CfnOutput(this, 'AssignmentsUndeliveredQueueUrl', {
      description: 'The URL of the queue AssignmentsUndelivered',
      value: queues.assignmentsUndeliveredQueue.queueUrl,
    });
    new CfnOutput(this, 'AssignmentsUndeliveredQueueName', {
      description: 'The name of the queue AssignmentsUndelivered',
      value: queues.assignmentsUndeliveredQueue.queueName,
    });
    new CfnOutput(this, 'AssignmentsQueueUrl', {
      description: 'The URL of the queue Assignments',
      value: queues.assignmentsQueue.queueUrl,
    });
    new CfnOutput(this, 'AssignmentsQueueName', {
      description: 'The name of the queue Assignments',
      value: queues.assignmentsQueue.queueName,
    });
    new CfnOutput(this, 'AssignmentsDeadQueueUrl', {
      description: 'The URL of the queue AssignmentsDead',
      value: queues.assignmentsDeadQueue.queueUrl,
    });
    new CfnOutput(this, 'AssignmentsDeadQueueName', {
      description: 'The name of the queue AssignmentsDead',
      value: queues.assignmentsDeadQueue.queueName,
    });
    new CfnOutput(this, 'ScansUndeliveredQueueUrl', {
      description: 'The URL of the queue ScansUndelivered',
      value: queues.scansUndeliveredQueue.queueUrl,
    });
    new CfnOutput(this, 'ScansUndeliveredQueueName', {
      description: 'The name of the queue ScansUndelivered',
      value: queues.scansUndeliveredQueue.queueName,
    });
    new CfnOutput(this, 'ScansFifoQueueUrl', {
      description: 'The URL of the queue Scans.fifo',
      value: queues.scansFifoQueue.queueUrl,
    });
    new CfnOutput(this, 'ScansFifoQueueName', {
      description: 'The name of the queue Scans.fifo',
      value: queues.scansFifoQueue.queueName,
    });
    new CfnOutput(this, 'ScansDeadFifoQueueUrl', {
      description: 'The URL of the queue ScansDead.fifo',
      value: queues.scansDeadFifoQueue.queueUrl,
    });
    new CfnOutput(this, 'ScansDeadFifoQueueName', {
      description: 'The name of the queue ScansDead.fifo',
      value: queues.scansDeadFifoQueue.queueName,
    });
    new CfnOutput(this, 'LocateGivenUpQueueUrl', {
      description: 'The URL of the queue LocateGivenUp',
      value: queues.locateGivenUpQueue.queueUrl,
    });
    new CfnOutput(this, 'LocateGivenUpQueueName', {
      description: 'The name of the queue LocateGivenUp',
      value: queues.locateGivenUpQueue.queueName,
    });
    new CfnOutput(this, 'RemindUndeliveredQueueUrl', {
      description: 'The URL of the queue RemindUndelivered',
      value: queues.remindUndeliveredQueue.queueUrl,
    });
    new CfnOutput(this, 'RemindUndeliveredQueueName', {
      description: 'The name of the queue RemindUndelivered',
      value: queues.remindUndeliveredQueue.queueName,
    });
    new CfnOutput(this, 'RemindGivenUpQueueUrl', {
      description: 'The URL of the queue RemindGivenUp',
      value: queues.remindGivenUpQueue.queueUrl,
    });
    new CfnOutput(this, 'RemindGivenUpQueueName', {
      description: 'The name of the queue RemindGivenUp',
      value: queues.remindGivenUpQueue.queueName,
    });
    new CfnOutput(this, 'AnnounceUndeliveredQueueUrl', {
      description: 'The URL of the queue AnnounceUndelivered',
      value: queues.announceUndeliveredQueue.queueUrl,
    });
    new CfnOutput(this, 'AnnounceUndeliveredQueueName', {
      description: 'The name of the queue AnnounceUndelivered',
      value: queues.announceUndeliveredQueue.queueName,
    });
    new CfnOutput(this, 'NoticesQueueUrl', {
      description: 'The URL of the queue Notices',
      value: queues.noticesQueue.queueUrl,
    });
    new CfnOutput(this, 'NoticesQueueName', {
      description: 'The name of the queue Notices',
      value: queues.noticesQueue.queueName,
    });
    new CfnOutput(this, 'NoticesDeadQueueUrl', {
      description: 'The URL of the queue NoticesDead',
      value: queues.noticesDeadQueue.queueUrl,
    });
    new CfnOutput(this, 'NoticesDeadQueueName', {
      description: 'The name of the queue NoticesDead',
      value: queues.noticesDeadQueue.queueName,
    });
    new CfnOutput(this, 'ConfirmUndeliveredQueueUrl', {
      description: 'The URL of the queue ConfirmUndelivered',
      value: queues.confirmUndeliveredQueue.queueUrl,
    });
    new CfnOutput(this, 'ConfirmUndeliveredQueueName', {
      description: 'The name of the queue ConfirmUndelivered',
      value: queues.confirmUndeliveredQueue.queueName,
    });
    new CfnOutput(this, 'ConfirmGivenUpQueueUrl', {
      description: 'The URL of the queue ConfirmGivenUp',
      value: queues.confirmGivenUpQueue.queueUrl,
    });
    new CfnOutput(this, 'ConfirmGivenUpQueueName', {
      description: 'The name of the queue ConfirmGivenUp',
      value: queues.confirmGivenUpQueue.queueName,
    });
    new CfnOutput(this, 'ChargeTableName', {
      description: 'The table charge',
      value: tables.chargeTable.tableName,
    });
    new CfnOutput(this, 'TripTableName', {
      description: 'The table trip',
      value: tables.tripTable.tableName,
    });
    new CfnOutput(this, 'PresenceTableName', {
      description: 'The table presence',
      value: tables.presenceTable.tableName,
    });
    new CfnOutput(this, 'PositionTableName', {
      description: 'The table position',
      value: tables.positionTable.tableName,
    });
    new CfnOutput(this, 'ParcelTableName', {
      description: 'The table parcel',
      value: tables.parcelTable.tableName,
    });
    new CfnOutput(this, 'ReminderTableName', {
      description: 'The table reminder',
      value: tables.reminderTable.tableName,
    });
    new CfnOutput(this, 'NoticeTableName', {
      description: 'The table notice',
      value: tables.noticeTable.tableName,
    });
    new CfnOutput(this, 'BillingChargeFunctionName', {
      description: 'The function billing-charge',
      value: functions.billingChargeFunction.functionName,
    });
    new CfnOutput(this, 'CourierAssignFunctionName', {
      description: 'The function courier-assign',
      value: functions.courierAssignFunction.functionName,
    });
    new CfnOutput(this, 'CourierFollowFunctionName', {
      description: 'The function courier-follow',
      value: functions.courierFollowFunction.functionName,
    });
    new CfnOutput(this, 'CourierLocateFunctionName', {
      description: 'The function courier-locate',
      value: functions.courierLocateFunction.functionName,
    });
    new CfnOutput(this, 'DepotFunctionName', {
      description: 'The function depot',
      value: functions.depotFunction.functionName,
    });
    new CfnOutput(this, 'DepotRemindFunctionName', {
      description: 'The function depot-remind',
      value: functions.depotRemindFunction.functionName,
    });
    new CfnOutput(this, 'NoticesAnnounceFunctionName', {
      description: 'The function notices-announce',
      value: functions.noticesAnnounceFunction.functionName,
    });
    new CfnOutput(this, 'NoticesConfirmFunctionName', {
      description: 'The function notices-confirm',
      value: functions.noticesConfirmFunction.functionName,
    });
    new CfnOutput(this, 'DashboardUrl', {
      description: 'The dashboard',
      value: `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home?region=${Aws.REGION}#dashboards:name=${watch.dashboard.dashboardName}`,
    });
  }
}
