import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inRepository } from '../src/repository';
import { readStages, Stage } from '../src/stages';
import { Difference, differences, normal } from './normal';
import { shopStack } from './synthesize';
import { Evaluation, JsonObject, readTemplate } from './template';

/** A difference between the two templates that is all right. */
interface Accepted {
  readonly path: RegExp;
  readonly reason: string;
  /** Whether this is that difference and no other at its place. */
  readonly is?: (difference: Difference) => boolean;
}

const ACCEPTED: Accepted[] = [
  {
    path: /^[^/]+\/Properties\/Code$/,
    reason:
      'the plain template names the folder of a package, the CDK the asset that it makes of it',
    is: ({ left, right }) =>
      String(left).startsWith('../../target/lambda/') && 'S3Bucket' in (right as JsonObject),
  },
  {
    path: /^[^/]+\/Metadata$/,
    reason: 'the plain template tells tools for packages which binary a function is',
    is: ({ right }) => right === undefined,
  },
  {
    path: /^ApiDeployment\w+\/Metadata$/,
    reason: 'the CDK keeps its own tools from renaming a deployment',
    is: ({ right }) => JSON.stringify(right) === '{"aws:cdk:do-not-refactor":"true"}',
  },
  {
    path: /^\w+Permission\/Properties\/FunctionName$/,
    reason: 'a permission names its function in one template, and gives its ARN in the other',
    is: ({ left, right }) => right === String(left).replace('}', '.Arn}'),
  },
  {
    path: /^\w+Rule\/Properties\/Targets\/\d+\/Id$/,
    reason: 'the CDK numbers the targets of a rule, the plain template calls them by their names',
    is: ({ right }) => /^Target\d+$/.test(String(right)),
  },
  {
    path: /^[^/]+\/DependsOn$/,
    reason: 'the CDK says also where it follows from references what is made before what',
    is: ({ left, right }) => left === undefined || JSON.stringify(right).includes(String(left)),
  },
  {
    path: /^[^/]+\/(DeletionPolicy|UpdateReplacePolicy)$/,
    reason: 'the CDK says also what CloudFormation does by itself',
    is: ({ left, right }) => left === undefined && right === 'Delete',
  },
];

for (const stage of readStages()) {
  test(`${stage.stackName} is the same from the plain template and from the CDK`, () => {
    const { plain, synthesized } = both(stage);
    assert.deepEqual(
      Object.keys(synthesized.resources()).sort(),
      Object.keys(plain.resources()).sort(),
    );
    const found = differences(normal(plain.resources()), normal(synthesized.resources()));
    const unexplained = found.filter(
      (one) => !ACCEPTED.some((accepted) => explains(accepted, one)),
    );
    assert.deepEqual(unexplained, []);
    for (const accepted of ACCEPTED) {
      const isFound = found.some((one) => explains(accepted, one));
      assert.ok(isFound, `nothing differs any more where ${accepted.reason}`);
    }
  });

  test(`${stage.stackName} has the same outputs from both`, () => {
    const { plain, synthesized } = both(stage);
    assert.deepEqual(normal(synthesized.outputs()), normal(plain.outputs()));
  });
}

function both({ stackName, parameters, ...stage }: Stage) {
  const { app, stack } = shopStack({ stackName, parameters, ...stage });
  const template = app.synth().getStackByName(stack.stackName).template;
  const file = inRepository('generated', 'infra', 'template.yaml');
  return {
    plain: new Evaluation(readTemplate(file), parameters, stackName),
    synthesized: new Evaluation(template, {}, stackName),
  };
}

function explains({ path, is }: Accepted, difference: Difference): boolean {
  return path.test(difference.path) && (is === undefined || is(difference));
}
