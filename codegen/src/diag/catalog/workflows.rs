//! Workflows: what an Arazzo document names and that is not there, does not fit, or comes too early.

use std::collections::BTreeSet;

use super::shape::listed;
use crate::diag::Diagnostic;
use crate::source::Span;

pub use super::workflow_messages::*;
pub use super::workflow_values::*;

/// How many names are listed at most.
const MAX_NAMES: usize = 8;

/// What there is, for a help: the nearest name, or all of them where they are few.
pub(super) fn known_help(
    diagnostic: Diagnostic,
    what: &str,
    near: Option<&str>,
    known: &[&str],
) -> Diagnostic {
    let mut seen = BTreeSet::new();
    let known: Vec<&str> = known.iter().copied().filter(|name| seen.insert(*name)).collect();
    match (near, &known[..]) {
        (Some(near), _) => diagnostic.help(format!("did you mean `{near}`?")),
        (None, []) => diagnostic,
        (None, known) if known.len() <= MAX_NAMES => {
            diagnostic.help(format!("{what} {}", listed(known)))
        }
        (None, known) => diagnostic.help(format!(
            "{what} {}, and {} more",
            listed(&known[..MAX_NAMES]),
            known.len() - MAX_NAMES
        )),
    }
}

/// What is wrong with an action that is declared elsewhere, for a step that it applies to.
#[must_use]
pub fn of_shared_action(diagnostic: Diagnostic, step: &str) -> Diagnostic {
    diagnostic.help(format!("the action applies to the step `{step}`"))
}

/// Something that is named and not there: an operation, a step, an input, a component.
#[must_use]
pub fn unknown(at: Span, kind: &str, name: &str, near: Option<&str>, known: &[&str]) -> Diagnostic {
    let message = format!("there is no {kind} `{name}`");
    known_help(Diagnostic::error("workflow-unknown", message, at), "there are", near, known)
}

/// An output that a step does not have.
#[must_use]
pub fn unknown_output(
    at: Span,
    step: &str,
    name: &str,
    near: Option<&str>,
    known: &[&str],
) -> Diagnostic {
    let message = format!("the step `{step}` has no output `{name}`");
    let diagnostic = Diagnostic::error("workflow-unknown", message, at);
    match (near, known) {
        (None, []) => diagnostic
            .help(format!("add it to the step:\noutputs:\n  {name}: $response.body#/{name}")),
        _ => known_help(diagnostic, "it has", near, known),
    }
}

/// An input that a workflow does not have.
#[must_use]
pub fn unknown_input(
    at: Span,
    workflow: &str,
    name: &str,
    near: Option<&str>,
    known: &[&str],
) -> Diagnostic {
    let message = format!("the workflow `{workflow}` has no input `{name}`");
    let diagnostic = Diagnostic::error("workflow-unknown", message, at);
    match known {
        [] => diagnostic.help(describe_input(name)),
        known => known_help(diagnostic, "it has", near, known),
    }
}

/// Inputs of a workflow that has none.
#[must_use]
pub fn no_inputs(at: Span, workflow: &str, name: &str) -> Diagnostic {
    let message = format!("the workflow `{workflow}` has no inputs");
    Diagnostic::error("workflow-unknown", message, at).help(format!(
        "describe them next to `steps`:\ninputs:\n  type: object\n  properties:\n    {name}: {{type: string}}"
    ))
}

/// An input of a workflow whose inputs are an object of which nothing is said.
#[must_use]
pub fn input_undescribed(at: Span, workflow: &str, name: &str) -> Diagnostic {
    let message = format!("the inputs of `{workflow}` do not describe `{name}`");
    Diagnostic::error("workflow-unknown", message, at).help(describe_input(name))
}

fn describe_input(name: &str) -> String {
    format!("describe it:\ninputs:\n  type: object\n  properties:\n    {name}: {{type: string}}")
}

