//! Templates: what they come down to, and every refusal with its place.

use std::collections::BTreeMap;
use std::path::Path;

use stage::template::{Integration, Plan, Surroundings, Template, TemplateError};

fn surroundings() -> Surroundings {
    Surroundings {
        exports: Default::default(),
        region: "us-east-1".to_owned(),
        account: "000000000000".to_owned(),
        stack: "local".to_owned(),
        endpoint: "http://127.0.0.1:1".to_owned(),
        allow_inert: false,
        stored: Default::default(),
        languages: Default::default(),
    }
}

fn plan_with(text: &str, overrides: &[(&str, &str)]) -> Result<Plan, TemplateError> {
    let overrides: BTreeMap<String, String> =
        overrides.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Template::parse(Path::new("t.yaml"), text)?.plan(&overrides, &surroundings())
}

/// Checks that the template is refused with exactly these lines.
#[track_caller]
fn check_refused(text: &str, expected: &[&str]) {
    let error = plan_with(text, &[]).map(|_| "a plan").unwrap_err().to_string();
    assert_eq!(error.lines().collect::<Vec<_>>(), expected);
}

/// Checks what an expression comes down to, with some things around it to refer to.
#[track_caller]
fn check_value(expression: &str, expected: &str) {
    let text = format!(
        "Parameters:\n  Size: {{Type: Number, Default: 3}}\n  Names: {{Type: CommaDelimitedList, Default: 'a, b'}}\n\
         Mappings:\n  Regions: {{us-east-1: {{Zone: one}}}}\n\
         Conditions:\n  IsBig: !Not [!Equals [!Ref Size, 3]]\n  Both: !Or [!Condition IsBig, !Equals [a, a]]\n\
         Resources:\n  Inbox: {{Type: 'AWS::SQS::Queue'}}\n  Ordered: {{Type: 'AWS::SQS::Queue', Properties: {{FifoQueue: true}}}}\n  \
         Bus: {{Type: 'AWS::Events::EventBus', Properties: {{Name: main}}}}\n\
         Outputs:\n  Value: {{Value: {expression}}}\n"
    );
    let plan = plan_with(&text, &[]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(plan.outputs["Value"], expected, "{expression}");
}

#[test]
fn intrinsics_come_down_to_values_in_both_forms() {
    check_value("!Ref Size", "3");
    check_value("{Ref: 'AWS::Region'}", "us-east-1");
    check_value("!Sub '${AWS::StackName}-${Size}-${!Literal}'", "local-3-${Literal}");
    check_value(
        "{'Fn::Sub': ['${a}/${Bus.Arn}', {a: !Ref Size}]}",
        "3/arn:aws:events:us-east-1:000000000000:event-bus/main",
    );
    check_value("!Join ['-', [a, !Ref Size]]", "a-3");
    check_value("!Select [1, !Ref Names]", "b");
    check_value("!Select [1, !Split ['/', x/y/z]]", "y");
    check_value("!FindInMap [Regions, !Ref 'AWS::Region', Zone]", "one");
    check_value("!If [IsBig, big, small]", "small");
    check_value("!If [Both, big, small]", "big");
    check_value("{'Fn::Base64': hi}", "aGk=");
    check_value("!Ref Inbox", "http://127.0.0.1:1/000000000000/local-Inbox");
    check_value("!GetAtt Inbox.Arn", "arn:aws:sqs:us-east-1:000000000000:local-Inbox");
    check_value("{'Fn::GetAtt': [Ordered, QueueName]}", "local-Ordered.fifo");
    check_value("!Ref Bus", "main");
}

/// A template of a few lines must not stand for more text than a template may have, nor take time for what stands for
/// nothing.
#[test]
fn texts_that_multiply_are_refused_soon() {
    let of = |value: &str| {
        let long = "a".repeat(4_000);
        format!(
            "Parameters:\n  Long: {{Type: String, Default: {long}}}\nResources: {{Bus: {{Type: 'AWS::Events::EventBus', Properties: {{Name: main}}}}}}\nOutputs:\n  Value: {{Value: {value}}}\n"
        )
    };
    let many = "${Long}".repeat(1_000);
    let list = "a, ".repeat(1_000);
    for value in [format!("!Sub '{many}'"), format!("!Join [{}, [{list}a]]", "b".repeat(2_000))] {
        let error = plan_with(&of(&value), &[]).map(|_| "a plan").unwrap_err().to_string();
        assert!(error.contains("the text has more than 1048576 bytes"), "{error}");
        assert!(error.len() < 500, "{error}");
    }
    let of_loop = |n: usize, body: String| {
        let values: Vec<String> = (0..60).map(|value| format!("v{value}")).collect();
        format!("{{'Fn::ForEach::L{n}': [X{n}, [{}], {body}]}}", values.join(", "))
    };
    let loops =
        (0..5).fold("{'${X0}${X1}${X2}${X3}${X4}': a}".to_owned(), |body, n| of_loop(n, body));
    let text = format!("Transform: AWS::LanguageExtensions\nResources: {loops}\n");
    let error = plan_with(&text, &[]).map(|_| "a plan").unwrap_err().to_string();
    assert!(error.contains("stand for more than"), "{error}");
    assert!(error.lines().count() < 10, "{error}");
    let nested = (0..25).fold("''".to_owned(), |inner, _| {
        format!("{{'Fn::Sub': ['${{a}}${{a}}${{a}}', {{a: {inner}}}]}}")
    });
    let plan = plan_with(&of(&nested), &[]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(plan.outputs["Value"], "");
}

#[test]
fn the_generated_form_of_a_template_is_read_as_well_as_a_hand_written_one() {
    let text = include_str!("../cases/stage.yaml");
    let plan = plan_with(text, &[("StageName", "other")]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(plan.apis[0].stage, "other");
    let route = plan.apis[0].routes.iter().find(|route| route.path == "/slow/{proxy+}").unwrap();
    assert!(
        matches!(&route.integration, Integration::Function { name, timeout, .. } if name == "local-echo" && timeout.as_millis() == 200)
    );
    let queue = plan.queues.iter().find(|queue| queue.id == "WorkQueue").unwrap();
    assert_eq!(queue.attributes["VisibilityTimeout"], "1");
    assert_eq!(
        queue.dead_letter.as_deref(),
        Some("arn:aws:sqs:us-east-1:000000000000:local-DeadQueue")
    );
    assert_eq!(plan.queues.last().unwrap().id, "WorkQueue", "a dead-letter queue comes first");
    let mapping = &plan.mappings[0];
    assert_eq!(
        (mapping.batch_size, mapping.max_concurrency, mapping.reports_item_failures),
        (10, Some(2), true)
    );
    assert_eq!(plan.functions[0].reserved_concurrency, None);
    assert!(plan.inert.iter().any(|one| one.kind == "AWS::IAM::Role"));
}

#[test]
fn types_and_properties_that_are_not_supported_are_refused_by_name_and_all_at_once() {
    check_refused(
        "Resources:\n  Topic:\n    Type: AWS::Kinesis::Stream\n  Inbox:\n    Type: AWS::SQS::Queue\n    Properties:\n      \
         DelaySeconds: 1000\n      Colour: red\n",
        &[
            "t.yaml:2: resource `Topic`: resources of type `AWS::Kinesis::Stream` are not supported; use --allow-inert to skip it",
            "t.yaml:7: resource `Inbox` (AWS::SQS::Queue): property `DelaySeconds` must be an integer from 0 to 900",
            "t.yaml:8: resource `Inbox` (AWS::SQS::Queue): property `Colour` is not supported by the stage; use --allow-inert to skip it",
        ],
    );
}

#[test]
fn properties_inside_of_properties_are_refused_with_their_path() {
    check_refused(
        "Resources:\n  Rule:\n    Type: AWS::Events::Rule\n    Properties:\n      EventPattern: {source: [a]}\n      \
         Targets:\n        - Id: one\n          Arn: arn:aws:ecs:::cluster\n          EcsParameters: {}\n",
        &[
            "t.yaml:8: resource `Rule` (AWS::Events::Rule): property `Targets[0].Arn` must be that of a queue, function, topic, bus or log group; other targets are not supported; use --allow-inert to skip it",
        ],
    );
}

#[test]
fn times_and_patterns_that_are_none_are_refused_where_they_stand() {
    let schedule = |property: &str| {
        format!(
            "Resources:\n  S:\n    Type: AWS::Scheduler::Schedule\n    Properties:\n      ScheduleExpression: rate(1 day)\n      {property}\n      \
             Target: {{Arn: 'arn:aws:sqs:us-east-1:000000000000:q', RoleArn: r}}\n"
        )
    };
    let at = "t.yaml:6: resource `S` (AWS::Scheduler::Schedule): property";
    check_refused(
        &schedule("ScheduleExpressionTimezone: Mars/Olympus"),
        &[&format!(
            "{at} `ScheduleExpressionTimezone` `Mars/Olympus` is not a time zone of this machine (/usr/share/zoneinfo); install tzdata"
        )],
    );
    check_refused(
        &schedule("StartDate: soon"),
        &[&format!("{at} `StartDate` must be a time like `2030-01-31T12:00:00Z`, not `soon`")],
    );
    let rule = |properties: &str| {
        format!(
            "Resources:\n  R:\n    Type: AWS::Events::Rule\n    Properties:\n      {properties}\n"
        )
    };
    let at = "t.yaml:5: resource `R` (AWS::Events::Rule): property";
    check_refused(
        &rule("ScheduleExpression: rate(5 minute)"),
        &[&format!(
            "{at} `ScheduleExpression` must be like `rate(5 minutes)` or `cron(0 12 * * ? *)`, not `rate(5 minute)`"
        )],
    );
    check_refused(
        &rule("EventPattern: {source: shop}"),
        &[&format!(
            "{at} `EventPattern` is not valid: Event pattern is not valid. Reason: \"source\" must be an object or an array at `source`"
        )],
    );
}

#[test]
fn an_api_of_websockets_is_refused_once() {
    check_refused(
        "Resources:\n  Chat:\n    Type: AWS::ApiGatewayV2::Api\n    Properties:\n      ProtocolType: WEBSOCKET\n      RouteSelectionExpression: $request.body.action\n  \
         Connect:\n    Type: AWS::ApiGatewayV2::Route\n    Properties: {ApiId: !Ref Chat, RouteKey: $connect, RouteResponseSelectionExpression: $default}\n  \
         Answer: {Type: 'AWS::ApiGatewayV2::RouteResponse', Properties: {ApiId: !Ref Chat, RouteId: !Ref Connect, RouteResponseKey: $default}}\n",
        &[
            "t.yaml:5: resource `Chat` (AWS::ApiGatewayV2::Api): property `ProtocolType` must be `HTTP`: WebSocket APIs are not supported; use --allow-inert to skip it",
        ],
    );
}

#[test]
fn a_rule_of_a_bus_that_does_not_exist_is_refused_where_it_stands() {
    check_refused(
        "Resources:\n  Rule:\n    Type: AWS::Events::Rule\n    Properties:\n      EventBusName: other\n      EventPattern: {source: [a]}\n",
        &[
            "t.yaml:2: resource `Rule`: its bus `other` is not an `AWS::Events::EventBus` of the template: declare it, or use the default one",
        ],
    );
}

#[test]
fn references_that_lead_nowhere_or_in_a_circle_are_refused() {
    check_refused(
        "Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: !Ref Nobody}\n",
        &["t.yaml:4: resource `A`: the parameter or resource `Nobody` does not exist"],
    );
    check_refused(
        "Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: !GetAtt B.QueueName}\n  B:\n    \
         Type: AWS::SQS::Queue\n    Properties: {QueueName: !GetAtt A.QueueName}\n",
        &[
            "t.yaml:4: resource `B`: `B` refers to itself",
            "t.yaml:7: resource `A`: `A` refers to itself",
        ],
    );
    check_refused(
        "Resources:\n  A:\n    Type: AWS::SQS::Queue\n    DependsOn: B\n",
        &["t.yaml:4: resource `A`: it depends on `B`, which does not exist"],
    );
    check_refused(
        "Conditions:\n  Never: !Equals [a, b]\nResources:\n  A:\n    Type: AWS::SQS::Queue\n    Condition: Never\n  B:\n    \
         Type: AWS::SQS::Queue\n    Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt A.Arn, maxReceiveCount: 2}}\n",
        &[
            "t.yaml:9: resource `B` (AWS::SQS::Queue): property `RedrivePolicy`: `A` does not exist, because its condition `Never` is false",
        ],
    );
}

#[test]
fn what_only_aws_knows_is_refused() {
    check_refused(
        "Transform: AWS::Include\nResources:\n  A: {Type: 'AWS::SQS::Queue'}\n",
        &[
            "t.yaml:1: template: the transform `AWS::Include` runs only in AWS; use the expanded template instead",
        ],
    );
    check_refused(
        "Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: !ImportValue x}\n",
        &[
            "t.yaml:4: resource `A`: no stack exports `x`; pass the template that does with --template before this one, or add the value to `Metadata.LocalExports`",
        ],
    );
}

#[test]
fn tables_that_are_in_aws_already_are_made() {
    let text = "Metadata:\n  LocalExports: {data-Name: theirs}\n  LocalTables:\n    TheirTable:\n      TableName: !ImportValue data-Name\n\
                \x20     AttributeDefinitions: [{AttributeName: id, AttributeType: S}]\n      KeySchema: [{AttributeName: id, KeyType: HASH}]\n\
                Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: !Sub ['of-${T}', {T: !ImportValue data-Name}]}\n";
    let plan = plan_with(text, &[]).unwrap();
    assert_eq!(
        (plan.tables[0].id.as_str(), plan.tables[0].name.as_str()),
        ("TheirTable", "theirs")
    );
    assert_eq!(plan.queues[0].name, "of-theirs");
}

#[test]
fn parameters_are_checked_as_cloudformation_would() {
    let text = "Parameters:\n  Size: {Type: Number, MinValue: 2, MaxValue: 5}\n  Kind: {Type: String, Default: a, AllowedValues: [a, b]}\n\
                Resources:\n  A: {Type: 'AWS::SQS::Queue'}\n";
    let message = |overrides| plan_with(text, overrides).map(|_| "a plan").unwrap_err().to_string();
    assert_eq!(
        message(&[]),
        "t.yaml:2: parameter `Size`: it has no default; pass a value with --parameter"
    );
    assert_eq!(
        message(&[("Size", "9")]),
        "t.yaml:2: parameter `Size`: `9` is above its `MaxValue`"
    );
    assert_eq!(message(&[("Size", "x")]), "t.yaml:2: parameter `Size`: `x` is not a number");
    assert_eq!(
        message(&[("Size", "3"), ("Kind", "c")]),
        "t.yaml:3: parameter `Kind`: `c` is not allowed; allowed values are: a, b"
    );
    assert!(plan_with(text, &[("Size", "3")]).is_ok());
}

#[test]
fn text_that_is_no_template_is_refused_and_never_hangs_or_panics() {
    check_refused("", &["t.yaml: template: it is empty"]);
    check_refused("- a\n", &["t.yaml:1: template: it must be a map, not a list"]);
    check_refused("Resources: {}\n", &["t.yaml: template: it has no `Resources`"]);
    check_refused(
        "Resources:\n  A: 1\n  A: 2\n",
        &["t.yaml:3: template: the key `A` occurs twice"],
    );
    check_refused(
        "Resources:\n  A: !Nonsense x\n",
        &["t.yaml:2: template: the tag `!Nonsense` is not an intrinsic function"],
    );
    let deep = format!("Resources: {}{}", "[".repeat(5_000), "]".repeat(5_000));
    assert!(plan_with(&deep, &[]).is_err());
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let alias = format!("*a{}", level - 1);
        bomb.push_str(&format!("a{level}: &a{level} [{}]\n", vec![alias; 10].join(", ")));
    }
    let error = plan_with(&bomb, &[]).map(|_| "a plan").unwrap_err().to_string();
    assert!(error.contains("more than 500000 values"), "{error}");
}

#[test]
fn a_route_must_lead_to_a_function_of_the_template_without_a_guard_that_the_stage_lacks() {
    let api = |integration: &str| {
        format!(
            "Resources:\n  Api:\n    Type: AWS::ApiGateway::RestApi\n    Properties:\n      Body:\n        paths:\n          \
             /a:\n            get:\n              {integration}\n  Deployment:\n    Type: AWS::ApiGateway::Deployment\n    \
             Properties: {{RestApiId: !Ref Api, StageName: dev}}\n"
        )
    };
    let subject = "resource `Api` (AWS::ApiGateway::RestApi)";
    let uri = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:0:function:f/invocations";
    check_refused(
        &api(&format!("x-amazon-apigateway-integration: {{type: aws_proxy, uri: '{uri}'}}")),
        &[&format!(
            "t.yaml:2: {subject}: `GET /a` refers to `f`, which is not a function of the template"
        )],
    );
    check_refused(
        &api("x-amazon-apigateway-integration: {type: http_proxy, uri: 'http://x'}"),
        &[&format!(
            "t.yaml:9: {subject}: `GET /a`: integrations of type `http_proxy` are not supported, only `aws_proxy`, `aws` and `mock`; use --allow-inert to skip it"
        )],
    );
    check_refused(
        &api("x-amazon-apigateway-request-validator: strict"),
        &[&format!("t.yaml:8: {subject}: `GET /a`: the request validator `strict` does not exist")],
    );
    let checked = api(&format!(
        "{{x-amazon-apigateway-request-validator: strict, requestBody: {{content: {{text/x: {{schema: {{type: text}}}}}}}}, \
         x-amazon-apigateway-integration: {{type: aws_proxy, uri: '{uri}'}}}}"
    ));
    let strict = "      Body:\n        x-amazon-apigateway-request-validators: {strict: {validateRequestBody: true}}\n";
    let refused = plan_with(&checked.replace("      Body:\n", strict), &[]).map(|_| "a plan");
    let told = refused.unwrap_err().to_string();
    let place = format!("t.yaml:10: {subject}: the schema of this body cannot be read: ");
    assert!(told.contains(&place), "{told}");
}

#[test]
fn what_aws_refuses_or_loses_is_refused() {
    let resources = |text: &str| format!("Resources:\n{text}");
    let function = "  Fn: {Type: 'AWS::Lambda::Function', Properties: {FunctionName: F, Runtime: provided.al2023, Handler: bootstrap, Code: ./fn, Timeout: 60}}\n";
    let queue = |properties: &str| {
        format!("  Q: {{Type: 'AWS::SQS::Queue', Properties: {{{properties}}}}}\n")
    };
    let mapping = "  M: {Type: 'AWS::Lambda::EventSourceMapping', Properties: {EventSourceArn: !GetAtt Q.Arn, FunctionName: !Ref Fn}}\n";
    for (hidden, shown) in [("VisibilityTimeout: 10", 10), ("QueueName: Q", 30)] {
        check_refused(
            &resources(&(function.to_owned() + &queue(hidden) + mapping)),
            &[&format!(
                "t.yaml:4: resource `M`: the visibility timeout of the queue `Q` is {shown} s, but the timeout of the function `Fn` is 60 s: AWS refuses this"
            )],
        );
    }
    assert!(
        plan_with(
            &resources(&(function.to_owned() + &queue("VisibilityTimeout: 60") + mapping)),
            &[]
        )
        .is_ok()
    );
    let rule = "  R: {Type: 'AWS::Events::Rule', Properties: {EventPattern: {source: [a]}, Targets: [{Id: t, Arn: !GetAtt Q.Arn, SqsParameters: {MessageGroupId: g}}]}}\n";
    check_refused(
        &resources(&(queue("QueueName: Q.fifo, FifoQueue: true") + rule)),
        &[
            "t.yaml:3: resource `R`: its target, the FIFO queue `Q`, needs a deduplication ID or `ContentBasedDeduplication`: otherwise every event is lost",
        ],
    );
    let rule = rule.replace(", SqsParameters: {MessageGroupId: g}", "");
    check_refused(
        &resources(&(queue("QueueName: Q, KmsMasterKeyId: alias/aws/sqs") + &rule)),
        &[
            "t.yaml:3: resource `R`: its target, the queue `Q`, uses the key `alias/aws/sqs`, which EventBridge may not use: every event would be lost; use `SqsManagedSseEnabled`, or your own key",
        ],
    );
    check_refused(
        &resources(
            "  A: {Type: 'AWS::SQS::Queue', DependsOn: B}\n  B: {Type: 'AWS::SQS::Queue', DependsOn: [A]}\n",
        ),
        &["t.yaml:2: resource `A`: resources depend on each other: `A` → `B` → `A`"],
    );
    let long = "x".repeat(81);
    check_refused(
        &resources(&queue(&format!("QueueName: {long}"))),
        &[&format!("t.yaml:2: resource `Q`: its name `{long}` has 81 characters; AWS allows 80")],
    );
}

#[test]
fn what_the_stage_does_not_have_is_left_out_on_request_and_told() {
    let text = "Resources:\n  Stream:\n    Type: AWS::Kinesis::Stream\n  Inbox:\n    Type: AWS::SQS::Queue\n    Properties:\n      \
                Colour: !GetAtt Stream.Colour\n      DelaySeconds: 3\n";
    let around = Surroundings { allow_inert: true, ..surroundings() };
    let template = Template::parse(Path::new("t.yaml"), text).unwrap();
    let plan = template.plan(&BTreeMap::new(), &around).unwrap();
    assert_eq!(plan.queues[0].attributes["DelaySeconds"], "3");
    assert_eq!(plan.left_out.len(), 2);
    assert!(
        plan.left_out[0].starts_with("t.yaml:2: resource `Stream`: resources of type `AWS::Kinesis::Stream` are not supported"),
        "{:?}",
        plan.left_out
    );
    // What is wrong in itself stays wrong.
    let wrong = text.replace("DelaySeconds: 3", "DelaySeconds: 1000");
    let template = Template::parse(Path::new("t.yaml"), &wrong).unwrap();
    let error = template.plan(&BTreeMap::new(), &around).map(|_| "a plan").unwrap_err();
    assert_eq!(error.to_string().lines().count(), 1, "{error}");
}

/// CloudFormation shortens names that it makes, so only names that people write can be too long.
#[test]
fn names_that_are_made_here_are_never_too_long() {
    let id = "A".repeat(90);
    let code = "{Runtime: nodejs20.x, Handler: i.h, Code: {ZipFile: ''}, Role: r}";
    let text = format!(
        "Resources:\n  {id}: {{Type: 'AWS::Lambda::Function', Properties: {code}}}\n  {id}B: {{Type: 'AWS::Lambda::Function', \
         Properties: {code}}}\n  {id}Q: {{Type: 'AWS::SQS::Queue', Properties: {{FifoQueue: true}}}}\n  Short: \
         {{Type: 'AWS::SQS::Queue'}}\n"
    );
    let plan = plan_with(&text, &[]).unwrap_or_else(|error| panic!("{error}"));
    let names: Vec<&str> = plan.functions.iter().map(|one| one.name.as_str()).collect();
    assert!(names[0] != names[1] && names.iter().all(|name| name.len() <= 64), "{names:?}");
    let queue = &plan.queues[0].name;
    assert!(queue.ends_with(".fifo") && queue.len() <= 80, "{queue}");
    assert_eq!(plan.queues[1].name, "local-Short");
}

#[test]
fn routes_of_an_integration_that_is_left_out_are_left_out_too() {
    let route = |id: &str, key: &str, integration: &str| {
        format!(
            "  {id}: {{Type: 'AWS::ApiGatewayV2::Route', Properties: {{ApiId: !Ref Api, RouteKey: '{key}', Target: !Sub \
             'integrations/${{{integration}}}'}}}}\n"
        )
    };
    let text = format!(
        "Resources:\n  Api: {{Type: 'AWS::ApiGatewayV2::Api', Properties: {{Name: a, ProtocolType: HTTP}}}}\n  Stage: {{Type: \
         'AWS::ApiGatewayV2::Stage', Properties: {{ApiId: !Ref Api, StageName: $default}}}}\n  F: {{Type: 'AWS::Lambda::Function', \
         Properties: {{Runtime: nodejs20.x, Handler: i.h, Code: {{ZipFile: ''}}, Role: r}}}}\n  Elsewhere: {{Type: \
         'AWS::ApiGatewayV2::Integration', Properties: {{ApiId: !Ref Api, IntegrationType: HTTP_PROXY, IntegrationUri: \
         'https://example.com', IntegrationMethod: ANY, PayloadFormatVersion: '1.0', TlsConfig: {{}}}}}}\n  Here: {{Type: \
         'AWS::ApiGatewayV2::Integration', Properties: {{ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt \
         F.Arn, PayloadFormatVersion: '2.0'}}}}\n{}{}",
        route("Away", "GET /away", "Elsewhere"),
        route("Near", "GET /near", "Here")
    );
    let around = Surroundings { allow_inert: true, ..surroundings() };
    let template = Template::parse(Path::new("t.yaml"), &text).unwrap();
    let plan = template.plan(&BTreeMap::new(), &around).unwrap_or_else(|error| panic!("{error}"));
    let routes: Vec<&str> = plan.apis[0].routes.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(routes, ["/near"]);
    assert_eq!(plan.left_out.len(), 2, "{:?}", plan.left_out);
    let told = plan.left_out.join("\n");
    assert!(told.contains("resource `Away`") && told.contains("`GET /away`"), "{told}");
    assert!(told.contains("differs from AWS") && !told.contains("--allow-inert"), "{told}");
}

#[test]
fn a_schedule_puts_events_on_a_bus_only_with_their_source_and_type() {
    let schedule = |target: &str| {
        format!(
            "Resources:\n  Bus: {{Type: 'AWS::Events::EventBus', Properties: {{Name: b}}}}\n  Q: {{Type: 'AWS::SQS::Queue'}}\n  S:\n    \
             Type: AWS::Scheduler::Schedule\n    Properties:\n      ScheduleExpression: rate(1 minute)\n      \
             FlexibleTimeWindow: {{Mode: 'OFF'}}\n      Target: {{{target}}}\n"
        )
    };
    let event = "EventBridgeParameters: {DetailType: a, Source: b}";
    let plan = plan_with(&schedule(&format!("Arn: !GetAtt Bus.Arn, {event}")), &[]);
    let plan = plan.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(plan.rules[0].targets[0].event_of, Some(("a".to_owned(), "b".to_owned())));
    let subject = "t.yaml:9: resource `S` (AWS::Scheduler::Schedule): property `Target.";
    check_refused(
        &schedule("Arn: !GetAtt Bus.Arn"),
        &[&format!(
            "{subject}EventBridgeParameters` is missing: the event on a bus needs a `DetailType` and a `Source`"
        )],
    );
    check_refused(
        &schedule(&format!("Arn: !GetAtt Q.Arn, {event}")),
        &[&format!("{subject}EventBridgeParameters` is only for targets that are event buses")],
    );
    check_refused(
        &schedule("Arn: !GetAtt Bus.Arn, EventBridgeParameters: {DetailType: a, Source: aws.b}"),
        &[&format!(
            "{subject}EventBridgeParameters.Source` must not begin with `aws.`, which only AWS may use"
        )],
    );
}

#[test]
fn parameters_of_the_parameter_store_are_refused_only_where_something_needs_them() {
    let text = |value: &str| {
        format!(
            "Parameters:\n  Version: {{Type: 'AWS::SSM::Parameter::Value<String>', Default: /app/version}}\nResources:\n  \
             A: {{Type: 'AWS::SQS::Queue'}}\n  Stored: {{Type: 'AWS::SSM::Parameter', Properties: {{Type: String, Name: \
             /app/{value}, Value: '7'}}}}\nOutputs:\n  V: {{Value: !Ref Version}}\n"
        )
    };
    assert_eq!(plan_with(&text("version"), &[]).unwrap().outputs["V"], "7");
    assert_eq!(plan_with(&text("other"), &[("Version", "8")]).unwrap().outputs["V"], "8");
    check_refused(
        &text("other"),
        &[
            "t.yaml:7: output `V`: the parameter `Version` is `/app/version` in the SSM Parameter Store, which the stage does not emulate; pass its value with --parameter Version=VALUE",
        ],
    );
    let unused = text("other").replace("!Ref Version", "none");
    assert_eq!(plan_with(&unused, &[]).unwrap().outputs["V"], "none");
}

#[test]
fn pools_of_users_and_archives_have_names_as_in_aws() {
    let text = "Resources:\n  Pool: {Type: 'AWS::Cognito::UserPool'}\n  Bus: {Type: 'AWS::Events::EventBus', Properties: {Name: main}}\n  \
                Kept: {Type: 'AWS::Events::Archive', Properties: {SourceArn: !GetAtt Bus.Arn, RetentionDays: 3, EventPattern: {source: [a]}}}\n\
                Outputs:\n  Pool: {Value: !Ref Pool}\n  Arn: {Value: !GetAtt Pool.Arn}\n";
    let plan = plan_with(text, &[]).unwrap();
    let pool = &plan.outputs["Pool"];
    assert_eq!((pool.len(), &pool[..10]), (19, "us-east-1_"));
    assert_eq!(
        plan.outputs["Arn"],
        format!("arn:aws:cognito-idp:us-east-1:000000000000:userpool/{pool}")
    );
    let archive = &plan.archives[0];
    assert_eq!(
        (archive.bus.as_str(), archive.retention_days),
        ("arn:aws:events:us-east-1:000000000000:event-bus/main", Some(3))
    );
}

/// What `cdk synth` writes for `addMethod("ANY")` and for templates of a proxy: AWS takes both.
#[test]
fn methods_without_a_response_and_proxies_with_templates_stand() {
    let method = |verb: &str, integration: &str| {
        format!(
            "  {verb}:\n    Type: AWS::ApiGateway::Method\n    Properties:\n      HttpMethod: {verb}\n      AuthorizationType: NONE\n      \
             ResourceId: !GetAtt Api.RootResourceId\n      RestApiId: !Ref Api\n      Integration: {integration}\n"
        )
    };
    let proxy = "{Type: AWS_PROXY, IntegrationHttpMethod: POST, RequestTemplates: {application/json: x}, \
                 Uri: !Sub 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${Work.Arn}/invocations'}";
    let text = format!(
        "Resources:\n  Api: {{Type: 'AWS::ApiGateway::RestApi', Properties: {{Name: a}}}}\n  \
             Deployment: {{Type: 'AWS::ApiGateway::Deployment', Properties: {{RestApiId: !Ref Api, StageName: live}}}}\n  Work:\n    Type: AWS::Lambda::Function\n    \
         Properties: {{Runtime: nodejs20.x, Handler: index.handler, Code: {{ZipFile: x}}}}\n{}{}",
        method("ANY", "{Type: MOCK}"),
        method("GET", proxy),
    );
    let plan = plan_with(&text, &[]).unwrap_or_else(|error| panic!("{error}"));
    let routes = &plan.apis[0].routes;
    assert!(
        routes.iter().any(|route| {
            matches!(&route.integration, Integration::Mock(mock) if mock.responses.is_empty())
        }),
        "{routes:?}"
    );
    assert!(
        routes.iter().any(|route| matches!(route.integration, Integration::Function { .. })),
        "{routes:?}"
    );
}

/// The Serverless Framework leaves its archives beside the template, under the last part of their keys.
#[test]
fn packages_of_the_serverless_framework_are_read_beside_the_template() {
    let folder = crate::support::Folder::new();
    std::fs::create_dir_all(&folder.0).unwrap();
    std::fs::write(folder.0.join("shop.zip"), "").unwrap();
    let path = folder.0.join("cloudformation-template-update-stack.json");
    let text = |key: &str| {
        format!(
            "Resources:\n  ServerlessDeploymentBucket: {{Type: 'AWS::S3::Bucket'}}\n  \
             ServerlessDeploymentBucketPolicy: {{Type: 'AWS::S3::BucketPolicy', Properties: {{Bucket: !Ref ServerlessDeploymentBucket}}}}\n  \
             Work:\n    Type: AWS::Lambda::Function\n    Properties: {{Runtime: nodejs20.x, Handler: index.handler, \
             Code: {{S3Bucket: !Ref ServerlessDeploymentBucket, S3Key: {key}}}}}\n\
             Outputs:\n  Bucket: {{Value: !Ref ServerlessDeploymentBucket}}\n"
        )
    };
    let plan = |key: &str| {
        std::fs::write(&path, text(key)).unwrap();
        Template::read(&path).unwrap().plan(&BTreeMap::new(), &surroundings())
    };
    let stood = plan("serverless/shop/dev/1795-2026/shop.zip").unwrap();
    let code = format!("{:?}", stood.functions[0].code);
    assert!(code.contains("shop.zip"), "{code}");
    let refused = plan("serverless/shop/dev/1795-2026/gone.zip").map(|_| "a plan").unwrap_err();
    assert!(refused.to_string().contains("gone.zip` in S3"), "{refused}");
}

/// CloudFormation takes the text of a JSON object wherever it takes the object.
#[test]
fn documents_may_be_written_as_text() {
    let text = "Resources:\n  Dead: {Type: 'AWS::SQS::Queue'}\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties:\n      \
                RedrivePolicy: !Sub '{\"deadLetterTargetArn\": \"${Dead.Arn}\", \"maxReceiveCount\": 4}'\n  \
                Rule:\n    Type: AWS::Events::Rule\n    Properties:\n      EventPattern: '{\"source\": [\"shop\"]}'\n  \
                Topic: {Type: 'AWS::SNS::Topic'}\n  \
                Sub:\n    Type: AWS::SNS::Subscription\n    Properties:\n      Protocol: sqs\n      TopicArn: !Ref Topic\n      \
                Endpoint: !GetAtt Queue.Arn\n      FilterPolicy: '{\"kind\": [\"a\"]}'\n  \
                Role:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument: {}\n      Policies:\n      - PolicyName: a\n        \
                PolicyDocument: '{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\"}}'\n";
    let plan = plan_with(text, &[]).unwrap_or_else(|error| panic!("{error}"));
    let queue = plan.queues.iter().find(|queue| queue.id == "Queue").unwrap();
    let policy: serde_json::Value =
        serde_json::from_str(&queue.attributes["RedrivePolicy"]).unwrap();
    assert_eq!(policy["maxReceiveCount"], 4);
    assert_eq!(policy["deadLetterTargetArn"], plan.queues[0].arn.as_str());
    assert!(plan.subscriptions[0].filter.is_some());
    assert_eq!(plan.roles[0].statements[0].actions, ["sqs:SendMessage"]);
    check_refused(
        "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties:\n      RedrivePolicy: '{'\n",
        &[
            "t.yaml:5: resource `Queue` (AWS::SQS::Queue): property `RedrivePolicy` must be a map, not text",
        ],
    );
}

#[test]
fn roles_have_the_statements_of_every_policy_that_names_them() {
    let document = |action: &str| {
        format!("{{Statement: [{{Effect: Allow, Action: '{action}', Resource: '*'}}]}}")
    };
    let text = format!(
        "Resources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument: {{}}\n      \
         ManagedPolicyArns: [!Ref Managed, 'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole', {{unknown}}]\n      \
         Policies: [{{PolicyName: a, PolicyDocument: {}}}]\n  \
         Policy: {{Type: 'AWS::IAM::Policy', Properties: {{PolicyName: b, Roles: [!Ref Role], PolicyDocument: {}}}}}\n  \
         RolePolicy: {{Type: 'AWS::IAM::RolePolicy', Properties: {{PolicyName: c, RoleName: !Ref Role, PolicyDocument: {}}}}}\n  \
         Managed: {{Type: 'AWS::IAM::ManagedPolicy', Properties: {{PolicyDocument: {}}}}}\n",
        document("a:A"),
        document("b:B"),
        document("c:C"),
        document("d:D"),
    );
    let role = |unknown: &str| {
        plan_with(&text.replace("{unknown}", unknown), &[]).unwrap().roles.remove(0)
    };
    let known = role("'arn:aws:iam::aws:policy/AmazonSNSFullAccess'");
    let mut actions: Vec<&str> =
        known.statements.iter().map(|statement| statement.actions[0].as_str()).collect();
    actions.sort_unstable();
    assert_eq!(actions, ["a:A", "b:B", "c:C", "d:D", "sns:*", "sqs:ReceiveMessage"]);
    assert!(known.not_understood.is_empty(), "{:?}", known.not_understood);
    let unknown = role("'arn:aws:iam::aws:policy/PowerUserAccess'");
    assert_eq!(
        unknown.not_understood,
        ["the managed policy `arn:aws:iam::aws:policy/PowerUserAccess`"]
    );
}

/// libyaml and CloudFormation read on where a quoted text goes on left of its key.
#[test]
fn quoted_texts_go_on_at_any_column() {
    let text = "Parameters:\n  A:\n    Type: String\n    Default: \"one\n    two\n  three \\\n  four\"\n    Description: 'x\n y'\n\
                Resources:\n  Q: {Type: 'AWS::SQS::Queue'}\n  R: {Type: 'AWS::SQS::Queue', Properties: {QueueName: 'b c'}}\n\
                Outputs:\n  A: {Value: !Ref A}\n";
    let plan = plan_with(text, &[]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(plan.outputs["A"], "one two three four");
    let place = &plan.stacks[0].resources[0];
    assert_eq!((place.id.as_str(), place.line), ("Q", 11));
    check_refused(
        "A: \"b\nc: d\n",
        &["t.yaml:1: template: while scanning a quoted scalar, found unexpected end of stream"],
    );
    // As many lines as there are, and quotes that do not end the text.
    let long = "it''s\n \n".repeat(3_000);
    let text = format!("{text}  B:\n    Value: '{long}end'\n  C: {{Value: \"a \\\"\n'b'\"}}\n");
    let plan = plan_with(&text, &[]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(plan.outputs["B"].matches("it's").count(), 3_000);
    assert_eq!(plan.outputs["C"], "a \" 'b'");
    // Each is read again, so there is an end to it, with its line.
    let many: String = (0..201).map(|n| format!("  O{n}:\n    Value: 'a\n  b'\n")).collect();
    check_refused(
        &format!("Outputs:\n{many}"),
        &["t.yaml:603: template: invalid indentation in quoted scalar"],
    );
}

/// CloudFormation takes the end of a list or map in the column of its key.
#[test]
fn lists_and_maps_end_in_the_column_of_their_key() {
    let text = "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      Tags: [\n        { \"Key\": \"a\", \"Value\": \"b\" }\n      ]\n  \
                R:\n    Type: AWS::SQS::Queue\n    Properties: {\n      \"QueueName\": \"r\"\n    }\n";
    let plan = plan_with(text, &[]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(plan.queues[1].name, "r");
    assert_eq!(plan.stacks[0].resources[1].line, 8);
    check_refused("A:\n    B: c\n  ]\n", &["t.yaml:3: template: misplaced bracket"]);
}

#[test]
fn variables_that_lambda_refuses_are_refused() {
    let text = |variables: &str| {
        format!(
            "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Runtime: nodejs20.x\n      Handler: index.handler\n      \
             Code: {{ZipFile: x}}\n      Environment:\n        Variables: {{{variables}}}\n"
        )
    };
    let at = "t.yaml:9: resource `F` (AWS::Lambda::Function): property `Environment.Variables`";
    check_refused(
        &text("A_B: '', AWS_REGION: eu-west-1, TZ: Europe/Berlin"),
        &[&format!("{at} sets `AWS_REGION`, which Lambda sets itself")],
    );
    check_refused(
        &text("a-b: x"),
        &[&format!(
            "{at} has `a-b`, which is not a valid variable name: expected a letter, then letters, digits or `_` (at least 2 characters)"
        )],
    );
    check_refused(
        &text(&format!("AB: {}", "x".repeat(4_095))),
        &[&format!("{at} has variables of 4097 bytes; the limit is 4096")],
    );
}

#[test]
fn events_of_sam_may_name_an_api_of_api_gateway_and_the_kind_of_a_destination() {
    let text = "Transform: AWS::Serverless-2016-10-31\nResources:\n  Api: {Type: 'AWS::ApiGateway::RestApi', Properties: {Body: {paths: {/a: {get: {x-amazon-apigateway-integration: {type: mock, \
                responses: {default: {statusCode: '200'}}}}}}}}}\n  \
                Deployment: {Type: 'AWS::ApiGateway::Deployment', Properties: {RestApiId: !Ref Api, StageName: live}}\n  \
                Lost: {Type: 'AWS::SQS::Queue'}\n  T:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      KeySchema: [{AttributeName: id, KeyType: HASH}]\n      \
                AttributeDefinitions: [{AttributeName: id, AttributeType: S}]\n      BillingMode: PAY_PER_REQUEST\n      StreamSpecification: {StreamViewType: NEW_IMAGE}\n  \
                Work:\n    Type: AWS::Serverless::Function\n    Properties:\n      Runtime: nodejs20.x\n      Handler: index.handler\n      InlineCode: x\n      Events:\n        \
                B: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /b, Method: get}}\n        C:\n          Type: DynamoDB\n          Properties:\n            \
                Stream: !GetAtt T.StreamArn\n            StartingPosition: LATEST\n            DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Lost.Arn}}\n";
    let plan = plan_with(text, &[]).unwrap_or_else(|error| panic!("{error}"));
    let routes: Vec<&str> = plan.apis[0].routes.iter().map(|route| route.path.as_str()).collect();
    assert_eq!(routes, ["/a"]);
    let ignored = text.replace("Path: /b,", "Path: /b, Auth: {ApiKeyRequired: true},");
    let refused = plan_with(&ignored, &[]).map(|_| ()).unwrap_err().to_string();
    assert!(refused.contains("t.yaml:20") && refused.contains("`Auth` has no effect"), "{refused}");
    let wrong = text.replace(
        "B: {Type: Api, Properties: {RestApiId: !Ref Api",
        "B: {Type: Api, Properties: {RestApiId: !Ref Lost",
    );
    let refused = plan_with(&wrong, &[]).map(|_| ()).unwrap_err().to_string();
    assert!(refused.contains("or `AWS::ApiGateway::RestApi`: `Lost`"), "{refused}");
}

#[test]
fn layers_that_only_watch_are_told_and_references_look_past_what_does_not_exist() {
    let function = |layer: &str| {
        format!(
            "Conditions: {{Never: !Equals [a, b]}}\nResources:\n  \
             Gone: {{Type: 'AWS::SSM::Parameter', Condition: Never, Properties: {{Name: /gone, Type: String, Value: x}}}}\n  \
             There: {{Type: 'AWS::SSM::Parameter', Properties: {{Name: /there, Type: String, Value: y}}}}\n  \
             Work:\n    Type: AWS::Lambda::Function\n    Properties: {{Runtime: nodejs20.x, Handler: index.handler, Code: {{ZipFile: x}}, \
             Layers: ['arn:aws:lambda:us-east-1:580247275435:layer:{layer}:14'], Environment: {{Variables: {{KEY: '{{{{resolve:ssm:/there}}}}'}}}}}}\n"
        )
    };
    let plan = plan_with(&function("LambdaInsightsExtension"), &[])
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(plan.left_out[0].contains("LambdaInsightsExtension"), "{:?}", plan.left_out);
    assert_eq!(plan.functions[0].environment["KEY"], "y");
    let refused = plan_with(&function("AWSLambdaPowertoolsPythonV3"), &[]).map(|_| "a plan");
    assert!(refused.unwrap_err().to_string().contains("downloads nothing"));
}

#[test]
fn dynamic_references_have_the_values_of_the_template_or_of_the_file() {
    let text = "Parameters:\n  Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /theirs}\nResources:\n  \
                Own: {Type: 'AWS::SSM::Parameter', Properties: {Name: /own/name, Type: String, Value: inbox}}\n  \
                Secret: {Type: 'AWS::SecretsManager::Secret', Properties: {Name: db, GenerateSecretString: {PasswordLength: 8, \
                SecretStringTemplate: '{\"user\": \"anna\"}', GenerateStringKey: password}}}\n  \
                Queue: {Type: 'AWS::SQS::Queue', Properties: {QueueName: '{{resolve:ssm:/own/name:1}}-{{resolve:ssm:/theirs}}'}}\nOutputs:\n  \
                User: {Value: !Sub '{{resolve:secretsmanager:${Secret}:SecretString:user}}'}\n  \
                Token: {Value: '{{resolve:secretsmanager:theirs:SecretString:token}}'}\n  \
                Joined: {Value: !Join ['', ['{{resolve:ssm:', /own/name, '}}']]}\n  Stored: {Value: !Ref Stored}\n";
    let mut around = surroundings();
    around.stored.parameters.insert("/theirs".to_owned(), "far".to_owned());
    around.stored.secrets.insert("theirs".to_owned(), r#"{"token":"t"}"#.to_owned());
    let plan = |text: &str, around: &Surroundings| {
        Template::parse(Path::new("t.yaml"), text).unwrap().plan(&BTreeMap::new(), around)
    };
    let stood = plan(text, &around).unwrap();
    assert_eq!(stood.queues[0].name, "inbox-far");
    let outputs = ["User", "Token", "Joined", "Stored"].map(|name| stood.outputs[name].as_str());
    assert_eq!(outputs, ["anna", "t", "inbox", "far"]);
    assert_eq!(stood.stored.parameters["/own/name"], "inbox");
    let secret: serde_json::Value = serde_json::from_str(&stood.stored.secrets["db"]).unwrap();
    assert_eq!(secret["password"].as_str().unwrap().len(), 8);

    let refused = |expression: &str| {
        let text = format!(
            "Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties: {{QueueName: '{expression}'}}\n"
        );
        plan(&text, &around).map(|_| "a plan").unwrap_err().to_string()
    };
    let told = refused("{{resolve:ssm:/gone}}");
    assert!(told.contains("t.yaml:4") && told.contains("`[parameters]`"), "{told}");
    assert!(
        refused("{{resolve:secretsmanager:theirs:SecretString:gone}}").contains("no key `gone`")
    );
    assert!(refused("{{resolve:vault:x}}").contains("dynamic references are to"));
}

#[test]
fn events_of_sam_add_no_routes_to_a_document_unless_it_is_merged() {
    let text = |merges: &str| {
        format!(
            "Transform: AWS::Serverless-2016-10-31\nResources:\n  Api:\n    Type: AWS::Serverless::Api\n    Properties:\n      StageName: !Sub live\n      \
             {merges}\n      DefinitionBody:\n        paths:\n          /a:\n            get:\n              x-amazon-apigateway-integration: \
             {{type: mock, responses: {{default: {{statusCode: '200'}}}}}}\n  Other: {{Type: 'AWS::SQS::Queue', DependsOn: ApiStage}}\n  \
             Work:\n    Type: AWS::Serverless::Function\n    Properties:\n      Runtime: nodejs20.x\n      Handler: index.handler\n      InlineCode: x\n      \
             Events: {{B: {{Type: Api, Properties: {{RestApiId: !Ref Api, Path: /b, Method: get}}}}}}\n"
        )
    };
    let paths = |merges: &str| -> Vec<String> {
        let plan = plan_with(&text(merges), &[]).unwrap_or_else(|error| panic!("{error}"));
        plan.apis[0].routes.iter().map(|route| route.path.clone()).collect()
    };
    assert_eq!(paths("MergeDefinitions: false"), ["/a"]);
    assert_eq!(paths("MergeDefinitions: true"), ["/a", "/b"]);
}

#[test]
fn a_filter_that_would_delete_every_message_is_refused_at_its_line() {
    let text = |source: &str, pattern: &str| {
        format!(
            "Resources:\n  Q: {{Type: 'AWS::SQS::Queue'}}\n  F: {{Type: 'AWS::Lambda::Function', Properties: {{Runtime: nodejs20.x, Handler: \
             index.handler, Role: 'arn:aws:iam::000000000000:role/a', Code: {{ZipFile: x}}}}}}\n  M:\n    Type: AWS::{source}\n    Properties:\n      \
             {}FilterCriteria:\n          Filters:\n            - Pattern: '{pattern}'\n",
            match source {
                "Pipes::Pipe" =>
                    "Source: !GetAtt Q.Arn\n      Target: !GetAtt F.Arn\n      RoleArn: arn:aws:iam::000000000000:role/a\n      SourceParameters:\n        ",
                _ => "FunctionName: !Ref F\n      EventSourceArn: !GetAtt Q.Arn\n      ",
            }
        )
    };
    let mapping = "Lambda::EventSourceMapping";
    for pattern in [
        r#"{"messageAttributes":{"a":["x"]}}"#,
        r#"{"$or":[{"body":["x"]},{"eventSource":["x"]}]}"#,
    ] {
        let refused = plan_with(&text(mapping, pattern), &[]).map(|_| ()).unwrap_err().to_string();
        assert!(refused.contains("t.yaml:11") && refused.contains("`body` only"), "{refused}");
        plan_with(&text("Pipes::Pipe", pattern), &[]).unwrap_or_else(|error| panic!("{error}"));
    }
    let refused = plan_with(&text("Pipes::Pipe", r#"{"body":"plain"}"#), &[]).map(|_| ());
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("t.yaml:13") && refused.contains("is not a pattern"), "{refused}");
    plan_with(&text(mapping, r#"{"body":{"a":["x"]}}"#), &[])
        .unwrap_or_else(|error| panic!("{error}"));
}
