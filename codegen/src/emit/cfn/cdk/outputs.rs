//! What a deployed stack tells about itself, and resources for which the CDK has no class of its own.

use super::super::template::{Resource, Template};
use super::super::value::{Map, Value};
use super::group::Group;
use super::scope::{Scope, member};
use super::ts::Ts;

/// Types of resources that the other groups make.
const MADE: [&str; 16] = [
    "AWS::ApiGateway::Account",
    "AWS::ApiGateway::Deployment",
    "AWS::ApiGateway::RestApi",
    "AWS::ApiGateway::Stage",
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::Dashboard",
    "AWS::DynamoDB::Table",
    "AWS::Events::EventBus",
    "AWS::Events::Rule",
    "AWS::Lambda::Alias",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Lambda::Function",
    "AWS::Lambda::Permission",
    "AWS::Lambda::Version",
    "AWS::SQS::Queue",
];

/// Types of resources that come with another resource, named after it.
const MADE_WITH: [(&str, &str); 3] = [
    ("AWS::IAM::Role", "Role"),
    ("AWS::Logs::LogGroup", "LogGroup"),
    ("AWS::SQS::QueuePolicy", "Policy"),
];

/// The outputs.
pub(super) fn outputs(template: &Template, scope: &Scope) -> Option<Group> {
    let statement = |(id, output): (&str, &Value)| {
        let props = match output {
            Value::Map(output) => {
                output.iter().map(|(key, value)| (member(key), scope.value(value))).collect()
            }
            _ => Vec::new(),
        };
        Ts::construct("CfnOutput", id, Ts::Object(props)).statement(4, "")
    };
    let statements: Vec<_> = template.outputs.iter().map(statement).collect();
    (!statements.is_empty()).then(|| Group {
        class: "Outputs",
        docs: "The outputs of the deployed stack.",
        statements,
        ..Group::default()
    })
}

/// The resources that no other group makes; none as a rule.
pub(super) fn others(template: &Template, scope: &Scope) -> Option<Group> {
    let statements: Vec<_> = template
        .resources()
        .filter(|resource| !is_made(resource))
        .map(|resource| other(resource, scope))
        .collect();
    (!statements.is_empty()).then(|| Group {
        class: "Others",
        docs: "Resources without a CDK class.",
        statements,
        ..Group::default()
    })
}

fn is_made(resource: &Resource) -> bool {
    let with = MADE_WITH
        .iter()
        .any(|(kind, suffix)| *kind == resource.kind && resource.id.ends_with(suffix));
    with || MADE.contains(&resource.kind)
}

fn other(resource: &Resource, scope: &Scope) -> String {
    let properties = scope.value(&Map::clone(&resource.properties).into());
    let props =
        Ts::object([("type", Some(Ts::text(resource.kind))), ("properties", Some(properties))]);
    Ts::construct("CfnResource", &resource.id, props).statement(4, "")
}
