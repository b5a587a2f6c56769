//! Workflows: expressions, conditions, payloads and other values that mean nothing or do not fit.

use super::shape::listed;
use super::workflows::known_help;
use crate::diag::Diagnostic;
use crate::source::Span;

/// A body of an operation that takes none.
#[must_use]
pub fn body_not_taken(at: Span, operation: &str) -> Diagnostic {
    Diagnostic::error("workflow-body", format!("`{operation}` does not accept a body"), at)
        .help("remove `requestBody`")
}

/// No body for an operation that needs one.
#[must_use]
pub fn body_missing(at: Span, operation: &str, declared: Span) -> Diagnostic {
    Diagnostic::error("workflow-body", format!("`{operation}` needs a body"), at)
        .also(declared, "it is required here")
        .help("add it to the step:\nrequestBody:\n  payload: $inputs.body")
}

/// A body without a payload where one is needed.
#[must_use]
pub fn payload_missing(at: Span, operation: &str) -> Diagnostic {
    Diagnostic::error("workflow-body", format!("`{operation}` needs a payload"), at)
        .help("write `payload` in `requestBody`")
}

/// A message without a payload.
#[must_use]
pub fn message_without_payload(at: Span) -> Diagnostic {
    Diagnostic::error("workflow-body", "a step that sends a message needs its payload", at)
        .help("add it to the step:\nrequestBody:\n  payload: …")
}

/// A media type that an operation does not take.
#[must_use]
pub fn content_type(at: Span, operation: &str, found: &str, known: &[&str]) -> Diagnostic {
    let message = format!("`{operation}` does not accept `{found}`");
    Diagnostic::error("workflow-body", message, at).help(format!("it accepts {}", listed(known)))
}

/// A payload that should be JSON and is not.
#[must_use]
pub fn payload_no_json(at: Span, why: &str) -> Diagnostic {
    Diagnostic::error("workflow-body", format!("the payload is not valid JSON: {why}"), at)
        .help("write it as YAML, without `|`")
}

/// A form of parts whose payload is text.
#[must_use]
pub fn parts_as_text(at: Span) -> Diagnostic {
    let message = "the payload of `multipart/form-data` is text, so it has no parts";
    Diagnostic::error("workflow-body", message, at).help("write an object with a key for each part")
}

/// A property that a body needs.
#[must_use]
pub fn missing_field(at: Span, name: &str, declared: Span) -> Diagnostic {
    let message = format!("the required property `{name}` is missing");
    Diagnostic::error("workflow-body", message, at).also(declared, "it is described here")
}

/// A property that a body does not have.
#[must_use]
pub fn unknown_field(at: Span, name: &str, near: Option<&str>, known: &[&str]) -> Diagnostic {
    let message = format!("the property `{name}` does not exist");
    known_help(Diagnostic::error("workflow-body", message, at), "there are", near, known)
}

/// A property that only the service sets.
#[must_use]
pub fn read_only_field(at: Span, name: &str) -> Diagnostic {
    let message = format!("`{name}` is read-only, so the service ignores it");
    Diagnostic::warning("workflow-read-only", message, at).help("remove it")
}

/// A value that its schema does not take.
#[must_use]
pub fn value_differs(at: Span, why: &str) -> Diagnostic {
    Diagnostic::error("workflow-value", format!("the value does not match its schema: {why}"), at)
}

/// A text outside of a closed set.
#[must_use]
pub fn no_variant(at: Span, found: &str, near: Option<&str>, known: &[&str]) -> Diagnostic {
    let message = format!("`{found}` is not one of the allowed values");
    known_help(Diagnostic::error("workflow-value", message, at), "they are", near, known)
}

/// An expression of another type than its place; `what` is quoted already.
#[must_use]
pub fn kind_differs(at: Span, what: &str, found: &str, wanted: &str) -> Diagnostic {
    let message = format!("{what} is {found}, but {wanted} is expected");
    Diagnostic::error("workflow-value", message, at)
}

/// A text for a number or the other way round, which the load test converts; `what` is quoted already.
#[must_use]
pub fn kind_converted(at: Span, what: &str, found: &str, wanted: &str) -> Diagnostic {
    let message = format!("{what} is {found}, but {wanted} is expected: it is converted");
    Diagnostic::warning("workflow-notation", message, at)
        .help("a visit whose value cannot be converted fails; declare the type that is expected")
}

