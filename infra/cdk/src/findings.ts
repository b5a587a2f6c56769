import { Validations } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
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
  const all = shop.node.findAll();
  const functions = all.filter((one) => one instanceof lambda.Function);
  const tables = all.filter((one) => one instanceof dynamodb.Table);
  const queues = all.filter((one) => one instanceof sqs.CfnQueue);
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
      // Made only where the setting `manageApiAccount` asks for it.
      at: [gateway?.node.tryFindChild('ApiAccountRole')].filter((role) => role !== undefined),
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
      reason:
        'This queue takes what rules or functions gave up, and no dead letters of queues. cdk-nag knows only those.',
      at: queues.filter((queue) => holdsFailures(queue)),
    },
    {
      id: 'AwsSolutions-DDB3',
      reason:
        'A stage whose settings turn point-in-time recovery off holds data that can be made again.',
      at: settings.pointInTimeRecovery === false ? tables : [],
    },
  ];
}

/** Whether a queue takes what something gave up that is no queue. */
function holdsFailures({ redriveAllowPolicy }: sqs.CfnQueue): boolean {
  return redriveAllowPolicy?.redrivePermission === 'denyAll';
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
