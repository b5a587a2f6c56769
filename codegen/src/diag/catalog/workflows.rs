//! Workflows: what an Arazzo document names and that is not there, does not fit, or comes too early.

use std::collections::BTreeSet;

use super::shape::listed;
use crate::diag::Diagnostic;
use crate::source::Span;

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
    known_help(Diagnostic::error("workflow-unknown", message, at), "it has", near, known)
}

/// Inputs of a workflow that has none.
#[must_use]
pub fn no_inputs(at: Span, workflow: &str, name: &str) -> Diagnostic {
    let message = format!("the workflow `{workflow}` has no inputs");
    Diagnostic::error("workflow-unknown", message, at).help(format!(
        "describe them beside `steps`:\ninputs:\n  type: object\n  properties:\n    {name}: {{type: string}}"
    ))
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
    let message = format!("no step of `{workflow}` takes the parameter `{name}`");
    Diagnostic::error("workflow-parameter", message, at)
        .help("remove it, or correct its name or `in`")
}

/// A parameter of an operation that does not say where it travels.
#[must_use]
pub fn parameter_without_place(at: Span, name: &str) -> Diagnostic {
    let message = format!("the parameter `{name}` does not say where it travels");
    Diagnostic::error("workflow-parameter", message, at)
        .help("write `in: path`, `in: query`, `in: header` or `in: cookie` beside it")
}

/// An input of a workflow with a place.
#[must_use]
pub fn input_with_place(at: Span) -> Diagnostic {
    let message = "parameters of a workflow are its inputs, which travel nowhere";
    Diagnostic::error("workflow-parameter", message, at).help("remove `in`")
}

/// Parameters of an action that calls no workflow.
#[must_use]
pub fn parameters_for_nobody(at: Span) -> Diagnostic {
    let message = "parameters of an action are the inputs of a workflow, and it names none";
    Diagnostic::error("workflow-action", message, at)
        .help("write `workflowId` beside them, or remove them")
}

/// A parameter of a step that sends or receives a message.
#[must_use]
pub fn parameter_of_message(at: Span) -> Diagnostic {
    let message = "events have a payload and nothing else, so a step that sends or receives one has no parameters";
    Diagnostic::error("workflow-parameter", message, at)
        .help("put the value into `requestBody.payload`")
}

/// Something of a response before there is one.
#[must_use]
pub fn not_answered(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` is not there yet: the step has not run");
    Diagnostic::error("workflow-order", message, at)
        .help("take it from a step before, as `$steps.<step>.outputs.<name>`")
}

/// Something of one step in the outputs of a workflow.
#[must_use]
pub fn outputs_of_steps(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` belongs to one step, and a workflow has several");
    Diagnostic::error("workflow-expression", message, at)
        .help("make it an output of its step, and write `$steps.<step>.outputs.<name>` here")
}

