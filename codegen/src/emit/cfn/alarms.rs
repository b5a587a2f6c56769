//! Alarms: what somebody has to look at, and where to look first.
//!
//! Owns what is watched, by which metric, and from where on it is bad. Each alarm says in its description what
//! happened and what to do; `docs/runbook.md` says the same at greater length, from the same data.

mod service;
mod stream;

use super::names;
use super::plan::{Plan, PlannedRule};
use super::tables::{self, Whole};
use super::template::Resource;
use super::value::{Map, Value, attribute, only_if, reference, substitute};
use crate::model::{DirectDelivery, Function, Queue, Service, System, Trigger};

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
pub(in crate::emit) struct AlarmText {
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

/// The logical ids of all alarms but those of the API.
pub(super) fn ids_of_services(system: &System, plan: &Plan<'_>) -> Vec<String> {
    of_services(system, plan).into_iter().map(|alarm| alarm.id).collect()
}

/// All alarms, as the runbook tells of them.
pub(in crate::emit) fn alarm_texts(system: &System) -> Vec<AlarmText> {
    let alarms = all(system, &Plan::of(system));
    let texts = alarms.into_iter().map(|alarm| AlarmText {
        condition: alarm.condition(),
        id: alarm.id,
        description: alarm.description,
        steps: alarm.steps,
    });
    texts.collect()
}

fn all<'a>(system: &System, plan: &Plan<'_>) -> Vec<Alarm<'a>> {
    let mut alarms = Vec::new();
    if system.services.iter().any(|service| !service.operations.is_empty()) {
        alarms.extend([api_errors(), api_latency()]);
    }
    alarms.extend(of_services(system, plan));
    alarms
}

fn of_services<'a>(system: &System, plan: &Plan<'_>) -> Vec<Alarm<'a>> {
    let mut alarms = Vec::new();
    for service in &system.services {
        alarms.extend(service::of_service(service, system.alarms));
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
    alarms
        .extend(plan.readers.iter().flat_map(|one| stream::of_reader(one.function, one.delivery)));
    // The owner of an existing table watches it.
    alarms.extend(tables::made(system).flat_map(|whole| throttled(&whole)));
    alarms
}

