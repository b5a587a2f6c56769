import assert from 'node:assert/strict';
import { test } from 'node:test';

import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';

import { System } from '../../../generated/cdk';
import { emptyPackages } from './synthesize';

/** A stack of somebody's own with the shop in it. */
function ownStack(): { stack: Stack; shop: System } {
  const stack = new Stack(new App(), 'own');
  const shop = new System(stack, 'Shop', { packages: emptyPackages(), logRetentionDays: 7 });
  return { stack, shop };
}

test('a grant adds a policy beside the one that the contract asks for', () => {
  const { stack, shop } = ownStack();
  const before = JSON.stringify(
    Template.fromStack(ownStack().stack).findResources('AWS::IAM::Role'),
  );
  shop.productTable.grantReadData(shop.orderingFunction);
  const template = Template.fromStack(stack);
  assert.equal(JSON.stringify(template.findResources('AWS::IAM::Role')), before);
  template.hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: 'OrderingFunctionRole' }],
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Action: Match.arrayWith(['dynamodb:GetItem']) }),
      ]),
    },
  });
});

test('another sender joins the policy of a queue', () => {
  const { stack, shop } = ownStack();
  shop.orderQueue.grantSendMessages(new iam.ServicePrincipal('sns.amazonaws.com'));
  const template = Template.fromStack(stack);
  const policies = Object.values(template.findResources('AWS::SQS::QueuePolicy'));
  const ofQueue = policies.filter(({ Properties }) => Properties.Queues[0].Ref === 'OrderQueue');
  assert.equal(ofQueue.length, 1, 'a second policy would replace the first');
  const statements = ofQueue[0]?.['Properties'].PolicyDocument.Statement as { Sid?: string }[];
  assert.deepEqual(
    statements.map(({ Sid }) => Sid),
    ['TakeFromRules', 'RefusePlainHttp', undefined],
  );
});

test('one more receiver listens on the bus', () => {
  const { stack, shop } = ownStack();
  const audit = new sqs.Queue(stack, 'Audit', { retentionPeriod: Duration.days(14) });
  new events.Rule(stack, 'AuditRule', {
    eventBus: shop.swnEventBus,
    eventPattern: { detailType: ['CheckoutBasket'] },
    targets: [new targets.SqsQueue(audit)],
  });
  Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
    EventBusName: { Ref: 'SwnEventBus' },
    EventPattern: { 'detail-type': ['CheckoutBasket'] },
  });
});

test('settings that CloudFormation would refuse are refused', () => {
  const refused = (settings: object, message: RegExp) => {
    const props = { packages: emptyPackages(), ...settings };
    assert.throws(() => new System(new Stack(), 'Shop', props), message);
  };
  refused({ logRetentionDays: 8 }, /logRetentionDays is 8, which is not one of 1, 3, 5/);
  refused({ stageName: 'a b' }, /stageName is "a b", which is not what .* describes/);
  refused({ throttleRate: 0 }, /throttleRate is 0, which is not 1 or more/);
  refused({ deletionProtection: 'yes' }, /deletionProtection is "yes", which is not a boolean/);
});

test('a function that is not packaged is named', () => {
  const make = () => new System(new Stack(), 'Shop', { packages: '/nowhere' });
  assert.throws(make, /\/nowhere\/basket holds no bootstrap: package the functions first/);
});
