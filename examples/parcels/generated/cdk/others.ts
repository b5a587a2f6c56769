// @generated from the contracts in spec/; edits are overwritten.

import { Aws, CfnResource, Fn } from 'aws-cdk-lib';
import { Construct } from 'constructs';

import { Gateway } from './gateway';
import { Settings } from './settings';

/** What {@link Others} is made with. */
export interface OthersProps {
  /** Settings that differ between stages. */
  readonly settings: Settings;
  /** The REST API. */
  readonly gateway: Gateway;
}

/** Resources without a CDK class. */
export class Others extends Construct {
  constructor(scope: Construct, id: string, { settings, gateway }: OthersProps) {
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
  }
}