/// A parameter that an operation does not have.
#[must_use]
pub fn unknown_parameter(
    at: Span,
    operation: &str,
    location: &str,
    name: &str,
    near: Option<&str>,
    known: &[&str],
) -> Diagnostic {
    let message = format!("`{operation}` has no {location} parameter `{name}`");
    let diagnostic = Diagnostic::error("workflow-parameter", message, at);
    known_help(diagnostic, &format!("its {location} parameters are"), near, known)
}

/// A header that an operation does not declare.
#[must_use]
pub fn extra_header(at: Span, operation: &str, name: &str) -> Diagnostic {
    let message =
        format!("`{operation}` does not declare the header `{name}`, which is sent nevertheless");
    Diagnostic::warning("workflow-extra-header", message, at)
        .help("declare it as a parameter of the operation, or remove it")
}

/// A header of all steps that no operation declares.
#[must_use]
pub fn extra_shared_header(at: Span, workflow: &str, name: &str) -> Diagnostic {
    let message = format!(
        "no operation that `{workflow}` calls declares the header `{name}`, which is sent with each request nevertheless"
    );
    Diagnostic::warning("workflow-extra-header", message, at)
        .help("declare it as a parameter of the operation, or remove it")
}

/// A parameter that travels elsewhere.
#[must_use]
pub fn parameter_elsewhere(at: Span, operation: &str, name: &str, location: &str) -> Diagnostic {
    let message = format!("`{name}` of `{operation}` is a {location} parameter");
    Diagnostic::error("workflow-parameter", message, at).help(format!("write `in: {location}`"))
}

/// A parameter that an operation needs.
#[must_use]
pub fn missing_parameter(
    at: Span,
    operation: &str,
    location: &str,
    name: &str,
    declared: Span,
) -> Diagnostic {
    let message = format!("`{operation}` needs the {location} parameter `{name}`");
    Diagnostic::error("workflow-parameter", message, at)
        .also(declared, "it is required here")
        .help(format!(
            "add it to the step:\nparameters:\n  - {{name: {name}, in: {location}, value: $inputs.{name}}}"
        ))
}

/// An input that a workflow needs.
#[must_use]
pub fn missing_input(at: Span, workflow: &str, name: &str) -> Diagnostic {
    let message = format!("the workflow `{workflow}` needs the input `{name}`");
    Diagnostic::error("workflow-parameter", message, at)
        .help(format!("add it:\nparameters:\n  - {{name: {name}, value: $inputs.{name}}}"))
}

/// A parameter that a workflow sets for its steps, and that none takes.
#[must_use]
pub fn parameter_of_no_step(at: Span, workflow: &str, name: &str) -> Diagnostic {
    let message = format!("no step of `{workflow}` uses the parameter `{name}`");
    Diagnostic::error("workflow-parameter", message, at)
        .help("remove it, or correct its name or `in`")
}

/// A parameter of an operation that does not say where it travels.
#[must_use]
pub fn parameter_without_place(at: Span, name: &str) -> Diagnostic {
    let message = format!("the parameter `{name}` has no `in`");
    Diagnostic::error("workflow-parameter", message, at)
        .help("add `in: path`, `in: query`, `in: header` or `in: cookie`")
}

/// An input of a workflow with a place.
#[must_use]
pub fn input_with_place(at: Span) -> Diagnostic {
    let message = "the parameters of a workflow are its inputs, and have no `in`";
    Diagnostic::error("workflow-parameter", message, at).help("remove `in`")
}

/// The place of what is an input of the workflow that a step calls.
#[must_use]
pub fn place_of_input(at: Span, name: &str) -> Diagnostic {
    let message =
        format!("`{name}` is an input of the workflow that the step calls, so `in` has no effect");
    Diagnostic::warning("workflow-notation", message, at)
        .help("remove `in`, unless other steps send the parameter with a request")
}

/// Parameters of an action that calls no workflow.
#[must_use]
pub fn parameters_for_nobody(at: Span) -> Diagnostic {
    let message = "the parameters of an action are inputs of a workflow, but the action names none, so they have no effect";
    Diagnostic::warning("workflow-notation", message, at)
        .help("add `workflowId`, or remove the parameters")
}

