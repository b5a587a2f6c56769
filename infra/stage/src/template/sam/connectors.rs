//! `AWS::Serverless::Connector`, and `Connectors` of a resource: the permissions that one resource needs to reach another.
//!
//! Written out for what the stage has: topics, rules and APIs that reach queues, topics and functions, functions that reach
//! tables, queues, topics, buses and functions, and queues and tables that functions are invoked for. Any other pair has no
//! permissions here.

use indexmap::IndexMap;

use super::Output;
use super::nodes::{Map, attribute, entries, list, map, reference};
use super::{permissions, queues};
use crate::template::Resource;
use crate::template::syntax::{Node, Value};

/// A connector, with the resource under whose condition it stands.
pub(super) struct Connector {
    id: String,
    source: String,
    /// The logical ids of what is reached.
    destinations: Vec<String>,
    reads: bool,
    writes: bool,
    from: Resource,
}

const KIND: &str = "AWS::Serverless::Connector";

/// The connectors of a template.
pub(super) fn of(resources: &IndexMap<String, Resource>) -> Vec<Connector> {
    let own = resources.iter().filter(|(_, resource)| resource.kind == KIND);
    let own = own.filter_map(|(id, resource)| {
        let source = named(resource.properties.get("Source")?).pop()?;
        Some(connector(id.clone(), source, &resource.properties, resource))
    });
    let embedded = resources.iter().flat_map(|(id, resource)| {
        let all = entries(resource.connectors.as_ref()).into_iter();
        all.map(move |(name, node)| {
            let properties = entries(entries(Some(&node)).get("Properties"));
            connector(format!("{id}{name}"), id.clone(), &properties, resource)
        })
    });
    own.chain(embedded).collect()
}

fn connector(id: String, source: String, properties: &Map, from: &Resource) -> Connector {
    let asked = properties.get("Permissions").and_then(Node::as_list).unwrap_or_default();
    let asks = |what: &str| asked.iter().any(|one| one.as_str() == Some(what));
    Connector {
        id,
        source,
        destinations: properties.get("Destination").map(named).unwrap_or_default(),
        reads: asks("Read"),
        writes: asks("Write"),
        from: from.clone(),
    }
}

/// The logical ids of an end, or of several.
fn named(end: &Node) -> Vec<String> {
    let ends = end.as_list().unwrap_or(std::slice::from_ref(end));
    let id = |end: &Node| entries(Some(end)).get("Id").and_then(Node::to_text);
    ends.iter().filter_map(id).collect()
}

impl Connector {
    /// Adds the permissions for what is reached.
    pub(super) fn connect(&self, output: &mut Output) {
        for (at, destination) in self.destinations.iter().enumerate() {
            self.reach(format!("{}Policy{at}", self.id), destination, output);
        }
    }

    fn reach(&self, id: String, destination: &str, output: &mut Output) {
        let kind_of = |id: &str| output.resources.get(id).map(|one| one.kind.clone());
        let (Some(from), Some(to)) = (kind_of(&self.source), kind_of(destination)) else { return };
        let line = self.from.line;
        let (service, source) = match from.as_str() {
            "AWS::SNS::Topic" => ("sns.amazonaws.com", reference(line, &self.source)),
            "AWS::Events::Rule" => ("events.amazonaws.com", attribute(line, &self.source, "Arn")),
            "AWS::ApiGateway::RestApi" | "AWS::ApiGatewayV2::Api" => {
                let api = permissions::id_of_api(&self.source, None);
                ("apigateway.amazonaws.com", permissions::of_api(line, &api, "*"))
            }
            "AWS::Lambda::Function" => {
                let ends = (self.source.as_str(), destination);
                return self.let_function(id, ends, (&to, &ACTIONS), output);
            }
            // Lambda reads these with the role of the function.
            "AWS::SQS::Queue" | "AWS::DynamoDB::Table" if to == "AWS::Lambda::Function" => {
                let ends = (destination, self.source.as_str());
                return self.let_function(id, ends, (&from, &POLLED), output);
            }
            _ => return,
        };
        match to.as_str() {
            "AWS::Lambda::Function" => {
                let function = reference(line, destination);
                permissions::allow(id, function, service, source, &self.from, output);
            }
            "AWS::SQS::Queue" => {
                let (arn, url) =
                    (attribute(line, destination, "Arn"), reference(line, destination));
                queues::allow(id, &source, &arn, url, &self.from, output);
            }
            "AWS::SNS::Topic" => {
                self.let_publish(id, service, destination, output);
            }
            _ => {}
        }
    }

