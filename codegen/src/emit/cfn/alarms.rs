//! Alarms: what somebody has to look at, and where to look first.
//!
//! Owns what is watched, by which metric, and from where on it is bad. Each alarm says in its description what
//! happened and what to do; `docs/runbook.md` says the same at greater length, from the same data.

use super::names;
use super::plan::{Plan, PlannedRule};
use super::template::Resource;
use super::value::{Map, Value, attribute, only_if, reference, substitute};
use crate::model::{
    DirectDelivery, Function, Operation, Queue, Receive, Service, System, Table, Trigger,
};

/// An alarm on one metric.
struct Alarm<'a> {
    /// The logical id.
    id: String,
    /// What happened, and where to look first.
    description: String,
    /// What to do, one after the other: Markdown for the runbook.
    steps: Vec<String>,
    namespace: Value,
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

/// An alarm as the runbook tells of it.
pub(in crate::emit) struct Told {
    /// The logical id, with which the alarm's name ends.
    pub(in crate::emit) id: String,
    /// What happened.
    pub(in crate::emit) description: String,
    /// When it goes off.
    pub(in crate::emit) condition: String,
    /// What to do, one after the other.
    pub(in crate::emit) steps: Vec<String>,
}

/// All alarms, as resources.
pub(super) fn alarms(system: &System, plan: &Plan<'_>) -> Vec<Resource> {
    all(system, plan).into_iter().map(Alarm::into_resource).collect()
}

/// All alarms, as the runbook tells of them.
pub(in crate::emit) fn told(system: &System) -> Vec<Told> {
    let alarms = all(system, &Plan::of(system));
    let told = alarms.into_iter().map(|alarm| Told {
        condition: alarm.condition(),
        id: alarm.id,
        description: alarm.description,
        steps: alarm.steps,
    });
    told.collect()
}

fn all<'a>(system: &System, plan: &Plan<'_>) -> Vec<Alarm<'a>> {
    let mut alarms = Vec::new();
    if system.services.iter().any(|service| !service.operations.is_empty()) {
        alarms.extend([api_errors(), api_latency()]);
    }
    for service in &system.services {
        alarms.extend(service.operations.iter().filter_map(|one| operation_failing(service, one)));
        alarms.extend(service.receives.iter().map(|one| messages_rejected(service, one)));
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
    alarms.extend(plan.rules.iter().map(|planned| events_lost(system, planned)));
    alarms.extend(plan.direct.iter().map(|(function, delivery, _)| given_up(function, delivery)));
    let tables = system.services.iter().flat_map(|service| &service.tables);
    alarms.extend(tables.flat_map(throttled));
    alarms
}

impl Alarm<'_> {
    fn into_resource(self) -> Resource {
        let dimension =
            |(name, value): (&str, Value)| Map::new().with("Name", name).with("Value", value);
        let dimensions: Vec<_> = self.dimensions.into_iter().map(dimension).collect();
        let statistic =
            if self.statistic.starts_with('p') { "ExtendedStatistic" } else { "Statistic" };
        let topic = || only_if("NotifiesOfAlarms", [reference("AlarmTopicArn")]);
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
            .with("AlarmActions", topic())
            .with("OKActions", topic());
        Resource::new(self.id, "AWS::CloudWatch::Alarm", properties)
    }

    /// When it goes off, in words.
    fn condition(&self) -> String {
        let namespace = match &self.namespace {
            Value::Text(namespace) => format!("`{namespace}`"),
            _ => "the stack's own namespace".to_owned(),
        };
        let limit = match &self.limit {
            Value::Int(limit) => limit.to_string(),
            Value::Number(limit) => limit.clone(),
            Value::Map(map) => match map.get("Ref") {
                Some(Value::Text(parameter)) => format!("the parameter `{parameter}`"),
                _ => unreachable!("a limit is a number or a parameter"),
            },
            _ => unreachable!("a limit is a number or a parameter"),
        };
        let minutes = |periods: u32| self.period_seconds * periods / 60;
        let time = match (minutes(self.bad_periods), minutes(self.periods)) {
            (1, 1) => "within a minute".to_owned(),
            (bad, all) if bad == all => format!("within {all} minutes"),
            (bad, all) => format!("for {bad} of {all} minutes"),
        };
        let (statistic, metric) = (self.statistic.to_lowercase(), self.metric);
        format!("the {statistic} of `{metric}` in {namespace} is above {limit} {time}")
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
        steps: vec![
            read_access_log("{ $.status = \"5*\" }"),
            "`functionError` or an `errorType` of `INTEGRATION_FAILURE` or `INTEGRATION_TIMEOUT` is a function that \
             crashed or took too long: go on with the alarms of that function. Without either, the function itself \
             answered 5xx: go on with the alarm of the operation that `route` and `method` name."
                .into(),
        ],
        namespace: "AWS/ApiGateway".into(),
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
        steps: vec![
            "Look at the latency of each operation on the dashboard: one of them, or all?".into(),
            "Find the slowest in Logs Insights, in the log group `/aws/apigateway/<stack>-access`: `fields @timestamp, \
             method, route, latencyMs, functionLatencyMs, traceId | sort latencyMs desc | limit 20`"
                .into(),
            "Where `functionLatencyMs` is nearly all of `latencyMs`, the time is spent in the function: look for \
             throttled tables, and for cold starts (`ColdStarts` of the operation). Where it is not, it is spent in \
             API Gateway: look for throttling (429) and at the service's health."
                .into(),
        ],
        namespace: "AWS/ApiGateway".into(),
        metric: "Latency",
        dimensions: api_dimensions(),
        statistic: "p99",
        limit: reference("MaxLatencyMs"),
        period_seconds: 60,
        periods: 5,
        bad_periods: 3,
    }
}

