//! What functions measure themselves: requests that fail or are slow, and messages that violate the contract.
//!
//! One alarm for all operations of a service, by the metrics that have the service as their only dimension; an operation
//! has alarms of its own where it declares an objective, or where `spec/defaults.yaml` asks for them.

use super::{Alarm, read_log};
use crate::emit::cfn::names;
use crate::emit::cfn::value::{Value, reference};
use crate::model::{AlarmsPer, Function, Objective, Operation, Receive, Service, Trigger};

/// The alarms of a service.
pub(super) fn of_service<'a>(service: &Service, per: AlarmsPer) -> Vec<Alarm<'a>> {
    let mut alarms = vec![];
    let api = service.functions.iter().find(|function| function.trigger == Trigger::Api);
    if let Some(function) = api {
        if per == AlarmsPer::Service {
            alarms.push(requests_failing(service, function));
        }
        for operation in &service.operations {
            let objective = operation.objective.as_ref();
            let errors = objective.and_then(|objective| objective.errors.as_deref());
            if per == AlarmsPer::Operation || errors.is_some() {
                let limit = errors.unwrap_or(USUAL_ERRORS);
                alarms.push(operation_failing(service, function, operation, limit));
            }
            if let Some(Objective { latency_ms: Some(limit), .. }) = objective {
                alarms.push(operation_slow(service, function, operation, *limit));
            }
        }
    }
    match per {
        AlarmsPer::Service => alarms.extend(rejects_of_service(service)),
        AlarmsPer::Operation => {
            alarms.extend(service.receives.iter().map(|one| messages_rejected(service, one)));
        }
    }
    alarms
}

/// The share of requests that may fail where no objective says otherwise.
const USUAL_ERRORS: &str = "0.05";

/// A share as a percentage: `0.005` is `0.5`.
fn percent(share: &str) -> String {
    let hundred = scalars::Decimal::new(100, 0);
    let percent = scalars::Decimal::parse(share).and_then(|share| share.checked_mul(hundred));
    percent.map_or_else(|| share.to_owned(), |percent| percent.to_string())
}

const READ_FAILURES: &str = "A line with `failure` is an error that the contract does not declare, with its chain of \
                             causes. A line without it is a 5xx that the contract declares: the reason is in a `WARN` \
                             line with the same `requestId`.";

const FOLLOW_TRACE: &str = "Use `traceId` to find the same request in the access log, and in the logs of all functions \
                            that processed its events.";

fn requests_failing<'a>(service: &Service, function: &Function) -> Alarm<'a> {
    Alarm {
        id: format!("{}RequestsFailing", service.name.pascal),
        description: format!(
            "More than 5% of the requests to the service {} fail with a 5xx status. The dashboard shows which \
             operation, the function's log shows why.",
            service.name.wire
        ),
        steps: vec![
            "Look at the 5xx of each operation on the dashboard: does one of them fail, or all?"
                .into(),
            read_log(function, "{ $.status >= 500 }"),
            READ_FAILURES.into(),
            FOLLOW_TRACE.into(),
        ],
        dimensions: names::service_dimensions(service),
        ..failing(USUAL_ERRORS)
    }
}

fn operation_failing<'a>(
    service: &Service,
    function: &Function,
    operation: &Operation,
    limit: &str,
) -> Alarm<'a> {
    let id = &operation.id;
    Alarm {
        id: format!("{}{}Failing", service.name.pascal, id.pascal),
        description: format!(
            "More than {}% of {} requests fail with a 5xx status. The function's log shows why: search for this operation \
             and a status of 500 or more.",
            percent(limit),
            id.wire
        ),
        steps: vec![
            read_log(
                function,
                &format!("{{ $.operation = \"{}\" && $.status >= 500 }}", id.plain()),
            ),
            READ_FAILURES.into(),
            FOLLOW_TRACE.into(),
        ],
        dimensions: names::operation_dimensions(service, id),
        ..failing(limit)
    }
}

/// An alarm on the share of requests that fail.
fn failing<'a>(limit: &str) -> Alarm<'a> {
    Alarm {
        id: String::new(),
        description: String::new(),
        steps: vec![],
        namespace: reference("AWS::StackName"),
        metric: "ServerErrors",
        dimensions: vec![],
        statistic: "Average",
        limit: Value::number(limit),
        period_seconds: 300,
        periods: 3,
        bad_periods: 2,
    }
}

fn operation_slow<'a>(
    service: &Service,
    function: &Function,
    operation: &Operation,
    limit_ms: u64,
) -> Alarm<'a> {
    let id = &operation.id;
    Alarm {
        id: format!("{}{}Slow", service.name.pascal, id.pascal),
        description: format!(
            "The p99 latency of {} exceeds {limit_ms} ms, the objective in its contract. Compare it with the other \
             operations on the dashboard.",
            id.wire
        ),
        steps: vec![
            "Is this operation alone slow, or all of the service? If all are, check for throttled tables and cold \
             starts first."
                .into(),
            read_log(
                function,
                &format!("{{ $.operation = \"{}\" && $.durationMs > {limit_ms} }}", id.plain()),
            ),
            FOLLOW_TRACE.into(),
        ],
        metric: "Latency",
        statistic: "p99",
        dimensions: names::operation_dimensions(service, id),
        limit: Value::number(&limit_ms.to_string()),
        ..failing(USUAL_ERRORS)
    }
}

/// A message that never can be processed shows at once that sender and receiver disagree; its dead letter shows it only
/// when it was delivered as often as the queue allows.
fn rejects_of_service<'a>(service: &Service) -> Option<Alarm<'a>> {
    let function = &service.functions[service.receives.first()?.function];
    let id = format!("{}MessagesRejected", service.name.pascal);
    let whose = format!("The service {}", service.name.wire);
    Some(rejects(id, &whose, function, names::service_dimensions(service)))
}

fn messages_rejected<'a>(service: &Service, receive: &Receive) -> Alarm<'a> {
    let id = &receive.id;
    let function = &service.functions[receive.function];
    let dimensions = names::operation_dimensions(service, id);
    rejects(format!("{}{}Rejects", service.name.pascal, id.pascal), &id.wire, function, dimensions)
}

fn rejects<'a>(
    id: String,
    whose: &str,
    function: &Function,
    dimensions: Vec<(&'a str, Value)>,
) -> Alarm<'a> {
    Alarm {
        id,
        description: format!(
            "{whose} received messages that violate the contract, and will never process them. The function's log \
             shows each violation. Check the sender's last deployment."
        ),
        steps: vec![
            read_log(function, "{ $.outcome = \"reject\" }"),
            "`reason` lists every violation with its location in the event. Does the sender violate its contract, \
             or is the receiver older than the event's version? `codegen check --base <last release>` shows what \
             changed."
                .into(),
            "Deploy a fix of the sender or receiver, then redrive the dead-letter queue.".into(),
        ],
        metric: "Rejects",
        statistic: "Sum",
        dimensions,
        limit: Value::Int(0),
        periods: 1,
        bad_periods: 1,
        ..failing(USUAL_ERRORS)
    }
}