/// The alarms that stop the release of a function: its errors, and failing requests of its service.
pub(super) fn of_release(system: &System, service: &Service, function: &Function) -> Vec<String> {
    let mut ids = vec![function_errors(function).id];
    if function.trigger == Trigger::Api {
        let of_service = service::of_service(service, system.alarms).into_iter();
        ids.extend(of_service.filter(|alarm| alarm.metric == "ServerErrors").map(|alarm| alarm.id));
    }
    ids
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
            "More than 1% of API requests fail with a 5xx status. The access log shows the route and the error, and the \
         function's log shows the cause."
                .into(),
        steps: vec![
            read_access_log("{ $.status = \"5*\" }"),
            "If `functionError` is set, or `errorType` is `INTEGRATION_FAILURE` or `INTEGRATION_TIMEOUT`, a function \
         crashed or timed out: continue with the alarms of that function. Otherwise the function returned the 5xx \
         status itself: continue with the alarm that covers this `route` and `method`."
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
        description: "p99 latency of the API exceeds `MaxLatencyMs`. Compare latencyMs with functionLatencyMs in the access log, \
         and look for throttled tables."
            .into(),
        steps: vec![
            "Look at the latency of each operation on the dashboard. Is it one operation, or all of them?".into(),
            "Find the slowest requests in CloudWatch Logs Insights, in the log group `/aws/apigateway/<stack>-access`: `fields @timestamp, \
         method, route, latencyMs, functionLatencyMs, traceId | sort latencyMs desc | limit 20`"
                .into(),
            "If `functionLatencyMs` is most of `latencyMs`, the time is spent in the function: look for throttled tables \
         and for cold starts (`ColdStarts` of the operation). Otherwise it is spent in API Gateway: look for \
         throttling (429), and check the AWS service health."
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

/// How to learn the URL of a queue.
fn url_of(queue: &Queue) -> String {
    format!(
        "$(aws sqs get-queue-url --queue-name <stack>-{} --query QueueUrl --output text)",
        queue.name.wire
    )
}

/// How to look at what lies in a queue.
fn peek(queue: &Queue) -> String {
    format!(
        "Read some messages; they become visible again after 30 seconds: `aws sqs receive-message --queue-url \"{}\" \
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
        "Invocations of {name} crashed or timed out. The function's log shows which ones and why."
    );
    let steps = vec![
        read_log(function, "{ $.level = \"ERROR\" || $.type = \"platform.report\" && $.record.status != \"success\" }"),
        "A status of `timeout` means that a call hangs: the log line before it shows how far the invocation got. \
         `error` means that the process ended: a `panic` line names the line of code. Without one, compare the memory \
         used with the memory size."
            .into(),
        "If this started with the last deployment, roll back to the previous one.".into(),
    ];
    function_alarm(function, "Errors", description, steps)
}

fn function_throttles<'a>(function: &Function) -> Alarm<'a> {
    let description = format!(
        "Invocations of {} were throttled. Raise its reserved concurrency or the account's limit.",
        function.name.wire
    );
    let steps = vec![
        "Compare the concurrent executions on the dashboard with the account's limit: `aws lambda \
         get-account-settings --query AccountLimit.ConcurrentExecutions`. All functions of the account share it."
            .into(),
        "Is the load legitimate? If so, raise the reserved concurrency in the contract (`x-lambda`), or request a higher limit in \
         Service Quotas. If not, lower `ThrottleRate` and `ThrottleBurst` of the stage."
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
    let description =
        format!("{} contains failed messages. Find the cause, then redrive them.", queue.name.wire);
    let steps = vec![
        peek(queue),
        "A message that a receiver could not process is the original event: its `id` is the `eventId` in the receiver's log, \
         where lines with an `outcome` of `reject`, `retry` or `fault` give the reason. A message that an EventBridge rule could not \
         deliver has the reason in its attributes `ERROR_CODE` and `ERROR_MESSAGE`. An event of an asynchronous \
         invocation is a record with the function's error in `responsePayload`."
            .into(),
        "Fix the cause first. For a `reject`, change the receiver or the sender."
            .into(),
        format!(
            "Redrive messages of a queue to their source queue: `aws sqs start-message-move-task --source-arn \
         \"$(aws sqs get-queue-attributes --queue-url \"{}\" --attribute-names QueueArn --query \
         Attributes.QueueArn --output text)\"`. Events of rules and records of functions have no source queue: \
         put the events on the bus again (`aws events put-events`). Receivers process an event once, even if it is \
         delivered several times.",
            url_of(queue)
        ),
    ];
    queue_alarm(queue, "NotEmpty", "ApproximateNumberOfMessagesVisible", description, steps)
}

fn queue_age<'a>(queue: &Queue) -> Alarm<'a> {
    let description = format!(
        "The age of the oldest message in {} exceeds `MaxQueueAgeSeconds`. The receiver fails, is throttled, or is too slow.",
        queue.name.wire
    );
    let steps = vec![
        "Check the alarms of the function that polls the queue: does it fail, or is it throttled?".into(),
        "If it works, check the number of visible messages. If it grows, the function is too slow for the \
         load: raise the maximum concurrency of the event source in the contract. A single old message fails \
         repeatedly, and will move to the dead-letter queue."
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
                "Events that match {name} could neither be delivered nor be sent to {}, and are lost. Check that the \
         queue exists, and check its policy.",
                queue.name.wire
            ),
        ),
    };
    Alarm {
        id: format!("{}{suffix}", names::rule_id(rule)),
        description,
        steps: vec![
            format!(
                "Does the target of the rule still exist, and does its policy allow the rule? `aws events \
         list-targets-by-rule --rule <stack>-{name} --event-bus-name <bus>`. Detect manual changes \
         with: `aws cloudformation detect-stack-drift --stack-name <stack>`"
            ),
            "Deploy the stack again to repair it. The events are lost: find them in the sender's log, and send \
         them again."
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
        read_log(
            function,
            "{ $.outcome = \"reject\" || $.outcome = \"retry\" || $.outcome = \"fault\" }",
        ),
        "Each line shows the `eventId` and the reason. Fix the cause, then send the events again."
            .into(),
    ];
    match &delivery.on_failure {
        None => function_alarm(
            function,
            "AsyncEventsDropped",
            format!(
                "{name} failed to process events until its retries were used up, and they are lost."
            ),
            steps,
        ),
        Some(queue) => function_alarm(
            function,
            "DestinationDeliveryFailures",
            format!(
                "Events that {name} failed to process could not be sent to {}, and are lost. Check the role of the \
         function, and that the queue exists.",
                queue.name.wire
            ),
            steps,
        ),
    }
}

/// Throttled reads and writes of a table, and of each of its indexes, which have limits of their own.
fn throttled<'a>(whole: &Whole<'_>) -> Vec<Alarm<'a>> {
    let table = whole.table;
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
    // A local index has the limits of its table.
    for index in whole.indexes.iter().filter(|index| !index.local) {
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
            "{what} are throttled: the load grows faster than DynamoDB scales, or one partition key gets too many requests."
        ),
        steps: vec![
            "Did the load more than double recently? An on-demand table serves up to twice its previous peak at once, and more \
         within 30 minutes. Functions retry meanwhile, and the alarm ends by itself."
                .into(),
            "If it persists, one partition key is too hot: look for it in the access log (a customer, a category), or enable \
         CloudWatch Contributor Insights for the table for an hour: `aws dynamodb update-contributor-insights \
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
