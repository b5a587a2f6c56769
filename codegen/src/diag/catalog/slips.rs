//! What is valid and cannot be meant: values that nothing accepts, conditions that never hold, code that nobody wrote.

use super::shape::{listed, nearest};
use crate::diag::Diagnostic;
use crate::source::Span;

/// A method whose meaning is not what the bound action does.
#[must_use]
pub fn other_method(at: Span, action: &str, method: &str, methods: &[&str]) -> Diagnostic {
    let message = format!("the action `{action}` cannot be bound to `{method}`");
    let why = match method {
        "GET" | "HEAD" | "OPTIONS" | "TRACE" => {
            "clients and proxies repeat and prefetch this method, so it must not write"
        }
        _ => "clients expect this method to write",
    };
    let methods: Vec<String> = methods.iter().map(|one| format!("`{one}`")).collect();
    Diagnostic::error("binding-method", message, at).here(why).help(format!(
        "declare the operation below another method ({}), or use another action",
        methods.join(", ")
    ))
}

/// What a bound operation declares for code that is generated.
#[must_use]
pub fn beside_binding(at: Span, key: &str, action: &str, binding: Span) -> Diagnostic {
    let message = match key {
        "x-publishes" => format!("the generated code of `{action}` publishes nothing"),
        _ => format!("the generated code of `{action}` needs no further access"),
    };
    Diagnostic::error("beside-binding", message, at)
        .also(binding, "this binding generates the operation")
        .help(format!(
            "remove `{key}`, or remove `x-dynamodb` and implement the operation yourself"
        ))
}

/// The name of an index that DynamoDB does not take.
#[must_use]
pub fn bad_index_name(at: Span, name: &str) -> Diagnostic {
    let message = format!("`{}` is not a valid index name", name.escape_debug());
    Diagnostic::error("bad-index-name", message, at)
        .help("use 3 to 255 letters, digits, `_`, `.` and `-`")
}

/// A composed key in which a property stands without braces.
#[must_use]
pub fn key_without_braces(at: Span, text: &str, name: &str, meant: &str) -> Diagnostic {
    let message = format!("`{text}` is a fixed text, and `{name}` is a property of the items");
    Diagnostic::warning("key-without-braces", message, at)
        .here("the key is the same for all items of a partition, so each one overwrites the last")
        .help(format!("write `{meant}`"))
}

/// A composed key that stores a dollar sign in front of its property.
#[must_use]
pub fn key_with_dollar(at: Span, text: &str, meant: &str) -> Diagnostic {
    Diagnostic::warning("key-without-braces", format!("`{text}` stores a `$` in the key"), at)
        .help(format!("write `{meant}`"))
}

/// A version that refuses what it is counted to.
#[must_use]
pub fn version_refused(at: Span, name: &str, value: i64, why: &str) -> Diagnostic {
    let message = format!("`{name}` cannot be a version: it does not accept {value} ({why})");
    Diagnostic::error("bad-version", message, at)
        .here("a version starts at 1, and each change adds 1")
        .help(format!("write `{name}: {{type: integer, format: int64, readOnly: true, x-version: true}}`, without other constraints"))
}

/// A response that refuses a number of items that there may be.
#[must_use]
pub fn count_refused(at: Span, value: i64, why: &str, binding: Span) -> Diagnostic {
    let message = format!("the response does not accept {value} items ({why})");
    Diagnostic::error("binding-response", message, at)
        .also(binding, "this operation counts items")
        .help("write `{type: integer, format: int64, minimum: 0}`, without other constraints")
}

