//! Logical ids and physical names.
//!
//! A logical id is the thing's name in Pascal case and what it is: `ProductTable`. It never holds a stage or a
//! position, so it stays the same when a contract changes elsewhere. A physical name starts with the stack's name,
//! so that stages can live in one account.

use super::value::{Value, attribute, reference, substitute};
use crate::model::{Bus, EventRule, Function, Name, Queue, Service, System, Table};

/// `ProductTable`
pub(in crate::emit) fn table_id(table: &Table) -> String {
    format!("{}Table", table.name.pascal)
}

/// `OrderingCheckoutFunction`
pub(super) fn function_id(function: &Function) -> String {
    format!("{}Function", function.name.pascal)
}

/// What API, rules and queues invoke: the function, or its alias `OrderingCheckoutFunctionLive`.
pub(super) fn invoked_id(function: &Function) -> String {
    match &function.settings.live {
        None => function_id(function),
        Some(_) => format!("{}Live", function_id(function)),
    }
}

/// The ARN of what is invoked.
pub(super) fn invoked_arn(function: &Function) -> Value {
    let id = invoked_id(function);
    match &function.settings.live {
        None => attribute(&id, "Arn"),
        // A reference to an alias is its ARN.
        Some(_) => reference(&id),
    }
}

/// `OrderQueue`
pub(super) fn queue_id(queue: &Queue) -> String {
    ending_in(&queue.name, "Queue")
}

/// `OrderQueueRule`
pub(super) fn rule_id(rule: &EventRule) -> String {
    ending_in(&rule.name, "Rule")
}

/// `SwnEventBus`
pub(in crate::emit) fn bus_id(bus: &Bus) -> String {
    ending_in(&bus.name, "Bus")
}

/// The name with the ending, unless it has it already.
fn ending_in(name: &Name, ending: &str) -> String {
    let stem = name.pascal.strip_suffix(ending).unwrap_or(&name.pascal);
    format!("{stem}{ending}")
}

/// `${AWS::StackName}-product`
pub(super) fn physical(name: &str) -> String {
    format!("${{AWS::StackName}}-{name}")
}

/// The ARN of a queue by its name. Only for policies that would otherwise make two queues wait for each other.
pub(super) fn queue_arn_by_name(queue: &Queue) -> Value {
    substitute(format!(
        "arn:${{AWS::Partition}}:sqs:${{AWS::Region}}:${{AWS::AccountId}}:{}",
        physical(&queue.name.wire)
    ))
}

/// The bus that the stack makes under this name; `default` is the account's own.
pub(super) fn own_bus<'a>(system: &'a System, name: &str) -> Option<&'a Bus> {
    system.buses.iter().find(|bus| bus.name.wire == name && name != "default")
}

/// What names a bus to `PutEvents` and to rules.
pub(super) fn bus_name(system: &System, name: &str) -> Value {
    own_bus(system, name).map_or_else(|| name.into(), |bus| reference(&bus_id(bus)))
}

/// The ARN of a bus.
pub(super) fn bus_arn(system: &System, name: &str) -> Value {
    own_bus(system, name).map_or_else(
        || {
            substitute(format!(
                "arn:${{AWS::Partition}}:events:${{AWS::Region}}:${{AWS::AccountId}}:event-bus/{name}"
            ))
        },
        |bus| attribute(&bus_id(bus), "Arn"),
    )
}

/// The dimensions by which EventBridge measures a rule.
pub(super) fn rule_dimensions<'a>(system: &System, rule: &EventRule) -> Vec<(&'a str, Value)> {
    let bus = own_bus(system, &rule.bus).map(|bus| ("EventBusName", reference(&bus_id(bus))));
    let name = ("RuleName", substitute(physical(&rule.name.wire)));
    bus.into_iter().chain([name]).collect()
}

/// The dimensions by which functions measure an operation: those of the runtime's `metrics`.
pub(super) fn operation_dimensions<'a>(
    service: &Service,
    operation: &Name,
) -> Vec<(&'a str, Value)> {
    vec![("service", (&service.name.wire).into()), ("operation", operation.plain().into())]
}

/// The dimensions of what a service measures over all of its operations.
pub(super) fn service_dimensions<'a>(service: &Service) -> Vec<(&'a str, Value)> {
    vec![("service", (&service.name.wire).into())]
}

/// All functions with the service each belongs to.
pub(super) fn functions(system: &System) -> impl Iterator<Item = (&Service, &Function)> {
    system
        .services
        .iter()
        .flat_map(|service| service.functions.iter().map(move |function| (service, function)))
}
