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
          alarms.basketFunctionErrors.alarmArn,
          alarms.basketFunctionThrottles.alarmArn,
          alarms.orderingFunctionErrors.alarmArn,
          alarms.orderingFunctionThrottles.alarmArn,
          alarms.orderingCheckoutFunctionErrors.alarmArn,
          alarms.orderingCheckoutFunctionThrottles.alarmArn,
          alarms.productFunctionErrors.alarmArn,
          alarms.productFunctionThrottles.alarmArn,
          alarms.productSalesFunctionErrors.alarmArn,
          alarms.productSalesFunctionThrottles.alarmArn,
          alarms.orderRuleDeadLetterQueueNotEmpty.alarmArn,
          alarms.orderQueueAge.alarmArn,
          alarms.orderDeadLetterQueueNotEmpty.alarmArn,
          alarms.salesRuleDeadLetterQueueNotEmpty.alarmArn,
          alarms.salesQueueAge.alarmArn,
          alarms.salesDeadLetterQueueNotEmpty.alarmArn,
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
            functions.basketFunction.functionName,
            { label: 'basket' },
          ],
          [
            'AWS/Lambda',
            'Invocations',
            'FunctionName',
            functions.orderingFunction.functionName,
            { label: 'ordering' },
          ],
          [
            'AWS/Lambda',
            'Invocations',
            'FunctionName',
            functions.orderingCheckoutFunction.functionName,
            { label: 'ordering-checkout' },
          ],
          [
            'AWS/Lambda',
            'Invocations',
            'FunctionName',
            functions.productFunction.functionName,
            { label: 'product' },
          ],
          [
            'AWS/Lambda',
            'Invocations',
            'FunctionName',
            functions.productSalesFunction.functionName,
            { label: 'product-sales' },
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
            functions.basketFunction.functionName,
            { label: 'basket' },
          ],
          [
            'AWS/Lambda',
            'Errors',
            'FunctionName',
            functions.orderingFunction.functionName,
            { label: 'ordering' },
          ],
          [
            'AWS/Lambda',
            'Errors',
            'FunctionName',
            functions.orderingCheckoutFunction.functionName,
            { label: 'ordering-checkout' },
          ],
          [
            'AWS/Lambda',
            'Errors',
            'FunctionName',
            functions.productFunction.functionName,
            { label: 'product' },
          ],
          [
            'AWS/Lambda',
            'Errors',
            'FunctionName',
            functions.productSalesFunction.functionName,
            { label: 'product-sales' },
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
            functions.basketFunction.functionName,
            { label: 'basket' },
          ],
          [
            'AWS/Lambda',
            'Duration',
            'FunctionName',
            functions.orderingFunction.functionName,
            { label: 'ordering' },
          ],
          [
            'AWS/Lambda',
            'Duration',
            'FunctionName',
            functions.orderingCheckoutFunction.functionName,
            { label: 'ordering-checkout' },
          ],
          [
            'AWS/Lambda',
            'Duration',
            'FunctionName',
            functions.productFunction.functionName,
            { label: 'product' },
          ],
          [
            'AWS/Lambda',
            'Duration',
            'FunctionName',
            functions.productSalesFunction.functionName,
            { label: 'product-sales' },
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
            functions.basketFunction.functionName,
            { label: 'basket' },
          ],
          [
            'AWS/Lambda',
            'ConcurrentExecutions',
            'FunctionName',
            functions.orderingFunction.functionName,
            { label: 'ordering' },
          ],
          [
            'AWS/Lambda',
            'ConcurrentExecutions',
            'FunctionName',
            functions.orderingCheckoutFunction.functionName,
            { label: 'ordering-checkout' },
          ],
          [
            'AWS/Lambda',
            'ConcurrentExecutions',
            'FunctionName',
            functions.productFunction.functionName,
            { label: 'product' },
          ],
          [
            'AWS/Lambda',
            'ConcurrentExecutions',
            'FunctionName',
            functions.productSalesFunction.functionName,
            { label: 'product-sales' },
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
            queues.orderQueue.queueName,
            { label: 'OrderQueue' },
          ],
          [
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            'QueueName',
            queues.salesQueue.queueName,
            { label: 'SalesQueue' },
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
            queues.orderQueue.queueName,
            { label: 'OrderQueue' },
          ],
          [
            'AWS/SQS',
            'ApproximateAgeOfOldestMessage',
            'QueueName',
            queues.salesQueue.queueName,
            { label: 'SalesQueue' },
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
            queues.orderRuleDeadLetterQueue.queueName,
            { label: 'OrderRuleDeadLetterQueue' },
          ],
          [
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            'QueueName',
            queues.orderDeadLetterQueue.queueName,
            { label: 'OrderDeadLetterQueue' },
          ],
          [
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            'QueueName',
            queues.salesRuleDeadLetterQueue.queueName,
            { label: 'SalesRuleDeadLetterQueue' },
          ],
          [
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            'QueueName',
            queues.salesDeadLetterQueue.queueName,
            { label: 'SalesDeadLetterQueue' },
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
            tables.basketTable.tableName,
            { label: 'basket', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ConsumedReadCapacityUnits',
            'TableName',
            tables.checkoutTable.tableName,
            { label: 'checkout', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ConsumedReadCapacityUnits',
            'TableName',
            tables.orderTable.tableName,
            { label: 'order', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ConsumedReadCapacityUnits',
            'TableName',
            tables.productTable.tableName,
            { label: 'product', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ConsumedReadCapacityUnits',
            'TableName',
            tables.saleTable.tableName,
            { label: 'sale', stat: 'Sum' },
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
            tables.basketTable.tableName,
            { label: 'basket', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ConsumedWriteCapacityUnits',
            'TableName',
            tables.checkoutTable.tableName,
            { label: 'checkout', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ConsumedWriteCapacityUnits',
            'TableName',
            tables.orderTable.tableName,
            { label: 'order', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ConsumedWriteCapacityUnits',
            'TableName',
            tables.productTable.tableName,
            { label: 'product', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ConsumedWriteCapacityUnits',
            'TableName',
            tables.saleTable.tableName,
            { label: 'sale', stat: 'Sum' },
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
            tables.basketTable.tableName,
            { label: 'basket', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ReadThrottleEvents',
            'TableName',
            tables.checkoutTable.tableName,
            { label: 'checkout', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ReadThrottleEvents',
            'TableName',
            tables.orderTable.tableName,
            { label: 'order', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ReadThrottleEvents',
            'TableName',
            tables.productTable.tableName,
            { label: 'product', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'ReadThrottleEvents',
            'TableName',
            tables.saleTable.tableName,
            { label: 'sale', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'WriteThrottleEvents',
            'TableName',
            tables.basketTable.tableName,
            { label: 'basket', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'WriteThrottleEvents',
            'TableName',
            tables.checkoutTable.tableName,
            { label: 'checkout', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'WriteThrottleEvents',
            'TableName',
            tables.orderTable.tableName,
            { label: 'order', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'WriteThrottleEvents',
            'TableName',
            tables.productTable.tableName,
            { label: 'product', stat: 'Sum' },
          ],
          [
            'AWS/DynamoDB',
            'WriteThrottleEvents',
            'TableName',
            tables.saleTable.tableName,
            { label: 'sale', stat: 'Sum' },
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
        query: `SOURCE '${functions.basketFunction.logGroup.logGroupName}' | SOURCE '${functions.orderingFunction.logGroup.logGroupName}' | SOURCE '${functions.orderingCheckoutFunction.logGroup.logGroupName}' | SOURCE '${functions.productFunction.logGroup.logGroupName}' | SOURCE '${functions.productSalesFunction.logGroup.logGroupName}' | fields @timestamp, level, message, requestId, @log | filter level = 'ERROR' | sort @timestamp desc | limit 20`,
        region: Aws.REGION,
        title: 'The latest errors',
        view: 'table',
      }),
    );
  }
}
