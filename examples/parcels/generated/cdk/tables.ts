// @generated from the contracts in spec/; edits are overwritten.

import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';

import { Settings } from './settings';

/** What {@link Tables} is made with. */
export interface TablesProps {
  /** Settings that differ between stages. */
  readonly settings: Settings;
}

/**
 * The tables. They are retained when the stack is deleted, in every stage, because lost data is
 * worse than a table that has to be deleted manually.
 */
export class Tables extends Construct {
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

  constructor(scope: Construct, id: string, { settings }: TablesProps) {
    super(scope, id);
    const { stackName } = Stack.of(this);

    this.chargeTable = new dynamodb.Table(this, 'ChargeTable', {
      tableName: `${stackName}-charge`,
      partitionKey: { name: 'parcelId', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: settings.pointInTimeRecovery,
      },
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      deletionProtection: settings.deletionProtection,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.tripTable = new dynamodb.Table(this, 'TripTable', {
      tableName: `${stackName}-trip`,
      partitionKey: { name: 'parcelId', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: settings.pointInTimeRecovery,
      },
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      deletionProtection: settings.deletionProtection,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.presenceTable = new dynamodb.Table(this, 'PresenceTable', {
      tableName: `${stackName}-presence`,
      partitionKey: { name: 'place', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'parcelId', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: settings.pointInTimeRecovery,
      },
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      deletionProtection: settings.deletionProtection,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.positionTable = new dynamodb.Table(this, 'PositionTable', {
      tableName: `${stackName}-position`,
      partitionKey: { name: 'parcelId', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: settings.pointInTimeRecovery,
      },
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      deletionProtection: settings.deletionProtection,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.parcelTable = new dynamodb.Table(this, 'ParcelTable', {
      tableName: `${stackName}-parcel`,
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: settings.pointInTimeRecovery,
      },
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      deletionProtection: settings.deletionProtection,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.reminderTable = new dynamodb.Table(this, 'ReminderTable', {
      tableName: `${stackName}-reminder`,
      partitionKey: { name: 'reminderId', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: settings.pointInTimeRecovery,
      },
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      deletionProtection: settings.deletionProtection,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.noticeTable = new dynamodb.Table(this, 'NoticeTable', {
      tableName: `${stackName}-notice`,
      partitionKey: { name: 'parcelId', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'kind', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: settings.pointInTimeRecovery,
      },
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      deletionProtection: settings.deletionProtection,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }
}
