//! The sizes of a function, where it runs, and how a new version of it is deployed (`x-lambda`).

use super::environment::{environment, unknown_parameter};
use super::statements::statements;
use crate::diag::catalog::{functions as fault, slips};
use crate::lower::events::delivery::{bounded, optional};
use crate::lower::{Reported, Scope};
use crate::model::{Architecture, FunctionSettings, Live, Shift, ShiftStep};
use crate::parse::Node;

/// What `x-lambda` asks for, with the defaults filled in.
pub(crate) fn settings(scope: Scope<'_>, lambda: Option<&Node>) -> Option<FunctionSettings> {
    let Some(lambda) = lambda else { return Some(FunctionSettings::default()) };
    if scope.docs.failed(lambda) {
        return None;
    }
    let memory_mib =
        bounded(scope, lambda, "memory", 256, limits::LAMBDA_MEMORY_LEAST, limits::LAMBDA_MEMORY);
    let timeout_seconds = bounded(scope, lambda, "timeout", 10, 1, limits::LAMBDA_TIMEOUT);
    let reserved_concurrency = optional(scope, lambda, "reservedConcurrency", 0, 100_000);
    if let (Some(node), Ok(Some(0))) = (lambda.get("reservedConcurrency"), &reserved_concurrency) {
        scope.sink.report(slips::never_runs(node.span));
    }
    let (least, most) = (limits::LAMBDA_STORAGE_LEAST, limits::LAMBDA_STORAGE);
    let ephemeral_storage_mib = optional(scope, lambda, "ephemeralStorage", least, most);
    let (environment, statements) = (environment(scope, lambda), statements(scope, lambda));
    let (layers, live) = (layers(scope, lambda), live(scope, lambda));
    let x86 = lambda.text_at("architecture") == Some("x86_64");
    Some(FunctionSettings {
        memory_mib: memory_mib?,
        timeout_seconds: timeout_seconds?,
        reserved_concurrency: reserved_concurrency.ok()?,
        architecture: if x86 { Architecture::X86_64 } else { Architecture::Arm64 },
        environment: environment?,
        statements: statements?,
        in_vpc: lambda.is_set("vpc"),
        layers: layers?,
        ephemeral_storage_mib: ephemeral_storage_mib.ok()?,
        log_level: lambda.text_at("logLevel").map(str::to_owned),
        system_log_level: lambda.text_at("systemLogLevel").map(str::to_owned),
        live: live.ok()?,
    })
}

/// The ARNs of layer versions.
fn layers(scope: Scope<'_>, lambda: &Node) -> Option<Vec<String>> {
    let mut sound = true;
    let mut arns = vec![];
    for node in lambda.get("layers").into_iter().flat_map(Node::items) {
        let arn = node.text().unwrap_or_default();
        let layer = layer_of(arn);
        if let Some(parameter) = unknown_parameter(arn) {
            scope.sink.report(fault::unknown_pseudo(node.span, parameter));
            sound = false;
        } else if layer.is_none() {
            scope.sink.report(fault::bad_layer(node.span, arn));
            sound = false;
        } else if arns.iter().any(|other: &String| layer_of(other) == layer) {
            scope.sink.report(fault::layer_twice(node.span));
            sound = false;
        }
        arns.push(arn.to_owned());
    }
    if let (Some(node), true) = (lambda.get("layers"), arns.len() > limits::LAMBDA_LAYERS as usize)
    {
        let most = limits::LAMBDA_LAYERS;
        scope.sink.report(fault::too_many_layers(node.span, arns.len(), most));
        sound = false;
    }
    sound.then_some(arns)
}

/// The layer that a version belongs to: its ARN without the number, which is
/// `arn:PARTITION:lambda:REGION:ACCOUNT:layer:NAME:VERSION`.
fn layer_of(arn: &str) -> Option<&str> {
    let (layer, version) = arn.rsplit_once(':')?;
    // Pseudo parameters have colons of their own.
    let plain = layer.replace("AWS::", "");
    let parts: Vec<&str> = plain.split(':').collect();
    let is_layer = match parts[..] {
        ["arn", partition, "lambda", region, account, "layer", name] => {
            [partition, region, account, name].iter().all(|part| !part.is_empty())
        }
        _ => false,
    };
    (is_layer && version.parse::<u64>().is_ok()).then_some(layer)
}

/// The alias, where one is asked for.
fn live(scope: Scope<'_>, lambda: &Node) -> Result<Option<Live>, Reported> {
    let provisioned_concurrency = optional(scope, lambda, "provisionedConcurrency", 1, 100_000)?;
    if let (Some(provisioned), Some(reserved)) =
        (lambda.get("provisionedConcurrency"), lambda.count_at("reservedConcurrency"))
        && provisioned.count().is_some_and(|provisioned| provisioned > reserved)
    {
        scope.sink.report(fault::provisioned_above_reserved(provisioned.span, reserved));
        return Err(Reported);
    }
    let shift = match lambda.get("deployment") {
        None => None,
        Some(node) if node.text().is_some() => Some(Shift::AllAtOnce),
        Some(node) => Some(shift(scope, node).ok_or(Reported)?),
    };
    let is_asked_for = provisioned_concurrency.is_some() || shift.is_some();
    Ok(is_asked_for.then_some(Live { provisioned_concurrency, shift }))
}

fn shift(scope: Scope<'_>, node: &Node) -> Option<Shift> {
    if scope.docs.failed(node) {
        return None;
    }
    let step = |of: &Node| {
        let percent = bounded(scope, of, "percent", 1, 1, 99);
        // CodeDeploy takes two days for a deployment at most.
        let minutes = bounded(scope, of, "minutes", 1, 1, 2_880);
        Some(ShiftStep { percent: percent?, minutes: minutes? })
    };
    match (node.get("canary"), node.get("linear")) {
        (Some(canary), None) => step(canary).map(Shift::Canary),
        (None, Some(linear)) => {
            let moved = step(linear)?;
            if moved.minutes * 100_u32.div_ceil(moved.percent) > 2_880 {
                scope.sink.report(fault::too_slow(linear.span));
                return None;
            }
            Some(Shift::Linear(moved))
        }
        _ => {
            scope.sink.report(fault::one_shift(node.span));
            None
        }
    }
}