/// Where to read what API Gateway answered.
fn read_access_log(filter: &str) -> String {
    format!(
        "Read the access log: `aws logs tail /aws/apigateway/<stack>-access --since 1h --filter-pattern '{filter}'`"
    )
}

/// Where to read what a function did.
fn read_log(function: &Function, filter: &str) -> String {
    format!(
        "Read the log: `aws logs tail /aws/lambda/<stack>-{} --since 1h --filter-pattern '{filter}'`",
        function.name.wire
    )
}

/// How to learn the URL of a queue of the stack.
fn url_of(queue: &Queue) -> String {
    format!(
        "$(aws cloudformation describe-stacks --stack-name <stack> --output text --query \
         \"Stacks[0].Outputs[?OutputKey=='{}Url'].OutputValue\")",
        names::queue_id(queue)
    )
}

/// How to look at what lies in a queue.
fn peek(queue: &Queue) -> String {
    format!(
        "Look at some messages; they come back by themselves: `aws sqs receive-message --queue-url \"{}\" \
         --max-number-of-messages 10 --visibility-timeout 30 --message-system-attribute-names All \
         --message-attribute-names All`",
        url_of(queue)
    )
}

fn function_alarm<'a>(
    function: &Function,
    metric: &'a str,
    description: String,
    steps: Vec<String>,
) -> Alarm<'a> {
    let id = names::function_id(function);
    let dimensions = vec![("FunctionName", reference(&id))];
    Alarm {
        id: format!("{id}{metric}"),
        description,
        steps,
        namespace: "AWS/Lambda".into(),
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
    let steps = vec![
        read_log(function, "{ $.level = \"ERROR\" || $.type = \"platform.report\" && $.record.status != \"success\" }"),
        "A status of `timeout` is a call that hangs: the line before it says how far the invocation came. `error` is \
         a process that ended: `panic` lines name the place in the code; without one, compare the memory used with \
         the memory size."
            .into(),
        "What began with the last deployment ends with going back to the one before.".into(),
    ];
    function_alarm(function, "Errors", description, steps)
}

fn function_throttles<'a>(function: &Function) -> Alarm<'a> {
    let description = format!(
        "Invocations of {} were refused for want of concurrency. Raise its reservation or the account's limit.",
        function.name.wire
    );
    let steps = vec![
        "Compare the environments at a time on the dashboard with the account's limit: `aws lambda \
         get-account-settings --query AccountLimit.ConcurrentExecutions`. All functions of the account share it."
            .into(),
        "Is the load wanted? If so, raise the reservation in the contract (`x-lambda`), or ask for a higher limit in \
         Service Quotas; if not, lower `ThrottleRate` and `ThrottleBurst` of the stage."
            .into(),
    ];
    function_alarm(function, "Throttles", description, steps)
}

