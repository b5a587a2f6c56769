//! How large a function's settings are at least, where AWS limits them.
//!
//! What only a deployment knows (the stack's name, parameters, region and account) counts as short as it can be, so what
//! is too large here is too large wherever it is deployed.

use std::collections::BTreeMap;

use super::value::{Map, Value};
use super::{functions, names, roles};
use crate::model::{Function, System};

/// How large a function's settings are at least.
#[derive(Debug, Clone)]
pub struct FunctionSize<'a> {
    /// The function.
    pub function: &'a Function,
    /// The names and values of its variables, in bytes.
    pub variable_bytes: usize,
    /// The policy of its role, in characters without blanks, as IAM counts.
    pub policy_characters: usize,
}

/// The least lengths of a resource's ARN up to its name, and of its name.
type Lengths = BTreeMap<String, (usize, usize)>;

/// The sizes of all functions that the contracts name.
pub(super) fn of_functions(system: &System) -> Vec<FunctionSize<'_>> {
    let known = lengths(system);
    let size = |(service, function)| {
        let variables = functions::environment(system, service, function);
        let variable_bytes =
            variables.iter().map(|(name, value)| name.len() + least(value, &known));
        let statements = roles::contract_statements(system, service, function);
        let policy = roles::policy(function, statements);
        FunctionSize {
            function,
            variable_bytes: variable_bytes.sum(),
            policy_characters: characters(&policy.into(), &known),
        }
    };
    names::functions(system).map(size).collect()
}

/// What stands before a name whose length nobody knows yet.
fn physical(name: &str) -> usize {
    "s-".len() + name.len()
}

fn lengths(system: &System) -> Lengths {
    const TABLE: usize = "arn:aws:dynamodb:us-east-1:123456789012:table/".len();
    const QUEUE: usize = "arn:aws:sqs:us-east-1:123456789012:".len();
    let mut known = Lengths::new();
    for service in &system.services {
        let own = service.tables.iter().filter(|table| table.existing.is_none());
        known
            .extend(own.map(|table| (names::table_id(table), (TABLE, physical(&table.name.wire)))));
        let queues = service.receives.iter().flat_map(|receive| receive.delivery.queues());
        known.extend(
            queues.map(|queue| (names::queue_id(queue), (QUEUE, physical(&queue.name.wire)))),
        );
    }
    known
}

/// The characters of a value as JSON, without blanks.
fn characters(value: &Value, known: &Lengths) -> usize {
    let text = |text: &str| "\"\"".len() + text.chars().filter(|one| !one.is_whitespace()).count();
    let list = |lengths: Vec<usize>| {
        "{}".len() + lengths.len().saturating_sub(1) + lengths.into_iter().sum::<usize>()
    };
    match value {
        Value::Map(map) if intrinsic(map).is_some() => "\"\"".len() + least(value, known),
        Value::Map(map) => {
            let entry = |(key, one)| text(key) + ":".len() + characters(one, known);
            list(map.iter().map(entry).collect())
        }
        Value::List(values) => list(values.iter().map(|one| characters(one, known)).collect()),
        Value::Text(plain) | Value::Block(plain) | Value::Number(plain) => text(plain),
        Value::Int(_) | Value::Bool(_) => 1,
    }
}

/// The intrinsic function that a map is.
fn intrinsic(map: &Map) -> Option<(&str, &Value)> {
    let only = map.iter().next().filter(|_| map.len() == 1)?;
    (only.0 == "Ref" || only.0.starts_with("Fn::")).then_some(only)
}

/// The bytes of the text that a value comes to.
fn least(value: &Value, known: &Lengths) -> usize {
    match value {
        Value::Text(text) | Value::Block(text) | Value::Number(text) => text.len(),
        Value::Int(_) | Value::Bool(_) | Value::List(_) => 1,
        Value::Map(map) => match intrinsic(map) {
            Some(("Ref", Value::Text(id))) => of_reference(id, known),
            Some(("Fn::GetAtt", Value::List(path))) => match path.as_slice() {
                [Value::Text(id), Value::Text(name)] => {
                    of_reference(&format!("{id}.{name}"), known)
                }
                _ => 0,
            },
            Some(("Fn::Sub", Value::Text(text))) => of_substituted(text, known),
            Some(("Fn::Sub", Value::List(parts))) => match parts.first() {
                Some(Value::Text(text)) => of_substituted(text, known),
                _ => 0,
            },
            Some(("Fn::If", Value::List(parts))) => {
                parts.iter().skip(1).map(|one| least(one, known)).min().unwrap_or(0)
            }
            _ => 0,
        },
    }
}

fn of_substituted(text: &str, known: &Lengths) -> usize {
    let mut pieces = text.split("${");
    let before = pieces.next().map_or(0, str::len);
    let piece = |piece: &str| match piece.split_once('}') {
        Some((name, rest)) => of_reference(name, known) + rest.len(),
        None => piece.len(),
    };
    before + pieces.map(piece).sum::<usize>()
}

/// The length of what a reference comes to: a pseudo parameter, a resource or its ARN; nothing of a parameter, which may
/// be empty.
fn of_reference(name: &str, known: &Lengths) -> usize {
    match (name, name.strip_suffix(".Arn")) {
        ("AWS::Region", _) => "us-east-1".len(),
        ("AWS::AccountId", _) => "123456789012".len(),
        ("AWS::Partition", _) => "aws".len(),
        ("AWS::StackName", _) => 1,
        (_, Some(id)) => {
            let some = ("arn:aws:x:us-east-1:123456789012:".len(), 1);
            let (before, name) = known.get(id).copied().unwrap_or(some);
            before + name
        }
        (id, None) => known.get(id).map_or(0, |(_, name)| *name),
    }
}
