//! Functions, how they are invoked asynchronously, and what polls queues for them.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{code, function_name, qualifier, streams};
use crate::bus::Pattern;
use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{Asynchronous, Function, Logging, Mapping, Plan};
use crate::template::properties::{InertProperties, Properties};

const INERT_OF_FUNCTION: InertProperties = &[
    ("SnapStart", "environments are started, not restored"),
    ("Architectures", "functions run on this machine's architecture"),
    ("CodeSigningConfigArn", "signatures are not checked"),
    ("Description", "no effect locally"),
    ("EphemeralStorage", "functions share this machine's temporary folder"),
    ("KmsKeyArn", "encryption is not emulated"),
    (
        "LoggingConfig",
        "read separately; system log lines are only in `LogResult`, and `SystemLogLevel` has no effect",
    ),
    ("RecursiveLoop", "loop detection is not emulated"),
    ("Role", "permissions are checked only with --enforce-iam"),
    ("RuntimeManagementConfig", "this machine's runtime is used"),
    ("Tags", "no effect locally"),
    ("TracingConfig", "trace IDs are propagated, but traces are not recorded"),
    ("VpcConfig", "there is only one network"),
];

/// Reads a function.
pub(super) fn function(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_FUNCTION, evaluator);
    properties.skip(&["FunctionName"]);
    let (name, arn) = match (evaluator.name(id), evaluator.resource_attribute(id, "Arn")) {
        (Ok(name), Ok(arn)) => (name, arn),
        (Err(fault), _) | (_, Err(fault)) => return vec![fault],
    };
    let runtime = code::runtime(&mut properties, evaluator);
    let binary = resource.binary();
    let code =
        code::function_code(&mut properties, resource, &runtime, binary.is_some(), evaluator);
    let mut environment = std::collections::BTreeMap::new();
    if let Some(mut section) = properties.section("Environment") {
        environment = section.text_map("Variables");
        check_variables(&environment, &mut section);
        properties.absorb(section);
    }
    let mut dead_letter = None;
    if let Some(mut section) = properties.section("DeadLetterConfig") {
        dead_letter = destination(&mut section, "TargetArn", &LETTER_BOXES);
        properties.absorb(section);
    }
    let timeout = properties.integer("Timeout", 1..=limits::LAMBDA_TIMEOUT).unwrap_or(3);
    // Read apart, as nothing in them keeps a function from being stood up.
    let mut aside = |property: &str| {
        let node = resource.property(property)?;
        evaluator.evaluate(node).ok().flatten().map(|node| node.to_json())
    };
    let role = aside("Role").and_then(|role| role.as_str().map(str::to_owned));
    let traces = aside("TracingConfig").is_some_and(|config| config["Mode"] == "Active");
    let logging = logging(&aside("LoggingConfig").unwrap_or_default(), &name, &mut properties);
    let stream = format!("log-group:{}:log-stream:environment", logging.group);
    let log_stream_arn = evaluator.surroundings.arn("logs", &stream);
    let handler = properties.text("Handler");
    if handler.is_none() && binary.is_none() {
        properties.refuse("Handler", "is missing");
    }
    let handler = handler.unwrap_or_else(|| "bootstrap".to_owned());
    plan.functions.push(Function {
        stack: evaluator.surroundings.stack.clone(),
        id: id.to_owned(),
        name,
        arn,
        handler,
        runtime,
        binary,
        code,
        layers: Vec::new(),
        layer_arns: properties.texts("Layers"),
        qualifiers: Vec::new(),
        memory_mib: properties
            .integer("MemorySize", limits::LAMBDA_MEMORY_LEAST..=limits::LAMBDA_MEMORY)
            .unwrap_or(128),
        timeout: Duration::from_secs(timeout.into()),
        reserved_concurrency: properties
            .integer("ReservedConcurrentExecutions", 0..=100_000)
            .map(|n| n as usize),
        environment,
        asynchronous: BTreeMap::new(),
        dead_letter,
        role,
        logging,
        log_stream_arn,
        traces,
    });
    properties.finish()
}

/// What Lambda sets itself and lets nobody else set.
///
/// **Source** AWS Lambda developer guide, "Defined runtime environment variables".
const RESERVED: [&str; 18] = [
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "LAMBDA_RUNTIME_DIR",
    "LAMBDA_TASK_ROOT",
];