/// `$outputs` before there are any.
#[must_use]
pub fn outputs_not_yet(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` is not there before the workflow is over");
    Diagnostic::error("workflow-order", message, at).help("write `$steps.<step>.outputs.<name>`")
}

/// An output of a step that runs later.
#[must_use]
pub fn forward(at: Span, own: &str, target: &str, target_at: Span) -> Diagnostic {
    let message = match own == target {
        true => format!("the step `{own}` reads an output of its own"),
        false => format!("the step `{own}` runs before `{target}`, whose output it reads"),
    };
    Diagnostic::error("workflow-order", message, at)
        .also(target_at, "the step whose output it is")
        .help("move the step, or name what it waits for in `dependsOn`")
}

/// A workflow that may not have run.
#[must_use]
pub fn workflow_not_before(at: Span, workflow: &str) -> Diagnostic {
    let message = format!("nothing says that the workflow `{workflow}` has run before");
    Diagnostic::error("workflow-order", message, at)
        .help(format!("write it into the workflow: `dependsOn: [{workflow}]`"))
}

/// Steps or workflows that wait for each other.
#[must_use]
pub fn circle(at: Span, what: &str, names: &[&str]) -> Diagnostic {
    let first = names.first().copied().unwrap_or_default();
    let way: Vec<String> =
        names.iter().chain(std::iter::once(&first)).map(|name| format!("`{name}`")).collect();
    let message = format!("{what} lead back to where they began: {}", way.join(" → "));
    Diagnostic::error("workflow-circle", message, at).help("take one of them out of the circle")
}

/// Something that has a name already.
#[must_use]
pub fn twice(at: Span, kind: &str, name: &str, first: Span) -> Diagnostic {
    Diagnostic::error("workflow-twice", format!("there is a {kind} `{name}` already"), at)
        .also(first, "the first one")
        .help("give it a name of its own")
}

/// A name with characters that an expression cannot have.
#[must_use]
pub fn bad_name(at: Span, kind: &str, name: &str) -> Diagnostic {
    let message = format!("`{name}` cannot be the name of a {kind}: expressions could not name it");
    let dots = if kind == "output" { ", `.`" } else { "" };
    Diagnostic::error("workflow-name", message, at)
        .help(format!("use letters, digits, `-`{dots} and `_`"))
}

/// A list that must hold something.
#[must_use]
pub fn empty_list(at: Span, key: &str) -> Diagnostic {
    Diagnostic::error("workflow-empty", format!("`{key}` is empty"), at)
        .help("it has at least one element")
}

/// A key of Arazzo 1.1 in a document of 1.0.
#[must_use]
pub fn since_1_1(at: Span, key: &str, version: Span) -> Diagnostic {
    let message = format!("`{key}` came with Arazzo 1.1, and this document is of 1.0");
    Diagnostic::error("workflow-version", message, at)
        .also(version, "the version of the document")
        .help("write `arazzo: 1.1.0`")
}

/// A source description of a file that is no document of these contracts.
#[must_use]
pub fn source_of_nobody(at: Span, path: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("`{path}` is no document of a service, and no Arazzo document");
    let diagnostic = Diagnostic::error("workflow-source", message, at);
    match near {
        Some(near) => diagnostic.help(format!("`{near}` is one")),
        None => diagnostic.help("put it into a folder of its own as `openapi.yaml` or `asyncapi.yaml`, or name it there in a `service.yaml`"),
    }
}

/// A source description that leads out of the contracts.
#[must_use]
pub fn remote_source(at: Span, url: &str) -> Diagnostic {
    let message = format!("`{url}` is not among these contracts");
    Diagnostic::error("workflow-source", message, at)
        .help("put the document into a folder of its own, and name it here by its path from this file: `../pets/openapi.yaml`")
        .help("a document with `$self` can be named by that URI too")
}

/// A source description with a fragment.
#[must_use]
pub fn source_fragment(at: Span, path: &str) -> Diagnostic {
    Diagnostic::error("workflow-source", "a source description names a whole document", at)
        .help(format!("write `url: {path}`"))
}

/// A source description of another type.
#[must_use]
pub fn source_type(at: Span, said: &str, found: &str) -> Diagnostic {
    let message = format!("this source is called `{said}`, and the document is `{found}`");
    Diagnostic::error("workflow-source", message, at).help(format!("write `type: {found}`"))
}

/// A source of one kind where another is needed.
#[must_use]
pub fn source_of_other_kind(at: Span, name: &str, found: &str, wanted: &str) -> Diagnostic {
    let message =
        format!("the source `{name}` is of type `{found}`, and `{wanted}` is needed here");
    Diagnostic::error("workflow-source", message, at)
}

/// An operation of which it is not known whose it is.
#[must_use]
pub fn source_not_said(at: Span, id: &str, owner: &str) -> Diagnostic {
    let message = format!("there are several sources, and `{id}` does not say of which it is");
    Diagnostic::error("workflow-source", message, at)
        .help(format!("write `$sourceDescriptions.{owner}.{id}`"))
}

/// A reusable object that leads to no component of its kind.
#[must_use]
pub fn no_component(at: Span, text: &str, kind: &str) -> Diagnostic {
    let message = format!("`{text}` leads to no component of `{kind}`");
    Diagnostic::error("workflow-expression", message, at)
        .help(format!("write `$components.{kind}.<name>`"))
}

/// A step without anything to do.
#[must_use]
pub fn no_target(at: Span, step: &str) -> Diagnostic {
    Diagnostic::error("workflow-target", format!("the step `{step}` does nothing"), at)
        .help("name what it calls: `operationId`, `operationPath`, `channelPath` or `workflowId`")
}

/// A step or action with several targets.
#[must_use]
pub fn two_targets(at: Span, keys: &[&str], first: Span) -> Diagnostic {
    let message = format!("only one of {} can stand here", listed(keys));
    Diagnostic::error("workflow-target", message, at).also(first, "the other one")
}

/// An `operationId` that is an expression of another kind.
#[must_use]
pub fn no_operation_expression(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` names no operation");
    Diagnostic::error("workflow-target", message, at)
        .help("write `$sourceDescriptions.<source>.<operationId>`")
}

