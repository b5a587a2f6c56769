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
    new CfnOutput(this, 'SwnEventBusName', {
      description: 'The bus SwnEventBus',
      value: buses.swnEventBus.eventBusName,
    });
    new CfnOutput(this, 'OrderRuleDeadLetterQueueUrl', {
      description: 'The URL of the queue OrderRuleDeadLetterQueue',
      value: queues.orderRuleDeadLetterQueue.queueUrl,
    });
    new CfnOutput(this, 'OrderRuleDeadLetterQueueName', {
      description: 'The name of the queue OrderRuleDeadLetterQueue',
      value: queues.orderRuleDeadLetterQueue.queueName,
    });
    new CfnOutput(this, 'OrderQueueUrl', {
      description: 'The URL of the queue OrderQueue',
      value: queues.orderQueue.queueUrl,
    });
    new CfnOutput(this, 'OrderQueueName', {
      description: 'The name of the queue OrderQueue',
      value: queues.orderQueue.queueName,
    });
    new CfnOutput(this, 'OrderDeadLetterQueueUrl', {
      description: 'The URL of the queue OrderDeadLetterQueue',
      value: queues.orderDeadLetterQueue.queueUrl,
    });
    new CfnOutput(this, 'OrderDeadLetterQueueName', {
      description: 'The name of the queue OrderDeadLetterQueue',
      value: queues.orderDeadLetterQueue.queueName,
    });
    new CfnOutput(this, 'SalesRuleDeadLetterQueueUrl', {
      description: 'The URL of the queue SalesRuleDeadLetterQueue',
      value: queues.salesRuleDeadLetterQueue.queueUrl,
    });
    new CfnOutput(this, 'SalesRuleDeadLetterQueueName', {
      description: 'The name of the queue SalesRuleDeadLetterQueue',
      value: queues.salesRuleDeadLetterQueue.queueName,
    });
    new CfnOutput(this, 'SalesQueueUrl', {
      description: 'The URL of the queue SalesQueue',
      value: queues.salesQueue.queueUrl,
    });
    new CfnOutput(this, 'SalesQueueName', {
      description: 'The name of the queue SalesQueue',
      value: queues.salesQueue.queueName,
    });
    new CfnOutput(this, 'SalesDeadLetterQueueUrl', {
      description: 'The URL of the queue SalesDeadLetterQueue',
      value: queues.salesDeadLetterQueue.queueUrl,
    });
    new CfnOutput(this, 'SalesDeadLetterQueueName', {
      description: 'The name of the queue SalesDeadLetterQueue',
      value: queues.salesDeadLetterQueue.queueName,
    });
    new CfnOutput(this, 'BasketTableName', {
      description: 'The table basket',
      value: tables.basketTable.tableName,
    });
    new CfnOutput(this, 'CheckoutTableName', {
      description: 'The table checkout',
      value: tables.checkoutTable.tableName,
    });
    new CfnOutput(this, 'OrderTableName', {
      description: 'The table order',
      value: tables.orderTable.tableName,
    });
    new CfnOutput(this, 'ProductTableName', {
      description: 'The table product',
      value: tables.productTable.tableName,
    });
    new CfnOutput(this, 'SaleTableName', {
      description: 'The table sale',
      value: tables.saleTable.tableName,
    });
    new CfnOutput(this, 'BasketFunctionName', {
      description: 'The function basket',
      value: functions.basketFunction.functionName,
    });
    new CfnOutput(this, 'OrderingFunctionName', {
      description: 'The function ordering',
      value: functions.orderingFunction.functionName,
    });
    new CfnOutput(this, 'OrderingCheckoutFunctionName', {
      description: 'The function ordering-checkout',
      value: functions.orderingCheckoutFunction.functionName,
    });
    new CfnOutput(this, 'ProductFunctionName', {
      description: 'The function product',
      value: functions.productFunction.functionName,
    });
    new CfnOutput(this, 'ProductSalesFunctionName', {
      description: 'The function product-sales',
      value: functions.productSalesFunction.functionName,
    });
    new CfnOutput(this, 'DashboardUrl', {
      description: 'The dashboard',
      value: `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home?region=${Aws.REGION}#dashboards:name=${watch.dashboard.dashboardName}`,
    });
  }
}
