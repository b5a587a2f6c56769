//! EventBridge Pipes from a queue to a function, which are event source mappings that hand over a plain list.
//!
//! Refuses other sources and targets, enrichment and input templates.

use std::time::Duration;

use super::{function_name, functions};
use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{Mapping, Plan};
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
    let source = properties.required_text("Source");
    let target = properties.required_text("Target");
    for (name, arn, kind) in
        [("Source", &source, "arn:aws:sqs:"), ("Target", &target, "arn:aws:lambda:")]
    {
        if !arn.starts_with(kind) {
            let message = "must be that of a queue or function: only pipes from queues to functions are supported";
            properties.lacks(name, message);
            return properties.abandon();
        }
    }
    for name in ["Enrichment", "EnrichmentParameters"] {
        if properties.take(name).is_some() {
            properties.lacks(name, "is not supported by the stage");
        }
    }
    let (mut batch_size, mut window, mut filters) = (None, None, Vec::new());
    if let Some(mut parameters) = properties.section("SourceParameters") {
        filters = functions::filters(&mut parameters);
        if let Some(mut queue) = parameters.section("SqsQueueParameters") {
            batch_size = queue.integer("BatchSize", 1..=limits::LAMBDA_BATCH);
            window =
                queue.integer("MaximumBatchingWindowInSeconds", 0..=limits::LAMBDA_BATCH_WINDOW);
            parameters.absorb(queue);
        }
        properties.absorb(parameters);
    }
    if let Some(mut parameters) = properties.section("TargetParameters") {
        if let Some(mut function) = parameters.section("LambdaFunctionParameters") {
            if function.text("InvocationType").is_some_and(|kind| kind != "REQUEST_RESPONSE") {
                function.lacks("InvocationType", "must be REQUEST_RESPONSE");
            }
            parameters.absorb(function);
        }
        properties.absorb(parameters);
    }
    plan.mappings.push(Mapping {
        id: id.to_owned(),
        queue: source,
        function: function_name(&target).to_owned(),
        batch_size: batch_size.unwrap_or(10) as usize,
        window: Duration::from_secs(window.unwrap_or(0).into()),
        max_concurrency: None,
        reports_item_failures: true,
        filters,
        enabled: properties.text("DesiredState").is_none_or(|state| state == "RUNNING"),
        hands_over_a_list: true,
    });
    properties.finish()
}
