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

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { stackName } = Stack.of(this);

    this.chargesUndeliveredQueue = new sqs.Queue(this, 'ChargesUndeliveredQueue', {
      queueName: `${stackName}-ChargesUndelivered`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(30),
      retentionPeriod: Duration.seconds(1209600),
      receiveMessageWaitTime: Duration.seconds(20),
      redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL },
    });
    this.chargesDeadQueue = new sqs.Queue(this, 'ChargesDeadQueue', {
      queueName: `${stackName}-ChargesDead`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(60),
      retentionPeriod: Duration.seconds(1209600),
      receiveMessageWaitTime: Duration.seconds(20),
      redriveAllowPolicy: {
        redrivePermission: sqs.RedrivePermission.BY_QUEUE,
        sourceQueues: [
          sqs.Queue.fromQueueArn(
            this,
            'ChargesQueueSource',
            `arn:${Aws.PARTITION}:sqs:${Aws.REGION}:${Aws.ACCOUNT_ID}:${stackName}-Charges`,
          ),
        ],
      },
    });
    this.assignmentsUndeliveredQueue = new sqs.Queue(this, 'AssignmentsUndeliveredQueue', {
      queueName: `${stackName}-AssignmentsUndelivered`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(30),
      retentionPeriod: Duration.seconds(1209600),
      receiveMessageWaitTime: Duration.seconds(20),
      redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL },
    });
    this.assignmentsDeadQueue = new sqs.Queue(this, 'AssignmentsDeadQueue', {
      queueName: `${stackName}-AssignmentsDead`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(60),
      retentionPeriod: Duration.seconds(1209600),
      receiveMessageWaitTime: Duration.seconds(20),
      redriveAllowPolicy: {
        redrivePermission: sqs.RedrivePermission.BY_QUEUE,
        sourceQueues: [
          sqs.Queue.fromQueueArn(
            this,
            'AssignmentsQueueSource',
            `arn:${Aws.PARTITION}:sqs:${Aws.REGION}:${Aws.ACCOUNT_ID}:${stackName}-Assignments`,
          ),
        ],
      },
    });
    this.scansUndeliveredQueue = new sqs.Queue(this, 'ScansUndeliveredQueue', {
      queueName: `${stackName}-ScansUndelivered`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(30),
      retentionPeriod: Duration.seconds(1209600),
      receiveMessageWaitTime: Duration.seconds(20),
      redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL },
    });
    this.scansDeadFifoQueue = new sqs.Queue(this, 'ScansDeadFifoQueue', {
      queueName: `${stackName}-ScansDead.fifo`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(60),
      retentionPeriod: Duration.seconds(1209600),
      receiveMessageWaitTime: Duration.seconds(20),
      fifo: true,
      contentBasedDeduplication: true,
      redriveAllowPolicy: {
        redrivePermission: sqs.RedrivePermission.BY_QUEUE,
        sourceQueues: [
          sqs.Queue.fromQueueArn(
            this,
            'ScansFifoQueueSource',
            `arn:${Aws.PARTITION}:sqs:${Aws.REGION}:${Aws.ACCOUNT_ID}:${stackName}-Scans.fifo`,
          ),
        ],
      },
    });
    this.locateGivenUpQueue = new sqs.Queue(this, 'LocateGivenUpQueue', {
      queueName: `${stackName}-LocateGivenUp`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(30),
      retentionPeriod: Duration.seconds(1209600),
      receiveMessageWaitTime: Duration.seconds(20),
      redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL },
    });
    this.remindUndeliveredQueue = new sqs.Queue(this, 'RemindUndeliveredQueue', {
      queueName: `${stackName}-RemindUndelivered`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(30),
      retentionPeriod: Duration.seconds(1209600),
      receiveMessageWaitTime: Duration.seconds(20),
      redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL },
    });
    this.remindGivenUpQueue = new sqs.Queue(this, 'RemindGivenUpQueue', {
      queueName: `${stackName}-RemindGivenUp`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(30),
      retentionPeriod: Duration.seconds(1209600),
      receiveMessageWaitTime: Duration.seconds(20),
      redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL },
    });
    this.announceUndeliveredQueue = new sqs.Queue(this, 'AnnounceUndeliveredQueue', {
      queueName: `${stackName}-AnnounceUndelivered`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(30),
      retentionPeriod: Duration.seconds(1209600),
      receiveMessageWaitTime: Duration.seconds(20),
      redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL },
    });
    this.noticesDeadQueue = new sqs.Queue(this, 'NoticesDeadQueue', {
      queueName: `${stackName}-NoticesDead`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(60),
      retentionPeriod: Duration.seconds(1209600),
      receiveMessageWaitTime: Duration.seconds(20),
      redriveAllowPolicy: {
        redrivePermission: sqs.RedrivePermission.BY_QUEUE,
        sourceQueues: [
          sqs.Queue.fromQueueArn(
            this,
            'NoticesQueueSource',
            `arn:${Aws.PARTITION}:sqs:${Aws.REGION}:${Aws.ACCOUNT_ID}:${stackName}-Notices`,
          ),
        ],
      },
    });
    this.confirmUndeliveredQueue = new sqs.Queue(this, 'ConfirmUndeliveredQueue', {
      queueName: `${stackName}-ConfirmUndelivered`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(30),
      retentionPeriod: Duration.seconds(1209600),
      receiveMessageWaitTime: Duration.seconds(20),
      redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL },
    });
    this.confirmGivenUpQueue = new sqs.Queue(this, 'ConfirmGivenUpQueue', {
      queueName: `${stackName}-ConfirmGivenUp`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(30),
      retentionPeriod: Duration.seconds(1209600),
      receiveMessageWaitTime: Duration.seconds(20),
      redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL },
    });
    this.chargesQueue = new sqs.Queue(this, 'ChargesQueue', {
      queueName: `${stackName}-Charges`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(61),
      retentionPeriod: Duration.seconds(345600),
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: this.chargesDeadQueue, maxReceiveCount: 5 },
    });
    this.assignmentsQueue = new sqs.Queue(this, 'AssignmentsQueue', {
      queueName: `${stackName}-Assignments`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(60),
      retentionPeriod: Duration.seconds(345600),
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: this.assignmentsDeadQueue, maxReceiveCount: 5 },
    });
    this.scansFifoQueue = new sqs.Queue(this, 'ScansFifoQueue', {
      queueName: `${stackName}-Scans.fifo`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(60),
      retentionPeriod: Duration.seconds(345600),
      receiveMessageWaitTime: Duration.seconds(20),
      fifo: true,
      contentBasedDeduplication: true,
      deduplicationScope: sqs.DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      deadLetterQueue: { queue: this.scansDeadFifoQueue, maxReceiveCount: 5 },
    });
    this.noticesQueue = new sqs.Queue(this, 'NoticesQueue', {
      queueName: `${stackName}-Notices`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: Duration.seconds(60),
      retentionPeriod: Duration.seconds(345600),
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: this.noticesDeadQueue, maxReceiveCount: 5 },
    });
  }
}
