//! The dashboard: one page that tells a person on call whether customers are served, and where it hurts if not.
//!
//! From top to bottom: alarms; what customers notice, the API as a whole and the operations of each service; what
//! happens to events, in functions, rules and queues; the tables; the latest errors. Every chart names what is in it,
//! and all of them share the period that the page shows.

use serde_json::{Value as Json, json};

use super::names;
use super::plan::{Plan, PlannedRule};
use super::tables;
use super::template::Resource;
use super::value::{Map, Value, inert, substitute};
use crate::model::{Name, Operation, Service, System};

/// How wide the dashboard's grid is.
const WIDTH: usize = 24;

/// Alarms that one widget shows at most.
const MAX_ALARMS: usize = 100;

/// Operations that one chart shows at most; of a service with more, it shows their sum.
const MAX_LINES: usize = 40;

/// The dashboard over all other sections of the template.
pub(super) fn dashboard(system: &System, plan: &Plan<'_>, alarms: &[Resource]) -> Resource {
    let has_api = system.services.iter().any(|service| !service.operations.is_empty());
    let mut rows: Vec<_> = alarms.chunks(MAX_ALARMS).map(|some| vec![alarm_widget(some)]).collect();
    rows.extend(has_api.then(api_row));
    rows.extend(system.services.iter().filter_map(operation_row));
    rows.extend(event_row(system));
    rows.extend((!plan.rules.is_empty()).then(|| rule_row(system, plan)));
    rows.extend((!plan.queues.is_empty()).then(|| queue_row(plan)));
    rows.push(function_row(system));
    rows.extend(table_row(system));
    rows.push(vec![error_log(system)]);
    // A line for each widget: a change shows in one line, and the template stays short.
    let widgets: Vec<_> = place(rows).iter().map(Json::to_string).collect();
    let text = format!("{{\"widgets\":[\n{}\n]}}", widgets.join(",\n"));
    let properties = Map::new()
        .with("DashboardName", Map::new().with("Ref", "AWS::StackName"))
        .with("DashboardBody", Map::new().with("Fn::Sub", Value::Block(inert(&text))));
    Resource::new("Dashboard", "AWS::CloudWatch::Dashboard", properties)
}

/// Gives each widget of a row an equal share of the width, and each row its place below the one before.
fn place(rows: Vec<Vec<Json>>) -> Vec<Json> {
    let height = 6;
    let mut placed = Vec::new();
    for (row, widgets) in rows.into_iter().enumerate() {
        let width = WIDTH / widgets.len().max(1);
        for (column, mut widget) in widgets.into_iter().enumerate() {
            widget["x"] = json!(column * width);
            widget["y"] = json!(row * height);
            widget["width"] = json!(width);
            widget["height"] = json!(height);
            placed.push(widget);
        }
    }
    placed
}

fn alarm_widget(alarms: &[Resource]) -> Json {
    let arns: Vec<_> = alarms.iter().map(|alarm| format!("${{{}.Arn}}", alarm.id)).collect();
    json!({ "type": "alarm", "properties": { "title": "Alarms", "alarms": arns } })
}

/// A chart of metrics, each with how it is summed up.
fn chart(title: &str, statistic: &str, metrics: Vec<Json>) -> Json {
    json!({
        "type": "metric",
        "properties": {
            "title": title,
            "region": "${AWS::Region}",
            "stat": statistic,
            "period": 60,
            "metrics": metrics,
        },
    })
}

fn api_row() -> Vec<Json> {
    let metric = |name: &str, options: Json| {
        json!([
            "AWS/ApiGateway",
            name,
            "ApiName",
            "${AWS::StackName}",
            "Stage",
            "${ApiStage}",
            options
        ])
    };
    let latency =
        |statistic: &str| metric("Latency", json!({ "stat": statistic, "label": statistic }));
    vec![
        chart("API requests", "Sum", vec![metric("Count", json!({ "label": "requests" }))]),
        chart(
            "API errors",
            "Sum",
            vec![
                metric("5XXError", json!({ "label": "5xx", "color": "#d62728" })),
                metric("4XXError", json!({ "label": "4xx", "color": "#ff7f0e" })),
            ],
        ),
        chart("API latency (ms)", "p99", vec![latency("p50"), latency("p90"), latency("p99")]),
    ]
}

/// A metric that functions measure themselves, of one operation or of all.
fn measured(service: &Service, operation: Option<&Name>, metric: &str, options: Json) -> Json {
    let mut parts = vec![json!("${AWS::StackName}"), json!(metric)];
    parts.extend([json!("service"), json!(service.name.wire)]);
    if let Some(operation) = operation {
        parts.extend([json!("operation"), json!(operation.plain())]);
    }
    parts.push(options);
    parts.into()
}

/// How the operations of a service fare, each by itself where a chart can show them.
fn operation_row(service: &Service) -> Option<Vec<Json>> {
    let metric = |name: &str| {
        let of = |operation: &Operation| {
            let label = json!({ "label": operation.id.plain() });
            measured(service, Some(&operation.id), name, label)
        };
        match service.operations.len() > MAX_LINES {
            true => vec![measured(service, None, name, json!({ "label": service.name.wire }))],
            false => service.operations.iter().map(of).collect::<Vec<_>>(),
        }
    };
    let title = |what: &str| format!("{}: {what}", service.name.pascal);
    (!service.operations.is_empty()).then(|| {
        vec![
            chart(&title("requests"), "SampleCount", metric("Latency")),
            chart(&title("p99 latency (ms)"), "p99", metric("Latency")),
            chart(&title("5xx"), "Sum", metric("ServerErrors")),
            chart(&title("4xx"), "Sum", metric("ClientErrors")),
        ]
    })
}

