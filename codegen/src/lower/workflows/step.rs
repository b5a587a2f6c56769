//! Steps, with what their workflow sets for all of them.

use super::action;
use super::body::{Written, lower_body, query};
use super::criterion::criteria;
use super::dependency;
use super::expression;
use super::promise::promise;
use super::reader::Reader;
use super::target::{self, Called};
use super::value::{outputs, text_value, value};
use crate::diag::catalog::{shape::nearest, slips, workflows as fault};
use crate::lower::{docs::docs, names};
use crate::model::{
    Action, ActionKind, Argument, ArgumentLocation, Expression, ExpressionKind, Goto, Operation,
    Parameter, Step, StepValue, Target, ValueKind,
};
use crate::parse::Node;

/// What a workflow sets for all of its steps.
pub(super) struct Shared {
    arguments: Vec<Argument>,
    on_success: Vec<Action>,
    on_failure: Vec<Action>,
}

impl Shared {
    pub(super) fn of(reader: &Reader<'_>, workflow: &Node) -> Self {
        // Those without a place are meant for steps that call workflows.
        let mut arguments = arguments(reader, workflow.get("parameters"), Located::Maybe);
        arguments.iter_mut().for_each(|argument| argument.shared = true);
        Self {
            arguments,
            on_success: action::actions(reader, workflow.get("successActions"), "successActions"),
            on_failure: action::actions(reader, workflow.get("failureActions"), "failureActions"),
        }
    }
}

/// Reports parameters of a workflow that no step is given: all of them call workflows that have no such input.
pub(super) fn check_given(reader: &Reader<'_>, workflow: &str, shared: &Shared, steps: &[Step]) {
    for argument in &shared.arguments {
        let is_it = |one: &Argument| one.span == argument.span;
        let is_own = |one: &Argument| one.name == argument.name;
        let takes = |step: &Step| step.arguments.iter().any(|one| is_it(one) || is_own(one));
        let calls = |step: &Step| matches!(step.target, Target::Workflow(_));
        if argument.location.is_some() && steps.iter().all(calls) && !steps.iter().any(takes) {
            let fault = fault::parameter_of_no_step(argument.span, workflow, &argument.name);
            reader.fault(fault);
        }
    }
}

/// Warns of actions of a workflow that stand behind one that is always taken, whatever the step.
pub(super) fn check_inherited(reader: &Reader<'_>, shared: &Shared, steps: &[Step]) {
    let check = |shared: &[Action], of: fn(&Step) -> &[Action]| {
        for action in shared {
            if !steps.is_empty() && !steps.iter().any(|step| may_apply(action, &step.target)) {
                reader.warn(fault::applies_to_none(action.span, &action.name));
            }
            let is_it = |one: &Action| one.span == action.span;
            let has = |step: &&Step| of(step).iter().any(is_it);
            let takes = |step: &Step| Action::possible(of(step)).iter().any(is_it);
            if steps.iter().any(|step| has(&step)) && !steps.iter().any(takes) {
                reader.warn(fault::never_inherited(action.span, &action.name));
            }
        }
    };
    check(&shared.on_success, |step| &step.on_success);
    check(&shared.on_failure, |step| &step.on_failure);
}

/// A step; `None` when a part of it failed, which has been reported.
pub(super) fn lower_step(
    reader: &Reader<'_>,
    shared: &Shared,
    unique: &mut names::Unique,
    node: &Node,
) -> Option<Step> {
    let scope = reader.ground.scope;
    if scope.docs.failed(node) {
        return None;
    }
    let before = reader.n_faults();
    let wire = node.text_at("stepId")?;
    check_id(reader, node);
    if let Some(timeout) = node.get("timeout").filter(|timeout| timeout.number() == Some("0")) {
        reader.fault(fault::no_time(timeout.span));
    }
    if let (Some(timeout), Some(short @ 1..100)) = (node.get("timeout"), node.count_at("timeout")) {
        reader.warn(slips::short_timeout(timeout.span, short));
    }
    let called = target::called(reader, node);
    let usual = called.as_ref().map_or(Written::Json, |called| called.written(reader.ground));
    let is_workflow = node.get("workflowId").is_some();
    let located = if is_workflow { Located::InVain } else { Located::Yes };
    let mut own = arguments(reader, node.get("parameters"), located);
    let body = lower_body(reader, node, usual);
    let success = criteria(reader, node, "successCriteria");
    let mut on_success = action::actions(reader, node.get("onSuccess"), "onSuccess");
    let mut on_failure = action::actions(reader, node.get("onFailure"), "onFailure");
    let depends_on = dependency::step_dependencies(reader, node);
    let correlation = correlation(reader, node);
    let (outputs, _) = outputs(reader, node);
    if let Some(called) = &called {
        check_kind(reader, node, called);
    }
    let Called { target, span: target_span } = called?;
    match target {
        Target::Workflow(called) if !shared.arguments.is_empty() => {
            let inputs = target::inputs(reader, called);
            inherit_inputs(&mut own, &shared.arguments, |name| inputs.contains(name));
        }
        _ => inherit(&mut own, &shared.arguments),
    }
    if let Target::Operation(reference) = target {
        spread_query(reader, &mut own, reference.of(reader.ground.services).1);
    }
    inherit_actions(&mut on_success, &shared.on_success, &target, wire);
    inherit_actions(&mut on_failure, &shared.on_failure, &target, wire);
    let step = Step {
        id: unique.name(wire),
        docs: docs(node),
        origin: scope.origin(node.span),
        target,
        target_span,
        arguments: own,
        body: body.ok()?,
        success,
        on_success,
        on_failure,
        depends_on,
        timeout_ms: node.count_at("timeout"),
        correlation,
        outputs,
        promise: promise(reader, node),
    };
    (reader.n_faults() == before).then_some(step)
}

