import assert from 'node:assert/strict';
import { test } from 'node:test';

import { AwsSolutionsChecks } from 'cdk-nag';
import { IConstruct } from 'constructs';

import { acknowledge, findings } from '../src/findings';
import { readStages } from '../src/stages';
import { shopStack, synthesized } from './synthesize';
import { JsonObject } from './template';

for (const stage of readStages()) {
  test(`cdk-nag finds in ${stage.stackName} just what is acknowledged`, () => {
    const { app, stack } = shopStack(stage);
    const standing = findings(stack.shop, stage.settings);
    const expected = standing.flatMap(({ id, at }) => at.map((one) => `${id} at ${path(one)}`));
    assert.deepEqual(found(app), expected.sort());
    acknowledge(standing);
    assert.deepEqual(found(app), []);
  });

  test(`roles of ${stage.stackName} have a wildcard only where X-Ray knows no resources`, () => {
    const { app, stack } = shopStack(stage);
    const { Resources } = synthesized(app, stack.stackName);
    for (const [id, { Type, Properties }] of Object.entries(Resources)) {
      if (Type === 'AWS::IAM::Role') {
        const text = JSON.stringify(Properties);
        const policies =
          (Properties as { Policies?: { PolicyDocument: JsonObject }[] }).Policies ?? [];
        const statements = policies.flatMap(
          (one) => one.PolicyDocument['Statement'] as JsonObject[],
        );
        const wild = statements.filter(({ Resource }) => Resource === '*');
        assert.ok(
          wild.every(({ Sid }) => Sid === 'SendTraces'),
          `${id}: ${text}`,
        );
      }
    }
  });
}

/** What cdk-nag finds, with the resource of each finding. */
function found(scope: IConstruct): string[] {
  const { violations } = new AwsSolutionsChecks(scope).validateScope(scope);
  return violations
    .flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
    )
    .sort();
}

/** The path of the resource that a construct stands for. */
function path(construct: IConstruct | undefined): string | undefined {
  return (construct?.node.defaultChild ?? construct)?.node.path;
}