/// An input whose values do not fit a place that it is given to; each with a keyword of the input, and one of the place.
#[must_use]
pub fn input_never_fits(at: Span, name: &str, [own, place]: [&str; 2]) -> Diagnostic {
    let message = format!("no value of the input `{name}` fits every place that it is given to");
    Diagnostic::warning("workflow-notation", message, at)
        .here(format!("values with `{own}` are drawn; a place asks for `{place}`"))
        .help("change the bounds of the input, or give the place another value")
}

/// A selector of a part of a URL that names none.
#[must_use]
pub fn bad_path_selector(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` is not a path with a parameter");
    Diagnostic::error("workflow-expression", message, at)
        .help("write the path of the resource, like `/orders/{id}`: the value at the last parameter is taken")
}

/// A place below a value that it does not have.
#[must_use]
pub fn nothing_below(
    at: Span,
    text: &str,
    step: &str,
    near: Option<&str>,
    known: &[&str],
) -> Diagnostic {
    let message = format!("`{text}` does not exist: there is no `{step}`");
    known_help(Diagnostic::error("workflow-unknown", message, at), "there are", near, known)
}

/// A property that a value, described in words, does not have.
#[must_use]
pub fn nothing_in(
    at: Span,
    value: &str,
    step: &str,
    near: Option<&str>,
    known: &[&str],
) -> Diagnostic {
    let message = format!("{value} has no `{step}`");
    known_help(Diagnostic::error("workflow-unknown", message, at), "there are", near, known)
}

/// A header that no response declares.
#[must_use]
pub fn undeclared_header(at: Span, operation: &str, name: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("no response of `{operation}` declares the header `{name}`");
    let diagnostic = Diagnostic::warning("workflow-header", message, at);
    match near {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic
            .help("declare it in the `headers` of the response; otherwise the value is null"),
    }
}

/// A text that is no runtime expression.
#[must_use]
pub fn bad_expression(at: Span, text: &str, why: &str, help: Option<&str>) -> Diagnostic {
    let message = format!("`{text}` is not a runtime expression: {why}");
    Diagnostic::error("workflow-expression", message, at).maybe_help(help.map(str::to_owned))
}

/// An invalid condition.
#[must_use]
pub fn bad_criterion(at: Span, why: &str, help: Option<&str>) -> Diagnostic {
    Diagnostic::error("workflow-criterion", why, at).maybe_help(help.map(str::to_owned))
}

/// An invalid query.
#[must_use]
pub fn bad_jsonpath(at: Span, why: &str) -> Diagnostic {
    let message = format!("this is not a JSONPath query (RFC 9535): {why}");
    Diagnostic::error("workflow-criterion", message, at)
}

/// A comparison in the place of a query.
#[must_use]
pub fn comparison_as_query(at: Span) -> Diagnostic {
    let message = "a comparison is not a JSONPath query (RFC 9535), which selects nodes and holds if there are any";
    Diagnostic::error("workflow-criterion", message, at).help(
        "compare in a filter over the elements of a list: `$[?@.name == 'x']`; or remove `type`, and write `$response.body#/name == 'x'`",
    )
}

/// An invalid pointer.
#[must_use]
pub fn bad_pointer(at: Span, text: &str, why: &str) -> Diagnostic {
    Diagnostic::error("workflow-expression", format!("`{text}` is not a JSON pointer: {why}"), at)
}

/// A criterion without something to hold it against.
#[must_use]
pub fn no_context(at: Span, kind: &str) -> Diagnostic {
    let message = format!("a criterion of type `{kind}` needs a `context`");
    Diagnostic::error("workflow-criterion", message, at)
        .help("add the value to check: `context: $response.body`")
}

/// XPath.
#[must_use]
pub fn xpath(at: Span) -> Diagnostic {
    Diagnostic::error("workflow-xpath", "XPath is not supported, because responses are JSON", at)
        .help("use `jsonpath`, or a criterion of type `regex` for plain text")
}

/// A version of an expression that is not read.
#[must_use]
pub fn expression_version(at: Span, kind: &str, found: &str, known: &[&str]) -> Diagnostic {
    let message = format!("version `{found}` of `{kind}` is not supported");
    Diagnostic::error("workflow-criterion", message, at).help(format!("write {}", listed(known)))
}

/// A status of success that an operation does not declare.
#[must_use]
pub fn undeclared_status(at: Span, operation: &str, status: u16, known: &[String]) -> Diagnostic {
    let message = format!("`{operation}` does not declare a {status} response");
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    known_help(Diagnostic::error("workflow-criterion", message, at), "it declares", None, &known)
}