/// A text that looks like a value of the service, and is none.
#[must_use]
pub fn unknown_dollar(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{}` is not a value that the service knows", text.escape_debug());
    let help = match nearest(&text.to_ascii_lowercase(), ["$now"]) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            "the only one is `$now`; `:name` is a parameter or a property of the body".to_owned()
        }
    };
    Diagnostic::error("binding-change", message, at)
        .help(help)
        .help(format!("to store this text itself, double its `$`: `'${text}'`"))
}

/// A time to live that is never a time in seconds.
#[must_use]
pub fn ttl_unlikely(at: Span, name: &str, property: Span) -> Diagnostic {
    let message = format!("`{name}` does not accept the times in seconds of the next years");
    Diagnostic::warning("ttl-not-seconds", message, at)
        .here("items expire at a number of seconds since 1970")
        .also(property, "the property")
        .help(format!("write `{name}: {{type: integer, format: int64, minimum: 0}}`, and store seconds since 1970: not milliseconds, and not a duration"))
}

/// A version as time to live.
#[must_use]
pub fn ttl_is_version(at: Span, name: &str, property: Span) -> Diagnostic {
    let message = format!("`{name}` is the version of the items, and no time");
    Diagnostic::error("bad-ttl", message, at)
        .also(property, "the property")
        .help("name another property:\nttl: expiresAt")
}

/// JSON Patch where a merge patch is read.
#[must_use]
pub fn json_patch(at: Span, media_type: &str) -> Diagnostic {
    let message = format!("the action `patch` does not read `{media_type}`");
    Diagnostic::error("binding-body", message, at)
        .here(
            "JSON Patch (RFC 6902) is a list of operations; the action merges an object (RFC 7396)",
        )
        .help("write `application/merge-patch+json`")
}

/// A condition that no item meets.
#[must_use]
pub fn never_holds(at: Span, key: &str, why: &str) -> Diagnostic {
    let message = format!("the {key} never holds: {why}");
    Diagnostic::warning("condition-never-holds", message, at)
        .here(match key {
            "filter" => "the response never has items",
            _ => "every request is refused",
        })
        .help("compare with other values, or correct the schema of the items")
}

/// A change of state that the condition rules out.
#[must_use]
pub fn state_after_condition(at: Span, from: &[String], to: &str, condition: Span) -> Diagnostic {
    let message = format!("`x-transitions` does not allow {} to become `{to}`", listed(from));
    Diagnostic::warning("transition-refused", message, at)
        .here("the change is always refused")
        .also(condition, "the condition")
        .help("correct the condition, or add the transition to `x-transitions`")
}

/// A sum that is always out of range.
#[must_use]
pub fn sum_out_of_range(at: Span, name: &str, why: &str, property: Span) -> Diagnostic {
    let message = format!("adding this to `{name}` is always refused: {why}");
    Diagnostic::warning("condition-never-holds", message, at)
        .here("every request is refused")
        .also(property, "the property of the items")
        .help("add a smaller number, or correct the bounds of the property")
}

/// A function that Lambda never runs.
#[must_use]
pub fn never_runs(at: Span) -> Diagnostic {
    Diagnostic::warning(
        "function-never-runs",
        "`reservedConcurrency: 0` throttles every invocation",
        at,
    )
    .here("the function never runs")
    .help("write at least 1, or remove the key to use the account's concurrency")
}

/// A number with a leading zero, which parsers read differently.
#[must_use]
pub fn leading_zero(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` has a leading zero, which is octal in YAML 1.1");
    Diagnostic::warning("leading-zero", message, at)
        .here("read as a decimal number here")
        .help(format!("write `'{text}'` for a string, or the number without the zero"))
}

/// `null` among the values of a type that refuses it.
#[must_use]
pub fn null_not_in_type(at: Span, ty: &str, is_3_0: bool) -> Diagnostic {
    let message = "`null` in `enum` has no effect: the type refuses it".to_owned();
    let help = match is_3_0 {
        true => "add `nullable: true`, or remove `null` from the list".to_owned(),
        false => format!("write `type: [{ty}, 'null']`, or remove `null` from the list"),
    };
    Diagnostic::warning("null-not-in-type", message, at).here("`null` is refused").help(help)
}

/// Unique values, which are text, for what refuses them.
#[must_use]
pub fn unique_refused(at: Span, why: &str) -> Diagnostic {
    let message = format!("the schema refuses unique values: {why}");
    Diagnostic::error("workflow-data", message, at)
        .here("a unique value is text with the names of the run and of the workflow")
        .help("remove `unique` to draw values from the schema, or write `type: string` with `maxLength: 64`")
}

/// A file of values that a load test could not read.
#[must_use]
pub fn data_unreadable(at: Span, path: &str, why: &str) -> Diagnostic {
    Diagnostic::error("workflow-data", format!("`{path}` has no values for this input: {why}"), at)
}

/// A value that a load test would send although it does not fit its input.
#[must_use]
pub fn data_misfit(at: Span, path: &str, place: &str, value: &str, keyword: &str) -> Diagnostic {
    let message = format!(
        "{place} of `{path}`: `{value}` does not fit the schema of this input (`{keyword}`)"
    );
    Diagnostic::warning("workflow-data-misfit", message, at)
        .help("correct the value, or the schema of the input")
}

/// A pause between tries that is long for seconds.
#[must_use]
pub fn long_retry(at: Span, seconds: &str) -> Diagnostic {
    let message = format!("`retryAfter` is in seconds: each try waits {seconds} seconds");
    Diagnostic::warning("workflow-unit", message, at).help(format!(
        "for {seconds} milliseconds, divide by 1000: `retryAfter: {}`",
        thousandth(seconds)
    ))
}

/// A time limit that is short for milliseconds.
#[must_use]
pub fn short_timeout(at: Span, milliseconds: u64) -> Diagnostic {
    let message =
        format!("`timeout` is in milliseconds: the step waits {milliseconds} milliseconds");
    Diagnostic::warning("workflow-unit", message, at)
        .help(format!("for {milliseconds} seconds, write `timeout: {}`", milliseconds * 1000))
}

fn thousandth(number: &str) -> String {
    number.parse::<f64>().map_or_else(|_| number.to_owned(), |number| (number / 1000.0).to_string())
}

/// Two stages of one stack.
#[must_use]
pub fn stack_twice(at: Span, stack: &str, first: &str) -> Diagnostic {
    let message = format!("`{stack}` is the stack of `{first}`, too");
    Diagnostic::warning("stage-settings", message, at)
        .here("`codegen deploy` refuses both stages")
        .help("give each stage a stack of its own: a deployment would replace the parameters of the other stage")
}
