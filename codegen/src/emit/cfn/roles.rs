//! IAM: one role for each function, with exactly what its contract names.

mod secrets;

use super::names;
use super::tables;
use super::template::Resource;
use super::value::{Map, Value, attribute};
use crate::model::{
    Delivery, Destination, Function, Queue, Service, System, Table, TableAccess, TableAction,
    Trigger,
};

/// The logical id of a function's role.
pub(super) fn role_id(function: &Function) -> String {
    format!("{}Role", names::function_id(function))
}

/// The role of a function.
pub(super) fn role(function: &Function, contract_statements: Vec<Map>) -> Resource {
    let trust = Map::new()
        .with("Effect", "Allow")
        .with("Principal", Map::new().with("Service", "lambda.amazonaws.com"))
        .with("Action", "sts:AssumeRole");
    let policy = Map::new()
        .with("PolicyName", "contract")
        .with("PolicyDocument", policy(function, contract_statements));
    let properties = Map::new()
        .with("AssumeRolePolicyDocument", document(vec![trust]))
        .with("Policies", [policy]);
    Resource::new(role_id(function), "AWS::IAM::Role", properties)
}

/// The policy of a function's role.
pub(super) fn policy(function: &Function, contract_statements: Vec<Map>) -> Map {
    let mut statements = vec![write_logs(function), send_traces()];
    statements.extend(use_network(function));
    statements.extend(contract_statements);
    document(statements)
}

/// What the function's contract allows it, besides its own log and traces.
pub(super) fn contract_statements(
    system: &System,
    service: &Service,
    function: &Function,
) -> Vec<Map> {
    let mut statements = Vec::new();
    statements.extend(used(service, function).iter().flat_map(use_table));
    statements.extend(publish(system, service, function));
    statements.extend(consume(service, function));
    statements.extend(read_stream(service, function).into_iter().flatten());
    statements.extend(secrets::read_secrets(function));
    statements.extend(asked(function));
    match length(&statements) > MERGED_FROM {
        true => merged(statements),
        false => statements,
    }
}

/// From how many characters on statements of equal actions become one. IAM counts what names come to in a stage, which are
/// longer or shorter than what stands for them here.
const MERGED_FROM: usize = limits::IAM_ROLE_POLICY as usize / 2;

fn length(statements: &[Map]) -> usize {
    statements.iter().map(|one| one.to_json().to_string().len()).sum()
}

/// One statement for each list of actions and condition, which keeps the name of the first.
fn merged(statements: Vec<Map>) -> Vec<Map> {
    let mut all: Vec<(Map, Vec<Value>)> = vec![];
    for statement in statements {
        let resources = match statement.get("Resource") {
            Some(Value::List(resources)) => resources.clone(),
            one => one.into_iter().cloned().collect(),
        };
        let is_alike = |(other, _): &&mut (Map, Vec<Value>)| {
            ["Action", "Condition"].iter().all(|key| other.get(key) == statement.get(key))
        };
        match all.iter_mut().find(is_alike) {
            Some((_, known)) => {
                known.extend(
                    resources.into_iter().filter(|one| !known.contains(one)).collect::<Vec<_>>(),
                );
            }
            None => all.push((statement, resources)),
        }
    }
    let whole = |(statement, mut resources): (Map, Vec<Value>)| {
        let only = (resources.len() == 1).then(|| resources.remove(0));
        let part = |key: &str| statement.get(key).cloned();
        Map::new()
            .with_some("Sid", part("Sid"))
            .with_some("Effect", part("Effect"))
            .with_some("Action", part("Action"))
            .with("Resource", only.unwrap_or(Value::List(resources)))
            .with_some("Condition", part("Condition"))
    };
    all.into_iter().map(whole).collect()
}

/// What the contract asks for by itself.
fn asked(function: &Function) -> impl Iterator<Item = Map> {
    function.settings.statements.iter().enumerate().map(|(at, one)| {
        let actions: Vec<&str> = one.actions.iter().map(String::as_str).collect();
        let resources = one.resources.iter().map(|one| super::functions::text(one)).collect();
        allow(format!("Asked{}", at + 1), &actions, resources)
    })
}