/// A `workflowId` that is an expression of another kind.
#[must_use]
pub fn no_workflow_expression(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` names no workflow");
    Diagnostic::error("workflow-target", message, at)
        .help("write the `workflowId`, or for one of another document `$sourceDescriptions.<source>.<workflowId>`")
}

/// A workflow where an operation is expected.
#[must_use]
pub fn workflow_as_operation(at: Span, id: &str) -> Diagnostic {
    let message = format!("`{id}` is of a source that describes workflows, not operations");
    Diagnostic::error("workflow-target", message, at)
        .help("write `workflowId` in place of this key")
}

/// A path that is none.
#[must_use]
pub fn no_path(at: Span, text: &str, example: &str) -> Diagnostic {
    let message = format!("`{text}` is no source with a JSON pointer");
    Diagnostic::error("workflow-target", message, at)
        .help(format!("write `'{{$sourceDescriptions.<source>.url}}{example}'`"))
}

/// A pointer that leads to no operation.
#[must_use]
pub fn no_operation_pointer(at: Span, pointer: &str) -> Diagnostic {
    let message = format!("`{pointer}` is no operation of an AsyncAPI document");
    Diagnostic::error("workflow-target", message, at)
        .help("write `#/operations/<name>`, or a channel in `channelPath`")
}

/// A channel of a source without channels.
#[must_use]
pub fn channel_of_no_events(at: Span, kind: &str) -> Diagnostic {
    let message = format!("channels are those of AsyncAPI documents, and this source is `{kind}`");
    Diagnostic::error("workflow-target", message, at).help("write `operationId` or `operationPath`")
}

/// A channel or operation without messages.
#[must_use]
pub fn nothing_passes(at: Span) -> Diagnostic {
    Diagnostic::error(
        "workflow-target",
        "no message passes here: no operation of the contracts sends or receives one",
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
    let message = format!("it is not said which message is sent: {}", listed(names));
    Diagnostic::error("workflow-target", message, at)
        .help(format!("name an operation that has one message, for instance only `{first}`"))
}

/// A key that has no meaning for what a step does.
#[must_use]
pub fn not_for_this_step(at: Span, key: &str, why: &str, help: &str) -> Diagnostic {
    Diagnostic::error("workflow-key", format!("`{key}` has no meaning here: {why}"), at).help(help)
}

/// A key that has no meaning for a type of action.
#[must_use]
pub fn not_for_this_action(at: Span, key: &str, kind: &str) -> Diagnostic {
    let message = format!("`{key}` has no meaning for an action of type `{kind}`");
    Diagnostic::error("workflow-action", message, at).help("remove it, or correct `type`")
}

/// A `goto` without a target.
#[must_use]
pub fn goto_nowhere(at: Span) -> Diagnostic {
    Diagnostic::error("workflow-action", "the action goes nowhere", at)
        .help("write `stepId` or `workflowId`")
}

/// An action that another one always comes before.
#[must_use]
pub fn never_taken(at: Span, name: &str, first: Span) -> Diagnostic {
    let message = format!("the action `{name}` is never taken: one before it always is");
    Diagnostic::error("workflow-action", message, at)
        .also(first, "it has no `criteria`")
        .help("give the other one `criteria`, or write it last")
}

/// A wait that is none.
#[must_use]
pub fn bad_retry(at: Span) -> Diagnostic {
    Diagnostic::error("workflow-action", "`retryAfter` is a number of seconds, from 0 to a day", at)
}

/// A step by an expression where its name is expected.
#[must_use]
pub fn step_by_expression(at: Span, step: &str) -> Diagnostic {
    Diagnostic::error("workflow-expression", "a step of the same workflow is named by its id", at)
        .help(format!("write `{step}`"))
}

/// What `dependsOn` of a step cannot name.
#[must_use]
pub fn no_step_reference(at: Span, text: &str) -> Diagnostic {
    Diagnostic::error("workflow-expression", format!("`{text}` names no step"), at)
        .help("write a `stepId`, or `$workflows.<workflow>.steps.<step>`")
}

/// What the load test does not do, although a workflow says it.
#[must_use]
pub fn not_driven(at: Span, what: &str, instead: &str) -> Diagnostic {
    let message = format!("the load test leaves this out: {what}");
    Diagnostic::warning("workflow-not-driven", message, at).help(instead)
}

/// A step that receives any message.
#[must_use]
pub fn uncorrelated(at: Span, step: &str) -> Diagnostic {
    let message =
        format!("the step `{step}` takes any message, so the load test does not wait for one");
    Diagnostic::warning("workflow-uncorrelated", message, at)
        .help("say which one is meant: `correlationId: $steps.<step>.outputs.<id>`")
}

/// A correlation with a message that declares none.
#[must_use]
pub fn no_correlation(at: Span, message: &str, declared: Span) -> Diagnostic {
    let text = format!("nothing says where `{message}` carries its correlation id");
    Diagnostic::error("workflow-correlation", text, at)
        .also(declared, "the message")
        .help("write it into the message:\ncorrelationId:\n  location: $message.payload#/id")
}
