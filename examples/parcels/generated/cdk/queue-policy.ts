// @generated from the contracts in spec/; edits are overwritten.

import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';

/** Lets these rules send to a queue. */
export function takeFromRules(queue: sqs.IQueue, rules: events.IRule[]): void {
  queue.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'TakeFromRules',
      principals: [new iam.ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': rules.map((rule) => rule.ruleArn) } },
    }),
  );
}

/** Lets nobody use a queue without TLS. */
export function refusePlainHttp(queue: sqs.IQueue): void {
  queue.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'RefusePlainHttp',
      effect: iam.Effect.DENY,
      principals: [new iam.StarPrincipal()],
      actions: ['sqs:*'],
      resources: [queue.queueArn],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  );
}
