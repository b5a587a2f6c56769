// @generated from the contracts in spec/; edits are overwritten.

import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

import { Settings } from './settings';

/** What a {@link ContractFunction} is made with. */
export interface ContractFunctionProps {
  /** What differs between stages. */
  readonly settings: Settings;
  /** The folder that holds a folder for each packaged function. */
  readonly packages: string;
  /** The function's name, which is also the name of its folder of `packages`. */
  readonly binary: string;
  /** What the function does. */
  readonly description: string;
  /** Memory, unless the settings say otherwise. */
  readonly memoryMiB: number;
  /** The time an invocation may take. */
  readonly timeout: Duration;
  /** What the function is built for, unless the settings say otherwise. */
  readonly architecture: 'arm64' | 'x86_64';
  /** Environments that are reserved for the function. */
  readonly reservedConcurrency?: number;
  /** The size of `/tmp`, where it is not 512 MiB. */
  readonly ephemeralStorageMiB?: number;
  /** ARNs of layer versions. */
  readonly layers?: string[];
  /** The network that the function is in. */
  readonly network?: lambda.CfnFunction.VpcConfigProperty;
  /** The minimum level of Lambda's own log lines. */
  readonly systemLogLevel?: string;
  /** The names of what the function may use. */
  readonly environment: Record<string, string>;
  /** What the function may do, besides writing its log and traces. */
  readonly statements: iam.PolicyStatement[];
}

/** A function as its contract asks for it: one binary, with one role and one log group. */
export class ContractFunction extends lambda.Function {
  constructor(scope: Construct, id: string, props: ContractFunctionProps) {
    super(scope, id, functionProps(scope, id, props));
    // The property of `lambda.Function` for this would put a second policy beside the role's own.
    const resource = this.node.defaultChild as lambda.CfnFunction;
    resource.tracingConfig = { mode: props.settings.tracingMode };
    resource.vpcConfig = props.network;
    if (props.layers) {
      resource.layers = props.layers;
    }
    if (props.ephemeralStorageMiB) {
      resource.ephemeralStorage = { size: props.ephemeralStorageMiB };
    }
    if (props.systemLogLevel) {
      resource.addPropertyOverride('LoggingConfig.SystemLogLevel', props.systemLogLevel);
    }
    // For whoever runs functions without packages, as the local stage does.
    resource.addMetadata('Binary', props.binary);
  }
}

/** Has CodeDeploy move an alias to a new version, with the deployment group of this logical ID. */
export function moveInSteps(alias: lambda.Alias, group: string): void {
  const resource = alias.node.defaultChild as lambda.CfnAlias;
  resource.cfnOptions.updatePolicy = {
    codeDeployLambdaAliasUpdate: {
      applicationName: Fn.ref('Deployments'),
      deploymentGroupName: Fn.ref(group),
    },
  };
}

/** Names an alias by its ARN, from which the CDK would put a name together. */
export function invokeAlias(mapping: lambda.EventSourceMapping, alias: lambda.Alias): void {
  const resource = mapping.node.defaultChild as lambda.CfnEventSourceMapping;
  resource.functionName = alias.functionArn;
}

function functionProps(
  scope: Construct,
  id: string,
  props: ContractFunctionProps,
): lambda.FunctionProps {
  const { settings, binary } = props;
  const functionName = `${Stack.of(scope).stackName}-${binary}`;
  const logGroup = new logs.LogGroup(scope, `${id}LogGroup`, {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: settings.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const architecture =
    settings.architecture === 'contract' ? props.architecture : settings.architecture;
  return {
    functionName,
    description: props.description,
    runtime: lambda.Runtime.PROVIDED_AL2023,
    handler: 'bootstrap',
    code: packaged(props.packages, binary),
    architecture:
      architecture === 'arm64' ? lambda.Architecture.ARM_64 : lambda.Architecture.X86_64,
    memorySize: settings.memoryMiB === 0 ? props.memoryMiB : settings.memoryMiB,
    timeout: props.timeout,
    reservedConcurrentExecutions: props.reservedConcurrency,
    role: role(scope, `${id}Role`, logGroup, props.statements),
    loggingFormat: lambda.LoggingFormat.JSON,
    applicationLogLevelV2: lambda.ApplicationLogLevel.TRACE,
    logGroup,
    environment: props.environment,
  };
}

/** The role of a function: what its contract allows, its own log, and traces, which know no resources to scope to. */
function role(
  scope: Construct,
  id: string,
  logGroup: logs.LogGroup,
  statements: iam.PolicyStatement[],
): iam.Role {
  const writeLogs = new iam.PolicyStatement({
    sid: 'WriteLogs',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  });
  const sendTraces = new iam.PolicyStatement({
    sid: 'SendTraces',
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
    resources: ['*'],
  });
  const contract = new iam.PolicyDocument({ statements: [writeLogs, sendTraces, ...statements] });
  return new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { contract },
  });
}

function packaged(packages: string, binary: string): lambda.Code {
  const folder = join(packages, binary);
  if (!existsSync(join(folder, 'bootstrap'))) {
    throw new Error(`${folder} holds no bootstrap: package the functions first (codegen package)`);
  }
  return lambda.Code.fromAsset(folder);
}
