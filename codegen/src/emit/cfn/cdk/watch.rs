//! Alarms and the dashboard, said again from the plain template's resources.

use serde_json::Value as Json;

use super::super::template::{Resource, Template};
use super::super::value::{Map, Value};
use super::data::assign;
use super::group::{Group, Member};
use super::scope::{Scope, member};
use super::ts::{Ts, comment};

/// What every alarm has; `alarm.ts` says it once for all.
const SHARED: [(&str, &str); 2] =
    [("ComparisonOperator", "GreaterThanThreshold"), ("TreatMissingData", "notBreaching")];

/// The alarms.
pub(super) fn alarms(template: &Template, scope: &Scope) -> Group {
    let mut group = Group {
        class: "Alarms",
        docs: "The alarms. They notify the topic in the settings.",
        ..Group::default()
    };
    for resource in template.resources().filter(|one| one.kind == "AWS::CloudWatch::Alarm") {
        let docs = match resource.properties.get("AlarmDescription") {
            Some(Value::Text(text)) => comment(text),
            _ => format!("The alarm {}.", resource.id),
        };
        let id = resource.id.clone();
        group.members.push(Member { id, class: "cloudwatch.Alarm", docs });
        group.statements.push(alarm(resource, scope));
        group.statements.extend(overrides(resource, scope));
    }
    group
}

fn alarm(resource: &Resource, scope: &Scope) -> String {
    let of = |key: &str| resource.properties.get(key).map(|value| scope.value(value));
    let metric = Ts::object([
        ("namespace", of("Namespace")),
        ("metricName", of("MetricName")),
        (
            "dimensionsMap",
            resource.properties.get("Dimensions").map(|list| dimensions(list, scope)),
        ),
        ("statistic", of("Statistic").or_else(|| of("ExtendedStatistic"))),
        (
            "period",
            of("Period").map(|period| Ts::code(format!("Duration.seconds({})", period.flat()))),
        ),
    ]);
    let props = Ts::object([
        ("alarmDescription", of("AlarmDescription")),
        ("metric", Some(Ts::call("new cloudwatch.Metric", metric))),
        ("threshold", of("Threshold")),
        ("evaluationPeriods", of("EvaluationPeriods")),
        ("datapointsToAlarm", of("DatapointsToAlarm")),
    ]);
    let arguments = vec![Ts::code("this"), Ts::text(&resource.id), Ts::code("settings"), props];
    Ts::Call("alarm".into(), arguments).statement(4, &format!("this.{} = ", member(&resource.id)))
}

/// What an alarm has besides what all have: the CDK's properties are set anew.
fn overrides(resource: &Resource, scope: &Scope) -> Vec<String> {
    let said = [
        "AlarmName",
        "AlarmDescription",
        "Namespace",
        "MetricName",
        "Dimensions",
        "Statistic",
        "ExtendedStatistic",
        "Period",
        "Threshold",
        "EvaluationPeriods",
        "DatapointsToAlarm",
        "AlarmActions",
        "OKActions",
    ];
    let construct = format!(
        "(this.{}.node.defaultChild as cloudwatch.CfnAlarm).addPropertyOverride",
        member(&resource.id)
    );
    let shared = |key: &str, value: &Value| {
        SHARED.iter().any(|(name, usual)| *name == key && *value == Value::from(*usual))
    };
    resource
        .properties
        .iter()
        .filter(|(key, value)| !said.contains(key) && !shared(key, value))
        .map(|(key, value)| {
            Ts::Call(construct.clone(), vec![Ts::text(key), scope.value(value)]).statement(4, "")
        })
        .collect()
}

fn dimensions(list: &Value, scope: &Scope) -> Ts {
    let Value::List(list) = list else { return Ts::Object(Vec::new()) };
    let entry = |dimension: &Value| match dimension {
        Value::Map(map) => match (map.get("Name"), map.get("Value")) {
            (Some(Value::Text(name)), Some(value)) => Some((name.clone(), scope.value(value))),
            _ => None,
        },
        _ => None,
    };
    Ts::Object(list.iter().filter_map(entry).collect())
}

/// The dashboard; none when the template has none.
pub(super) fn dashboard(template: &Template, scope: &Scope) -> Option<Group> {
    let resource = template.resources().find(|one| one.kind == "AWS::CloudWatch::Dashboard")?;
    let mut statements = vec![assign(
        &resource.id,
        "cloudwatch.Dashboard",
        Ts::object([(
            "dashboardName",
            resource.properties.get("DashboardName").map(|name| scope.value(name)),
        )]),
    )];
    let name = member(&resource.id);
    for row in rows(&body(resource)) {
        let call = Ts::Call(
            format!("this.{name}.addWidgets"),
            row.iter().map(|one| widget(one, scope)).collect(),
        );
        statements.push(call.statement(4, ""));
    }
    Some(Group {
        class: "Watch",
        docs: "The dashboard.",
        members: vec![Member {
            id: resource.id.clone(),
            class: "cloudwatch.Dashboard",
            docs: "The status of the API, and the causes of errors.".into(),
        }],
        statements,
    })
}

/// The body of a dashboard: JSON in which `${…}` stands for names.
fn body(resource: &Resource) -> Json {
    let text = match resource.properties.get("DashboardBody") {
        Some(Value::Map(map)) => map.get("Fn::Sub").cloned(),
        other => other.cloned(),
    };
    match text {
        Some(Value::Text(text) | Value::Block(text)) => match serde_json::from_str(&text) {
            Ok(body) => body,
            Err(error) => unreachable!("the body of a dashboard is not JSON: {error}"),
        },
        other => unreachable!("a dashboard has a body of {other:?}"),
    }
}

/// The widgets of a dashboard's body, row by row.
fn rows(body: &Json) -> Vec<Vec<Json>> {
    let mut rows: Vec<Vec<Json>> = Vec::new();
    for widget in body["widgets"].as_array().into_iter().flatten() {
        match rows.last_mut().filter(|row| row[0]["y"] == widget["y"]) {
            Some(row) => row.push(widget.clone()),
            None => rows.push(vec![widget.clone()]),
        }
    }
    rows
}

fn widget(widget: &Json, scope: &Scope) -> Ts {
    let number = |key: &str| Ts::code(widget[key].to_string());
    let properties = scope.value_with(&in_substitutions(&widget["properties"]), &|_| None);
    let arguments = vec![
        Ts::text(widget["type"].as_str().unwrap_or_default()),
        number("width"),
        number("height"),
        properties,
    ];
    Ts::Call("new Widget".into(), arguments)
}

/// JSON as a value of the template in which every text is substituted.
fn in_substitutions(json: &Json) -> Value {
    match json {
        Json::String(text) if text.contains("${") => super::super::value::substitute(text.as_str()),
        Json::Array(items) => Value::List(items.iter().map(in_substitutions).collect()),
        Json::Object(entries) => Value::Map(
            entries
                .iter()
                .map(|(key, value)| (key.as_str(), in_substitutions(value)))
                .collect::<Map>(),
        ),
        other => other.into(),
    }
}
