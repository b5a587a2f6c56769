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
  /** Declared at `spec/basket/openapi.yaml#/components/schemas/Basket/x-dynamodb-table`. */
  readonly basketTable: dynamodb.Table;

  /** Declared at `spec/basket/openapi.yaml#/components/schemas/CheckoutRecord/x-dynamodb-table`. */
  readonly checkoutTable: dynamodb.Table;

  /** Declared at `spec/ordering/openapi.yaml#/components/schemas/Order/x-dynamodb-table`. */
  readonly orderTable: dynamodb.Table;

  /** Declared at `spec/product/openapi.yaml#/components/schemas/Product/x-dynamodb-table`. */
  readonly productTable: dynamodb.Table;

  /** Declared at `spec/product/openapi.yaml#/components/schemas/Sale/x-dynamodb-table`. */
  readonly saleTable: dynamodb.Table;

  constructor(scope: Construct, id: string, { settings }: TablesProps) {
    super(scope, id);
    const { stackName } = Stack.of(this);

    this.basketTable = new dynamodb.Table(this, 'BasketTable', {
      tableName: `${stackName}-basket`,
      partitionKey: { name: 'userName', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: settings.pointInTimeRecovery,
      },
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      deletionProtection: settings.deletionProtection,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.checkoutTable = new dynamodb.Table(this, 'CheckoutTable', {
      tableName: `${stackName}-checkout`,
      partitionKey: { name: 'checkoutKey', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: settings.pointInTimeRecovery,
      },
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      deletionProtection: settings.deletionProtection,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.orderTable = new dynamodb.Table(this, 'OrderTable', {
      tableName: `${stackName}-order`,
      partitionKey: { name: 'userName', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'orderDate', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: settings.pointInTimeRecovery,
      },
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      deletionProtection: settings.deletionProtection,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.productTable = new dynamodb.Table(this, 'ProductTable', {
      tableName: `${stackName}-product`,
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: settings.pointInTimeRecovery,
      },
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      deletionProtection: settings.deletionProtection,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.productTable.addGlobalSecondaryIndex({
      indexName: 'byCategory',
      partitionKey: { name: 'category', type: dynamodb.AttributeType.STRING },
    });
    this.saleTable = new dynamodb.Table(this, 'SaleTable', {
      tableName: `${stackName}-sale`,
      partitionKey: { name: 'productId', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'saleId', type: dynamodb.AttributeType.STRING },
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
