//! Templates whose parts have the wrong shape, name or number: what would be passed over is refused at its place.

use stage::{Stage, StageOptions};

use crate::support::Folder;

/// What is wrong with a template beside other files; nothing where a stage starts.
async fn refused(text: &str, files: &[(&str, &str)]) -> String {
    let folder = Folder::new();
    for (name, text) in files {
        folder.write(name, text);
    }
    let started = Stage::start(StageOptions::new(folder.write("t.yaml", text))).await;
    started.err().map(|error| format!("{:#}", anyhow::Error::new(error))).unwrap_or_default()
}

#[track_caller]
fn check(told: &str, expected: &str, of: &str) {
    assert_eq!(told.is_empty(), expected.is_empty(), "{of}: {told}");
    assert!(told.contains(expected), "{of}: {told}");
}

#[tokio::test]
async fn a_name_that_is_no_text_is_refused() {
    for (kind, property) in [
        ("SQS::Queue", "QueueName"),
        ("SNS::Topic", "TopicName"),
        ("Events::EventBus", "Name"),
        ("SSM::Parameter", "Name"),
    ] {
        for value in ["[x]", "{ref: X}", "!Split [',', 'a,b']"] {
            let value = format!(
                "Resources:\n  A:\n    Type: AWS::{kind}\n    Properties:\n      {property}: {value}\n"
            );
            let told = refused(&value, &[]).await;
            let expected =
                format!("t.yaml:5: resource `A`: property `{property}` must be a string");
            check(&told, &expected, &value);
        }
    }
    check(&refused("Resources:\n  A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !Ref 'AWS::NoValue'}}", &[]).await, "", "no value");
}

#[tokio::test]
async fn attributes_of_resources_that_do_not_exist_are_refused() {
    for key in ["Conditon", "DependOn", "DeletePolicy"] {
        let text = format!("Resources:\n  A:\n    Type: AWS::SQS::Queue\n    {key}: Never\n");
        let expected = format!("t.yaml:4: resource `A`: `{key}` is not an attribute of a resource");
        check(&refused(&text, &[]).await, &expected, key);
    }
}

#[tokio::test]
async fn a_file_that_includes_itself_is_refused() {
    let include = |file: &str| {
        format!("{{'Fn::Transform': {{Name: 'AWS::Include', Parameters: {{Location: {file}}}}}}}")
    };
    let text = format!(
        "Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties:\n      DelaySeconds: {}\n",
        include("a.yaml")
    );
    let files = [("a.yaml", include("b.yaml")), ("b.yaml", include("./a.yaml"))];
    let files = files.each_ref().map(|(name, text)| (*name, text.as_str()));
    let told = refused(&text, &files).await;
    check(&told, "a.yaml` refers to itself", "circle");
    check(&told, "t.yaml:5:", "line");
    check(&refused(&text, &[("a.yaml", "\n\n\n\n\n\n\n1")]).await, "", "a number");
    check(&refused(&text, &[("a.yaml", "\n\n\n\n\n\n\n1000")]).await, "t.yaml:5: ", "its place");
}

#[tokio::test]
async fn what_sam_would_refuse_of_a_shape_is_refused() {
    let sam = |globals: &str, api: &str, event: &str| {
        format!(
            "Transform: AWS::Serverless-2016-10-31\nGlobals: {globals}\nResources:\n  Ap: {{Type: AWS::Serverless::Api, \
             Properties: {{StageName: v{api}}}}}\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      \
             Runtime: nodejs20.x\n      Handler: index.handler\n      InlineCode: 'exports.handler = async () => 1'\n      \
             Events: {event}\n"
        )
    };
    let event = |auth: &str| {
        format!(
            "{{A: {{Type: Api, Properties: {{Path: /a, Method: get, RestApiId: !Ref Ap{auth}}}}}}}"
        )
    };
    let plain = event("");
    for (globals, api, event, expected) in [
        ("{}", "", plain.clone(), ""),
        ("{Api: {TracingEnabled: true}}", "", event(", Auth: {ApiKeyRequired: true}"), ""),
        (
            "{}",
            "",
            event(", Auth: X"),
            "property `Events.A.Properties.Auth` must be a map, not text",
        ),
        (
            "{}",
            "",
            event(", Auth: {Authoriser: X}"),
            "property `Events.A.Properties.Auth` has no `Authoriser`",
        ),
        ("{}", "", event(", Auth: {ApiKeyRequired: 'yes'}"), "must be true or false, written out"),
        ("{}", "", "[{A: b}]".to_owned(), "property `Events` must be a map, not a list"),
        (
            "{}",
            "",
            "{A: {Type: Api, Properties: [x]}}".to_owned(),
            "property `Events.A.Properties` must be a map",
        ),
        ("{}", ", Auth: [x]", plain.clone(), "property `Auth` must be a map"),
        (
            "{}",
            ", Auth: {Authorizers: x}",
            plain.clone(),
            "property `Auth.Authorizers` must be a map",
        ),
        ("{}", ", Cors: [x]", plain.clone(), "property `Cors` must be text or a map"),
        ("x", "", plain.clone(), "`Globals` must be a map"),
        (
            "{Functions: {Timeout: 3}}",
            "",
            plain.clone(),
            "`Globals.Functions` is not a section of globals",
        ),
        ("{Api: [{Auth: x}]}", "", plain.clone(), "`Globals.Api` must be a map"),
        ("{Api: {Auth: x}}", "", plain.clone(), "property `Auth` must be a map"),
    ] {
        let told = refused(&sam(globals, api, &event), &[]).await;
        check(&told, expected, &format!("{globals} {api} {event}"));
    }
}

