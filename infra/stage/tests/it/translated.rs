//! What SAM's translator and CloudFormation make of a template, or refuse of it.

use serde_json::{Value, json};
use stage::access::permits;
use stage::{Access, Stage, StageOptions};

use crate::languages::invoke;
use crate::support::{Folder, eventually, recording_log, send};

/// What is told when a template is stood up: lines of its log, or why it cannot be.
async fn told(text: &str) -> (Option<Stage>, String) {
    let folder = Folder::new();
    let template = folder.write("t.yaml", text);
    let (log, lines) = recording_log();
    let options = StageOptions { log, ..StageOptions::new(&template) };
    match Stage::start(options).await {
        Ok(stage) => (Some(stage), lines.lock().unwrap().join("\n")),
        Err(error) => (None, error.to_string()),
    }
}

/// The stage of a template, where permissions are enforced.
async fn enforced(text: &str) -> Result<Stage, String> {
    let folder = Folder::new();
    let template = folder.write("t.yaml", text);
    let (log, _) = recording_log();
    let options = StageOptions { log, access: Access::Enforce, ..StageOptions::new(&template) };
    Stage::start(options).await.map_err(|error| error.to_string())
}

async fn check_refused(text: &str, expected: &str) {
    let (stage, told) = told(text).await;
    assert!(stage.is_none(), "it stands: {text}");
    assert!(told.contains(expected), "{expected}: {told}");
}

const CODE: &str =
    "Runtime: nodejs20.x, Handler: index.handler, InlineCode: 'exports.handler = async () => 1'";

fn sam(rest: &str) -> String {
    format!("Transform: AWS::Serverless-2016-10-31\n{rest}")
}

fn function(properties: &str) -> String {
    sam(&format!(
        "Resources:\n  F: {{Type: AWS::Serverless::Function, Properties: {{{properties}}}}}\n  Q: {{Type: AWS::SQS::Queue}}\n"
    ))
}

#[tokio::test]
async fn what_the_translator_refuses_of_a_function_is_refused() {
    let with = |more: &str| function(&format!("{CODE}, {more}"));
    for (text, expected) in [
        (function("Runtime: nodejs20.x, CodeUri: ."), "property `Handler` is missing"),
        (with("AutoPublishAlias: a*b"), "property `Name` must have letters, digits"),
        (with("AutoPublishAlias: '12'"), "property `Name` must not be a number"),
        (
            with("DeploymentPreference: {Type: AllAtOnce}"),
            "property `AutoPublishAlias` for `DeploymentPreference` is missing",
        ),
        (
            with("ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 1}"),
            "property `AutoPublishAlias` for `ProvisionedConcurrencyConfig` is missing",
        ),
        (
            with("Policies: [{DynamoDBCrudPolicies: {TableName: t}}]"),
            "`DynamoDBCrudPolicies` is not a policy template of SAM",
        ),
        (
            with("Policies: [{DynamoDBCrudPolicy: {Table: t}}]"),
            "the policy template `DynamoDBCrudPolicy` needs `TableName`",
        ),
        (
            with("Events: {A: {Type: HttpApi, Properties: {Path: /a}}}"),
            "event `A` (HttpApi): property `Method` is missing",
        ),
        (
            with(
                "Events: {A: {Type: Schedule, Properties: {Schedule: rate(1 day), Enabled: true, State: ENABLED}}}",
            ),
            "`State` and `Enabled` cannot both be given",
        ),
        (
            with(
                "Events: {A: {Type: Schedule, Properties: {Schedule: rate(1 day), DeadLetterConfig: {Type: SNS}}}}",
            ),
            "property `DeadLetterConfig` may have no `Type` but SQS",
        ),
        (
            with(
                "Events: {A: {Type: Schedule, Properties: {Schedule: rate(1 day), DeadLetterConfig: {Type: SQS, QueueLogicalId: !Ref Q}}}}",
            ),
            "property `DeadLetterConfig` needs a `QueueLogicalId` that is written out",
        ),
        (
            with(
                "Events: {A: {Type: Api, Properties: {Path: /a, Method: get, Auth: {Authorizer: NONE}}}}",
            ),
            "`Authorizer: NONE` needs a `DefaultAuthorizer`",
        ),
        (
            with(
                "Events: {A: {Type: Api, Properties: {Path: /a, Method: get, Auth: {ApiKeyRequired: false}}}}",
            ),
            "`ApiKeyRequired: false` needs `ApiKeyRequired`",
        ),
        (
            with("AutoPublishAlias: '', DeploymentPreference: {Type: AllAtOnce}"),
            "property `AutoPublishAlias` for `DeploymentPreference` is missing",
        ),
        (
            sam(
                "Resources:\n  A: {Type: AWS::Serverless::HttpApi, Properties: {DefinitionBody: {paths: {}}}}\n",
            ),
            "its document has no `openapi`",
        ),
        (
            sam(&format!(
                "Resources:\n  F: {{Type: AWS::Serverless::Function, Properties: {{{CODE}}}}}\n  FRole: {{Type: AWS::SQS::Queue}}\n"
            )),
            "resource `FRole`: SAM makes an `AWS::IAM::Role` of this id",
        ),
    ] {
        check_refused(&text, expected).await;
    }
    let (stage, told) = self::told(&function("Runtime: nodejs20.x, Handler: a.b")).await;
    assert!(stage.is_some(), "{told}");
    for more in [
        "DeploymentPreference: {Type: AllAtOnce, Enabled: false}",
        "Policies: [S3ReadPolicy: {BucketName: b}, SQSPollerPolicy: {QueueName: q}, AmazonSQSFullAccess]",
    ] {
        let (stage, told) = self::told(&with(more)).await;
        assert!(stage.is_some(), "{more}: {told}");
    }
}

