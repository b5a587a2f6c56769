// @generated from the contracts in spec/; edits are overwritten.

import { Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

import { Buses } from './buses';
import { invokeAlias } from './contract-function';
import { Functions } from './functions';
import { into } from './into';
import { refusePlainHttp, takeFromRules } from './queue-policy';
import { Queues } from './queues';
import { Tables } from './tables';

/** What {@link Rules} is made with. */
export interface RulesProps {
  /** The tables. */
  readonly tables: Tables;
  /** The event buses. */
  readonly buses: Buses;
  /** The queues. */
  readonly queues: Queues;
  /** The functions. */
  readonly functions: Functions;
}

/** The rules of event buses, and the event source mappings and permissions of functions. */
export class Rules extends Construct {
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

  constructor(scope: Construct, id: string, { tables, buses, queues, functions }: RulesProps) {
    super(scope, id);
    const { stackName } = Stack.of(this);

    this.chargesRule = new events.Rule(this, 'ChargesRule', {
      ruleName: `${stackName}-ChargesRule`,
      description: 'Charges for a parcel.',
      eventBus: buses.parcelsBus,
      eventPattern: { detailType: ['ParcelRegistered'], source: ['com.example.depot'] },
      targets: [
        into(queues.chargesQueue, {
          retryAttempts: 185,
          maxEventAge: Duration.seconds(86400),
          deadLetterQueue: queues.chargesUndeliveredQueue,
        }),
      ],
    });
    this.assignmentsRule = new events.Rule(this, 'AssignmentsRule', {
      ruleName: `${stackName}-AssignmentsRule`,
      description: 'Finds a courier for a parcel, and tells.',
      eventBus: buses.parcelsBus,
      eventPattern: { detailType: ['ParcelRegistered'], source: ['com.example.depot'] },
      targets: [
        into(queues.assignmentsQueue, {
          retryAttempts: 185,
          maxEventAge: Duration.seconds(86400),
          deadLetterQueue: queues.assignmentsUndeliveredQueue,
        }),
      ],
    });
    this.scansFifoRule = new events.Rule(this, 'ScansFifoRule', {
      ruleName: `${stackName}-ScansFifoRule`,
      description: 'Notes where a parcel is.',
      eventBus: buses.parcelsBus,
      eventPattern: { detailType: ['ParcelScanned'], source: ['com.example.depot'] },
      targets: [
        into(queues.scansFifoQueue, {
          messageGroupId: '$.detail.parcelId',
          retryAttempts: 185,
          maxEventAge: Duration.seconds(86400),
          deadLetterQueue: queues.scansUndeliveredQueue,
        }),
      ],
    });
    (this.scansFifoRule.node.defaultChild as events.CfnRule).addPropertyOverride(
      'Targets.0.InputTransformer',
      {
        InputPathsMap: {
          id: '$.detail.scanId',
          source: '$.source',
          type: '$.detail-type',
          detail: '$.detail',
        },
        InputTemplate: '{"id":<id>,"source":<source>,"detail-type":<type>,"detail":<detail>}',
      },
    );
    this.depotRemindRule = new events.Rule(this, 'DepotRemindRule', {
      ruleName: `${stackName}-DepotRemindRule`,
      description: 'Reminds the depot of parcels that lie too long.',
      schedule: events.Schedule.expression('cron(0 3 * * ? *)'),
      targets: [
        into(functions.depotRemindFunction, {
          retryAttempts: 185,
          maxEventAge: Duration.seconds(86400),
          deadLetterQueue: queues.remindUndeliveredQueue,
        }),
      ],
    });
    (this.depotRemindRule.node.defaultChild as events.CfnRule).addPropertyOverride(
      'Targets.0.InputTransformer',
      {
        InputPathsMap: { id: '$.id', time: '$.time' },
        InputTemplate:
          '{"id":<id>,"time":<time>,"source":"aws.events","detail-type":"Scheduled Event","detail":{"afterHours":48}}',
      },
    );
    this.noticesRule = new events.Rule(this, 'NoticesRule', {
      ruleName: `${stackName}-NoticesRule`,
      description: 'Tells the recipient that a parcel is coming.',
      eventBus: buses.parcelsBus,
      eventPattern: {
        detail: { weightGrams: [{ numeric: ['<', 35000] }] },
        detailType: ['ParcelRegistered'],
        source: ['com.example.depot'],
      },
      targets: [
        into(queues.noticesQueue, {
          retryAttempts: 185,
          maxEventAge: Duration.seconds(86400),
          deadLetterQueue: queues.announceUndeliveredQueue,
        }),
      ],
    });
    this.noticesConfirmRule = new events.Rule(this, 'NoticesConfirmRule', {
      ruleName: `${stackName}-NoticesConfirmRule`,
      description: 'Tells the recipient who brings the parcel.',
      eventBus: buses.parcelsBus,
      eventPattern: { detailType: ['ParcelAssigned'], source: ['com.example.courier'] },
      targets: [
        into(functions.noticesConfirmFunctionLive, {
          retryAttempts: 185,
          maxEventAge: Duration.seconds(86400),
          deadLetterQueue: queues.confirmUndeliveredQueue,
        }),
      ],
    });
    takeFromRules(queues.chargesUndeliveredQueue, [this.chargesRule]);
    refusePlainHttp(queues.chargesUndeliveredQueue);
    takeFromRules(queues.chargesQueue, [this.chargesRule]);
    refusePlainHttp(queues.chargesQueue);
    refusePlainHttp(queues.chargesDeadQueue);
    takeFromRules(queues.assignmentsUndeliveredQueue, [this.assignmentsRule]);
    refusePlainHttp(queues.assignmentsUndeliveredQueue);
    takeFromRules(queues.assignmentsQueue, [this.assignmentsRule]);
    refusePlainHttp(queues.assignmentsQueue);
    refusePlainHttp(queues.assignmentsDeadQueue);
    takeFromRules(queues.scansUndeliveredQueue, [this.scansFifoRule]);
    refusePlainHttp(queues.scansUndeliveredQueue);
    takeFromRules(queues.scansFifoQueue, [this.scansFifoRule]);
    refusePlainHttp(queues.scansFifoQueue);
    refusePlainHttp(queues.scansDeadFifoQueue);
    refusePlainHttp(queues.locateGivenUpQueue);
    takeFromRules(queues.remindUndeliveredQueue, [this.depotRemindRule]);
    refusePlainHttp(queues.remindUndeliveredQueue);
    refusePlainHttp(queues.remindGivenUpQueue);
    takeFromRules(queues.announceUndeliveredQueue, [this.noticesRule]);
    refusePlainHttp(queues.announceUndeliveredQueue);
    takeFromRules(queues.noticesQueue, [this.noticesRule]);
    refusePlainHttp(queues.noticesQueue);
    refusePlainHttp(queues.noticesDeadQueue);
    takeFromRules(queues.confirmUndeliveredQueue, [this.noticesConfirmRule]);
    refusePlainHttp(queues.confirmUndeliveredQueue);
    refusePlainHttp(queues.confirmGivenUpQueue);
    this.billingChargeFunctionPoller = new lambda.EventSourceMapping(
      this,
      'BillingChargeFunctionPoller',
      {
        target: functions.billingChargeFunctionLive,
        eventSourceArn: queues.chargesQueue.queueArn,
        batchSize: 100,
        maxBatchingWindow: Duration.seconds(1),
        maxConcurrency: 2,
        reportBatchItemFailures: true,
      },
    );
    invokeAlias(this.billingChargeFunctionPoller, functions.billingChargeFunctionLive);
    this.courierAssignFunctionPoller = new lambda.EventSourceMapping(
      this,
      'CourierAssignFunctionPoller',
      {
        target: functions.courierAssignFunction,
        eventSourceArn: queues.assignmentsQueue.queueArn,
        batchSize: 10,
        maxConcurrency: 2,
        reportBatchItemFailures: true,
      },
    );
    this.courierFollowFunctionPoller = new lambda.EventSourceMapping(
      this,
      'CourierFollowFunctionPoller',
      {
        target: functions.courierFollowFunction,
        eventSourceArn: queues.scansFifoQueue.queueArn,
        batchSize: 10,
        reportBatchItemFailures: true,
      },
    );
    this.noticesAnnounceFunctionPoller = new lambda.EventSourceMapping(
      this,
      'NoticesAnnounceFunctionPoller',
      {
        target: functions.noticesAnnounceFunction,
        eventSourceArn: queues.noticesQueue.queueArn,
        batchSize: 10,
        reportBatchItemFailures: true,
      },
    );
    this.courierLocateFunctionPoller = new lambda.EventSourceMapping(
      this,
      'CourierLocateFunctionPoller',
      {
        target: functions.courierLocateFunction,
        eventSourceArn: tables.positionTable.tableStreamArn!,
        startingPosition: lambda.StartingPosition.TRIM_HORIZON,
        batchSize: 50,
        bisectBatchOnError: true,
        retryAttempts: 2,
        onFailure: { bind: () => ({ destination: queues.locateGivenUpQueue.queueArn }) },
        reportBatchItemFailures: true,
      },
    );
    functions.depotRemindFunction.addPermission('RulePermission', {
      principal: new iam.ServicePrincipal('events.amazonaws.com'),
      sourceArn: this.depotRemindRule.ruleArn,
    });
    new lambda.EventInvokeConfig(this, 'DepotRemindFunctionInvokeConfig', {
      function: functions.depotRemindFunction,
      retryAttempts: 2,
      maxEventAge: Duration.seconds(21600),
      onFailure: { bind: () => ({ destination: queues.remindGivenUpQueue.queueArn }) },
    });
    functions.noticesConfirmFunctionLive.addPermission('RulePermission', {
      principal: new iam.ServicePrincipal('events.amazonaws.com'),
      sourceArn: this.noticesConfirmRule.ruleArn,
    });
    new lambda.EventInvokeConfig(this, 'NoticesConfirmFunctionInvokeConfig', {
      function: functions.noticesConfirmFunction,
      qualifier: 'live',
      retryAttempts: 2,
      maxEventAge: Duration.seconds(3600),
      onFailure: { bind: () => ({ destination: queues.confirmGivenUpQueue.queueArn }) },
    });
  }
}