#[tokio::test]
async fn what_is_there_twice_is_refused() {
    let two = |kind: &str, properties: &str| {
        format!(
            "Resources:\n  A: {{Type: AWS::{kind}, Properties: {{{properties}}}}}\n  \
             B: {{Type: AWS::{kind}, Properties: {{{properties}}}}}\n  Q: {{Type: AWS::SQS::Queue}}\n"
        )
    };
    for (kind, properties, expected) in [
        (
            "Events::Rule",
            "Name: r, EventPattern: {source: [a]}",
            "t.yaml:3: resource `B`: `A` is a rule or schedule named",
        ),
        (
            "SSM::Parameter",
            "Name: /a, Type: String, Value: a",
            "t.yaml:3: resource `B`: `A` is a parameter named `/a` already",
        ),
        ("SecretsManager::Secret", "Name: a, SecretString: b", "`A` is a secret named"),
        (
            "Events::Rule",
            "EventPattern: {source: [a]}, Targets: [{Id: a, Arn: !GetAtt Q.Arn}, {Id: a, Arn: !GetAtt Q.Arn}]",
            "two of its targets have the id `a`",
        ),
        ("Events::Rule", "EventPattern: {source: [a]}", ""),
    ] {
        check(&refused(&two(kind, properties), &[]).await, expected, properties);
    }
    let mapped = |kind: &str, first: &str, second: &str| {
        let function = "{Type: AWS::Lambda::Function, Properties: {Runtime: nodejs20.x, Handler: index.handler, Code: {ZipFile: 'exports.handler = async () => 1'}}}";
        let mapping = |id: &str, function: &str| {
            format!(
                "  {id}: {{Type: AWS::Lambda::EventSourceMapping, Properties: {{{kind}, FunctionName: {function}}}}}\n"
            )
        };
        format!(
            "Resources:\n{}{}  Q: {{Type: AWS::SQS::Queue}}\n  T: {{Type: AWS::DynamoDB::Table, Properties: {{KeySchema: \
             [{{AttributeName: id, KeyType: HASH}}], AttributeDefinitions: [{{AttributeName: id, AttributeType: S}}], \
             StreamSpecification: {{StreamViewType: KEYS_ONLY}}}}}}\n  F: {function}\n  G: {function}\n  V: {{Type: \
             AWS::Lambda::Version, Properties: {{FunctionName: !Ref F}}}}\n",
            mapping("A", first),
            mapping("B", second),
        )
    };
    let expected = "t.yaml:3: resource `B`: the event source mapping `A` has the same source and function already";
    let queue = "EventSourceArn: !GetAtt Q.Arn";
    let stream = "EventSourceArn: !GetAtt T.StreamArn, StartingPosition: LATEST";
    for (kind, second, expected) in [
        (queue, "!Ref F", expected),
        (queue, "!GetAtt F.Arn", expected),
        (stream, "!GetAtt F.Arn", expected),
        (queue, "!Ref G", ""),
        (queue, "!Ref V", ""),
    ] {
        check(&refused(&mapped(kind, "!Ref F", second), &[]).await, expected, second);
    }
    let routes = "Resources:\n  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: a, ProtocolType: HTTP}}\n  \
                  Stage: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Api, StageName: $default}}\n  \
                  F: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs20.x, Handler: index.handler, Code: {ZipFile: 'exports.handler = async () => 1'}}}\n  \
                  I: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt F.Arn, PayloadFormatVersion: '2.0'}}\n  \
                  A: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Api, RouteKey: GET /x, Target: !Sub 'integrations/${I}'}}\n  \
                  B: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Api, RouteKey: GET /x, Target: !Sub 'integrations/${I}'}}\n";
    let expected = "t.yaml:7: resource `B` (AWS::ApiGatewayV2::Route): its API has a route with the key `GET /x` already";
    check(&refused(routes, &[]).await, expected, "routes");
}