#[tokio::test]
async fn what_the_translator_refuses_of_apis_and_globals_is_refused() {
    let api = |properties: &str| {
        sam(&format!(
            "Resources:\n  A: {{Type: AWS::Serverless::Api, Properties: {{StageName: v, {properties}}}}}\n  F: {{Type: \
             AWS::Serverless::Function, Properties: {{{CODE}, Events: {{E: {{Type: Api, Properties: {{Path: /a, Method: get, \
             RestApiId: !Ref A}}}}}}}}}}\n"
        ))
    };
    for (text, expected) in [
        (api("Cors: {AllowOrigins: \"'*'\"}"), "property `Cors` has no `AllowOrigins`"),
        (
            api("GatewayResponses: {UNAUTHORIZED: {Status: 401}}"),
            "property `GatewayResponses.UNAUTHORIZED` has no `Status`",
        ),
        (
            api("GatewayResponses: {UNAUTHORIZED: {StatusCode: four}}"),
            "property `GatewayResponses.UNAUTHORIZED.StatusCode` must be a number",
        ),
        (
            api("Auth: {Authorizers: {X: {FunctionArn: a, Identity: {Headers: Authorization}}}}"),
            "property `Auth.Authorizers.X.Identity.Headers` must be a list of texts",
        ),
        (
            sam(&format!(
                "Globals: {{Api: {{Cors: {{Foo: \"'*'\"}}}}}}\nResources:\n  F: {{Type: AWS::Serverless::Function, Properties: \
                 {{{CODE}, Events: {{E: {{Type: Api, Properties: {{Path: /a, Method: get}}}}}}}}}}\n"
            )),
            "resource `ServerlessRestApi` (AWS::Serverless::Api): property `Cors` has no `Foo`",
        ),
        (
            sam("Globals: {Api: {StageName: v}}\nResources:\n  Q: {Type: AWS::SQS::Queue}\n"),
            "`Globals.Api` may not have `StageName`",
        ),
        (
            sam(
                "Resources:\n  T: {Type: AWS::Serverless::SimpleTable, Properties: {PrimaryKey: {Name: id}}}\n",
            ),
            "property `PrimaryKey.Type` is missing",
        ),
    ] {
        check_refused(&text, expected).await;
    }
}

#[tokio::test]
async fn types_of_sam_need_its_transform() {
    let text = function(CODE).replace("Transform: AWS::Serverless-2016-10-31\n", "");
    let expected = "`AWS::Serverless::Function` are not supported: the template needs `Transform: AWS::Serverless-2016-10-31`";
    check_refused(&text, expected).await;
}