fn queue_alarm<'a>(
    queue: &Queue,
    suffix: &str,
    metric: &'a str,
    description: String,
    steps: Vec<String>,
) -> Alarm<'a> {
    let id = names::queue_id(queue);
    let dimensions = vec![("QueueName", attribute(&id, "QueueName"))];
    Alarm {
        id: format!("{id}{suffix}"),
        description,
        steps,
        namespace: "AWS/SQS".into(),
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
    let steps = vec![
        peek(queue),
        "A message that its receiver gave up is the event as it was: its `id` is the `eventId` in the receiver's log, \
         whose lines with an `outcome` of `reject`, `retry` or `fault` give the reason. One that a rule could not \
         deliver says why itself, in its attributes `ERROR_CODE` and `ERROR_MESSAGE`; one that was invoked \
         asynchronously is a record with the function's error in `responsePayload`."
            .into(),
        "Remove the cause first. What cannot be processed at all (`reject`) needs its receiver or its sender changed."
            .into(),
        format!(
            "Redrive what a queue gave up to where it came from: `aws sqs start-message-move-task --source-arn \
             \"$(aws sqs get-queue-attributes --queue-url \"{}\" --attribute-names QueueArn --query \
             Attributes.QueueArn --output text)\"`. Events of rules and records of functions have no queue to go back \
             to: put the event to the bus again (`aws events put-events`). Receivers do the work of an event once, \
             however often it comes.",
            url_of(queue)
        ),
    ];
    queue_alarm(queue, "NotEmpty", "ApproximateNumberOfMessagesVisible", description, steps)
}

fn queue_age<'a>(queue: &Queue) -> Alarm<'a> {
    let description = format!(
        "A message has waited in {} for longer than the stage allows. The consumer fails, is throttled or too slow.",
        queue.name.wire
    );
    let steps = vec![
        "Look at the alarms of the function that the queue feeds: does it fail, or is it throttled?".into(),
        "If it works, look at how many messages wait: a number that grows is a function that is too slow for the \
         load (raise the event source's maximum concurrency in the contract); a single old message is one that fails \
         again and again, and is on its way to the dead letters."
            .into(),
        peek(queue),
    ];
    let mut alarm = queue_alarm(queue, "Age", "ApproximateAgeOfOldestMessage", description, steps);
    alarm.limit = reference("MaxQueueAgeSeconds");
    alarm
}

/// Events that a rule could not hand over: nowhere at all, or not even to its dead-letter queue, whose own alarm tells
/// of what lies in it.
fn events_lost<'a>(system: &System, planned: &PlannedRule<'_>) -> Alarm<'a> {
    let rule = planned.rule;
    let name = &rule.name.wire;
    let (suffix, metric, description) = match &rule.dead_letter {
        None => (
            "Undelivered",
            "FailedInvocations",
            format!("Events that match {name} could not be delivered and are lost."),
        ),
        Some(queue) => (
            "Lost",
            "InvocationsFailedToBeSentToDlq",
            format!(
                "Events that match {name} could neither be delivered nor be put into {}, and are lost. Look at the \
                 queue's policy, and whether it still exists.",
                queue.name.wire
            ),
        ),
    };
    Alarm {
        id: format!("{}{suffix}", names::rule_id(rule)),
        description,
        steps: vec![
            format!(
                "Does the rule's target still exist, and does its policy let the rule in? `aws events \
                 list-targets-by-rule --rule <stack>-{name} --event-bus-name <bus>`; drift of the stack shows what \
                 was changed by hand: `aws cloudformation detect-stack-drift --stack-name <stack>`"
            ),
            "Deploy the stack again to put it right. The events are gone: find out from their sender's log what they \
             were, and have them sent again."
                .into(),
        ],
        namespace: "AWS/Events".into(),
        metric,
        dimensions: names::rule_dimensions(system, rule),
        statistic: "Sum",
        limit: Value::Int(0),
        period_seconds: 300,
        periods: 1,
        bad_periods: 1,
    }
}

/// Events that an asynchronously invoked function failed on, and that are lost.
fn given_up<'a>(function: &Function, delivery: &DirectDelivery) -> Alarm<'a> {
    let name = &function.name.wire;
    let steps = vec![
        read_log(function, "{ $.outcome = \"reject\" || $.outcome = \"retry\" || $.outcome = \"fault\" }"),
        "Each line names the `eventId` and the reason. Remove the cause, then have the events sent again.".into(),
    ];
    match &delivery.on_failure {
        None => function_alarm(
            function,
            "AsyncEventsDropped",
            format!("{name} failed on events until its retries were used up, and they are lost."),
            steps,
        ),
        Some(queue) => function_alarm(
            function,
            "DestinationDeliveryFailures",
            format!(
                "Events that {name} failed on could not be put into {}, and are lost. Look at the function's role, \
                 and whether the queue still exists.",
                queue.name.wire
            ),
            steps,
        ),
    }
}

