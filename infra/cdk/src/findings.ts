import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

import { Settings, System } from '../../../generated/cdk';

/** A finding of cdk-nag that stands, and why. */
interface Finding {
  readonly id: string;
  readonly reason: string;
  /** What it is found at, and nothing else. */
  readonly at: readonly (IConstruct | undefined)[];
}

/**
 * The findings of the AwsSolutions pack that stand. Each is acknowledged at the very resources that it is about, so
 * that the same finding elsewhere, in what somebody adds, is still one.
 */
export function findings(shop: System, settings: Partial<Settings>): Finding[] {
  const { basketFunction, orderingFunction, orderingCheckoutFunction, productFunction } = shop;
  const functions = [basketFunction, orderingFunction, orderingCheckoutFunction, productFunction];
  const tables = [shop.basketTable, shop.checkoutTable, shop.orderTable, shop.productTable];
  const gateway = shop.api.node.scope;
  return [
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'xray:PutTraceSegments and xray:PutTelemetryRecords know no resources. A test makes sure that a role has ' +
        'the wildcard in no other statement.',
      at: functions.map(({ role }) => role?.node.defaultChild),
    },
    {
      id:
        'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/' +
        'AmazonAPIGatewayPushToCloudWatchLogs]',
      reason:
        'The policy that API Gateway documents for its one role of the account and region. The role is not of this ' +
        'stack alone, so neither can its rights be.',
      at: [gateway?.node.tryFindChild('ApiAccountRole')],
    },
    {
      id: 'AwsSolutions-APIG2',
      reason:
        'Functions check every request against the whole contract and list each violation. With the setting ' +
        'requestValidation the gateway checks before them, by the validator in the document of the API, where this ' +
        'rule does not look.',
      at: [shop.api],
    },
    {
      id: 'AwsSolutions-APIG3',
      reason:
        'Which rules a web ACL should have depends on who the clients are. Associate one with apiStage in a stack ' +
        'of your own.',
      at: [shop.apiStage],
    },
    {
      id: 'AwsSolutions-SQS3',
      reason: 'This is the dead-letter queue of a rule, which the rule does not see.',
      at: [shop.orderRuleDeadLetterQueue],
    },
    {
      id: 'AwsSolutions-DDB3',
      reason:
        'A stage whose settings turn point-in-time recovery off holds data that can be made again.',
      at: settings.pointInTimeRecovery === false ? tables : [],
    },
  ];
}

/** Tells cdk-nag which of its findings stand, and why. */
export function acknowledge(found: Finding[]): void {
  for (const { id, reason, at } of found) {
    for (const construct of at) {
      if (construct !== undefined) {
        Validations.of(construct).acknowledge({ id, reason });
      }
    }
  }
}