/// The whole query of an operation whose contract has the parameters one by one.
#[must_use]
pub fn query_in_parts(at: Span, operation: &str) -> Diagnostic {
    let message = format!(
        "`{operation}` has no parameter for the whole query, so each part of it is a query parameter"
    );
    Diagnostic::warning("workflow-notation", message, at)
        .help("write a parameter with `in: query` for each")
}

/// A parameter of a step that sends or receives a message.
#[must_use]
pub fn parameter_of_message(at: Span) -> Diagnostic {
    let message = "a step that sends or receives an event has no parameters, because events have only a payload";
    Diagnostic::error("workflow-parameter", message, at)
        .help("move the value to `requestBody.payload`")
}

/// Something of a response before there is one.
#[must_use]
pub fn not_answered(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` is not available yet: the step has not run");
    Diagnostic::error("workflow-order", message, at)
        .help("use the output of an earlier step: `$steps.<step>.outputs.<name>`")
}

/// Something of one step in the outputs of a workflow.
#[must_use]
pub fn outputs_of_steps(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` belongs to a single step, but a workflow has several");
    Diagnostic::error("workflow-expression", message, at)
        .help("make it an output of its step, and write `$steps.<step>.outputs.<name>` here")
}

/// `$outputs` before there are any.
#[must_use]
pub fn outputs_not_yet(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` is not available until the workflow has finished");
    Diagnostic::error("workflow-order", message, at).help("write `$steps.<step>.outputs.<name>`")
}

/// An output of a step that runs later.
#[must_use]
pub fn forward(at: Span, own: &str, target: &str, target_at: Span) -> Diagnostic {
    let message = match own == target {
        true => format!("the step `{own}` reads its own output"),
        false => format!("the step `{own}` reads the output of `{target}`, which runs later"),
    };
    Diagnostic::error("workflow-order", message, at)
        .also(target_at, "the step with the output")
        .help("move the step, or add the other step to `dependsOn`")
}

/// A workflow that may not have run.
#[must_use]
pub fn workflow_not_before(at: Span, workflow: &str) -> Diagnostic {
    let message = format!("the workflow `{workflow}` may not have run before");
    Diagnostic::error("workflow-order", message, at)
        .help(format!("add it: `dependsOn: [{workflow}]`"))
}

/// Steps or workflows that wait for each other.
#[must_use]
pub fn circle(at: Span, what: &str, names: &[&str]) -> Diagnostic {
    let first = names.first().copied().unwrap_or_default();
    let way: Vec<String> =
        names.iter().chain(std::iter::once(&first)).map(|name| format!("`{name}`")).collect();
    let message = format!("{what} form a cycle: {}", way.join(" → "));
    Diagnostic::error("workflow-circle", message, at).help("remove one of them")
}

/// Steps, or workflows, whose failures lead to each other.
#[must_use]
pub fn failure_circle(at: Span, what: &str, names: &[&str]) -> Diagnostic {
    let first = names.first().copied().unwrap_or_default();
    let way: Vec<String> =
        names.iter().chain(std::iter::once(&first)).map(|name| format!("`{name}`")).collect();
    let message = format!("failures of {what} form a cycle that never ends: {}", way.join(" → "));
    Diagnostic::error("workflow-circle", message, at).help(
        "bound it: `type: retry` with `retryAfter` and `retryLimit`, or give the action `criteria`",
    )
}

/// A retry that leads back to its own step.
#[must_use]
pub fn retry_circle(at: Span, action: &str, names: &[&str]) -> Diagnostic {
    let way: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let message =
        format!("the retry `{action}` first runs its own step again: {}", way.join(" → "));
    Diagnostic::error("workflow-circle", message, at)
        .help("remove `stepId`, or name a step that does not lead back to this one")
}

/// Something that has a name already.
#[must_use]
pub fn twice(at: Span, kind: &str, name: &str, first: Span) -> Diagnostic {
    Diagnostic::error("workflow-twice", format!("the {kind} `{name}` already exists"), at)
        .also(first, "the first one")
        .help("rename one of them")
}

/// A name with characters that an expression cannot have.
#[must_use]
pub fn bad_name(at: Span, kind: &str, name: &str) -> Diagnostic {
    let article = if kind == "output" { "an" } else { "a" };
    let message = format!(
        "`{name}` cannot be the name of {article} {kind}, because expressions cannot refer to it"
    );
    let dots = if kind == "output" { ", `.`" } else { "" };
    Diagnostic::error("workflow-name", message, at)
        .help(format!("use letters, digits, `-`{dots} and `_`"))
}

/// A name with spaces, which expressions of some tools cannot name.
#[must_use]
pub fn spaced_name(at: Span, kind: &str, name: &str) -> Diagnostic {
    let message = format!("`{name}` has spaces, so some tools do not find this {kind}");
    let proper = name.replace(' ', "-");
    Diagnostic::warning("workflow-notation", message, at).help(format!("call it `{proper}`"))
}

/// An output that a step has only because the workflow that it calls has it.
#[must_use]
pub fn implied_output(at: Span, step: &str, output: &str) -> Diagnostic {
    let message = format!(
        "the step `{step}` does not declare the output `{output}`, but the workflow that it calls does"
    );
    Diagnostic::warning("workflow-notation", message, at)
        .help(format!("add to the step: `outputs: {{{output}: $outputs.{output}}}`"))
}

/// An action of a workflow whose criteria ask for what no step has.
#[must_use]
pub fn applies_to_none(at: Span, action: &str) -> Diagnostic {
    let message = format!(
        "the action `{action}` is never taken: its criteria ask for a response or a message that no step has"
    );
    Diagnostic::warning("workflow-unreachable", message, at)
        .help("remove it, or correct its criteria")
}

/// The status of a step that calls a workflow.
#[must_use]
pub fn status_of_workflow(at: Span) -> Diagnostic {
    let message = "a workflow has no status; the status of its last response is compared";
    Diagnostic::warning("workflow-notation", message, at)
        .help("let the workflow end with what it must come to, and remove this criterion")
}

/// A text looks like an expression, but is not a valid one.
#[must_use]
pub fn literal(at: Span, text: &str, meant: &str) -> Diagnostic {
    let message = format!("`{text}` is not an expression, so this text itself is the value");
    Diagnostic::warning("workflow-literal", message, at).help(format!("write `{meant}`"))
}

/// A list that must hold something.
#[must_use]
pub fn empty_list(at: Span, key: &str) -> Diagnostic {
    Diagnostic::error("workflow-empty", format!("`{key}` is empty"), at)
        .help("add at least one element")
}

/// A key of Arazzo 1.1 in a document of 1.0.
#[must_use]
pub fn since_1_1(at: Span, key: &str, version: Span) -> Diagnostic {
    let message = format!("`{key}` needs Arazzo 1.1, but this document is of version 1.0");
    Diagnostic::error("workflow-version", message, at)
        .also(version, "the version of the document")
        .help("write `arazzo: 1.1.0`")
}

/// A source description of a file that is no document of these contracts.
#[must_use]
pub fn source_of_nobody(at: Span, path: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("`{path}` is neither a document of a service nor an Arazzo document");
    let diagnostic = Diagnostic::error("workflow-source", message, at);
    match near {
        Some(near) => diagnostic.help(format!("`{near}` is one")),
        None => diagnostic.help("put it into its own folder as `openapi.yaml` or `asyncapi.yaml`, or name it there in a `service.yaml`"),
    }
}

/// A source description that leads out of the contracts.
#[must_use]
pub fn remote_source(at: Span, url: &str) -> Diagnostic {
    let message = format!("`{url}` is not one of these contracts");
    Diagnostic::error("workflow-source", message, at)
        .help("put the document into its own folder, and refer to it by its path from this file: `../pets/openapi.yaml`")
        .help("a document with `$self` can also be referred to by that URI")
}

/// A source description with a fragment.
#[must_use]
pub fn source_fragment(at: Span, path: &str) -> Diagnostic {
    Diagnostic::error("workflow-source", "a source description must refer to a whole document", at)
        .help(format!("write `url: {path}`"))
}

/// A source description of another type.
#[must_use]
pub fn source_type(at: Span, said: &str, found: &str) -> Diagnostic {
    let message = format!("the source has the type `{said}`, but the document is `{found}`");
    Diagnostic::error("workflow-source", message, at).help(format!("write `type: {found}`"))
}

/// A source of one kind where another is needed.
#[must_use]
pub fn source_of_other_kind(at: Span, name: &str, found: &str, wanted: &str) -> Diagnostic {
    let message =
        format!("the source `{name}` is of type `{found}`, but `{wanted}` is needed here");
    Diagnostic::error("workflow-source", message, at)
}

/// An operation of which it is not known whose it is.
#[must_use]
pub fn source_not_said(at: Span, id: &str, owner: &str) -> Diagnostic {
    let message = format!("there are several sources, so `{id}` is ambiguous");
    Diagnostic::error("workflow-source", message, at)
        .help(format!("write `$sourceDescriptions.{owner}.{id}`"))
}

/// A reusable object that leads to no component of its kind.
#[must_use]
pub fn no_component(at: Span, text: &str, kind: &str) -> Diagnostic {
    let message = format!("`{text}` does not refer to a component of type `{kind}`");
    Diagnostic::error("workflow-expression", message, at)
        .help(format!("write `$components.{kind}.<name>`"))
}

/// A step without anything to do.
#[must_use]
pub fn no_target(at: Span, step: &str) -> Diagnostic {
    Diagnostic::error("workflow-target", format!("the step has no target: `{step}`"), at)
        .help("add one of `operationId`, `operationPath`, `channelPath` and `workflowId`")
}

/// A step or action with several targets.
#[must_use]
pub fn two_targets(at: Span, keys: &[&str], first: Span) -> Diagnostic {
    let message = format!("only one of {} is allowed", listed(keys));
    Diagnostic::error("workflow-target", message, at).also(first, "the other one")
}

/// An `operationId` that is an expression of another kind.
#[must_use]
pub fn no_operation_expression(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` does not refer to an operation");
    Diagnostic::error("workflow-target", message, at)
        .help("write `$sourceDescriptions.<source>.<operationId>`")
}