/// A comparison that never holds.
#[must_use]
pub fn never_equal(at: Span, text: &str, found: &str, literal: &str) -> Diagnostic {
    let message = format!("`{text}` is {found}, which never equals {literal}");
    Diagnostic::error("workflow-criterion", message, at)
}

/// A comparison of values that have no order among each other, which never holds.
#[must_use]
pub fn never_compared(at: Span, text: &str, found: &str, literal: &str) -> Diagnostic {
    let message = format!("`{text}` is {found}, which is neither less nor greater than {literal}");
    Diagnostic::error("workflow-criterion", message, at)
}

/// An output that is an expression but for its `$`.
#[must_use]
pub fn output_is_text(at: Span, text: &str) -> Diagnostic {
    let message =
        format!("`{text}` is not a runtime expression, so the output would always be this string");
    Diagnostic::error("workflow-expression", message, at).help(format!("write `${text}`"))
}

/// An output that is a fixed value.
#[must_use]
pub fn output_is_fixed(at: Span) -> Diagnostic {
    let message = "the output always has this value, because it is not a runtime expression";
    Diagnostic::warning("workflow-notation", message, at)
        .help("an output is an expression like `$response.body#/id`")
}

/// A single value for a parameter that is a list.
#[must_use]
pub fn one_for_list(at: Span, name: &str) -> Diagnostic {
    let message = format!("the parameter `{name}` is a list; a list of this one value is sent");
    Diagnostic::warning("workflow-notation", message, at).help("write a list: `[value]`")
}

/// A source description as a value.
#[must_use]
pub fn source_is_no_value(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` refers to an operation, not to a value");
    Diagnostic::error("workflow-expression", message, at)
        .help("a source description has the values `url`, `type` and `name`")
}

/// A component as a value.
#[must_use]
pub fn component_is_no_value(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` refers to a component, not to a value");
    Diagnostic::error("workflow-expression", message, at).help(format!(
        "refer to the whole component, in the list where it belongs: `- reference: {text}`"
    ))
}

/// `$request` in a step that sends no request.
#[must_use]
pub fn no_request(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` needs a request, but this step sends none");
    Diagnostic::error("workflow-expression", message, at)
}

/// `$response` in a step that gets no response.
#[must_use]
pub fn no_response(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` needs a response, but this step receives none");
    Diagnostic::error("workflow-expression", message, at)
        .help("use `$message.payload#/…` for a message, and `$outputs.<name>` for a workflow")
}

/// `$statusCode` in a step that gets no response.
#[must_use]
pub fn no_status(at: Span) -> Diagnostic {
    Diagnostic::error("workflow-expression", "only HTTP responses have a status", at)
        .help("use `$message.payload#/…` for a message, and `$outputs.<name>` for a workflow")
}

/// `$message` in a step that receives no message.
#[must_use]
pub fn no_message(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` needs a message, but this step has none");
    Diagnostic::error("workflow-expression", message, at)
        .help("use `$response.body#/…` for a response")
}

/// A payload of a request or response.
#[must_use]
pub fn payload_of_request(at: Span) -> Diagnostic {
    Diagnostic::error(
        "workflow-expression",
        "requests and responses have a `body`; only messages have a `payload`",
        at,
    )
    .help("write `body`")
}

/// A part that something does not have.
#[must_use]
pub fn no_part(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` does not exist: only requests have paths and queries");
    Diagnostic::error("workflow-expression", message, at).help("write `$request.…`")
}

/// A body of a response that has none.
#[must_use]
pub fn no_body(at: Span, operation: &str) -> Diagnostic {
    let message = format!("the response of `{operation}` has no body");
    Diagnostic::error("workflow-unknown", message, at)
}

/// The body of a request of an operation without one.
#[must_use]
pub fn no_request_body(at: Span, operation: &str) -> Diagnostic {
    let message = format!("the request of `{operation}` has no body");
    Diagnostic::error("workflow-unknown", message, at)
}

/// A part of a request that its step does not send.
#[must_use]
pub fn always_null(at: Span, text: &str, what: &str) -> Diagnostic {
    let message = format!("`{text}` is always null: the step sends no {what}");
    Diagnostic::warning("criterion-never-holds", message, at)
}

/// An output of a step whose failure leads to where it is read.
#[must_use]
pub fn null_after_failure(at: Span, text: &str, step: &str) -> Diagnostic {
    let message = format!("`{text}` is null when `{step}` failed and led here");
    Diagnostic::warning("criterion-never-holds", message, at)
        .help("let the failure lead to a step of its own, or read an output of an earlier step")
}

/// A query whose filter asks for what no value has that it looks at.
#[must_use]
pub fn filter_finds_nothing(at: Span, path: &str, step: &str, is_object: bool) -> Diagnostic {
    let message =
        format!("the filter of `{path}` finds nothing: no value that it looks at has `{step}`");
    let found = Diagnostic::warning("criterion-never-holds", message, at);
    match is_object {
        true => found
            .here("of an object, a filter looks at each member, and not at the object itself")
            .help("let the query lead to a list first, or write a condition: `$response.body#/…`"),
        false => found,
    }
}