    /// Gives a topic the policy that lets a service publish to it.
    fn let_publish(&self, id: String, service: &str, topic: &str, output: &mut Output) {
        let line = self.from.line;
        let topic = reference(line, topic);
        let statement = [
            ("Effect", Node::text(line, "Allow")),
            ("Principal", map(line, [("Service", Node::text(line, service))])),
            ("Action", Node::text(line, "sns:Publish")),
            ("Resource", topic.clone()),
        ];
        let document = map(line, [("Statement", list(line, vec![map(line, statement)]))]);
        let policy = [("Topics", list(line, vec![topic])), ("PolicyDocument", document)];
        let policy = policy.map(|(name, node)| (name.to_owned(), node));
        let policy = policy.into_iter().collect();
        output.add(id, "AWS::SNS::TopicPolicy", &self.from, line, policy);
    }

    /// Gives the role of a function the actions that it needs on another resource, by the type of that.
    fn let_function(
        &self,
        id: String,
        (function, other): (&str, &str),
        (kind, table): (&str, &[Actions]),
        output: &mut Output,
    ) {
        let Some((_, arn, reads, writes)) = table.iter().find(|(known, ..)| *known == kind) else {
            return;
        };
        let function = output.resources.get(function);
        let role = function.and_then(|function| function.properties.get("Role"));
        let Some(role) = role.and_then(role_of) else { return };
        let line = self.from.line;
        let given = [(self.reads, *reads), (self.writes, *writes)];
        let given = given.into_iter().filter(|(asked, _)| *asked);
        let actions: Vec<Node> = given
            .flat_map(|(_, actions)| actions)
            .map(|action| Node::text(line, *action))
            .collect();
        if actions.is_empty() {
            return;
        }
        let arn = match *arn {
            "Ref" => reference(line, other),
            name => attribute(line, other, name),
        };
        let below = map(
            line,
            [(
                "Fn::Sub",
                list(line, vec![Node::text(line, "${it}/*"), map(line, [("it", arn.clone())])]),
            )],
        );
        let statement = [
            ("Effect", Node::text(line, "Allow")),
            ("Action", list(line, actions)),
            ("Resource", list(line, vec![arn, below])),
        ];
        let properties = [
            ("PolicyName", Node::text(line, id.as_str())),
            ("PolicyDocument", map(line, [("Statement", list(line, vec![map(line, statement)]))])),
            ("Roles", list(line, vec![reference(line, &role)])),
        ];
        let properties = properties.map(|(name, node)| (name.to_owned(), node));
        let properties = properties.into_iter().collect();
        output.add(id, "AWS::IAM::Policy", &self.from, line, properties);
    }
}

/// What a function may do to a type, or Lambda for it: how its ARN is had, the actions that read, and those that write.
type Actions = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

/// **Source**: AWS SAM developer guide, "Supported source and destination resource types for connectors".
const ACTIONS: [Actions; 5] = [
    (
        "AWS::DynamoDB::Table",
        "Arn",
        &[
            "dynamodb:GetItem",
            "dynamodb:Query",
            "dynamodb:Scan",
            "dynamodb:BatchGetItem",
            "dynamodb:ConditionCheckItem",
            "dynamodb:PartiQLSelect",
        ],
        &[
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
            "dynamodb:BatchWriteItem",
            "dynamodb:PartiQLDelete",
            "dynamodb:PartiQLInsert",
            "dynamodb:PartiQLUpdate",
        ],
    ),
    (
        "AWS::SQS::Queue",
        "Arn",
        &["sqs:ReceiveMessage", "sqs:GetQueueAttributes"],
        &["sqs:DeleteMessage", "sqs:SendMessage", "sqs:ChangeMessageVisibility", "sqs:PurgeQueue"],
    ),
    ("AWS::SNS::Topic", "Ref", &[], &["sns:Publish"]),
    ("AWS::Events::EventBus", "Arn", &[], &["events:PutEvents"]),
    ("AWS::Lambda::Function", "Arn", &[], &["lambda:InvokeAsync", "lambda:InvokeFunction"]),
];

/// What Lambda does, with the role of a function, to what it invokes the function for. The stream of a table is below the
/// table's ARN.
///
/// **Source**: as for [`ACTIONS`].
const POLLED: [Actions; 2] = [
    (
        "AWS::SQS::Queue",
        "Arn",
        &["sqs:ReceiveMessage", "sqs:GetQueueAttributes"],
        &["sqs:DeleteMessage"],
    ),
    (
        "AWS::DynamoDB::Table",
        "Arn",
        &[
            "dynamodb:DescribeStream",
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator",
            "dynamodb:ListStreams",
        ],
        &[],
    ),
];

/// The logical id of the role whose ARN a property is.
fn role_of(role: &Node) -> Option<String> {
    let argument = role.as_map()?.get("Fn::GetAtt")?;
    match &argument.value {
        Value::List(parts) => parts.first()?.to_text(),
        _ => Some(argument.as_str()?.split('.').next()?.to_owned()),
    }
}
