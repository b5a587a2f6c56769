// @generated from the contracts in spec/; edits are overwritten.

import { Aws, CfnResource, Fn } from 'aws-cdk-lib';
import { Construct } from 'constructs';

import { Alarms } from './alarms';
import { Gateway } from './gateway';
import { Settings } from './settings';

/** What {@link Others} is made with. */
export interface OthersProps {
  /** Settings that differ between stages. */
  readonly settings: Settings;
  /** The REST API. */
  readonly gateway: Gateway;
  /** The alarms. */
  readonly alarms: Alarms;
}

/** Resources without a CDK class. */
export class Others extends Construct {
  constructor(scope: Construct, id: string, { settings, gateway, alarms }: OthersProps) {
    super(scope, id);

    new CfnResource(this, 'ClientApiKey', {
      type: 'AWS::ApiGateway::ApiKey',
      properties: { Enabled: true, Description: 'Limits for clients with an API key' },
    });
    new CfnResource(this, 'ClientUsagePlan', {
      type: 'AWS::ApiGateway::UsagePlan',
      properties: {
        Description: 'Limits for clients with an API key',
        ApiStages: [{ ApiId: gateway.api.restApiId, Stage: gateway.apiStage.stageName }],
        Throttle: { RateLimit: settings.keyRate, BurstLimit: settings.keyBurst },
        Quota:
          settings.keyRequestsPerDay !== 0
            ? { Limit: settings.keyRequestsPerDay, Period: 'DAY' }
            : undefined,
      },
    });
    new CfnResource(this, 'ClientUsagePlanKey', {
      type: 'AWS::ApiGateway::UsagePlanKey',
      properties: {
        KeyId: Fn.ref('ClientApiKey'),
        KeyType: 'API_KEY',
        UsagePlanId: Fn.ref('ClientUsagePlan'),
      },
    });
    new CfnResource(this, 'CallersApiKey', {
      type: 'AWS::ApiGateway::ApiKey',
      properties: {
        Enabled: true,
        Description: 'For callers that authenticate without an API key',
        Value: Fn.select(2, Fn.split('/', Aws.STACK_ID)),
      },
    });
    new CfnResource(this, 'CallersUsagePlan', {
      type: 'AWS::ApiGateway::UsagePlan',
      properties: {
        Description: 'For callers that authenticate without an API key',
        ApiStages: [{ ApiId: gateway.api.restApiId, Stage: gateway.apiStage.stageName }],
      },
    });
    new CfnResource(this, 'CallersUsagePlanKey', {
      type: 'AWS::ApiGateway::UsagePlanKey',
      properties: {
        KeyId: Fn.ref('CallersApiKey'),
        KeyType: 'API_KEY',
        UsagePlanId: Fn.ref('CallersUsagePlan'),
      },
    });
    new CfnResource(this, 'Deployments', {
      type: 'AWS::CodeDeploy::Application',
      properties: { ComputePlatform: 'Lambda' },
    });
    new CfnResource(this, 'DeploymentPermissions', {
      type: 'AWS::IAM::Role',
      properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'codedeploy.amazonaws.com' },
              Action: 'sts:AssumeRole',
            },
          ],
        },
        ManagedPolicyArns: [
          `arn:${Aws.PARTITION}:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited`,
        ],
      },
    });
    new CfnResource(this, 'BillingChargeFunctionDeploymentSteps', {
      type: 'AWS::CodeDeploy::DeploymentConfig',
      properties: {
        ComputePlatform: 'Lambda',
        TrafficRoutingConfig: {
          Type: 'TimeBasedLinear',
          TimeBasedLinear: { LinearPercentage: 25, LinearInterval: 2 },
        },
      },
    });
    new CfnResource(this, 'BillingChargeFunctionDeployment', {
      type: 'AWS::CodeDeploy::DeploymentGroup',
      properties: {
        ApplicationName: Fn.ref('Deployments'),
        ServiceRoleArn: Fn.getAtt('DeploymentPermissions', 'Arn').toString(),
        DeploymentConfigName: Fn.ref('BillingChargeFunctionDeploymentSteps'),
        DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
        },
        AlarmConfiguration: {
          Enabled: true,
          Alarms: [{ Name: alarms.billingChargeFunctionErrors.alarmName }],
        },
      },
    });
    new CfnResource(this, 'DepotFunctionDeploymentSteps', {
      type: 'AWS::CodeDeploy::DeploymentConfig',
      properties: {
        ComputePlatform: 'Lambda',
        TrafficRoutingConfig: {
          Type: 'TimeBasedCanary',
          TimeBasedCanary: { CanaryPercentage: 10, CanaryInterval: 5 },
        },
      },
    });
    new CfnResource(this, 'DepotFunctionDeployment', {
      type: 'AWS::CodeDeploy::DeploymentGroup',
      properties: {
        ApplicationName: Fn.ref('Deployments'),
        ServiceRoleArn: Fn.getAtt('DeploymentPermissions', 'Arn').toString(),
        DeploymentConfigName: Fn.ref('DepotFunctionDeploymentSteps'),
        DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
        },
        AlarmConfiguration: {
          Enabled: true,
          Alarms: [
            { Name: alarms.depotFunctionErrors.alarmName },
            { Name: alarms.depotRequestsFailing.alarmName },
          ],
        },
      },
    });
    new CfnResource(this, 'NoticesConfirmFunctionDeployment', {
      type: 'AWS::CodeDeploy::DeploymentGroup',
      properties: {
        ApplicationName: Fn.ref('Deployments'),
        ServiceRoleArn: Fn.getAtt('DeploymentPermissions', 'Arn').toString(),
        DeploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce',
        DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
        },
        AlarmConfiguration: {
          Enabled: true,
          Alarms: [{ Name: alarms.noticesConfirmFunctionErrors.alarmName }],
        },
      },
    });
  }
}
