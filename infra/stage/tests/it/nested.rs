//! Stacks within stacks: templates that one template names by local paths.

use serde_json::json;

use crate::languages::{case, refusal_of, stage_of};
use crate::sam::{call, written};
use crate::support::{Folder, get, send};

#[tokio::test]
async fn nested_stacks_stand_with_what_they_give_each_other() {
    let stage = stage_of(case("nested/template.yaml")).await;
    let output = |name: &str| stage.output(name).unwrap().to_owned();
    let own = get(&output("Hello")).await.json();
    assert_eq!((&own["resource"], &own["colour"]), (&json!("GET /hello"), &json!("red/blue")));
    // Both stacks have an API with this logical id.
    let worker = get(&output("Worker")).await.json();
    assert_eq!(
        (&worker["resource"], &worker["colour"]),
        (&json!("GET /worker"), &json!("red+blue"))
    );
    let inbox = stage.queue_url("Inbox").unwrap();
    call(&stage, "AmazonSQS.SendMessage", json!({ "QueueUrl": inbox, "MessageBody": "work" }))
        .await;
    assert_eq!(written(&stage, "Data.Things", "queue").await, "work");
    assert_eq!(stage.function_name("Worker.Work"), Some("local-Worker-Work"));
    assert_eq!(stage.function_name("Work"), Some("local-Worker-Work"), "no other stack has it");
    assert!(stage.queue_url("Worker.Inner.Late").unwrap().ends_with("/local-Worker-Inner-Late"));
    let outputs: Vec<&String> = stage.plan().outputs.keys().collect();
    assert_eq!(outputs, ["Hello", "Worker"], "outputs of nested stacks are for the stack around");
}

#[tokio::test]
async fn cloudformation_knows_each_stack() {
    let stage = stage_of(case("nested/template.yaml")).await;
    let ask = async |form: &str| {
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            (
                "authorization",
                "AWS4-HMAC-SHA256 Credential=key/20261123/us-east-1/cloudformation/aws4_request, SignedHeaders=host, Signature=0",
            ),
        ];
        let answer = send("POST", stage.aws_endpoint(), &headers, form.to_owned()).await;
        String::from_utf8_lossy(&answer.body).into_owned()
    };
    let all = ask("Action=DescribeStacks").await;
    for name in ["local", "local-Data", "local-Worker", "local-Worker-Inner"] {
        assert!(all.contains(&format!("<StackName>{name}</StackName>")), "{all}");
    }
    let worker = ask("Action=DescribeStacks&StackName=local-Worker").await;
    let url = stage.output("Worker").unwrap();
    assert!(worker.contains(&format!("<OutputValue>{url}</OutputValue>")), "{worker}");
    assert!(worker.contains("<ParameterValue>red,blue</ParameterValue>"), "{worker}");
    let resources = ask("Action=ListStackResources&StackName=local").await;
    assert!(resources.contains("<ResourceType>AWS::CloudFormation::Stack</ResourceType>"));
    assert!(resources.contains("<ResourceType>AWS::ApiGatewayV2::Api</ResourceType>"));
}

#[tokio::test]
async fn what_is_wrong_with_a_nested_stack_is_told_at_its_place() {
    let folder = Folder::new();
    let nested = |child: &str| {
        folder.write("child.yaml", child);
        folder.write(
            "template.yaml",
            "Resources:\n  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: child.yaml}\n\
             Outputs: {Q: {Value: !GetAtt Child.Outputs.Q}}\n",
        )
    };
    for (child, told) in [
        ("Resources:\n  Q:\n    Type: AWS::S3::Bucket\n", "child.yaml:2: resource `Q`"),
        ("Resources:\n  Q: {Type: AWS::SQS::Queue}\n", "the template of `Child` has no output `Q`"),
        (
            "Parameters:\n  P: {Type: String}\nResources: {Q: {Type: AWS::SQS::Queue}}\n",
            "child.yaml:2: parameter `P`",
        ),
        (
            "Resources: {Q: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: template.yaml}}}\n",
            "is `template.yaml`, which contains this stack",
        ),
        (
            "Resources:\n  M:\n    Type: AWS::Lambda::EventSourceMapping\n    Properties: {EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:no', FunctionName: f}\n",
            "child.yaml:2: resource `Child.M`",
        ),
        ("Resources: [", "child.yaml:"),
    ] {
        let refusal = refusal_of(nested(child)).await;
        assert!(refusal.contains(told), "{child}: {refusal}");
    }
    for (url, told) in [
        ("https://bucket.s3.amazonaws.com/child.yaml", "which the stage does not download"),
        ("no.yaml", "but there is no file"),
    ] {
        let text = format!(
            "Resources: {{Child: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: '{url}'}}}}}}\n"
        );
        let refusal = refusal_of(folder.write("template.yaml", &text)).await;
        assert!(refusal.contains(told), "{refusal}");
    }
    let shared = "Transform: AWS::Serverless-2016-10-31\nResources: {A: {Type: AWS::Serverless::Application, Properties: \
                  {Location: {ApplicationId: 'arn:x', SemanticVersion: 1.0.0}}}}\n";
    let refusal = refusal_of(folder.write("template.yaml", shared)).await;
    assert!(refusal.contains("Serverless Application Repository"), "{refusal}");
}