/// A query whose filter asks for what the object itself has, and no member of it.
#[must_use]
pub fn filter_of_itself(at: Span, path: &str) -> Diagnostic {
    let message =
        format!("the filter of `{path}` is read as one of the object itself, as some tools do");
    Diagnostic::warning("workflow-notation", message, at)
        .here("of an object, a filter of RFC 9535 looks at each member, and not at the object")
        .help("write a condition without `type`: `$response.body#/…`")
}

/// A header of an event.
#[must_use]
pub fn events_have_no_headers(at: Span) -> Diagnostic {
    Diagnostic::error("workflow-expression", "events have no headers", at)
        .help("move the value to the payload, and write `$message.payload#/…`")
}

/// Inputs that are no object.
#[must_use]
pub fn inputs_no_object(at: Span) -> Diagnostic {
    Diagnostic::error(
        "workflow-inputs",
        "the inputs of a workflow must be an object with properties",
        at,
    )
    .help("write:\ninputs:\n  type: object\n  properties: …")
}

/// An `x-test-data` that means nothing.
#[must_use]
pub fn bad_data(at: Span, why: &str) -> Diagnostic {
    Diagnostic::error("workflow-data", why, at)
}

/// An `x-workload` that means nothing.
#[must_use]
pub fn bad_load(at: Span, why: &str) -> Diagnostic {
    Diagnostic::error("workflow-load", why, at)
}

/// A part of `x-workload` that changes nothing.
#[must_use]
pub fn load_without_effect(at: Span, why: &str, help: &str) -> Diagnostic {
    Diagnostic::warning("ignored-key", why, at).help(help)
}

/// A workflow that nothing starts.
#[must_use]
pub fn never_started(at: Span, workflow: &str) -> Diagnostic {
    let message = format!("nothing starts `{workflow}`: its weight is 0, and no step calls it");
    Diagnostic::warning("workflow-unreachable", message, at)
        .help("remove `weight`, or the workflow")
}

/// An input whose unique values are too long for it.
#[must_use]
pub fn unique_too_long(at: Span, name: &str, least: u64, most: u64) -> Diagnostic {
    let message = format!(
        "the unique values of `{name}` have {least} characters or more, but at most {most} are allowed"
    );
    Diagnostic::warning("workflow-notation", message, at)
        .help("allow longer values, or take them from a file: `x-test-data: {file: names.csv}`")
}

/// Unique values that are shorter than a place asks for.
#[must_use]
pub fn unique_too_short(at: Span, name: &str, least: u64, asked: u64) -> Diagnostic {
    let message = format!(
        "unique values of `{name}` may have only {least} characters, but at least {asked} are required"
    );
    Diagnostic::warning("workflow-notation", message, at)
        .help("allow shorter values, or take them from a file: `x-test-data: {file: names.csv}`")
}

/// An input whose bounds allow what a place does not take.
#[must_use]
pub fn input_narrowed(at: Span, name: &str, [own, place]: [String; 2]) -> Diagnostic {
    let message =
        format!("the input `{name}` allows values that a place which it is given to does not take");
    Diagnostic::warning("workflow-notation", message, at)
        .here(format!("the input has `{own}`, a place `{place}`; only what both allow is drawn"))
        .help(format!("write `{place}`"))
}

/// An input of which some of the listed values do not fit a place.
#[must_use]
pub fn input_partly_fits(at: Span, name: &str, value: &str, why: &str) -> Diagnostic {
    let message = format!("the value {value} of the input `{name}` does not fit every place");
    Diagnostic::warning("workflow-notation", message, at)
        .here(why)
        .help("remove the value, or give the place another one")
}

/// An `x-promise` that nothing can keep.
#[must_use]
pub fn bad_promise(at: Span, why: &str, help: &str) -> Diagnostic {
    Diagnostic::error("workflow-promise", why, at).help(help)
}