/// Expressions name steps, so an id has only what stands in an expression.
fn check_id(reader: &Reader<'_>, node: &Node) {
    let Some(id) = node.get("stepId") else { return };
    let text = id.text().unwrap_or_default();
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    if text.is_empty() || !text.bytes().all(fits) {
        match expression::is_spaced(text) {
            true => reader.warn(fault::spaced_name(id.span, "step", text)),
            false => reader.fault(fault::bad_name(id.span, "step", text)),
        }
    }
}

/// Reports keys that have no meaning for what the step does.
fn check_kind(reader: &Reader<'_>, node: &Node, called: &Called) {
    let refuse = |key: &str, why: &str, help: &str| {
        if let Some(entry) = node.entry(key) {
            reader.fault(fault::not_for_this_step(entry.key_span, key, why, help));
        }
    };
    match &called.target {
        Target::Operation(_) => {
            let help = "remove it, or name an operation or channel of an AsyncAPI document";
            refuse("action", "a request has no `action`", help);
            refuse(
                "correlationId",
                "a request has its own response, so it needs no correlation",
                help,
            );
        }
        Target::Workflow(_) => {
            let help = "remove it";
            refuse("action", "a workflow has no `action`", help);
            refuse(
                "correlationId",
                "a workflow has its own outputs, so it needs no correlation",
                help,
            );
            refuse(
                "requestBody",
                "a workflow has no request body; its inputs are `parameters`",
                "add a parameter for each input",
            );
        }
        Target::Send(_) => refuse(
            "correlationId",
            "a step that sends does not wait, so it needs no correlation",
            "move it to the step that receives, with `action: receive`",
        ),
        Target::Receive(_) => {
            refuse(
                "requestBody",
                "a step that receives has no body",
                "remove it, or write `action: send`",
            );
        }
    }
}

fn correlation(reader: &Reader<'_>, node: &Node) -> Option<StepValue> {
    let node = node.get("correlationId")?;
    let kind = text_value(reader, node, node.text()?)?;
    Some(StepValue { span: node.span, kind })
}

/// Whether parameters say where they travel (`in`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Located {
    /// Each must: they go with a request.
    Yes,
    /// None may: they are inputs of a workflow.
    No,
    /// It means nothing: they are inputs of the workflow that a step calls.
    InVain,
    /// Each as it is.
    Maybe,
}

/// The parameters of a list.
pub(super) fn arguments(
    reader: &Reader<'_>,
    list: Option<&Node>,
    located: Located,
) -> Vec<Argument> {
    let nodes = list.into_iter().flat_map(Node::items);
    let mut found: Vec<Argument> = vec![];
    for node in nodes {
        let Some(argument) = argument(reader, node, located) else { continue };
        let same =
            |known: &&Argument| known.name == argument.name && known.location == argument.location;
        if let Some(first) = found.iter().find(same) {
            reader.fault(fault::twice(argument.span, "parameter", &argument.name, first.span));
            continue;
        }
        found.push(argument);
    }
    found
}

fn argument(reader: &Reader<'_>, node: &Node, located: Located) -> Option<Argument> {
    let docs = reader.ground.scope.docs;
    if docs.failed(node) {
        return None;
    }
    let (target, replaced) = match node.get("reference") {
        None => (node, None),
        Some(reference) => (component(reader, reference, "parameters")?, node.get("value")),
    };
    if docs.failed(target) {
        return None;
    }
    let name = target.get("name")?;
    let location = match (target.get("in"), located) {
        (Some(node), Located::No) => {
            reader.fault(fault::input_with_place(node.span));
            return None;
        }
        (Some(place), Located::InVain) => {
            // One that is declared elsewhere may be a request's as well.
            let at = if target.span == node.span { place.span } else { node.span };
            reader.warn(fault::place_of_input(at, name.text()?));
            None
        }
        // One that is declared elsewhere is told of where it is used.
        (None, Located::Yes) => {
            let at = if target.span == node.span { name.span } else { node.span };
            reader.fault(fault::parameter_without_place(at, name.text()?));
            return None;
        }
        (node, _) => node.and_then(Node::text).and_then(location),
    };
    let written = replaced.or(target.get("value"))?;
    let value = match location {
        Some(ArgumentLocation::Querystring) => query(reader, written)?,
        _ => value(reader, written)?,
    };
    let span = if target.span == node.span { name.span } else { node.span };
    Some(Argument { name: name.text()?.to_owned(), location, value, span, shared: false })
}

