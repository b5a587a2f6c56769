// @generated from the contracts in spec/; edits are overwritten.

import { Aws, Duration, Stack } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/**
 * The queues. Rules and queues have separate dead-letter queues. They use SQS-managed encryption:
 * with the AWS-managed KMS key, EventBridge could not deliver events.
 */
export class Queues extends Construct {
  /**
   * Declared at
   * `spec/ordering/asyncapi.yaml#/channels/orderQueue/bindings/x-eventbridge/deadLetterQueue`.
   */
  readonly orderRuleDeadLetterQueue: sqs.Queue;

  /**
   * Declared at `spec/ordering/asyncapi.yaml#/channels/orderQueue/bindings/sqs/deadLetterQueue`.
   */
  readonly orderDeadLetterQueue: sqs.Queue;

  /**
   * Declared at
   * `spec/product/asyncapi.yaml#/channels/salesQueue/bindings/x-eventbridge/deadLetterQueue`.
   */
  readonly salesRuleDeadLetterQueue: sqs.Queue;

  /** Declared at `spec/product/asyncapi.yaml#/channels/salesQueue/bindings/sqs/deadLetterQueue`. */
  readonly salesDeadLetterQueue: sqs.Queue;

  /** Declared at `spec/ordering/asyncapi.yaml#/channels/orderQueue/bindings/sqs/queue`. */
  readonly orderQueue: sqs.Queue;

  /** Declared at `spec/product/asyncapi.yaml#/channels/salesQueue/bindings/sqs/queue`. */
  readonly salesQueue: sqs.Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { stackName } = Stack.of(this);

    this.orderRuleDeadLetterQueue = new sqs.Queue(this, 'OrderRuleDeadLetterQueue', {
      queueName: `${stackName}-OrderRuleDeadLetterQueue`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(30),
      retentionPeriod: Duration.seconds(1209600),
      receiveMessageWaitTime: Duration.seconds(20),
      redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL },
    });
    this.orderDeadLetterQueue = new sqs.Queue(this, 'OrderDeadLetterQueue', {
      queueName: `${stackName}-OrderDeadLetterQueue`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(60),
      retentionPeriod: Duration.seconds(1209600),
      receiveMessageWaitTime: Duration.seconds(20),
      redriveAllowPolicy: {
        redrivePermission: sqs.RedrivePermission.BY_QUEUE,
        sourceQueues: [
          sqs.Queue.fromQueueArn(
            this,
            'OrderQueueSource',
            `arn:${Aws.PARTITION}:sqs:${Aws.REGION}:${Aws.ACCOUNT_ID}:${stackName}-OrderQueue`,
          ),
        ],
      },
    });
    this.salesRuleDeadLetterQueue = new sqs.Queue(this, 'SalesRuleDeadLetterQueue', {
      queueName: `${stackName}-SalesRuleDeadLetterQueue`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(30),
      retentionPeriod: Duration.seconds(1209600),
      receiveMessageWaitTime: Duration.seconds(20),
      redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL },
    });
    this.salesDeadLetterQueue = new sqs.Queue(this, 'SalesDeadLetterQueue', {
      queueName: `${stackName}-SalesDeadLetterQueue`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(60),
      retentionPeriod: Duration.seconds(1209600),
      receiveMessageWaitTime: Duration.seconds(20),
      redriveAllowPolicy: {
        redrivePermission: sqs.RedrivePermission.BY_QUEUE,
        sourceQueues: [
          sqs.Queue.fromQueueArn(
            this,
            'SalesQueueSource',
            `arn:${Aws.PARTITION}:sqs:${Aws.REGION}:${Aws.ACCOUNT_ID}:${stackName}-SalesQueue`,
          ),
        ],
      },
    });
    this.orderQueue = new sqs.Queue(this, 'OrderQueue', {
      queueName: `${stackName}-OrderQueue`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(60),
      retentionPeriod: Duration.seconds(345600),
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: this.orderDeadLetterQueue, maxReceiveCount: 5 },
    });
    this.salesQueue = new sqs.Queue(this, 'SalesQueue', {
      queueName: `${stackName}-SalesQueue`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(180),
      retentionPeriod: Duration.seconds(345600),
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: this.salesDeadLetterQueue, maxReceiveCount: 5 },
    });
  }
}