/// A pattern of several places where one is set.
#[must_use]
pub fn several_targets(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` may match several locations, but only one can be set");
    Diagnostic::error("workflow-body", message, at)
        .help("name a single location with a JSON pointer such as `/items/0/quantity`")
}

/// `$self` of a document without one.
#[must_use]
pub fn no_self(at: Span) -> Diagnostic {
    Diagnostic::error("workflow-expression", "this document has no `$self`", at)
        .help("write it next to `arazzo`: `$self: https://example.com/workflows/name.arazzo.yaml`")
}

/// An input of another workflow, which is known to nobody after it ended.
#[must_use]
pub fn input_of_other(at: Span, workflow: &str, name: &str) -> Diagnostic {
    let message = format!("the inputs of the workflow `{workflow}` are not kept, only its outputs");
    Diagnostic::error("workflow-expression", message, at).help(format!(
        "add to `{workflow}`: `outputs: {{{name}: $inputs.{name}}}`, and write `$workflows.{workflow}.outputs.{name}`"
    ))
}

/// An output of a step that waits for no message.
#[must_use]
pub fn output_of_any_message(at: Span, step: &str, output: &str) -> Diagnostic {
    let message = format!(
        "the step `{step}` has no `correlationId`, so it does not wait for a message, and its output `{output}` has no value"
    );
    Diagnostic::error("workflow-expression", message, at)
        .help("say which message: `correlationId: $steps.<step>.outputs.<id>`")
}

/// An expression in a text without the braces that it needs there.
#[must_use]
pub fn lacks_braces(at: Span, expression: &str) -> Diagnostic {
    let message =
        format!("`{expression}` within a string needs braces; without them it is sent as it is");
    Diagnostic::warning("workflow-literal", message, at)
        .help(format!("write `{{{expression}}}` in its place"))
}

/// An expression in a string of a condition, which is text there.
#[must_use]
pub fn text_in_condition(at: Span, text: &str, expression: &str, is_whole: bool) -> Diagnostic {
    let message =
        format!("`'{text}'` is compared as it is: strings of conditions have no expressions");
    let help = match is_whole {
        true => format!("write `{expression}` without quotes and braces"),
        false => "compare with an input or output that is the whole text, or use `type: regex` with a `context`, whose pattern may have expressions in braces".to_owned(),
    };
    Diagnostic::warning("workflow-literal", message, at).help(help)
}

/// A text for a parameter that is an object.
#[must_use]
pub fn text_for_object(at: Span) -> Diagnostic {
    Diagnostic::error("workflow-value", "the parameter is an object, and this is a string", at)
        .help("write an object, with expressions as its values: `{name: $inputs.name}`")
}

/// A text for a query that no reader can take apart before it is known.
#[must_use]
pub fn query_as_expression(diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(
        "write the query out, with expressions in braces: `'name={$inputs.name}&…'`, or an object",
    )
}

/// A replacement in a place that a payload does not have.
#[must_use]
pub fn no_place(at: Span, target: &str, step: &str) -> Diagnostic {
    let message = format!("the payload has no place `{target}`: there is no `{step}`");
    Diagnostic::error("workflow-body", message, at)
        .help("add it to the payload, or replace the object or list around it")
}

/// A query that may select several values where one is needed.
#[must_use]
pub fn several_selected(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` may select several values, of which the first is used");
    Diagnostic::warning("workflow-notation", message, at)
        .help("select a single value: the list itself, or an element by its index")
}

/// A time that nothing can be done in.
#[must_use]
pub fn no_time(at: Span) -> Diagnostic {
    Diagnostic::error("workflow-value", "a `timeout` of 0 leaves the step no time", at)
        .help("write a number of milliseconds, or remove it")
}

/// A step that nothing leads to.
#[must_use]
pub fn step_never_runs(at: Span, step: &str) -> Diagnostic {
    let message =
        format!("the step `{step}` never runs: the steps before it always end or go elsewhere");
    Diagnostic::warning("workflow-unreachable", message, at)
        .help("lead an action to it with `goto`, or add `criteria` to the action before it")
}

/// A replacement in a body that has no payload.
#[must_use]
pub fn replaced_nothing(at: Span) -> Diagnostic {
    Diagnostic::error("workflow-body", "`replacements` need a `payload` to replace a part of", at)
        .help("write `payload` next to `replacements`")
}

/// An action of a workflow that no step ever takes.
#[must_use]
pub fn never_inherited(at: Span, name: &str) -> Diagnostic {
    let message = format!(
        "the action `{name}` of the workflow is never taken, because each step has one of its own that always applies"
    );
    Diagnostic::warning("workflow-unreachable", message, at)
        .help("remove it, or add `criteria` to the action of a step")
}
