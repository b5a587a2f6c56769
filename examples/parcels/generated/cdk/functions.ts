// @generated from the contracts in spec/; edits are overwritten.

import { Aws, Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

import { Buses } from './buses';
import { ContractFunction, moveInSteps } from './contract-function';
import { Queues } from './queues';
import { Settings } from './settings';
import { Tables } from './tables';

/** What {@link Functions} is made with. */
export interface FunctionsProps {
  /** Settings that differ between stages. */
  readonly settings: Settings;
  /** The folder with one folder for each packaged function. */
  readonly packages: string;
  /** The tables. */
  readonly tables: Tables;
  /** The event buses. */
  readonly buses: Buses;
  /** The queues. */
  readonly queues: Queues;
}

/** The functions, each with a role that allows only what its contract needs. */
export class Functions extends Construct {
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

  constructor(
    scope: Construct,
    id: string,
    { settings, packages, tables, buses, queues }: FunctionsProps,
  ) {
    super(scope, id);
    const { stackName } = Stack.of(this);

    this.billingChargeFunction = new ContractFunction(this, 'BillingChargeFunction', {
      settings,
      packages,
      binary: 'billing-charge',
      description: 'Charges for a parcel.',
      memoryMiB: 256,
      timeout: Duration.seconds(10),
      architecture: 'arm64',
      environment: {
        CHARGE_TABLE: tables.chargeTable.tableName,
        METRICS_NAMESPACE: stackName,
        LOG_LEVEL: settings.logLevel,
        RELEASE: settings.release,
        BASE_CENTS_PARAMETER: '/parcels/tariff/base-cents',
      },
      statements: [
        new iam.PolicyStatement({
          sid: 'UseChargeTable',
          actions: ['dynamodb:PutItem'],
          resources: [tables.chargeTable.tableArn],
        }),
        new iam.PolicyStatement({
          sid: 'PollChargesQueue',
          actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
          resources: [queues.chargesQueue.queueArn],
        }),
        new iam.PolicyStatement({
          sid: 'ReadParameters',
          actions: ['ssm:GetParameter'],
          resources: [
            `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter/parcels/tariff/base-cents`,
          ],
        }),
      ],
    });
    this.billingChargeFunctionVersion = new lambda.Version(this, 'BillingChargeFunctionVersion', {
      lambda: this.billingChargeFunction,
      description: settings.release,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.billingChargeFunctionLive = new lambda.Alias(this, 'BillingChargeFunctionLive', {
      aliasName: 'live',
      version: this.billingChargeFunctionVersion,
    });
    moveInSteps(this.billingChargeFunctionLive, 'BillingChargeFunctionDeployment');
    this.courierAssignFunction = new ContractFunction(this, 'CourierAssignFunction', {
      settings,
      packages,
      binary: 'courier-assign',
      description: 'Finds a courier for a parcel, and tells.',
      memoryMiB: 256,
      timeout: Duration.seconds(10),
      architecture: 'arm64',
      environment: {
        TRIP_TABLE: tables.tripTable.tableName,
        PARCELS_BUS: buses.parcelsBus.eventBusName,
        METRICS_NAMESPACE: stackName,
        LOG_LEVEL: settings.logLevel,
      },
      statements: [
        new iam.PolicyStatement({
          sid: 'UseTripTable',
          actions: ['dynamodb:PutItem'],
          resources: [tables.tripTable.tableArn],
        }),
        new iam.PolicyStatement({
          sid: 'PublishEvents',
          actions: ['events:PutEvents'],
          resources: [buses.parcelsBus.eventBusArn],
          conditions: {
            StringEquals: {
              'events:source': 'com.example.courier',
              'events:detail-type': ['ParcelAssigned'],
            },
          },
        }),
        new iam.PolicyStatement({
          sid: 'PollAssignmentsQueue',
          actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
          resources: [queues.assignmentsQueue.queueArn],
        }),
      ],
    });
    this.courierFollowFunction = new ContractFunction(this, 'CourierFollowFunction', {
      settings,
      packages,
      binary: 'courier-follow',
      description: 'Notes where a parcel is.',
      memoryMiB: 256,
      timeout: Duration.seconds(10),
      architecture: 'arm64',
      environment: {
        POSITION_TABLE: tables.positionTable.tableName,
        METRICS_NAMESPACE: stackName,
        LOG_LEVEL: settings.logLevel,
      },
      statements: [
        new iam.PolicyStatement({
          sid: 'UsePositionTable',
          actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
          resources: [tables.positionTable.tableArn],
        }),
        new iam.PolicyStatement({
          sid: 'PollScansFifoQueue',
          actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
          resources: [queues.scansFifoQueue.queueArn],
        }),
      ],
    });
    this.courierLocateFunction = new ContractFunction(this, 'CourierLocateFunction', {
      settings,
      packages,
      binary: 'courier-locate',
      description: 'Keeps which parcels are at a place.',
      memoryMiB: 256,
      timeout: Duration.seconds(10),
      architecture: 'arm64',
      environment: {
        PRESENCE_TABLE: tables.presenceTable.tableName,
        METRICS_NAMESPACE: stackName,
        LOG_LEVEL: settings.logLevel,
      },
      statements: [
        new iam.PolicyStatement({
          sid: 'UsePresenceTable',
          actions: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
          resources: [tables.presenceTable.tableArn],
        }),
        new iam.PolicyStatement({
          sid: 'GiveUpToLocateGivenUpQueue',
          actions: ['sqs:SendMessage'],
          resources: [queues.locateGivenUpQueue.queueArn],
        }),
        new iam.PolicyStatement({
          sid: 'ReadPositionTableStream',
          actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
          resources: [tables.positionTable.tableStreamArn!],
        }),
        new iam.PolicyStatement({
          sid: 'ListStreams',
          actions: ['dynamodb:ListStreams'],
          resources: ['*'],
        }),
      ],
    });
    this.depotFunction = new ContractFunction(this, 'DepotFunction', {
      settings,
      packages,
      binary: 'depot',
      description: 'REST operations of Depot',
      memoryMiB: 256,
      timeout: Duration.seconds(10),
      architecture: 'arm64',
      environment: {
        PARCEL_TABLE: tables.parcelTable.tableName,
        PARCELS_BUS: buses.parcelsBus.eventBusName,
        METRICS_NAMESPACE: stackName,
        LOG_LEVEL: settings.logLevel,
        RELEASE: settings.release,
      },
      statements: [
        new iam.PolicyStatement({
          sid: 'UseParcelTable',
          actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
          resources: [tables.parcelTable.tableArn],
        }),
        new iam.PolicyStatement({
          sid: 'PublishEvents',
          actions: ['events:PutEvents'],
          resources: [buses.parcelsBus.eventBusArn],
          conditions: {
            StringEquals: {
              'events:source': 'com.example.depot',
              'events:detail-type': ['ParcelRegistered', 'ParcelScanned'],
            },
          },
        }),
      ],
    });
    this.depotFunctionVersion = new lambda.Version(this, 'DepotFunctionVersion', {
      lambda: this.depotFunction,
      description: settings.release,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.depotFunctionLive = new lambda.Alias(this, 'DepotFunctionLive', {
      aliasName: 'live',
      version: this.depotFunctionVersion,
      provisionedConcurrentExecutions: 1,
    });
    moveInSteps(this.depotFunctionLive, 'DepotFunctionDeployment');
    this.depotRemindFunction = new ContractFunction(this, 'DepotRemindFunction', {
      settings,
      packages,
      binary: 'depot-remind',
      description: 'Reminds the depot of parcels that lie too long.',
      memoryMiB: 256,
      timeout: Duration.seconds(10),
      architecture: 'arm64',
      environment: {
        REMINDER_TABLE: tables.reminderTable.tableName,
        METRICS_NAMESPACE: stackName,
        LOG_LEVEL: settings.logLevel,
      },
      statements: [
        new iam.PolicyStatement({
          sid: 'UseReminderTable',
          actions: ['dynamodb:PutItem'],
          resources: [tables.reminderTable.tableArn],
        }),
        new iam.PolicyStatement({
          sid: 'GiveUpToRemindGivenUpQueue',
          actions: ['sqs:SendMessage'],
          resources: [queues.remindGivenUpQueue.queueArn],
        }),
      ],
    });
    this.noticesAnnounceFunction = new ContractFunction(this, 'NoticesAnnounceFunction', {
      settings,
      packages,
      binary: 'notices-announce',
      description: 'Tells the recipient that a parcel is coming.',
      memoryMiB: 256,
      timeout: Duration.seconds(10),
      architecture: 'arm64',
      environment: {
        NOTICE_TABLE: tables.noticeTable.tableName,
        METRICS_NAMESPACE: stackName,
        LOG_LEVEL: settings.logLevel,
      },
      statements: [
        new iam.PolicyStatement({
          sid: 'UseNoticeTable',
          actions: ['dynamodb:PutItem'],
          resources: [tables.noticeTable.tableArn],
        }),
        new iam.PolicyStatement({
          sid: 'PollNoticesQueue',
          actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
          resources: [queues.noticesQueue.queueArn],
        }),
      ],
    });
    this.noticesConfirmFunction = new ContractFunction(this, 'NoticesConfirmFunction', {
      settings,
      packages,
      binary: 'notices-confirm',
      description: 'Tells the recipient who brings the parcel.',
      memoryMiB: 256,
      timeout: Duration.seconds(10),
      architecture: 'arm64',
      environment: {
        NOTICE_TABLE: tables.noticeTable.tableName,
        METRICS_NAMESPACE: stackName,
        LOG_LEVEL: 'WARN',
        RELEASE: settings.release,
        CODE_SEED_SECRET: `${stackName}/notices`,
      },
      statements: [
        new iam.PolicyStatement({
          sid: 'UseNoticeTable',
          actions: ['dynamodb:PutItem'],
          resources: [tables.noticeTable.tableArn],
        }),
        new iam.PolicyStatement({
          sid: 'GiveUpToConfirmGivenUpQueue',
          actions: ['sqs:SendMessage'],
          resources: [queues.confirmGivenUpQueue.queueArn],
        }),
        new iam.PolicyStatement({
          sid: 'ReadSecrets',
          actions: ['secretsmanager:GetSecretValue'],
          resources: [
            `arn:${Aws.PARTITION}:secretsmanager:${Aws.REGION}:${Aws.ACCOUNT_ID}:secret:${stackName}/notices-??????`,
          ],
        }),
      ],
    });
    this.noticesConfirmFunctionVersion = new lambda.Version(this, 'NoticesConfirmFunctionVersion', {
      lambda: this.noticesConfirmFunction,
      description: settings.release,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.noticesConfirmFunctionLive = new lambda.Alias(this, 'NoticesConfirmFunctionLive', {
      aliasName: 'live',
      version: this.noticesConfirmFunctionVersion,
    });
    moveInSteps(this.noticesConfirmFunctionLive, 'NoticesConfirmFunctionDeployment');
    this.authorizerFunction = new ContractFunction(this, 'AuthorizerFunction', {
      settings,
      packages,
      binary: 'authorizer',
      description: "Authorizes requests before they reach the API's functions",
      memoryMiB: 256,
      timeout: Duration.seconds(10),
      architecture: 'arm64',
      environment: {
        LOGIN_ISSUER: settings.loginIssuer,
        LOGIN_AUDIENCE: settings.loginAudience,
        LOGIN_JWKS: settings.loginJwks,
        CALLERS_API_KEY: Fn.select(2, Fn.split('/', Aws.STACK_ID)),
        LOG_LEVEL: settings.logLevel,
      },
      statements: [],
    });
  }
}
