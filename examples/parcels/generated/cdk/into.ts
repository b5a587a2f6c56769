// @generated from the contracts in spec/; edits are overwritten.

import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';

/** How a rule delivers to its target. */
export interface DeliveryOptions {
  /** The message group of a FIFO queue: text, or a JSON path into the event. */
  readonly messageGroupId?: string;
  /** Deliveries after the first. */
  readonly retryAttempts: number;
  /** How long delivery is tried. */
  readonly maxEventAge: Duration;
  /** The queue for events that could not be delivered. */
  readonly deadLetterQueue?: sqs.IQueue;
}

/**
 * A rule's target. Unlike those of `aws-events-targets` it grants nothing: what may be sent where is said once, and
 * no more than is needed.
 */
export function into(
  target: sqs.IQueue | lambda.IFunction,
  options: DeliveryOptions,
): events.IRuleTarget {
  const { messageGroupId, retryAttempts, maxEventAge, deadLetterQueue } = options;
  return {
    bind: () => ({
      arn: 'queueArn' in target ? target.queueArn : target.functionArn,
      targetResource: target,
      sqsParameters: messageGroupId === undefined ? undefined : { messageGroupId },
      retryPolicy: {
        maximumRetryAttempts: retryAttempts,
        maximumEventAgeInSeconds: maxEventAge.toSeconds(),
      },
      deadLetterConfig: deadLetterQueue && { arn: deadLetterQueue.queueArn },
    }),
  };
}
