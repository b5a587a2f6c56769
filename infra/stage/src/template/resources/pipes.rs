//! EventBridge Pipes, which are event source mappings of queues and streams of tables whose records go another way.
//!
//! Refuses other sources, targets that the stage does not have, and enrichments that are no function.

use std::time::Duration;

use super::{events, function_name, functions, streams};
use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{Mapping, Pipe, Plan, StreamMapping};
use crate::template::properties::{InertProperties, Properties};

const INERT: InertProperties = &[
    ("Description", "no effect locally"),
    ("KmsKeyIdentifier", "encryption is not emulated"),
    ("LogConfiguration", "monitoring only"),
    ("Name", "read with the resource's name"),
    ("RoleArn", "permissions of pipes are not checked"),
    ("Tags", "no effect locally"),
];

/// Reads a pipe.
pub(super) fn pipe(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT, evaluator);
    let Ok(name) = evaluator.name(id) else { return properties.finish() };
    let source = properties.required_text("Source");
    let target = properties.required_text("Target");
    if !source.is_empty() && !source.starts_with("arn:aws:sqs:") && !source.contains(":table/") {
        let message =
            "must be that of a queue or of a table's stream; other sources are not supported";
        properties.lacks("Source", message);
        return properties.abandon();
    }
    if !target.is_empty() && !events::is_target(&target) {
        let message = "must be that of a function, queue, topic, bus or log group; other targets are not supported";
        properties.lacks("Target", message);
        return properties.abandon();
    }
    let arn = evaluator.surroundings.arn("pipes", &format!("pipe/{name}"));
    let mut pipe = Pipe::new(name, arn, source.clone(), target);
    if let Some(arn) = properties.text("Enrichment") {
        if arn.starts_with("arn:aws:lambda:") {
            pipe.enrichment = Some(function_name(&arn).to_owned());
            pipe.enrichment_arn = Some(arn);
        } else {
            properties.lacks("Enrichment", "must be a function; others are not supported");
        }
    }
    if let Some(mut parameters) = properties.section("EnrichmentParameters") {
        pipe.enrichment_template = parameters.text("InputTemplate");
        properties.absorb(parameters);
    }
    if let Some(mut parameters) = properties.section("TargetParameters") {
        target_parameters(&mut parameters, &mut pipe);
        properties.absorb(parameters);
    }
    let enabled = properties.text("DesiredState").is_none_or(|state| state == "RUNNING");
    let parameters = properties.section("SourceParameters");
    let of = Of { id, enabled, pipe };
    if source.contains(":table/") {
        of.stream(source, parameters, &mut properties, plan);
    } else {
        of.queue(source, parameters, &mut properties, plan);
    }
    properties.finish()
}

fn target_parameters(parameters: &mut Properties, pipe: &mut Pipe) {
    pipe.template = parameters.text("InputTemplate");
    if let Some(mut function) = parameters.section("LambdaFunctionParameters") {
        pipe.waits = function.text("InvocationType").is_none_or(|kind| kind == "REQUEST_RESPONSE");
        parameters.absorb(function);
    }
    if let Some(mut queue) = parameters.section("SqsQueueParameters") {
        pipe.group_id = queue.text("MessageGroupId");
        pipe.deduplication_id = queue.text("MessageDeduplicationId");
        parameters.absorb(queue);
    }
    if let Some(mut bus) = parameters.section("EventBridgeEventBusParameters") {
        pipe.source = bus.text("Source");
        pipe.detail_type = bus.text("DetailType");
        if bus.take("Time").is_some() {
            bus.lacks("Time", "is not supported: an event has the time at which the pipe sends it");
        }
        parameters.absorb(bus);
    }
    if let Some(mut logs) = parameters.section("CloudWatchLogsParameters") {
        // A group has one stream here, and lines have the time at which they are written.
        logs.skip(&["LogStreamName", "Timestamp"]);
        parameters.absorb(logs);
    }
}

/// A pipe whose source is read next.
struct Of<'i> {
    id: &'i str,
    enabled: bool,
    pipe: Pipe,
}

impl Of<'_> {
    fn queue(
        self,
        source: String,
        parameters: Option<Properties>,
        properties: &mut Properties,
        plan: &mut Plan,
    ) {
        let (mut batch_size, mut window, mut filters) = (None, None, Vec::new());
        if let Some(mut parameters) = parameters {
            filters = functions::filters(&mut parameters, None);
            if let Some(mut queue) = parameters.section("SqsQueueParameters") {
                batch_size = queue.integer("BatchSize", 1..=limits::LAMBDA_BATCH);
                window = queue
                    .integer("MaximumBatchingWindowInSeconds", 0..=limits::LAMBDA_BATCH_WINDOW);
                parameters.absorb(queue);
            }
            properties.absorb(parameters);
        }
        plan.mappings.push(Mapping {
            id: self.id.to_owned(),
            queue: source,
            function: function_name(&self.pipe.target).to_owned(),
            qualifier: None,
            batch_size: batch_size.unwrap_or(10) as usize,
            window: Duration::from_secs(window.unwrap_or(0).into()),
            max_concurrency: None,
            reports_item_failures: true,
            filters,
            enabled: self.enabled,
            pipe: Some(self.pipe),
        });
    }

    fn stream(
        self,
        stream: String,
        parameters: Option<Properties>,
        properties: &mut Properties,
        plan: &mut Plan,
    ) {
        let table = stream.split_once(":table/").map_or("", |(_, rest)| rest);
        let mut mapping = StreamMapping {
            id: self.id.to_owned(),
            table: table.split('/').next().unwrap_or_default().to_owned(),
            stream,
            function: function_name(&self.pipe.target).to_owned(),
            qualifier: None,
            batch_size: 100,
            window: Duration::ZERO,
            from_start: false,
            max_retries: None,
            max_age: None,
            bisects: false,
            reports_item_failures: true,
            filters: Vec::new(),
            on_failure: None,
            enabled: self.enabled,
            pipe: Some(self.pipe),
        };
        if let Some(mut parameters) = parameters {
            mapping.filters = functions::filters(&mut parameters, None);
            if let Some(mut read) = parameters.section("DynamoDBStreamParameters") {
                stream_parameters(&mut read, &mut mapping);
                parameters.absorb(read);
            }
            properties.absorb(parameters);
        }
        plan.stream_mappings.push(mapping);
    }
}

fn stream_parameters(read: &mut Properties, mapping: &mut StreamMapping) {
    mapping.from_start = read.required_text("StartingPosition") == "TRIM_HORIZON";
    if let Some(size) = read.integer("BatchSize", 1..=10_000) {
        mapping.batch_size = size as usize;
    }
    let window = read.integer("MaximumBatchingWindowInSeconds", 0..=limits::LAMBDA_BATCH_WINDOW);
    mapping.window = Duration::from_secs(window.unwrap_or(0).into());
    let retries = read.text("MaximumRetryAttempts").filter(|text| text != "-1");
    mapping.max_retries = retries.and_then(|text| text.parse().ok());
    mapping.bisects = read.text("OnPartialBatchItemFailure").is_some();
    // A stream has one shard here.
    read.skip(&["ParallelizationFactor"]);
    if let Some(mut letters) = read.section("DeadLetterConfig") {
        mapping.on_failure = functions::destination(&mut letters, "Arn", &functions::LETTER_BOXES);
        read.absorb(letters);
    }
    mapping.max_age = streams::max_age(read);
}