#[tokio::test]
async fn a_resource_may_ignore_globals() {
    let text = sam(&format!(
        "Globals: {{Function: {{Timeout: 7, MemorySize: 256, Environment: {{Variables: {{SHOP: b}}}}}}}}\nResources:\n  \
         All: {{Type: AWS::Serverless::Function, IgnoreGlobals: '*', Properties: {{{CODE}}}}}\n  \
         One: {{Type: AWS::Serverless::Function, IgnoreGlobals: [Timeout], Properties: {{{CODE}}}}}\n"
    ));
    let (stage, told) = told(&text).await;
    let stage = stage.unwrap_or_else(|| panic!("{told}"));
    let url = format!("{}/2015-03-31/functions/", stage.aws_endpoint());
    let all = send("GET", &url, &[], "").await.json();
    for (id, timeout, memory) in [("All", 3, 128), ("One", 3, 256)] {
        let name = stage.function_name(id).unwrap();
        let found = all["Functions"].as_array().unwrap();
        let found = found.iter().find(|one| one["FunctionName"] == name).unwrap();
        let values = (&found["Timeout"], &found["MemorySize"]);
        assert_eq!(values, (&json!(timeout), &json!(memory)), "{id}");
    }
}

#[tokio::test]
async fn events_invoke_the_alias_that_sam_publishes() {
    let text = function(
        "Runtime: nodejs20.x, Handler: index.handler, InlineCode: 'exports.handler = async () => { throw new Error(\"no\") }', \
         AutoPublishAlias: live, EventInvokeConfig: {MaximumRetryAttempts: 0, DestinationConfig: {OnFailure: {Type: SQS, \
         Destination: !GetAtt Q.Arn}}}, Events: {E: {Type: EventBridgeRule, Properties: {Pattern: {source: [a]}}}}",
    );
    let (stage, told) = told(&text).await;
    let stage = stage.unwrap_or_else(|| panic!("{told}"));
    let entry = json!({ "Source": "a", "DetailType": "T", "Detail": "{}" });
    let headers =
        [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", "AWSEvents.PutEvents")];
    let body = json!({ "Entries": [entry] }).to_string();
    assert_eq!(send("POST", stage.aws_endpoint(), &headers, body).await.status, 200);
    let url = stage.queue_url("Q").unwrap();
    let queues = stage.queues().queues();
    let queue = queues.into_iter().find(|one| url.ends_with(one.name())).unwrap();
    let record = eventually("a record", async || queue.peek(1).into_iter().next()).await;
    let record: Value = serde_json::from_str(&record.body).unwrap();
    let arn = record["requestContext"]["functionArn"].as_str().unwrap();
    assert!(arn.ends_with(":function:local-F:live"), "{record}");
    assert_eq!(record["requestContext"]["approximateInvokeCount"], 1);
}

#[tokio::test]
async fn an_implied_api_exists_when_one_of_its_functions_does() {
    let text = |first: &str, second: &str| {
        let one = |id: &str| {
            format!(
                "  {id}: {{Type: AWS::Serverless::Function, Condition: {id}Is, Properties: {{{CODE}, Events: {{E: {{Type: Api, \
                 Properties: {{Path: /{id}, Method: get}}}}}}}}}}\n"
            )
        };
        sam(&format!(
            "Conditions:\n  FIs: !Equals [{first}, b]\n  GIs: !Equals [{second}, b]\nResources:\n{}{}",
            one("F"),
            one("G")
        ))
    };
    for (first, second, n_apis) in [("b", "a", 1), ("a", "b", 1), ("a", "a", 0)] {
        let (stage, told) = told(&text(first, second)).await;
        let stage = stage.unwrap_or_else(|| panic!("{told}"));
        assert_eq!(stage.apis().len(), n_apis, "{first} {second}");
    }
}

#[tokio::test]
async fn what_the_translator_writes_stands() {
    let integration = "x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: !Sub \
                       'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${F.Arn}/invocations'}";
    let policy = "{Statement: {Effect: Allow, Principal: '*', Action: '*', Resource: '*'}}";
    let text = format!(
        "Resources:\n  F: {{Type: AWS::Lambda::Function, Properties: {{Runtime: nodejs20.x, Handler: index.handler, Code: \
         {{ZipFile: 'exports.handler = async () => ({{}})'}}}}}}\n  A: {{Type: AWS::ApiGateway::RestApi, Properties: {{Policy: {policy}, \
         Body: {{paths: {{/a: {{get: {{security: [{{NONE: []}}], {integration}}}}}}}}}}}}}\n  D: {{Type: AWS::ApiGateway::Deployment, Properties: {{RestApiId: !Ref A, \
         StageName: Stage}}}}\n  S: {{Type: AWS::ApiGateway::Stage, Properties: {{RestApiId: !Ref A, DeploymentId: !Ref D, StageName: \
         Prod, CacheClusterEnabled: true}}}}\n"
    );
    let (stage, told) = told(&text).await;
    let stage = stage.unwrap_or_else(|| panic!("{told}"));
    assert!(stage.api_url().ends_with("/Prod"), "{}", stage.api_url());
    for expected in [
        "`D` brings the stage `Stage` of `A`, which is not served",
        "A: has a resource policy, which is checked with `--enforce-iam` alone",
        "`S` has a cache, which the stage has not",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    assert_eq!(send("GET", &format!("{}/a", stage.api_url()), &[], "").await.status, 200);
}

#[tokio::test]
async fn what_api_gateway_refuses_of_paths_and_stages_is_refused() {
    let mock = "AuthorizationType: NONE, Integration: {Type: MOCK, IntegrationResponses: [{StatusCode: 200}]}";
    let text = |resources: &str, stage: &str| {
        format!(
            "Resources:\n  A: {{Type: AWS::ApiGateway::RestApi, Properties: {{Name: a}}}}\n  D: {{Type: AWS::ApiGateway::Deployment, \
             Properties: {{RestApiId: !Ref A, StageName: {stage}}}}}\n{resources}"
        )
    };
    let part = |id: &str, parent: &str, part: &str| {
        format!(
            "  {id}: {{Type: AWS::ApiGateway::Resource, Properties: {{RestApiId: !Ref A, ParentId: {parent}, PathPart: '{part}'}}}}\n"
        )
    };
    let method = |id: &str, at: &str, name: &str| {
        format!(
            "  {id}: {{Type: AWS::ApiGateway::Method, Properties: {{RestApiId: !Ref A, ResourceId: {at}, HttpMethod: {name}, {mock}}}}}\n"
        )
    };
    let root = "!GetAtt A.RootResourceId";
    let get = method("M", root, "GET");
    let two = |first: &str, second: &str| {
        let parts = part("X", root, first) + &part("Y", root, second);
        parts + &method("MX", "!Ref X", "GET") + &method("MY", "!Ref Y", "GET")
    };
    for (resources, stage, expected) in [
        (two("{a}", "{b}"), "v", "below `/` there is the parameter `{a}` already"),
        (two("{a}", "{proxy+}"), "v", "API Gateway takes only one there"),
        (
            two("a", "a"),
            "v",
            "resource `Y` (AWS::ApiGateway::Resource): `X` is `a` of the same parent already",
        ),
        (
            two("a b", "c"),
            "v",
            "resource `X` (AWS::ApiGateway::Resource): property `PathPart` must be one segment",
        ),
        (
            part("X", root, "{proxy+}") + &part("Y", "!Ref X", "a") + &get,
            "v",
            "its parent `X` is the greedy `{proxy+}`, which has no children",
        ),
        (get.clone() + &method("N", root, "GET"), "v", "`M` is `GET` of the same resource already"),
        (method("M", root, "FETCH"), "v", "property `HttpMethod` must be one of ANY, DELETE"),
        (get.clone(), "'a b'", "property `StageName` must have letters, digits"),
    ] {
        check_refused(&text(&resources, stage), expected).await;
    }
    let (stage, told) = told(&text(&(two("{a}", "b") + &get), "v-1_A")).await;
    assert!(stage.is_some(), "{told}");
}

#[tokio::test]
async fn a_qualifier_is_said_once() {
    let text = function(&format!("{CODE}, AutoPublishAlias: live"));
    let (stage, told) = told(&text).await;
    let stage = stage.unwrap_or_else(|| panic!("{told}"));
    let invoke_at = async |name: &str| {
        let url = format!("{}/2015-03-31/functions/{name}", stage.aws_endpoint());
        let answer = send("POST", &url, &[], "{}").await;
        let kind =
            answer.headers.get("x-amzn-errortype").map(|kind| kind.to_str().unwrap().to_owned());
        (answer.status, kind)
    };
    let refused = (400, Some("InvalidParameterValueException".to_owned()));
    assert_eq!(invoke_at("local-F:live/invocations?Qualifier=1").await, refused);
    assert_eq!(invoke_at("local-F:live/invocations?Qualifier=$LATEST").await, refused);
    assert_eq!(invoke_at("local-F:live/invocations?Qualifier=live").await, (200, None));
    assert_eq!(invoke(&stage, "F", json!({})).await, (json!(1), false));
}

#[tokio::test]
async fn a_queue_between_a_topic_and_a_function_may_be_sent_to() {
    let text = sam(&format!(
        "Resources:\n  T: {{Type: AWS::SNS::Topic, Properties: {{FifoTopic: true, TopicName: t.fifo}}}}\n  U: {{Type: \
         AWS::SNS::Topic}}\n  Q: {{Type: AWS::SQS::Queue}}\n  F: {{Type: AWS::Serverless::Function, Properties: {{{CODE}, Events: \
         {{A: {{Type: SNS, Properties: {{Topic: !Ref T, SqsSubscription: true}}}}, B: {{Type: SNS, Properties: {{Topic: !Ref U, \
         SqsSubscription: {{QueueArn: !GetAtt Q.Arn, QueueUrl: !Ref Q}}}}}}}}}}}}\n"
    ));
    let (stage, told) = told(&text).await;
    let stage = stage.unwrap_or_else(|| panic!("{told}"));
    assert!(!told.contains("no policy"), "{told}");
    assert!(stage.queue_url("FAQueue").unwrap().ends_with(".fifo"));
}

#[tokio::test]
async fn stages_name_functions_by_their_variables() {
    let text = |variables: &str| {
        format!(
            "Resources:\n  F: {{Type: AWS::Lambda::Function, Properties: {{FunctionName: shop, Runtime: nodejs20.x, Handler: \
             index.handler, Code: {{ZipFile: 'exports.handler = async () => ({{statusCode: 200}})'}}}}}}\n  A: {{Type: \
             AWS::ApiGateway::RestApi, Properties: {{Body: {{paths: {{/a: {{get: {{x-amazon-apigateway-integration: {{type: aws_proxy, \
             httpMethod: POST, uri: 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:${{stageVariables.name}}/invocations'}}}}}}}}}}}}}}\n  \
             D: {{Type: AWS::ApiGateway::Deployment, Properties: {{RestApiId: !Ref A}}}}\n  S: {{Type: AWS::ApiGateway::Stage, \
             Properties: {{RestApiId: !Ref A, DeploymentId: !Ref D, StageName: v, Variables: {{{variables}}}}}}}\n"
        )
    };
    let (stage, told) = told(&text("name: shop")).await;
    let stage = stage.unwrap_or_else(|| panic!("{told}"));
    assert_eq!(send("GET", &format!("{}/a", stage.api_url()), &[], "").await.status, 200);
    check_refused(&text("other: shop"), "`GET /a`: the stage has no variable `name`").await;
    check_refused(&text("name: nobody"), "`nobody`").await;
}

#[tokio::test]
async fn connectors_are_permissions() {
    let text = |connector: &str| {
        sam(&format!(
            "Resources:\n  T: {{Type: AWS::SNS::Topic}}\n  Q: {{Type: AWS::SQS::Queue}}\n  S: {{Type: AWS::SNS::Subscription, Properties: \
             {{TopicArn: !Ref T, Protocol: sqs, Endpoint: !GetAtt Q.Arn}}}}\n  R: {{Type: AWS::Events::Rule, Properties: {{EventPattern: \
             {{source: [a]}}, Targets: [{{Id: a, Arn: !GetAtt F.Arn}}, {{Id: b, Arn: !Ref T}}]}}}}\n  F: {{Type: AWS::Serverless::Function, \
             Properties: {{{CODE}}}}}\n{connector}"
        ))
    };
    let (_stage, without) = told(&text("")).await;
    for service in
        ["sns.amazonaws.com to sqs:SendMessage", "to lambda:InvokeFunction", "to sns:Publish"]
    {
        assert!(without.contains(service), "{service}: {without}");
    }
    let ends = |id: &str, source: &str, to: &str| {
        format!(
            "  {id}: {{Type: AWS::Serverless::Connector, Properties: {{Source: {{Id: {source}}}, Destination: {to}, Permissions: \
             [Write]}}}}\n"
        )
    };
    let connectors = ends("C", "T", "{Id: Q}") + &ends("D", "R", "[{Id: F}, {Id: T}]");
    let (stage, with) = told(&text(&connectors)).await;
    assert!(stage.is_some() && !with.contains("no policy"), "{with}");
}

#[tokio::test]
async fn connectors_let_lambda_read_queues_and_streams_for_functions() {
    let text = |connectors: &str| {
        sam(&format!(
            "Resources:\n  Q: {{Type: AWS::SQS::Queue}}\n  T: {{Type: AWS::DynamoDB::Table, Properties: {{KeySchema: [{{AttributeName: a, \
             KeyType: HASH}}], AttributeDefinitions: [{{AttributeName: a, AttributeType: S}}], StreamSpecification: {{StreamViewType: \
             KEYS_ONLY}}}}}}\n  F: {{Type: AWS::Serverless::Function, Properties: {{{CODE}}}}}\n  M: {{Type: \
             AWS::Lambda::EventSourceMapping, Properties: {{EventSourceArn: !GetAtt Q.Arn, FunctionName: !Ref F}}}}\n{connectors}"
        ))
    };
    let refused = enforced(&text("")).await.err().unwrap();
    assert!(refused.contains("the event source mapping `M` cannot work"), "{refused}");
    let ends = |source: &str| {
        format!(
            "  C{source}: {{Type: AWS::Serverless::Connector, Properties: {{Source: {{Id: {source}}}, Destination: {{Id: F}}, \
             Permissions: [Read, Write]}}}}\n"
        )
    };
    let stage = enforced(&text(&(ends("Q") + &ends("T")))).await.unwrap();
    let stream = "arn:aws:dynamodb:us-east-1:000000000000:table/local-T/stream/x";
    for (action, is_allowed) in [("dynamodb:GetRecords", true), ("dynamodb:GetItem", false)] {
        assert_eq!(permits(&stage.plan().roles[0], action, stream, &[]), is_allowed, "{action}");
    }
}

#[tokio::test]
async fn roles_that_sam_makes_allow_what_lambda_does_with_them() {
    let text = |properties: &str| {
        sam(&format!(
            "Resources:\n  Q: {{Type: AWS::SQS::Queue}}\n  N: {{Type: AWS::SNS::Topic}}\n  T: {{Type: AWS::DynamoDB::Table, Properties: \
             {{KeySchema: [{{AttributeName: a, KeyType: HASH}}], AttributeDefinitions: [{{AttributeName: a, AttributeType: S}}], \
             StreamSpecification: {{StreamViewType: KEYS_ONLY}}}}}}\n  F: {{Type: AWS::Serverless::Function, Properties: {{{CODE}, \
             {properties}}}}}\n"
        ))
    };
    let by_table = "Events: {A: {Type: DynamoDB, Properties: {Stream: !GetAtt T.StreamArn, StartingPosition: LATEST, DestinationConfig: \
                    {OnFailure: {Type: SQS, Destination: !GetAtt Q.Arn}}}}}";
    let queue = "arn:aws:sqs:us-east-1:000000000000:local-Q";
    let made = "arn:aws:sqs:us-east-1:000000000000:local-FEventInvokeConfigOnFailureQueue";
    let topic = "arn:aws:sns:us-east-1:000000000000:local-N";
    for (properties, action, resource, is_allowed) in [
        ("Timeout: 3", "sqs:ReceiveMessage", queue, false),
        ("Timeout: 3", "xray:PutTraceSegments", "*", false),
        (
            "Events: {A: {Type: SQS, Properties: {Queue: !GetAtt Q.Arn}}}",
            "sqs:ReceiveMessage",
            queue,
            true,
        ),
        (
            "Events: {A: {Type: SNS, Properties: {Topic: !Ref N, SqsSubscription: true}}}",
            "sqs:DeleteMessage",
            queue,
            true,
        ),
        (
            "Events: {A: {Type: SNS, Properties: {Topic: !Ref N, SqsSubscription: false}}}",
            "sqs:DeleteMessage",
            queue,
            false,
        ),
        (by_table, "dynamodb:GetRecords", "*", true),
        (by_table, "sqs:SendMessage", queue, true),
        ("DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Q.Arn}", "sqs:SendMessage", queue, true),
        ("DeadLetterQueue: {Type: SNS, TargetArn: !Ref N}", "sns:Publish", topic, true),
        (
            "EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS}}}",
            "sqs:SendMessage",
            made,
            true,
        ),
        ("Tracing: Active", "xray:PutTraceSegments", "*", true),
    ] {
        let stage = enforced(&text(properties)).await;
        let stage = stage.unwrap_or_else(|told| panic!("{properties}: {told}"));
        let role = stage.plan().roles.iter().find(|role| role.id == "FRole").unwrap();
        let found = permits(role, action, resource, &[]);
        assert_eq!(found, is_allowed, "{properties}: {action}");
    }
}
