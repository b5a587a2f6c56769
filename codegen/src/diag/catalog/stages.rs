//! The settings of stages, `infra/stages/*.toml`.

use super::shape::{listed, nearest};
use crate::diag::Diagnostic;
use crate::source::Span;

/// A file that is no TOML.
#[must_use]
pub fn not_toml(at: Span, why: &str) -> Diagnostic {
    Diagnostic::warning("stage-settings", format!("invalid TOML: {why}"), at)
        .help("`codegen deploy` refuses this file; write `name = \"value\"`")
}

/// A file beside the settings that nothing reads.
#[must_use]
pub fn no_settings(at: Span, stage: &str) -> Diagnostic {
    Diagnostic::warning("stage-settings", "nothing reads this file", at)
        .help(format!("the settings of a stage are in TOML: rename it to `{stage}.toml`"))
}

/// A key that settings do not have.
#[must_use]
pub fn unknown_setting(at: Span, key: &str, known: &[&str]) -> Diagnostic {
    let message = format!("the settings of a stage have no key `{key}`");
    Diagnostic::warning("stage-settings", message, at).help(help(key, known, "valid keys are"))
}

/// A parameter that the template does not have.
#[must_use]
pub fn unknown_parameter(at: Span, name: &str, known: &[&str]) -> Diagnostic {
    let message = format!("the template has no parameter `{name}`");
    Diagnostic::warning("stage-settings", message, at).help(help(name, known, "its parameters are"))
}

/// A value that the parameter does not take.
#[must_use]
pub fn refused_value(at: Span, name: &str, value: &str, allowed: &[&str]) -> Diagnostic {
    let message = format!("the parameter `{name}` does not take `{value}`");
    Diagnostic::warning("stage-settings", message, at).help(help(value, allowed, "it takes"))
}

/// A setting that `deploy` or AWS refuses.
#[must_use]
pub fn bad_setting(at: Span, key: &str, why: &str) -> Diagnostic {
    let message = format!("the setting `{key}` is invalid: {why}");
    Diagnostic::warning("stage-settings", message, at)
}

/// A value beyond the constraints of its parameter.
#[must_use]
pub fn bad_value(at: Span, name: &str, value: &str, why: &str) -> Diagnostic {
    let message = format!("the parameter `{name}` does not take `{value}`: {why}");
    Diagnostic::warning("stage-settings", message, at)
}

/// A parameter without default that a stage does not set.
#[must_use]
pub fn open_parameter(at: Span, name: &str) -> Diagnostic {
    let message = format!("the parameter `{name}` has no default, and this stage does not set it");
    Diagnostic::note("stage-parameter", message, at).help(format!(
        "set it below `[parameters]`, or pass `--parameter {name}=…` to `codegen deploy`"
    ))
}

fn help(given: &str, known: &[&str], listing: &str) -> String {
    match nearest(given, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{listing} {}", listed(known)),
    }
}
