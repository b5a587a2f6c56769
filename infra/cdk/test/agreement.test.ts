import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { Stack } from 'aws-cdk-lib';

import { inRepository } from '../src/repository';
import { readStages } from '../src/stages';
import { Difference, differences, normal } from './normal';
import { emptyPackages, PLAIN, shopStack, synthesized, testApp } from './synthesize';
import { Evaluation, JsonObject, readTemplate } from './template';

/** A difference between the two templates that is all right. */
interface Accepted {
  readonly path: RegExp;
  readonly reason: string;
  /** Whether only fixtures have it. */
  readonly inFixtures?: boolean;
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
    path: /^\w+Function\/Metadata\/SkipBuild$/,
    reason: 'the plain template tells SAM that functions are packaged already',
    is: ({ left }) => left === 'true',
  },
  {
    path: /^(ApiDeployment\w+|\w+FunctionVersion)\/Metadata$/,
    reason: 'the CDK keeps its own tools from renaming a deployment or a version',
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
    is: ({ left = [], right = [] }) =>
      (left as string[]).every((id) => (right as string[]).includes(id)),
  },
  {
    path: /^\w+Rule\/Properties\/EventBusName$/,
    reason: 'the CDK does not name the default bus',
    is: ({ left, right }) => left === 'default' && right === undefined,
    inFixtures: true,
  },
  {
    path: /^[^/]+\/(DeletionPolicy|UpdateReplacePolicy)$/,
    reason: 'the CDK says also what CloudFormation does by itself',
    is: ({ left, right }) => left === undefined && right === 'Delete',
  },
];

/** The same system by way of both templates. */
interface Both {
  readonly plain: Evaluation;
  readonly synthesized: Evaluation;
}

for (const stage of readStages()) {
  test(`${stage.stackName} is the same from the plain template and from the CDK`, () => {
    const { stackName, parameters } = stage;
    const { app } = shopStack(stage);
    const plain = readTemplate(PLAIN);
    const both = {
      plain: new Evaluation(plain, parameters, stackName),
      synthesized: new Evaluation(synthesized(app, stackName), {}, stackName),
    };
    const accepted = check(both);
    for (const one of ACCEPTED.filter(({ inFixtures }) => !inFixtures)) {
      assert.ok(accepted.has(one), `nothing differs any more where ${one.reason}`);
    }
  });
}

/** Systems of other shapes: the cases of the generator's tests. */
const FIXTURES = inRepository('infra', 'cdk', 'fixtures');

for (const name of readdirSync(FIXTURES)) {
  for (const [how, parameters] of [
    ['by default', turned(name, (declared) => !('Default' in declared))],
    ['with every setting turned', turned(name, () => true)],
  ] as const) {
    test(`${name} is the same from both, ${how}`, () => {
      const plain = readTemplate(join(FIXTURES, name, 'infra', 'template.yaml'));
      const { System, fromParameters } = constructs(name);
      const app = testApp();
      const packages = emptyPackages(plain);
      new System(new Stack(app, name), 'System', { ...fromParameters(parameters), packages });
      check({
        plain: new Evaluation(plain, parameters, name),
        synthesized: new Evaluation(synthesized(app, name), {}, name),
      });
    });
  }
}

/** The compiled constructs of a fixture. They all have the type of the shop's, but for what they hold. */
function constructs(name: string): typeof import('../../../generated/cdk') {
  return require(join(__dirname, '..', 'fixtures', name, 'cdk'));
}

/** For the parameters of a fixture that are meant, a value that is not the default. */
function turned(name: string, meant: (declared: JsonObject) => boolean): Record<string, unknown> {
  const { Parameters = {} } = readTemplate(join(FIXTURES, name, 'infra', 'template.yaml'));
  const samples: Record<string, unknown> = {
    AlarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:pager',
    StageName: 'live',
    CrmTableStreamArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/crm/stream/2026',
    Release: '5f2a',
    VpcSubnetIds: 'subnet-1,subnet-2',
    VpcSecurityGroupIds: 'sg-1',
  };
  const other = (parameter: string, declared: JsonObject) => {
    const { Type, Default, AllowedValues, AllowedPattern } = declared;
    if (Array.isArray(AllowedValues)) {
      return AllowedValues.find((value) => value !== Default);
    }
    if (String(AllowedPattern).includes('https://')) {
      return 'https://live.example.com';
    }
    return Type === 'Number'
      ? Number(Default) + 128
      : (samples[parameter] ?? `${String(Default)}-live`);
  };
  return Object.fromEntries(
    Object.entries(Parameters)
      .filter(([, declared]) => meant(declared))
      .map(([parameter, declared]) => [parameter, other(parameter, declared)]),
  );
}

/** Compares resources and outputs, and returns the differences that were met and are all right. */
function check({ plain, synthesized }: Both): Set<Accepted> {
  const resources = { plain: plain.resources(), synthesized: synthesized.resources() };
  assert.deepEqual(Object.keys(resources.synthesized).sort(), Object.keys(resources.plain).sort());
  const met = new Set<Accepted>();
  const unexplained = differences(normal(resources.plain), normal(resources.synthesized)).filter(
    (difference) => {
      const accepted = ACCEPTED.find((one) => explains(one, difference));
      if (accepted !== undefined) {
        met.add(accepted);
      }
      return accepted === undefined;
    },
  );
  assert.deepEqual(unexplained, []);
  assert.deepEqual(normal(synthesized.outputs()), normal(plain.outputs()));
  return met;
}

function explains({ path, is }: Accepted, difference: Difference): boolean {
  return path.test(difference.path) && (is === undefined || is(difference));
}
