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
import { Others } from './others';
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
 * Billing, Courier, Depot, Notices: everything that their contracts ask of AWS.
 *
 * What it consists of are properties, to be extended in a stack of one's own. All have the logical ids and names of
 * the plain template, so a stack can be deployed from either, and holds one system.
 */
export class System extends Construct {
  /** Declared at `spec/billing/asyncapi.yaml#/components/schemas/Charge/x-dynamodb-table`. */
  readonly chargeTable: dynamodb.Table;

  /** Declared at `spec/courier/asyncapi.yaml#/components/schemas/Trip/x-dynamodb-table`. */
  readonly tripTable: dynamodb.Table;

  /** Declared at `spec/courier/asyncapi.yaml#/components/schemas/Presence/x-dynamodb-table`. */
  readonly presenceTable: dynamodb.Table;

  /** Declared at `spec/courier/asyncapi.yaml#/components/schemas/Position/x-dynamodb-table`. */
  readonly positionTable: dynamodb.Table;

  /** Declared at `spec/depot/openapi.yaml#/components/schemas/Parcel/x-dynamodb-table`. */
  readonly parcelTable: dynamodb.Table;

  /** Declared at `spec/depot/openapi.yaml#/components/schemas/Reminder/x-dynamodb-table`. */
  readonly reminderTable: dynamodb.Table;

  /** Declared at `spec/notices/asyncapi.yaml#/components/schemas/Notice/x-dynamodb-table`. */
  readonly noticeTable: dynamodb.Table;

  /** Declared at `spec/billing/asyncapi.yaml#/operations/chargeParcel`. */
  readonly parcelsBus: events.EventBus;

  /**
   * Declared at
   * `spec/billing/asyncapi.yaml#/channels/charges/bindings/x-eventbridge/deadLetterQueue`.
   */
  readonly chargesUndeliveredQueue: sqs.Queue;

  /** Declared at `spec/billing/asyncapi.yaml#/channels/charges/bindings/sqs/deadLetterQueue`. */
  readonly chargesDeadQueue: sqs.Queue;

  /**
   * Declared at
   * `spec/courier/asyncapi.yaml#/channels/assignments/bindings/x-eventbridge/deadLetterQueue`.
   */
  readonly assignmentsUndeliveredQueue: sqs.Queue;

  /**
   * Declared at `spec/courier/asyncapi.yaml#/channels/assignments/bindings/sqs/deadLetterQueue`.
   */
  readonly assignmentsDeadQueue: sqs.Queue;

  /**
   * Declared at
   * `spec/courier/asyncapi.yaml#/channels/scans/bindings/x-eventbridge/deadLetterQueue`.
   */
  readonly scansUndeliveredQueue: sqs.Queue;

  /** Declared at `spec/courier/asyncapi.yaml#/channels/scans/bindings/sqs/deadLetterQueue`. */
  readonly scansDeadFifoQueue: sqs.Queue;

  /** Declared at `spec/courier/asyncapi.yaml#/operations/locate/x-event-source/onFailure`. */
  readonly locateGivenUpQueue: sqs.Queue;

  /**
   * Declared at
   * `spec/depot/asyncapi.yaml#/channels/everyNight/bindings/x-eventbridge/deadLetterQueue`.
   */
  readonly remindUndeliveredQueue: sqs.Queue;

  /** Declared at `spec/depot/asyncapi.yaml#/operations/remind/x-lambda/onFailure`. */
  readonly remindGivenUpQueue: sqs.Queue;

  /**
   * Declared at
   * `spec/notices/asyncapi.yaml#/channels/registered/bindings/x-eventbridge/deadLetterQueue`.
   */
  readonly announceUndeliveredQueue: sqs.Queue;

  /** Declared at `spec/notices/asyncapi.yaml#/channels/registered/bindings/sqs/deadLetterQueue`. */
  readonly noticesDeadQueue: sqs.Queue;

  /**
   * Declared at
   * `spec/notices/asyncapi.yaml#/channels/assigned/bindings/x-eventbridge/deadLetterQueue`.
   */
  readonly confirmUndeliveredQueue: sqs.Queue;