/// How received messages fare.
fn event_row(system: &System) -> Option<Vec<Json>> {
    let receives: Vec<_> = system
        .services
        .iter()
        .flat_map(|service| service.receives.iter().map(move |receive| (service, &receive.id)))
        .collect();
    let metric = |names: &[&str]| {
        let of = |(service, id): &(&Service, &Name)| {
            let metrics = names.iter().map(|name| {
                let label = match names {
                    [_] => id.plain().to_owned(),
                    _ => format!("{}: {name}", id.plain()),
                };
                measured(service, Some(id), name, json!({ "label": label }))
            });
            metrics.collect::<Vec<_>>()
        };
        receives.iter().flat_map(of).collect::<Vec<_>>()
    };
    (!receives.is_empty()).then(|| {
        vec![
            chart("Events processed", "SampleCount", metric(&["Latency"])),
            chart("p99 time from sent to processed (ms)", "p99", metric(&["Delay"])),
            chart("Failed events", "Sum", metric(&["Retries", "Rejects", "Faults"])),
            chart("Events per batch", "Average", metric(&["BatchSize"])),
        ]
    })
}

/// What becomes of events between bus and target.
fn rule_row(system: &System, plan: &Plan<'_>) -> Vec<Json> {
    let metric = |name: &str| {
        let of = |planned: &PlannedRule<'_>| {
            let mut parts = vec![json!("AWS/Events"), json!(name)];
            if let Some(bus) = names::own_bus(system, &planned.rule.bus) {
                let id = format!("${{{}}}", names::bus_id(bus));
                parts.extend([json!("EventBusName"), json!(id)]);
            }
            let rule = &planned.rule.name.wire;
            parts.extend([json!("RuleName"), json!(names::physical(rule))]);
            parts.push(json!({ "label": rule }));
            Json::from(parts)
        };
        plan.rules.iter().map(of).collect::<Vec<_>>()
    };
    vec![
        chart("Events matched by rules", "Sum", metric("MatchedEvents")),
        chart("Failed deliveries", "Sum", metric("FailedInvocations")),
        chart("Deliveries to dead-letter queues", "Sum", metric("InvocationsSentToDlq")),
    ]
}

fn function_row(system: &System) -> Vec<Json> {
    let metric = |name: &str| {
        names::functions(system)
            .map(|(_, function)| {
                let id = format!("${{{}}}", names::function_id(function));
                json!(["AWS/Lambda", name, "FunctionName", id, { "label": function.name.wire }])
            })
            .collect::<Vec<_>>()
    };
    vec![
        chart("Invocations", "Sum", metric("Invocations")),
        chart("Crashes and timeouts", "Sum", metric("Errors")),
        chart("p99 duration (ms)", "p99", metric("Duration")),
        chart("Concurrent executions", "Maximum", metric("ConcurrentExecutions")),
    ]
}

fn queue_row(plan: &Plan<'_>) -> Vec<Json> {
    let metric = |name: &str, holds_failures: bool| {
        plan.queues
            .iter()
            .filter(|planned| planned.holds_failures == holds_failures)
            .map(|planned| {
                let queue = planned.queue;
                let id = format!("${{{}.QueueName}}", names::queue_id(queue));
                json!(["AWS/SQS", name, "QueueName", id, { "label": queue.name.wire }])
            })
            .collect::<Vec<_>>()
    };
    let charts = [
        ("Visible messages", "ApproximateNumberOfMessagesVisible", false),
        ("Age of the oldest message (s)", "ApproximateAgeOfOldestMessage", false),
        ("Dead-letter queues", "ApproximateNumberOfMessagesVisible", true),
    ];
    charts
        .into_iter()
        .map(|(title, name, holds_failures)| (title, metric(name, holds_failures)))
        .filter(|(_, metrics)| !metrics.is_empty())
        .map(|(title, metrics)| chart(title, "Maximum", metrics))
        .collect()
}

fn table_row(system: &System) -> Option<Vec<Json>> {
    let tables: Vec<_> = tables::made(system).map(|whole| whole.table).collect();
    let metric = |name: &str, statistic: &str| {
        let of_table = |table: &&crate::model::Table| {
            let id = format!("${{{}}}", names::table_id(table));
            let label = &table.name.wire;
            json!(["AWS/DynamoDB", name, "TableName", id, { "stat": statistic, "label": label }])
        };
        tables.iter().map(of_table).collect::<Vec<_>>()
    };
    let both = |reads: &str, writes: &str| [metric(reads, "Sum"), metric(writes, "Sum")].concat();
    (!tables.is_empty()).then(|| {
        vec![
            chart("Consumed read units", "Sum", metric("ConsumedReadCapacityUnits", "Sum")),
            chart("Consumed write units", "Sum", metric("ConsumedWriteCapacityUnits", "Sum")),
            chart(
                "Throttled reads and writes",
                "Sum",
                both("ReadThrottleEvents", "WriteThrottleEvents"),
            ),
        ]
    })
}

fn error_log(system: &System) -> Json {
    let sources: Vec<_> = names::functions(system)
        .map(|(_, function)| {
            let group = super::functions::log_group_id(function);
            format!("SOURCE '${{{group}}}'")
        })
        .collect();
    let query = format!(
        "{} | fields @timestamp, level, message, requestId, @log | filter level = 'ERROR' | sort @timestamp desc | limit 20",
        sources.join(" | ")
    );
    json!({
        "type": "log",
        "properties": {
            "title": "Latest errors",
            "region": "${AWS::Region}",
            "view": "table",
            "query": query,
        },
    })
}

/// The address of the dashboard in the console.
pub(super) fn dashboard_url() -> Value {
    substitute(
        "https://${AWS::Region}.console.aws.amazon.com/cloudwatch/home?region=${AWS::Region}#dashboards:name=${Dashboard}",
    )
}