#[tokio::test]
async fn a_nested_stack_imports_what_the_stack_around_it_is_told_of() {
    let folder = Folder::new();
    folder.write(
        "child.yaml",
        "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !ImportValue 'data:queue'}}}\n",
    );
    let template = folder.write(
        "template.yaml",
        "Metadata: {LocalExports: {'data:queue': imported}}\nResources:\n  Child: {Type: AWS::CloudFormation::Stack, \
         Properties: {TemplateURL: child.yaml}}\n",
    );
    let stage = stage_of(template).await;
    assert!(stage.queue_url("Q").unwrap().ends_with("/imported"));
}

#[tokio::test]
async fn a_nested_stack_deploys_the_api_of_the_stack_around_it() {
    let folder = Folder::new();
    folder.write(
        "child.yaml",
        "Parameters: {Api: {Type: String}}\nResources:\n  D: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: !Ref \
         Api, StageName: v}}\n  E: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: !Ref Api}}\n",
    );
    let text = |api: &str| {
        format!(
            "Resources:\n  A: {{Type: AWS::ApiGateway::RestApi, Properties: {{Body: {{paths: {{/a: {{get: \
             {{x-amazon-apigateway-integration: {{type: mock, requestTemplates: {{application/json: '{{\"statusCode\": 200}}'}}, \
             responses: {{default: {{statusCode: '200'}}}}}}}}}}}}}}}}}}\n  Child: {{Type: AWS::CloudFormation::Stack, Properties: \
             {{TemplateURL: child.yaml, Parameters: {{Api: {api}}}}}}}\n"
        )
    };
    let stage = stage_of(folder.write("template.yaml", &text("!Ref A"))).await;
    assert_eq!(stage.plan().apis[0].stage, "v");
    let refusal = refusal_of(folder.write("template.yaml", &text("nobodys"))).await;
    let told = "resource `Child.D` (AWS::ApiGateway::Deployment): property `RestApiId` does not refer to an API";
    assert!(refusal.contains(told), "{refusal}");
}

#[tokio::test]
async fn two_resources_of_one_name_are_refused() {
    let folder = Folder::new();
    folder.write(
        "child.yaml",
        "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: q}}}\n",
    );
    let template = folder.write(
        "template.yaml",
        "Resources:\n  Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml}}\n  \
         Own: {Type: AWS::SQS::Queue, Properties: {QueueName: q}}\n",
    );
    let refusal = refusal_of(template).await;
    assert!(refusal.contains("is a queue named `q` already"), "{refusal}");
}

#[tokio::test]
async fn loops_stand_for_what_they_repeat() {
    let stage = stage_of(case("loops.yaml")).await;
    for name in ["One", "Two"] {
        let answer = get(stage.output(&format!("Url{name}")).unwrap()).await;
        assert_eq!((answer.status, &answer.body[..]), (200, name.as_bytes()));
    }
    let queue = |id: &str| stage.plan().queues.iter().find(|queue| queue.id == id).unwrap();
    assert_eq!(queue("Queuered").attributes["DelaySeconds"], "2");
    assert_eq!(queue("Queuelightblue").attributes["DelaySeconds"], "5");
    assert_eq!(queue("Queuelightblue").name, "local-light-blue");
    let options = stage::StageOptions {
        parameters: [("Names".to_owned(), "green".to_owned())].into(),
        log: stage::Log::silent(),
        ..stage::StageOptions::new(case("loops.yaml"))
    };
    let refusal = stage::Stage::start(options).await.err().unwrap().to_string();
    assert!(refusal.contains("parameter `Names`: an `Fn::ForEach` goes through it"), "{refusal}");
}