/// Refuses variables that Lambda refuses: reserved and invalid names, and more than 4 KB.
fn check_variables(
    variables: &std::collections::BTreeMap<String, String>,
    section: &mut Properties,
) {
    for name in variables.keys() {
        let mut letters = name.chars();
        let is_name = letters.next().is_some_and(|letter| letter.is_ascii_alphabetic())
            && letters.clone().next().is_some()
            && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        if RESERVED.contains(&name.as_str()) {
            section.refuse("Variables", &format!("sets `{name}`, which Lambda sets itself"));
        } else if !is_name {
            let message = format!(
                "has `{name}`, which is not a valid variable name: expected a letter, then letters, digits or `_` (at least 2 characters)"
            );
            section.refuse("Variables", &message);
        }
    }
    let n_bytes: usize = variables.iter().map(|(name, value)| name.len() + value.len()).sum();
    let most = limits::LAMBDA_VARIABLE_BYTES;
    if n_bytes > most as usize {
        section
            .refuse("Variables", &format!("has variables of {n_bytes} bytes; the limit is {most}"));
    }
}

/// How a function writes logs. Levels are those of JSON alone, as AWS wants them.
fn logging(config: &serde_json::Value, name: &str, properties: &mut Properties) -> Logging {
    let text = |key: &str| config[key].as_str().map(str::to_owned);
    let level = text("ApplicationLogLevel");
    let is_json = config["LogFormat"] == "JSON";
    if level.is_some() && !is_json {
        properties
            .refuse("LoggingConfig", "has an `ApplicationLogLevel` without `LogFormat: JSON`");
    }
    Logging {
        group: text("LogGroup").unwrap_or_else(|| format!("/aws/lambda/{name}")),
        json_level: is_json.then(|| level.unwrap_or_else(|| "INFO".to_owned())),
    }
}

/// What takes events that failed.
pub(super) const LETTER_BOXES: [&str; 2] = ["arn:aws:sqs:", "arn:aws:sns:"];

/// What takes records of asynchronous invocations.
const DESTINATIONS: [&str; 4] =
    ["arn:aws:sqs:", "arn:aws:sns:", "arn:aws:lambda:", "arn:aws:events:"];

/// The ARN of a destination of one of these kinds; others are refused.
pub(super) fn destination(section: &mut Properties, name: &str, kinds: &[&str]) -> Option<String> {
    let arn = section.text(name)?;
    if !kinds.iter().any(|kind| arn.starts_with(kind)) {
        let names = kinds.iter().filter_map(|kind| kind.split(':').nth(2));
        let names: Vec<&str> = names.collect();
        let message =
            format!("must be an ARN of {}; other destinations are not supported", names.join(", "));
        section.refuse(name, &message);
    }
    Some(arn)
}

/// Reads how a function is invoked asynchronously.
pub(super) fn invoke_config(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, &[], evaluator);
    let function = properties.required_text("FunctionName");
    let qualifier = properties.required_text("Qualifier");
    let mut config = Asynchronous::default();
    if let Some(retries) = properties.integer("MaximumRetryAttempts", 0..=2) {
        config.max_retries = retries;
    }
    if let Some(seconds) = properties.integer(
        "MaximumEventAgeInSeconds",
        limits::LAMBDA_ASYNC_AGE_LEAST..=limits::LAMBDA_ASYNC_AGE,
    ) {
        config.max_age = Duration::from_secs(seconds.into());
    }
    if let Some(mut destinations) = properties.section("DestinationConfig") {
        for (name, slot) in
            [("OnFailure", &mut config.on_failure), ("OnSuccess", &mut config.on_success)]
        {
            if let Some(mut section) = destinations.section(name) {
                *slot = destination(&mut section, "Destination", &DESTINATIONS);
                destinations.absorb(section);
            }
        }
        properties.absorb(destinations);
    }
    match plan.functions.iter_mut().find(|one| one.name == function_name(&function)) {
        Some(found) => {
            let before = found.asynchronous.insert(qualifier.clone(), config);
            if before.is_some() {
                let message = format!("`{qualifier}` has a configuration already");
                properties.refuse("Qualifier", &message);
            }
        }
        None => properties.refuse(
            "FunctionName",
            &format!("does not refer to a function of the template: `{function}`"),
        ),
    }
    properties.finish()
}

