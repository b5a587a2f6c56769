// @generated from the contracts in spec/; edits are overwritten.

import { Aws, Duration, Stack } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/**
 * The queues. The dead letters of rules and of queues lie apart. They are encrypted with the key
 * of SQS: with one that AWS manages in KMS, EventBridge could not deliver.
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

  /** Declared at `spec/ordering/asyncapi.yaml#/channels/orderQueue/bindings/sqs/queue`. */
  readonly orderQueue: sqs.Queue;

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
    this.orderQueue = new sqs.Queue(this, 'OrderQueue', {
      queueName: `${stackName}-OrderQueue`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(60),
      retentionPeriod: Duration.seconds(345600),
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: this.orderDeadLetterQueue, maxReceiveCount: 5 },
    });
  }
}