/// Takes the whole query of an operation that declares its parameters one by one as these.
fn spread_query(reader: &Reader<'_>, own: &mut Vec<Argument>, operation: &Operation) {
    if operation.parameters.iter().any(Parameter::spreads_over_query) {
        return;
    }
    for argument in std::mem::take(own) {
        let is_whole = argument.location == Some(ArgumentLocation::Querystring)
            && matches!(argument.value.kind, ValueKind::Map(_));
        if !is_whole {
            own.push(argument);
            continue;
        }
        let Argument { value, span, shared, .. } = argument;
        reader.warn(fault::query_in_parts(span, &operation.id.wire));
        let ValueKind::Map(parts) = value.kind else { continue };
        let location = Some(ArgumentLocation::Query);
        let part = |(name, span, value)| Argument { name, location, value, span, shared };
        own.extend(parts.into_iter().map(part));
    }
}

fn location(text: &str) -> Option<ArgumentLocation> {
    Some(match text {
        "path" => ArgumentLocation::Path,
        "query" => ArgumentLocation::Query,
        "querystring" => ArgumentLocation::Querystring,
        "header" => ArgumentLocation::Header,
        "cookie" => ArgumentLocation::Cookie,
        _ => return None,
    })
}

/// The component that a reusable object names.
pub(super) fn component<'a>(
    reader: &Reader<'a>,
    reference: &Node,
    wanted: &str,
) -> Option<&'a Node> {
    use crate::model::ExpressionKind;
    let expression = reader.expression(reference)?;
    let ExpressionKind::Component { kind, name } = &expression.kind else {
        reader.fault(fault::no_component(expression.span, &expression.text, wanted));
        return None;
    };
    if kind != wanted {
        reader.fault(fault::no_component(expression.span, &expression.text, wanted));
        return None;
    }
    let found = reader.document().component(kind, name);
    if found.is_none() && reader.document().holds_components(reader.ground.scope.docs) {
        let known: Vec<&str> = reader.document().components(kind).collect();
        let near = nearest(name, known.iter().copied());
        reader.fault(fault::unknown(expression.span, "component", name, near, &known));
    }
    found.filter(|node| !reader.ground.scope.docs.failed(node))
}

/// Adds what a workflow sets for requests and its step does not.
fn inherit(own: &mut Vec<Argument>, shared: &[Argument]) {
    for argument in shared {
        let same =
            |known: &Argument| known.name == argument.name && known.location == argument.location;
        if argument.location.is_some() && !own.iter().any(same) {
            own.push(argument.clone());
        }
    }
}

/// Adds what a workflow sets to the inputs of the one that a step calls: what is meant for inputs, and of what requests
/// are given as well whatever is called like one.
fn inherit_inputs(own: &mut Vec<Argument>, shared: &[Argument], is_input: impl Fn(&str) -> bool) {
    for argument in shared {
        let is_meant = argument.location.is_none() || is_input(&argument.name);
        if is_meant && own.iter().all(|known| known.name != argument.name) {
            own.push(Argument { location: None, ..argument.clone() });
        }
    }
}

/// Adds what a workflow does after all of its steps: to no step that it leads to from there, for that would begin anew
/// without end.
fn inherit_actions(own: &mut Vec<Action>, shared: &[Action], target: &Target, step: &str) {
    let leads_here =
        |action: &Action| matches!(&action.kind, ActionKind::Goto(Goto::Step(to, _)) if to == step);
    let further = shared
        .iter()
        .filter(|action| own.iter().all(|known| known.name != action.name))
        .filter(|action| may_apply(action, target) && !leads_here(action))
        .map(|action| Action { shared: true, ..action.clone() });
    let further: Vec<Action> = further.collect();
    own.extend(further);
}

/// Whether an action can be taken after a step: none that asks for a response where there is a message, and the reverse.
fn may_apply(action: &Action, target: &Target) -> bool {
    let is_message = matches!(target, Target::Send(_) | Target::Receive(_));
    let is_elsewhere = |expression: &Expression| match &expression.kind {
        ExpressionKind::Url
        | ExpressionKind::Method
        | ExpressionKind::StatusCode
        | ExpressionKind::Request(_)
        | ExpressionKind::Response(_) => is_message,
        ExpressionKind::Message(_) => !is_message,
        _ => false,
    };
    action.criteria.iter().all(|criterion| !criterion.needs(&is_elsewhere))
}
