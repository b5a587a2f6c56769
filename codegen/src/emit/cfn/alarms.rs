//! Alarms: what somebody has to look at, and where to look first.

use super::names;
use super::plan::Plan;
use super::template::Resource;
use super::value::{Map, Value, attribute, only_if, reference, substitute};
use crate::model::{Function, Queue, Rule, System};

/// An alarm on one metric.
struct Alarm<'a> {
    /// The logical id.
    id: String,
    /// What happened, and what to do.
    description: String,
    namespace: &'a str,
    metric: &'a str,
    dimensions: Vec<(&'a str, Value)>,
    /// `Sum`, `Maximum`, `Average` or a percentile.
    statistic: &'a str,
    /// The greatest value that is all right.
    limit: Value,
    period_seconds: u32,
    /// How many periods are looked at.
    periods: u32,
    /// In how many of them the value must be above the limit.
    bad_periods: u32,
}

/// All alarms.
pub(super) fn alarms(system: &System, plan: &Plan<'_>) -> Vec<Resource> {
    let mut alarms = Vec::new();
    if system.services.iter().any(|service| !service.operations.is_empty()) {
        alarms.extend([api_errors(), api_latency()]);
    }
    for (_, function) in names::functions(system) {
        alarms.extend([function_errors(function), function_throttles(function)]);
    }
    for planned in &plan.queues {
        if planned.holds_failures {
            alarms.push(dead_letters(planned.queue));
        } else {
            alarms.push(queue_age(planned.queue));
        }
    }
    // Where a rule has a dead-letter queue, that queue's alarm tells.
    let unguarded = plan.rules.iter().filter(|planned| planned.rule.dead_letter.is_none());
    alarms.extend(unguarded.map(|planned| undelivered(system, planned.rule)));
    alarms.into_iter().map(Alarm::into_resource).collect()
}

impl Alarm<'_> {
    fn into_resource(self) -> Resource {
        let dimension =
            |(name, value): (&str, Value)| Map::new().with("Name", name).with("Value", value);
        let dimensions: Vec<_> = self.dimensions.into_iter().map(dimension).collect();
        let statistic =
            if self.statistic.starts_with('p') { "ExtendedStatistic" } else { "Statistic" };
        let properties = Map::new()
            .with("AlarmName", substitute(names::physical(&self.id)))
            .with("AlarmDescription", self.description)
            .with("Namespace", self.namespace)
            .with("MetricName", self.metric)
            .with("Dimensions", dimensions)
            .with(statistic, self.statistic)
            .with("ComparisonOperator", "GreaterThanThreshold")
            .with("Threshold", self.limit)
            .with("Period", self.period_seconds)
            .with("EvaluationPeriods", self.periods)
            .with("DatapointsToAlarm", self.bad_periods)
            .with("TreatMissingData", "notBreaching")
            .with("AlarmActions", only_if("NotifiesOfAlarms", [reference("AlarmTopicArn")]));
        Resource::new(self.id, "AWS::CloudWatch::Alarm", properties)
    }
}

fn api_dimensions<'a>() -> Vec<(&'a str, Value)> {
    vec![("ApiName", reference("AWS::StackName")), ("Stage", reference("ApiStage"))]
}

/// More than one request in a hundred, in three minutes of five.
fn api_errors<'a>() -> Alarm<'a> {
    Alarm {
        id: "ApiServerErrors".into(),
        description:
            "More than 1% of API requests fail with 5xx. The access log names route and error, the \
                      function's log the cause."
                .into(),
        namespace: "AWS/ApiGateway",
        metric: "5XXError",
        dimensions: api_dimensions(),
        statistic: "Average",
        limit: Value::number("0.01"),
        period_seconds: 60,
        periods: 5,
        bad_periods: 3,
    }
}

fn api_latency<'a>() -> Alarm<'a> {
    Alarm {
        id: "ApiLatency".into(),
        description: "The slowest hundredth of API requests is slower than the stage allows. Compare latencyMs with \
                      functionLatencyMs in the access log, and look for throttled tables."
            .into(),
        namespace: "AWS/ApiGateway",
        metric: "Latency",
        dimensions: api_dimensions(),
        statistic: "p99",
        limit: reference("MaxLatencyMs"),
        period_seconds: 60,
        periods: 5,
        bad_periods: 3,
    }
}

fn function_alarm<'a>(function: &Function, metric: &'a str, description: String) -> Alarm<'a> {
    let id = names::function_id(function);
    let dimensions = vec![("FunctionName", reference(&id))];
    Alarm {
        id: format!("{id}{metric}"),
        description,
        namespace: "AWS/Lambda",
        metric,
        dimensions,
        statistic: "Sum",
        limit: Value::Int(0),
        period_seconds: 300,
        periods: 1,
        bad_periods: 1,
    }
}

fn function_errors<'a>(function: &Function) -> Alarm<'a> {
    let name = &function.name.wire;
    let description = format!(
        "Invocations of {name} crashed or timed out. The function's log says which and why."
    );
    function_alarm(function, "Errors", description)
}

fn function_throttles<'a>(function: &Function) -> Alarm<'a> {
    let description = format!(
        "Invocations of {} were refused for want of concurrency. Raise its reservation or the account's limit.",
        function.name.wire
    );
    function_alarm(function, "Throttles", description)
}

fn queue_alarm<'a>(queue: &Queue, suffix: &str, metric: &'a str, description: String) -> Alarm<'a> {
    let id = names::queue_id(queue);
    let dimensions = vec![("QueueName", attribute(&id, "QueueName"))];
    Alarm {
        id: format!("{id}{suffix}"),
        description,
        namespace: "AWS/SQS",
        metric,
        dimensions,
        statistic: "Maximum",
        limit: Value::Int(0),
        period_seconds: 60,
        periods: 1,
        bad_periods: 1,
    }
}

fn dead_letters<'a>(queue: &Queue) -> Alarm<'a> {
    let description = format!(
        "Messages lie in {}: they were given up and nobody works on them. Find the cause, then redrive them.",
        queue.name.wire
    );
    queue_alarm(queue, "NotEmpty", "ApproximateNumberOfMessagesVisible", description)
}

fn queue_age<'a>(queue: &Queue) -> Alarm<'a> {
    let description = format!(
        "A message has waited in {} for longer than the stage allows. The consumer fails, is throttled or too slow.",
        queue.name.wire
    );
    let mut alarm = queue_alarm(queue, "Age", "ApproximateAgeOfOldestMessage", description);
    alarm.limit = reference("MaxQueueAgeSeconds");
    alarm
}

fn undelivered<'a>(system: &System, rule: &Rule) -> Alarm<'a> {
    let description =
        format!("Events that match {} could not be delivered and are lost.", rule.name.wire);
    let bus = names::own_bus(system, &rule.bus)
        .map(|bus| ("EventBusName", reference(&names::bus_id(bus))));
    let rule_name = ("RuleName", substitute(names::physical(&rule.name.wire)));
    Alarm {
        id: format!("{}Undelivered", names::rule_id(rule)),
        description,
        namespace: "AWS/Events",
        metric: "FailedInvocations",
        dimensions: bus.into_iter().chain([rule_name]).collect(),
        statistic: "Sum",
        limit: Value::Int(0),
        period_seconds: 300,
        periods: 1,
        bad_periods: 1,
    }
}
