// @generated from the contracts in spec/; edits are overwritten.

import { Aws, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

import { apiDocument } from './api-document';
import { Functions } from './functions';
import { Settings } from './settings';

/** What {@link Gateway} is made with. */
export interface GatewayProps {
  /** Settings that differ between stages. */
  readonly settings: Settings;
  /** The functions. */
  readonly functions: Functions;
}

/** The REST API of all services. */
export class Gateway extends Construct {
  /** The API. */
  readonly api: apigateway.SpecRestApi;

  /** The stage of the API. */
  readonly apiStage: apigateway.Stage;

  /** The access log, one line of JSON for each request. */
  readonly apiAccessLogGroup: logs.LogGroup;

  /** The execution log, with errors of the gateway. */
  readonly apiExecutionLogGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, { settings, functions }: GatewayProps) {
    super(scope, id);
    const { stackName } = Stack.of(this);

    this.api = new apigateway.SpecRestApi(this, 'Api', {
      restApiName: stackName,
      apiDefinition: apigateway.ApiDefinition.fromInline(
        apiDocument(stackName, functions, settings),
      ),
      endpointTypes: [apigateway.EndpointType.REGIONAL],
      cloudWatchRole: false,
      deploy: false,
    });

    // A deployment is a snapshot that is never made anew under the same id, so the id holds a fingerprint of the
    // document. The document also depends on who validates requests: there is a snapshot for each.
    const gatewayValidates = settings.requestValidation === 'gateway';
    const deployment = new apigateway.Deployment(
      this,
      gatewayValidates ? 'ApiDeploymentea0364922e913d5bStrict' : 'ApiDeploymentea0364922e913d5b',
      {
        api: this.api,
        description: gatewayValidates
          ? 'Validate requests in the gateway first.'
          : 'Validate requests in functions.',
      },
    );

    this.apiAccessLogGroup = new logs.LogGroup(this, 'ApiAccessLogGroup', {
      logGroupName: `/aws/apigateway/${stackName}-access`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });

    // API Gateway would make this log itself, to be kept for ever.
    this.apiExecutionLogGroup = new logs.LogGroup(this, 'ApiExecutionLogGroup', {
      logGroupName: `API-Gateway-Execution-Logs_${this.api.restApiId}/${settings.stageName}`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });

    // Naming the account here makes the stage wait for it: without its role, a stage with a log is refused.
    const account = settings.manageApiAccount ? this.account() : undefined;
    this.apiStage = new apigateway.Stage(this, 'ApiStage', {
      deployment,
      stageName: settings.stageName,
      description: account
        ? `Write logs with the role that this stack sets with ${account.ref}.`
        : 'Write logs with the role of the account.',
      tracingEnabled: settings.tracingMode === 'Active',
      accessLogDestination: new apigateway.LogGroupLogDestination(this.apiAccessLogGroup),
      accessLogFormat: apigateway.AccessLogFormat.custom(
        '{"requestId":"$context.requestId","traceId":"$context.xrayTraceId","time":"$context.requestTimeEpoch","sourceIp":"$context.identity.sourceIp","userAgent":"$context.identity.userAgent","method":"$context.httpMethod","route":"$context.resourcePath","path":"$context.path","status":"$context.status","responseBytes":"$context.responseLength","latencyMs":"$context.responseLatency","functionLatencyMs":"$context.integration.latency","functionStatus":"$context.integration.status","errorType":"$context.error.responseType","functionError":"$context.integration.error"}',
      ),
      metricsEnabled: true,
      loggingLevel: apigateway.MethodLoggingLevel.ERROR,
      dataTraceEnabled: false,
      throttlingRateLimit: settings.throttleRate,
      throttlingBurstLimit: settings.throttleBurst,
    });
    this.apiStage.node.addDependency(this.apiExecutionLogGroup);
    this.api.deploymentStage = this.apiStage;

    const invoked = [
      functions.basketFunction,
      functions.orderingFunction,
      functions.productFunction,
      functions.authorizerFunction,
    ];
    for (const target of invoked) {
      target.addPermission('ApiPermission', {
        principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
        sourceArn: `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${this.api.restApiId}/*`,
      });
    }
  }

  /**
   * API Gateway writes logs under one role for the account and region. It outlives the stack, as other APIs of the
   * account come to rely on it.
   */
  private account(): apigateway.CfnAccount {
    const role = new iam.Role(this, 'ApiAccountRole', {
      assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName(
          'service-role/AmazonAPIGatewayPushToCloudWatchLogs',
        ),
      ],
    });
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const account = new apigateway.CfnAccount(this, 'ApiAccount', {
      cloudWatchRoleArn: role.roleArn,
    });
    account.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return account;
  }
}
