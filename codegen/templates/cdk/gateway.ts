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
      gatewayValidates ? '{{ deployment }}Strict' : '{{ deployment }}',
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
        {{ access_log_format }},
      ),
      metricsEnabled: true,
      loggingLevel: apigateway.MethodLoggingLevel.ERROR,
      dataTraceEnabled: false,
      throttlingRateLimit: settings.throttleRate,
      throttlingBurstLimit: settings.throttleBurst,
    });
    this.apiStage.node.addDependency(this.apiExecutionLogGroup);
    this.api.deploymentStage = this.apiStage;

{{ invoked }}    for (const target of invoked) {
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