const INERT_OF_MAPPING: InertProperties = &[
    ("KmsKeyArn", "encryption is not emulated"),
    ("MetricsConfig", "monitoring only"),
    ("Tags", "no effect locally"),
];

/// Reads an event source mapping.
pub(super) fn mapping(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_MAPPING, evaluator);
    let queue = properties.required_text("EventSourceArn");
    if queue.is_empty() {
        return properties.abandon();
    }
    if queue.contains(":table/") {
        return streams::mapping(id, queue, properties, plan);
    }
    if !queue.starts_with("arn:aws:sqs:") {
        properties.lacks(
            "EventSourceArn",
            "must be that of a queue or of a table's stream; other sources are not supported",
        );
        return properties.abandon();
    }
    let function = properties.required_text("FunctionName");
    let window = properties
        .integer("MaximumBatchingWindowInSeconds", 0..=limits::LAMBDA_BATCH_WINDOW)
        .unwrap_or(0);
    let is_fifo = queue.ends_with(".fifo");
    let most =
        if is_fifo || window == 0 { limits::LAMBDA_FIFO_BATCH } else { limits::LAMBDA_BATCH };
    let batch_size = properties.integer("BatchSize", 1..=most).unwrap_or(10);
    if is_fifo && window > 0 {
        properties.refuse("MaximumBatchingWindowInSeconds", "is not allowed for a FIFO queue");
    }
    let mut max_concurrency = None;
    if let Some(mut scaling) = properties.section("ScalingConfig") {
        max_concurrency = scaling
            .integer(
                "MaximumConcurrency",
                limits::LAMBDA_CONCURRENCY_LEAST..=limits::LAMBDA_CONCURRENCY,
            )
            .map(|n| n as usize);
        properties.absorb(scaling);
    }
    let response_types = properties.texts("FunctionResponseTypes");
    if response_types.iter().any(|kind| kind != "ReportBatchItemFailures") {
        properties.refuse("FunctionResponseTypes", "may contain only `ReportBatchItemFailures`");
    }
    let filters = filters(&mut properties, Some("body"));
    plan.mappings.push(Mapping {
        id: id.to_owned(),
        queue,
        function: function_name(&function).to_owned(),
        qualifier: qualifier(&function),
        batch_size: batch_size as usize,
        window: Duration::from_secs(window.into()),
        max_concurrency,
        reports_item_failures: !response_types.is_empty(),
        filters,
        enabled: properties.flag("Enabled").unwrap_or(true),
        pipe: None,
    });
    properties.finish()
}

/// The patterns of a mapping, which may ask for one key only where there is one.
pub(super) fn filters(properties: &mut Properties, only: Option<&str>) -> Vec<serde_json::Value> {
    let Some(mut criteria) = properties.section("FilterCriteria") else { return Vec::new() };
    let mut filters = Vec::new();
    for mut filter in criteria.sections("Filters") {
        let text = filter.required_text("Pattern");
        match serde_json::from_str(&text) {
            Ok(pattern) => {
                if let Err(error) = Pattern::parse(&text) {
                    filter.refuse("Pattern", &format!("is not a pattern: {error}"));
                } else if let Some((only, key)) =
                    only.and_then(|only| Some((only, other_key(&pattern, only)?)))
                {
                    let message = format!(
                        "has the key `{key}`: Lambda filters messages of a queue by their `{only}` only, so it would delete all of them"
                    );
                    filter.lacks("Pattern", &message);
                }
                filters.push(pattern);
            }
            Err(error) => filter.refuse("Pattern", &format!("is not valid JSON: {error}")),
        }
        criteria.absorb(filter);
    }
    properties.absorb(criteria);
    filters
}

/// A key of a pattern that is not the only one that counts.
fn other_key<'p>(pattern: &'p serde_json::Value, only: &str) -> Option<&'p str> {
    pattern.as_object()?.iter().find_map(|(key, value)| match key.as_str() {
        "$or" => value.as_array()?.iter().find_map(|one| other_key(one, only)),
        key => (key != only).then_some(key),
    })
}
