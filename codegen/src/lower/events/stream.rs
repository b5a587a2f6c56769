//! Streams of tables: which changes a receiver gets, and what becomes of those that it cannot process.

use super::Channel;
use super::delivery::{NOTHING, bounded, optional};
use super::queue::named_queue;
use crate::diag::catalog::streams as fault;
use crate::lower::Scope;
use crate::lower::bindings::find_table;
use crate::lower::tables::Stored;
use crate::model::{Delivery, StreamDelivery, StreamView};
use crate::parse::Node;

/// Attempts after the first where a queue is told of what was given up.
const USUAL_TRIES: u32 = 10;

/// Whether an operation and its channel say nothing that a stream does not have.
pub(super) fn check_stream<'a>(
    scope: Scope<'a>,
    channel: &Channel<'a>,
    operation: &'a Node,
    binding: &'a Node,
) -> bool {
    let mut sound = true;
    let mut refuse = |report| {
        scope.sink.report(report);
        sound = false;
    };
    if operation.text_at("action") != Some("receive") {
        refuse(fault::send_to_stream(channel.named.span, binding.span));
    }
    for key in ["sqs", "x-eventbridge"] {
        if let Some(entry) = channel.bindings.and_then(|bindings| bindings.entry(key)) {
            refuse(fault::stream_and_other(entry.named(), binding.span));
        }
    }
    let listed = [channel.node, operation].into_iter().filter_map(|node| node.entry("messages"));
    for entry in listed {
        refuse(fault::stream_with_messages(entry.key_span, binding.span));
    }
    let lambda = operation.get("x-lambda");
    for (key, instead) in [
        ("onFailure", "move it to `x-event-source`"),
        ("maximumRetryAttempts", "move it to `x-event-source`"),
        ("maximumEventAgeInSeconds", "set `maximumRecordAgeInSeconds` in `x-event-source`"),
    ] {
        if let Some(entry) = lambda.and_then(|lambda| lambda.entry(key)) {
            refuse(fault::not_for_stream(entry.named(), instead));
        }
    }
    let source = operation.get("x-event-source");
    if let Some(entry) = source.and_then(|source| source.entry("maximumConcurrency")) {
        let instead = "set `parallelizationFactor`, the number of batches of a shard at a time";
        refuse(fault::not_for_stream(entry.named(), instead));
    }
    sound
}

/// How the changes of a table reach a `receive` operation.
pub(crate) fn lower_stream(
    scope: Scope<'_>,
    tables: &[Stored],
    operation: &Node,
    binding: &Node,
) -> Option<Delivery> {
    let (table, _) = find_table(scope, tables, binding.get("table")?)?;
    let named = binding.text_at("view");
    let view = StreamView::ALL.iter().find(|(name, _)| named == Some(*name));
    let view = view.map_or(StreamView::BOTH, |(_, view)| *view);
    let source = operation.get("x-event-source").unwrap_or(&NOTHING);
    if scope.docs.failed(source) {
        return None;
    }
    let count = |key, default, least, most| bounded(scope, source, key, default, least, most);
    let some = |key, least, most| optional(scope, source, key, least, most);
    let batch_size = count("batchSize", 100, 1, limits::LAMBDA_BATCH);
    let window = count("maximumBatchingWindowInSeconds", 0, 0, limits::LAMBDA_BATCH_WINDOW);
    let parallelization = count("parallelizationFactor", 1, 1, limits::LAMBDA_PARALLELIZATION);
    let tries = some("maximumRetryAttempts", 0, limits::LAMBDA_STREAM_TRIES);
    let age = some(
        "maximumRecordAgeInSeconds",
        limits::LAMBDA_RECORD_AGE_LEAST,
        limits::LAMBDA_RECORD_AGE,
    );
    let on_failure = match source.get("onFailure") {
        Some(named) => Some(named_queue(scope, named)?),
        None => None,
    };
    let usual = on_failure.as_ref().map(|_| USUAL_TRIES);
    Some(Delivery::Stream(Box::new(StreamDelivery {
        table,
        view,
        batch_size: batch_size?,
        window_seconds: window?,
        from_start: source.text_at("startingPosition") != Some("LATEST"),
        parallelization: parallelization?,
        bisects: source.is_set("bisectBatchOnFunctionError"),
        maximum_retry_attempts: tries.ok()?.or(usual),
        maximum_record_age_seconds: age.ok()?,
        on_failure,
    })))
}