/// A `workflowId` that is an expression of another kind.
#[must_use]
pub fn no_workflow_expression(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` does not refer to a workflow");
    Diagnostic::error("workflow-target", message, at)
        .help("write the `workflowId`, or `$sourceDescriptions.<source>.<workflowId>` for a workflow of another document")
}

/// A workflow where an operation is expected.
#[must_use]
pub fn workflow_as_operation(at: Span, id: &str) -> Diagnostic {
    let message = format!("`{id}` refers to a source with workflows, not operations");
    Diagnostic::error("workflow-target", message, at).help("use `workflowId` instead of this key")
}

/// An invalid path.
#[must_use]
pub fn no_path(at: Span, text: &str, example: &str) -> Diagnostic {
    let message = format!("`{text}` is not a source with a JSON pointer");
    Diagnostic::error("workflow-target", message, at)
        .help(format!("write `'{{$sourceDescriptions.<source>.url}}{example}'`"))
}

/// A target in a notation of other tools, whose meaning is certain.
#[must_use]
pub fn other_notation(at: Span, text: &str, proper: &str) -> Diagnostic {
    let message = format!("`{text}` is not a notation of Arazzo, although some tools accept it");
    Diagnostic::warning("workflow-notation", message, at).help(format!("write `{proper}`"))
}

/// A pointer that leads to no operation.
#[must_use]
pub fn no_operation_pointer(at: Span, pointer: &str) -> Diagnostic {
    let message = format!("`{pointer}` is not an operation of an AsyncAPI document");
    Diagnostic::error("workflow-target", message, at)
        .help("write `#/operations/<name>`, or use `channelPath` for a channel")
}