  /** Declared at `spec/notices/asyncapi.yaml#/operations/confirm/x-lambda/onFailure`. */
  readonly confirmGivenUpQueue: sqs.Queue;

  /** Declared at `spec/billing/asyncapi.yaml#/channels/charges/bindings/sqs/queue`. */
  readonly chargesQueue: sqs.Queue;

  /** Declared at `spec/courier/asyncapi.yaml#/channels/assignments/bindings/sqs/queue`. */
  readonly assignmentsQueue: sqs.Queue;

  /** Declared at `spec/courier/asyncapi.yaml#/channels/scans/bindings/sqs/queue`. */
  readonly scansFifoQueue: sqs.Queue;

  /** Declared at `spec/notices/asyncapi.yaml#/channels/registered/bindings/sqs/queue`. */
  readonly noticesQueue: sqs.Queue;

  /** Declared at `spec/billing/asyncapi.yaml#/operations/chargeParcel`. */
  readonly billingChargeFunction: ContractFunction;

  /** The version that the last release published. */
  readonly billingChargeFunctionVersion: lambda.Version;

  /** The alias that everything invokes. */
  readonly billingChargeFunctionLive: lambda.Alias;

  /** Declared at `spec/courier/asyncapi.yaml#/operations/assign`. */
  readonly courierAssignFunction: ContractFunction;

  /** Declared at `spec/courier/asyncapi.yaml#/operations/follow`. */
  readonly courierFollowFunction: ContractFunction;

  /** Declared at `spec/courier/asyncapi.yaml#/operations/locate`. */
  readonly courierLocateFunction: ContractFunction;

  /** Declared at `spec/depot/openapi.yaml#/paths/~1parcel/post`. */
  readonly depotFunction: ContractFunction;

  /** The version that the last release published. */
  readonly depotFunctionVersion: lambda.Version;

  /** The alias that everything invokes. */
  readonly depotFunctionLive: lambda.Alias;

  /** Declared at `spec/depot/asyncapi.yaml#/operations/remind`. */
  readonly depotRemindFunction: ContractFunction;

  /** Declared at `spec/notices/asyncapi.yaml#/operations/announce`. */
  readonly noticesAnnounceFunction: ContractFunction;

  /** Declared at `spec/notices/asyncapi.yaml#/operations/confirm`. */
  readonly noticesConfirmFunction: ContractFunction;

  /** The version that the last release published. */
  readonly noticesConfirmFunctionVersion: lambda.Version;

  /** The alias that everything invokes. */
  readonly noticesConfirmFunctionLive: lambda.Alias;

  /** Declared at `spec/depot/openapi.yaml#/paths/~1parcel/post`. */
  readonly authorizerFunction: ContractFunction;

  /** Declared at `spec/billing/asyncapi.yaml#/operations/chargeParcel`. */
  readonly chargesRule: events.Rule;

  /** Declared at `spec/courier/asyncapi.yaml#/operations/assign`. */
  readonly assignmentsRule: events.Rule;

  /** Declared at `spec/courier/asyncapi.yaml#/operations/follow`. */
  readonly scansFifoRule: events.Rule;

  /** Declared at `spec/depot/asyncapi.yaml#/operations/remind`. */
  readonly depotRemindRule: events.Rule;

  /** Declared at `spec/notices/asyncapi.yaml#/operations/announce`. */
  readonly noticesRule: events.Rule;

  /** Declared at `spec/notices/asyncapi.yaml#/operations/confirm`. */
  readonly noticesConfirmRule: events.Rule;

  /** Declared at `spec/billing/asyncapi.yaml#/operations/chargeParcel`. */
  readonly billingChargeFunctionPoller: lambda.EventSourceMapping;

  /** Declared at `spec/courier/asyncapi.yaml#/operations/assign`. */
  readonly courierAssignFunctionPoller: lambda.EventSourceMapping;

  /** Declared at `spec/courier/asyncapi.yaml#/operations/follow`. */
  readonly courierFollowFunctionPoller: lambda.EventSourceMapping;

  /** Declared at `spec/notices/asyncapi.yaml#/operations/announce`. */
  readonly noticesAnnounceFunctionPoller: lambda.EventSourceMapping;

