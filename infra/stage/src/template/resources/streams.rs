//! Event source mappings from the streams of tables.

use std::time::Duration;

use super::{function_name, functions, qualifier, references};
use crate::template::error::Fault;
use crate::template::plan::{Plan, StreamMapping};
use crate::template::properties::Properties;

/// The largest batch (Lambda quota).
const MAX_BATCH: u32 = 10_000;

/// Reads what is left of a mapping whose source is a stream.
pub(super) fn mapping(
    id: &str,
    stream: String,
    mut properties: Properties,
    plan: &mut Plan,
) -> Vec<Fault> {
    let function = properties.required_text("FunctionName");
    let from_start = match properties.required_text("StartingPosition").as_str() {
        "TRIM_HORIZON" => true,
        "LATEST" => false,
        _ => {
            properties.refuse("StartingPosition", "must be TRIM_HORIZON or LATEST");
            false
        }
    };
    let window =
        properties.integer("MaximumBatchingWindowInSeconds", 0..=limits::LAMBDA_BATCH_WINDOW);
    let batch_size = properties.integer("BatchSize", 1..=MAX_BATCH).unwrap_or(100);
    let retries = properties.text("MaximumRetryAttempts");
    let max_retries = retries.filter(|text| text != "-1").and_then(|text| {
        let number = text.parse().ok();
        if number.is_none() {
            properties.refuse("MaximumRetryAttempts", "must be from -1 to 10000");
        }
        number
    });
    let max_age = max_age(&mut properties);
    if properties.integer("TumblingWindowInSeconds", 0..=900).is_some_and(|seconds| seconds > 0) {
        properties.lacks("TumblingWindowInSeconds", "is not supported by the stage");
    }
    // A stream has one shard here, and one batch at a time keeps its order.
    properties.skip(&["ParallelizationFactor"]);
    let mut on_failure = None;
    if let Some(mut destinations) = properties.section("DestinationConfig") {
        if let Some(mut section) = destinations.section("OnFailure") {
            on_failure =
                functions::destination(&mut section, "Destination", &functions::LETTER_BOXES);
            destinations.absorb(section);
        }
        properties.absorb(destinations);
    }
    let response_types = properties.texts("FunctionResponseTypes");
    let table = stream.split_once(":table/").map_or("", |(_, rest)| rest);
    plan.stream_mappings.push(StreamMapping {
        id: id.to_owned(),
        table: table.split('/').next().unwrap_or_default().to_owned(),
        stream,
        function: function_name(&function).to_owned(),
        qualifier: qualifier(&function),
        batch_size: batch_size as usize,
        window: Duration::from_secs(window.unwrap_or(0).into()),
        from_start,
        max_retries,
        max_age,
        bisects: properties.flag("BisectBatchOnFunctionError").unwrap_or(false),
        reports_item_failures: !response_types.is_empty(),
        filters: functions::filters(&mut properties, None),
        on_failure,
        enabled: properties.flag("Enabled").unwrap_or(true),
        pipe: None,
    });
    properties.finish()
}

/// How old records may get: from 60 seconds to a week, or -1 for ever.
pub(super) fn max_age(properties: &mut Properties) -> Option<Duration> {
    let text = properties.text("MaximumRecordAgeInSeconds").filter(|text| text != "-1")?;
    let seconds = text.parse().ok().filter(|seconds| (60..=604_800).contains(seconds));
    if seconds.is_none() {
        properties.refuse("MaximumRecordAgeInSeconds", "must be -1, or from 60 to 604800");
    }
    seconds.map(Duration::from_secs)
}

/// What can only be said when everything is read: both ends of a mapping exist, and the table has a stream.
pub(super) fn check(plan: &Plan) -> Vec<Fault> {
    let mut faults = Vec::new();
    for mapping in &plan.stream_mappings {
        let mut refuse = |message: String| {
            let subject = format!("resource `{}` (AWS::Lambda::EventSourceMapping)", mapping.id);
            faults.push(Fault::new(subject, message));
        };
        if references::leads_nowhere(&mapping.function, mapping.pipe.as_ref(), plan) {
            refuse(format!("`{}` is not a function of the template", mapping.function));
        }
        match plan.tables.iter().find(|table| table.name == mapping.table) {
            None => refuse(format!("`{}` is not a table of the template", mapping.table)),
            Some(table) if table.request.get("StreamSpecification").is_none() => {
                refuse(format!("the table `{}` has no `StreamSpecification`", table.id));
            }
            Some(_) => {}
        }
    }
    faults
}