/// A channel of a source without channels.
#[must_use]
pub fn channel_of_no_events(at: Span, kind: &str) -> Diagnostic {
    let message = format!("only AsyncAPI documents have channels, but this source is `{kind}`");
    Diagnostic::error("workflow-target", message, at).help("write `operationId` or `operationPath`")
}

/// A channel or operation without messages.
#[must_use]
pub fn nothing_passes(at: Span) -> Diagnostic {
    Diagnostic::error(
        "workflow-target",
        "no operation of the contracts sends or receives a message on this channel",
        at,
    )
    .help("add an operation to the AsyncAPI document, or name another channel")
}

/// A step of events that does not say what it does.
#[must_use]
pub fn no_action(at: Span) -> Diagnostic {
    let message = "the step does not say whether it sends or receives";
    Diagnostic::error("workflow-target", message, at)
        .help("write `action: receive` to wait for a message, or `action: send` to publish one")
}

/// Several messages where one is sent.
#[must_use]
pub fn several_messages(at: Span, names: &[&str], first: &str) -> Diagnostic {
    let message = format!(
        "the operation has several messages, so the message to send is ambiguous: {}",
        listed(names)
    );
    Diagnostic::error("workflow-target", message, at)
        .help(format!("name an operation with a single message, such as only `{first}`"))
}