/// A policy document.
pub(super) fn document(statements: Vec<Map>) -> Map {
    Map::new().with("Version", "2012-10-17").with("Statement", statements)
}

fn allow(sid: String, actions: &[&str], mut resources: Vec<Value>) -> Map {
    // One resource stands without a list, as people write it.
    let resources = if resources.len() == 1 { resources.remove(0) } else { resources.into() };
    Map::new()
        .with("Sid", sid)
        .with("Effect", "Allow")
        .with("Action", actions.to_vec())
        .with("Resource", resources)
}

fn write_logs(function: &Function) -> Map {
    let group = attribute(&super::functions::log_group_id(function), "Arn");
    allow("WriteLogs".into(), &["logs:CreateLogStream", "logs:PutLogEvents"], vec![group])
}

/// X-Ray knows no resources to scope these two actions to.
fn send_traces() -> Map {
    let actions = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"];
    allow("SendTraces".into(), &actions, vec!["*".into()])
}

/// What Lambda does to put the function into a network (`AWSLambdaVPCAccessExecutionRole`); the actions know no resources.
pub(super) fn use_network(function: &Function) -> Option<Map> {
    let actions = [
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:UnassignPrivateIpAddresses",
    ];
    function.settings.in_vpc.then(|| allow("UseNetwork".into(), &actions, vec!["*".into()]))
}

/// What a function does with a table, whichever of its types of items it does it with.
struct Used<'a> {
    table: &'a Table,
    actions: Vec<TableAction>,
    indexes: Vec<&'a str>,
}

/// The tables that a function uses, each once.
fn used<'a>(service: &'a Service, function: &'a Function) -> Vec<Used<'a>> {
    let mut all: Vec<Used<'a>> = vec![];
    for TableAccess { table, actions, indexes } in &function.access {
        let table = service.table(*table);
        let at = all.iter().position(|used| used.table.name == table.name);
        let at = at.unwrap_or_else(|| {
            all.push(Used { table, actions: vec![], indexes: vec![] });
            all.len() - 1
        });
        let used = &mut all[at];
        used.actions.extend(actions);
        used.actions.sort_unstable();
        used.actions.dedup();
        for name in indexes.iter().map(|index| table.indexes[*index].name.wire.as_str()) {
            if !used.indexes.contains(&name) {
                used.indexes.push(name);
            }
        }
    }
    all
}

/// The table's own actions, and `Query` on each index that may be queried.
fn use_table(Used { table, actions, indexes }: &Used<'_>) -> Vec<Map> {
    let id = names::table_id(table);
    let mut statements = Vec::new();
    if !actions.is_empty() {
        let actions: Vec<_> = actions.iter().map(|action| iam_action(*action)).collect();
        statements.push(allow(format!("Use{id}"), &actions, vec![tables::arn_of(table, "")]));
    }
    if !indexes.is_empty() {
        let arn = |name: &&str| tables::arn_of(table, &format!("/index/{name}"));
        let resources = indexes.iter().map(arn).collect();
        statements.push(allow(format!("Query{id}Indexes"), &["dynamodb:Query"], resources));
    }
    statements
}

/// The IAM action of a contract's action. Parts of a transaction need the same ones, and one of its own where it only
/// checks a condition.
pub(super) fn iam_action(action: TableAction) -> &'static str {
    match action {
        TableAction::Get => "dynamodb:GetItem",
        TableAction::Put => "dynamodb:PutItem",
        TableAction::Update => "dynamodb:UpdateItem",
        TableAction::Delete => "dynamodb:DeleteItem",
        TableAction::Query => "dynamodb:Query",
        TableAction::Scan => "dynamodb:Scan",
        TableAction::BatchGet => "dynamodb:BatchGetItem",
        TableAction::BatchWrite => "dynamodb:BatchWriteItem",
        TableAction::Check => "dynamodb:ConditionCheckItem",
    }
}

/// The names of the buses that a function publishes to, each once, in order.
pub(super) fn buses_of<'a>(service: &'a Service, function: &Function) -> Vec<&'a str> {
    let mut buses = Vec::new();
    for index in &function.publishes {
        let Destination::Bus(bus) = &service.sends[*index].destination;
        if !buses.contains(&bus.as_str()) {
            buses.push(bus);
        }
    }
    buses
}