/// One operation that fails does not show among all the others that work.
fn operation_failing<'a>(service: &Service, operation: &Operation) -> Option<Alarm<'a>> {
    let id = &operation.id;
    let function = service.functions.iter().find(|function| function.trigger == Trigger::Api)?;
    Some(Alarm {
        id: format!("{}{}Failing", service.name.pascal, id.pascal),
        description: format!(
            "More than 5% of {} requests fail with 5xx. The log of the function tells why: search for this operation \
             and a status of 500 or more.",
            id.wire
        ),
        steps: vec![
            read_log(function, &format!("{{ $.operation = \"{}\" && $.status >= 500 }}", id.plain())),
            "A line with `failure` is one that the contract does not declare, and tells the whole chain of causes. A \
             line without it is a 5xx that the contract declares: the business rule says why in a `WARN` line of the \
             same `requestId`."
                .into(),
            "`traceId` leads to the same request in the access log, and in the logs of all functions that worked on \
             its events."
                .into(),
        ],
        namespace: reference("AWS::StackName"),
        metric: "ServerErrors",
        dimensions: names::operation_dimensions(service, id),
        statistic: "Average",
        limit: Value::number("0.05"),
        period_seconds: 300,
        periods: 3,
        bad_periods: 2,
    })
}

/// A message that never can be processed says at once that sender and receiver disagree; its dead letter says so only
/// when it was delivered as often as the queue allows.
fn messages_rejected<'a>(service: &Service, receive: &Receive) -> Alarm<'a> {
    let id = &receive.id;
    let function = &service.functions[receive.function];
    Alarm {
        id: format!("{}{}Rejects", service.name.pascal, id.pascal),
        description: format!(
            "{} received messages that its contract does not allow, and will never process them. The function's log \
             names each violation; look at what the sender deployed last.",
            id.wire
        ),
        steps: vec![
            read_log(function, "{ $.outcome = \"reject\" }"),
            "`reason` names every violation by its place in the event. Whose contract is it: did the sender leave it, \
             or is the receiver older than the event's version? `codegen check --base <last release>` says what \
             changed."
                .into(),
            "Deploy the side that is wrong; then redrive the dead letters.".into(),
        ],
        namespace: reference("AWS::StackName"),
        metric: "Rejects",
        dimensions: names::operation_dimensions(service, id),
        statistic: "Sum",
        limit: Value::Int(0),
        period_seconds: 300,
        periods: 1,
        bad_periods: 1,
    }
}

/// Throttled reads and writes of a table, and of each of its indexes, which have limits of their own.
fn throttled<'a>(table: &Table) -> Vec<Alarm<'a>> {
    let table_id = names::table_id(table);
    let name = &table.name.wire;
    let mut alarms = Vec::new();
    let mut add = |id: &str, what: &str, index: Option<&str>| {
        for (kind, metric) in [("Reads", "ReadThrottleEvents"), ("Writes", "WriteThrottleEvents")] {
            let index = index.map(|index| ("GlobalSecondaryIndexName", index.into()));
            let own = ("TableName", reference(&table_id));
            alarms.push(throttled_in_one_way(
                format!("{id}{kind}Throttled"),
                format!("{kind} of {what}"),
                metric,
                std::iter::once(own).chain(index).collect(),
            ));
        }
    };
    add(&table_id, &format!("the table {name}"), None);
    for index in &table.indexes {
        let (id, wire) = (format!("{table_id}{}", index.name.pascal), &index.name.wire);
        add(&id, &format!("the index {wire} of the table {name}"), Some(wire));
    }
    alarms
}

fn throttled_in_one_way<'a>(
    id: String,
    what: String,
    metric: &'a str,
    dimensions: Vec<(&'a str, Value)>,
) -> Alarm<'a> {
    Alarm {
        id,
        description: format!(
            "{what} are throttled: they come faster than DynamoDB scales, or too many want the same key."
        ),
        steps: vec![
            "Did the load just more than double? A table on demand takes up to twice its former peak at once, and more \
             within half an hour: functions try again, and it passes."
                .into(),
            "If it stays, one key gets too much: look for it in the access log (a customer, a category), or turn on \
             Contributor Insights of the table for an hour: `aws dynamodb update-contributor-insights \
             --contributor-insights-action ENABLE --table-name <table>`"
                .into(),
        ],
        namespace: "AWS/DynamoDB".into(),
        metric,
        dimensions,
        statistic: "Sum",
        limit: Value::Int(0),
        period_seconds: 60,
        periods: 5,
        bad_periods: 3,
    }
}