/// A key that has no meaning for what a step does.
#[must_use]
pub fn not_for_this_step(at: Span, key: &str, why: &str, help: &str) -> Diagnostic {
    Diagnostic::error("workflow-key", format!("`{key}` has no effect here: {why}"), at).help(help)
}

/// A key that has no meaning for a type of action.
#[must_use]
pub fn not_for_this_action(at: Span, key: &str, kind: &str) -> Diagnostic {
    let message = format!("`{key}` has no effect on an action of type `{kind}`");
    Diagnostic::error("workflow-action", message, at).help("remove it, or correct `type`")
}

/// A `goto` without a target.
#[must_use]
pub fn goto_nowhere(at: Span) -> Diagnostic {
    Diagnostic::error("workflow-action", "the action `goto` has no target", at)
        .help("add `stepId` or `workflowId`")
}

/// An action that another one always comes before.
#[must_use]
pub fn never_taken(at: Span, name: &str, first: Span) -> Diagnostic {
    let message =
        format!("the action `{name}` is never taken, because an earlier action always applies");
    Diagnostic::error("workflow-action", message, at)
        .also(first, "it has no `criteria`")
        .help("add `criteria` to the earlier action, or move it to the end")
}

/// An invalid wait.
#[must_use]
pub fn bad_retry(at: Span) -> Diagnostic {
    Diagnostic::error(
        "workflow-action",
        "`retryAfter` must be a number of seconds, from 0 to 86400",
        at,
    )
}

/// A step by an expression where its name is expected.
#[must_use]
pub fn step_by_expression(at: Span, step: &str) -> Diagnostic {
    Diagnostic::error(
        "workflow-expression",
        "a step of the same workflow is referred to by its ID",
        at,
    )
    .help(format!("write `{step}`"))
}

/// What `dependsOn` of a step cannot name.
#[must_use]
pub fn no_step_reference(at: Span, text: &str) -> Diagnostic {
    Diagnostic::error("workflow-expression", format!("`{text}` does not refer to a step"), at)
        .help("write a `stepId`, or `$workflows.<workflow>.steps.<step>`")
}

/// A step that receives any message.
#[must_use]
pub fn uncorrelated(at: Span, step: &str, without_effect: &[&str]) -> Diagnostic {
    let more = match without_effect {
        [] => String::new(),
        keys => format!("; {} of the step: without effect", listed(keys)),
    };
    let message = format!(
        "the step `{step}` accepts any message, so the load test does not wait for one{more}"
    );
    Diagnostic::warning("workflow-uncorrelated", message, at)
        .help("say which message: `correlationId: $steps.<step>.outputs.<id>`")
}

/// A correlation with a message that declares none.
#[must_use]
pub fn no_correlation(at: Span, message: &str, declared: Span, field: Option<&str>) -> Diagnostic {
    let text = format!("the message `{message}` does not declare a correlation ID");
    Diagnostic::error("workflow-correlation", text, at).also(declared, "the message").help(format!(
        "add it to the message:\ncorrelationId:\n  location: $message.payload#/{}",
        field.map_or("id".into(), scalars::pointer::escape)
    ))
}