/// The events that the contracts name, a statement for each bus and source: who may publish one may not publish
/// another's.
fn publish(system: &System, service: &Service, function: &Function) -> Vec<Map> {
    let mut events: Vec<(&str, &str, Vec<&str>)> = Vec::new();
    for sent in function.publishes.iter().map(|index| &service.sends[*index]) {
        let Destination::Bus(bus) = &sent.destination;
        let (source, kind) =
            (sent.message.source.as_deref().unwrap_or_default(), sent.message.detail_type.as_str());
        match events.iter_mut().find(|(known, of, _)| *known == bus && *of == source) {
            None => events.push((bus, source, vec![kind])),
            Some((.., kinds)) if kinds.contains(&kind) => {}
            Some((.., kinds)) => kinds.push(kind),
        }
    }
    let is_one = events.len() == 1;
    let statement = |(index, (bus, source, kinds)): (usize, (&str, &str, Vec<&str>))| {
        let sid =
            if is_one { "PublishEvents".to_owned() } else { format!("PublishEvents{}", index + 1) };
        let named = Map::new().with("events:source", source).with("events:detail-type", kinds);
        allow(sid, &["events:PutEvents"], vec![names::bus_arn(system, bus)])
            .with("Condition", Map::new().with("StringEquals", named))
    };
    events.into_iter().enumerate().map(statement).collect()
}

/// What the way in which events reach the function asks of it.
fn consume(service: &Service, function: &Function) -> Option<Map> {
    let Trigger::Receive(index) = function.trigger else { return None };
    let on = |verb: &str, queue: &Queue, actions: &[&str]| {
        let id = names::queue_id(queue);
        allow(format!("{verb}{id}"), actions, vec![attribute(&id, "Arn")])
    };
    match &service.receives[index].delivery {
        Delivery::Queue(delivery) => {
            // What Lambda needs to poll (Lambda developer guide, "Creating and configuring an Amazon SQS event
            // source mapping"). Failed messages come back when their visibility ends; nothing changes it.
            let actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
            Some(on("Poll", &delivery.queue, &actions))
        }
        Delivery::Direct(delivery) => {
            let queue = delivery.on_failure.as_ref()?;
            Some(on("GiveUpTo", queue, &["sqs:SendMessage"]))
        }
        Delivery::Stream(delivery) => {
            let queue = delivery.on_failure.as_ref()?;
            Some(on("GiveUpTo", queue, &["sqs:SendMessage"]))
        }
    }
}

/// What Lambda needs to read the stream of a table (Lambda developer guide, "Execution role permissions" of "Using AWS
/// Lambda with Amazon DynamoDB").
fn read_stream(service: &Service, function: &Function) -> Option<[Map; 2]> {
    let Trigger::Receive(index) = function.trigger else { return None };
    let table = service.table(service.receives[index].delivery.stream()?.table);
    let id = names::table_id(table);
    let actions = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"];
    let read = allow(format!("Read{id}Stream"), &actions, vec![tables::stream_of(table)]);
    // Streams can only be listed as a whole.
    let list = allow("ListStreams".into(), &["dynamodb:ListStreams"], vec!["*".into()]);
    Some([read, list])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_of_equal_actions_become_one() {
        let statement =
            |sid: &str, action: &str, name: &str| allow(sid.into(), &[action], vec![name.into()]);
        let limited = || {
            let condition = Map::new().with("StringEquals", Map::new().with("events:source", "a"));
            statement("C", "x:A", "3").with("Condition", condition)
        };
        let given = [("A", "x:A", "1"), ("B", "x:B", "1"), ("D", "x:A", "2"), ("E", "x:A", "1")];
        let mut given: Vec<Map> = given.map(|(sid, action, on)| statement(sid, action, on)).into();
        given.push(limited());
        let both = allow("A".into(), &["x:A"], vec!["1".into(), "2".into()]);
        assert_eq!(merged(given), [both, statement("B", "x:B", "1"), limited()]);
    }
}