  /** Declared at `spec/courier/asyncapi.yaml#/operations/locate`. */
  readonly courierLocateFunctionPoller: lambda.EventSourceMapping;

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
    const rules = new Rules(this, 'Rules', { tables, buses, queues, functions });
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
    new Others(this, 'Others', { settings, gateway, alarms });
    new Outputs(this, 'Outputs', { tables, buses, queues, functions, gateway, watch });
    keepLogicalIds(this);

    this.chargeTable = tables.chargeTable;
    this.tripTable = tables.tripTable;
    this.presenceTable = tables.presenceTable;
    this.positionTable = tables.positionTable;
    this.parcelTable = tables.parcelTable;
    this.reminderTable = tables.reminderTable;
    this.noticeTable = tables.noticeTable;
    this.parcelsBus = buses.parcelsBus;
    this.chargesUndeliveredQueue = queues.chargesUndeliveredQueue;
    this.chargesDeadQueue = queues.chargesDeadQueue;
    this.assignmentsUndeliveredQueue = queues.assignmentsUndeliveredQueue;
    this.assignmentsDeadQueue = queues.assignmentsDeadQueue;
    this.scansUndeliveredQueue = queues.scansUndeliveredQueue;
    this.scansDeadFifoQueue = queues.scansDeadFifoQueue;
    this.locateGivenUpQueue = queues.locateGivenUpQueue;
    this.remindUndeliveredQueue = queues.remindUndeliveredQueue;
    this.remindGivenUpQueue = queues.remindGivenUpQueue;
    this.announceUndeliveredQueue = queues.announceUndeliveredQueue;
    this.noticesDeadQueue = queues.noticesDeadQueue;
    this.confirmUndeliveredQueue = queues.confirmUndeliveredQueue;
    this.confirmGivenUpQueue = queues.confirmGivenUpQueue;
    this.chargesQueue = queues.chargesQueue;
    this.assignmentsQueue = queues.assignmentsQueue;
    this.scansFifoQueue = queues.scansFifoQueue;
    this.noticesQueue = queues.noticesQueue;
    this.billingChargeFunction = functions.billingChargeFunction;
    this.billingChargeFunctionVersion = functions.billingChargeFunctionVersion;
    this.billingChargeFunctionLive = functions.billingChargeFunctionLive;
    this.courierAssignFunction = functions.courierAssignFunction;
    this.courierFollowFunction = functions.courierFollowFunction;
    this.courierLocateFunction = functions.courierLocateFunction;
    this.depotFunction = functions.depotFunction;
    this.depotFunctionVersion = functions.depotFunctionVersion;
    this.depotFunctionLive = functions.depotFunctionLive;
    this.depotRemindFunction = functions.depotRemindFunction;
    this.noticesAnnounceFunction = functions.noticesAnnounceFunction;
    this.noticesConfirmFunction = functions.noticesConfirmFunction;
    this.noticesConfirmFunctionVersion = functions.noticesConfirmFunctionVersion;
    this.noticesConfirmFunctionLive = functions.noticesConfirmFunctionLive;
    this.authorizerFunction = functions.authorizerFunction;
    this.chargesRule = rules.chargesRule;
    this.assignmentsRule = rules.assignmentsRule;
    this.scansFifoRule = rules.scansFifoRule;
    this.depotRemindRule = rules.depotRemindRule;
    this.noticesRule = rules.noticesRule;
    this.noticesConfirmRule = rules.noticesConfirmRule;
    this.billingChargeFunctionPoller = rules.billingChargeFunctionPoller;
    this.courierAssignFunctionPoller = rules.courierAssignFunctionPoller;
    this.courierFollowFunctionPoller = rules.courierFollowFunctionPoller;
    this.noticesAnnounceFunctionPoller = rules.noticesAnnounceFunctionPoller;
    this.courierLocateFunctionPoller = rules.courierLocateFunctionPoller;
    this.api = gateway.api;
    this.apiStage = gateway.apiStage;
    this.apiAccessLogGroup = gateway.apiAccessLogGroup;
    this.apiExecutionLogGroup = gateway.apiExecutionLogGroup;
    this.alarms = alarms;
    this.dashboard = watch.dashboard;
  }
}
