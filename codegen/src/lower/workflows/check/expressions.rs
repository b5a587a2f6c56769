//! What expressions lead to: whether it is there at that moment, and of which type it is.

use super::type_use::{TypeUse, follow};
use super::{At, Moment, View};
use crate::diag::catalog::{shape::nearest, workflows as fault};
use crate::lower::workflows::jsonpath;
use crate::model::{
    ActionKind, Expression, ExpressionKind, Goto, Inputs, ScalarKind, Selector, Step, StepValue,
    Target, TypeRef, ValueKind, Workflow,
};

/// The types that a value may have; nothing where that is not known.
pub(super) type Types<'a> = Option<Vec<TypeUse<'a>>>;

/// How many outputs may be made of each other.
const MAX_DEPTH: usize = 30;

static TEXT: TypeRef = TypeRef::Scalar(ScalarKind::String);
static NUMBER: TypeRef = TypeRef::Scalar(ScalarKind::Int32);

impl<'a> View<'a> {
    /// The types of an expression; one that leads nowhere is reported.
    pub(super) fn expression(&self, at: At<'a>, expression: &'a Expression) -> Types<'a> {
        self.types(at, expression, true, 0)
    }

    /// The same without a report.
    pub(super) fn types_of(&self, at: At<'a>, expression: &'a Expression) -> Types<'a> {
        self.types(at, expression, false, 0)
    }

    fn types(&self, at: At<'a>, expression: &'a Expression, tell: bool, depth: usize) -> Types<'a> {
        if depth > MAX_DEPTH {
            return None;
        }
        let say = |diagnostic| {
            if tell {
                self.fault(diagnostic);
            }
            None
        };
        let plain = |ty: &'static TypeRef| Some(vec![TypeUse::of(&self.workflows.types, ty)]);
        let (span, text) = (expression.span, expression.text.as_str());
        let step = at.step.map(|(_, step)| step);
        let found = match &expression.kind {
            ExpressionKind::SelfUri(Some(_)) => plain(&TEXT),
            ExpressionKind::SelfUri(None) => say(fault::no_self(span)),
            ExpressionKind::Url | ExpressionKind::Method => {
                let is_early =
                    at.moment == Moment::Before && expression.kind == ExpressionKind::Url;
                match step.map(|step| &step.target) {
                    _ if at.moment == Moment::Over => say(fault::outputs_of_steps(span, text)),
                    Some(Target::Operation(_)) if is_early => say(fault::not_answered(span, text)),
                    Some(Target::Operation(_)) => plain(&TEXT),
                    _ => say(fault::no_request(span, text)),
                }
            }
            ExpressionKind::StatusCode => match (step.map(|step| &step.target), at.moment) {
                (_, Moment::Over) => say(fault::outputs_of_steps(span, text)),
                (_, Moment::Before) => say(fault::not_answered(span, text)),
                (Some(Target::Operation(_)), _) => plain(&NUMBER),
                (Some(Target::Workflow(_)), _) => {
                    if tell {
                        self.warn(fault::status_of_workflow(span));
                    }
                    plain(&NUMBER)
                }
                _ => say(fault::no_status(span)),
            },
            ExpressionKind::Request(part) => match step {
                None => say(fault::outputs_of_steps(span, text)),
                // A request cannot be made of itself.
                Some(_) if at.moment == Moment::Before => say(fault::not_answered(span, text)),
                Some(step) => self.request(step, part, expression, tell)?,
            },
            ExpressionKind::Response(part) => match (step, at.moment) {
                (None, _) | (_, Moment::Over) => say(fault::outputs_of_steps(span, text)),
                (_, Moment::Before) => say(fault::not_answered(span, text)),
                (Some(step), moment) => self.response(step, part, expression, moment, tell)?,
            },
            ExpressionKind::Message(part) => match (step, at.moment) {
                (None, _) | (_, Moment::Over) => say(fault::outputs_of_steps(span, text)),
                (Some(step), moment) => self.message(step, part, expression, moment, tell)?,
            },
            ExpressionKind::Input(name) => {
                return self.input(at.workflow, at.index, name, expression, tell);
            }
            ExpressionKind::Output(name) => self.output(at, name, expression, tell, depth)?,
            ExpressionKind::Step { step, output } => {
                self.step_output(at, step, output, expression, tell, depth)?
            }
            ExpressionKind::Workflow { workflow, is_output, name } => {
                return self.other(at, workflow, *is_output, name, expression, tell, depth);
            }
            ExpressionKind::Source { source, reference, .. } => {
                self.source(at, source, reference, expression, tell)?;
                plain(&TEXT)
            }
            ExpressionKind::Component { .. } => say(fault::component_is_no_value(span, text)),
        };
        self.below(found?, expression, tell)
    }

    /// What stands at the expression's pointer below its places.
    fn below(&self, places: Vec<TypeUse<'a>>, expression: &Expression, tell: bool) -> Types<'a> {
        self.at_way(places, &expression.pointer, expression, tell)
    }

    fn at_way(
        &self,
        places: Vec<TypeUse<'a>>,
        way: &[String],
        expression: &Expression,
        tell: bool,
    ) -> Types<'a> {
        match follow(places, way) {
            Ok(found) => found,
            Err((step, known)) => {
                if tell {
                    let near = nearest(&step, known.iter().copied());
                    self.fault(fault::nothing_below(
                        expression.span,
                        &expression.text,
                        &step,
                        near,
                        &known,
                    ));
                }
                None
            }
        }
    }

    fn input(
        &self,
        workflow: &'a Workflow,
        index: usize,
        name: &str,
        expression: &Expression,
        tell: bool,
    ) -> Types<'a> {
        let Some(Inputs { ty, list, .. }) = &workflow.inputs else {
            if tell && !self.incomplete.contains(&index) {
                self.fault(fault::no_inputs(expression.span, &workflow.id.wire, name));
            }
            return None;
        };
        let place = TypeUse::of(&self.workflows.types, ty);
        let known: Vec<&str> = list.iter().map(|input| input.name.wire.as_str()).collect();
        let (name, mut way) = undotted(name, &known);
        if !known.contains(&name) {
            if tell {
                let near = nearest(name, known.iter().copied());
                let diagnostic = match known.is_empty() {
                    true => fault::input_undescribed(expression.span, &workflow.id.wire, name),
                    false => fault::unknown(expression.span, "input", name, near, &known),
                };
                self.fault(diagnostic);
            }
            return None;
        }
        way.extend(expression.pointer.iter().cloned());
        match place.named(name) {
            // Its schema says nothing of its type.
            places if places.is_empty() => None,
            places => self.at_way(places, &way, expression, tell),
        }
    }

    /// An output of the called workflow, or of this one.
    fn output(
        &self,
        at: At<'a>,
        name: &str,
        expression: &Expression,
        tell: bool,
        depth: usize,
    ) -> Option<Types<'a>> {
        let called = match at.step.map(|(_, step)| &step.target) {
            Some(Target::Workflow(called)) if at.moment != Moment::Before => Some(*called),
            _ => None,
        };
        let index = called.unwrap_or(at.index);
        if called.is_none() && at.moment != Moment::Over {
            if tell {
                self.fault(fault::outputs_not_yet(expression.span, &expression.text));
            }
            return None;
        }
        self.workflow_output(index, name, expression, tell, depth).map(Some)
    }

    fn workflow_output(
        &self,
        index: usize,
        name: &str,
        expression: &Expression,
        tell: bool,
        depth: usize,
    ) -> Types<'a> {
        let workflow = &self.workflows.list[index];
        let known: Vec<&str> =
            workflow.outputs.iter().map(|output| output.name.wire.as_str()).collect();
        let Some(output) = workflow.outputs.iter().find(|output| output.name.wire == name) else {
            if tell && !self.incomplete.contains(&index) {
                let near = nearest(name, known.iter().copied());
                self.fault(fault::unknown(expression.span, "output", name, near, &known));
            }
            return None;
        };
        let over = At { index, workflow, step: None, moment: Moment::Over };
        self.value_types(over, &output.value, depth + 1)
    }

    fn step_output(
        &self,
        at: At<'a>,
        step: &str,
        output: &str,
        expression: &Expression,
        tell: bool,
        depth: usize,
    ) -> Option<Types<'a>> {
        let found = match tell {
            true => self.find_step(at.index, step, expression.span)?,
            false => at.workflow.position(step)?,
        };
        let target = &at.workflow.steps[found];
        let known: Vec<&str> =
            target.outputs.iter().map(|output| output.name.wire.as_str()).collect();
        let (output, way) = undotted(output, &known);
        let Some(one) = target.outputs.iter().find(|one| one.name.wire == output) else {
            if tell {
                let near = nearest(output, known.iter().copied());
                self.fault(fault::unknown_output(expression.span, step, output, near, &known));
            }
            return None;
        };
        if tell {
            self.check_order(at, found, target, expression);
            self.check_set(at, target, expression);
            if target.takes_any_message() {
                self.fault(fault::output_of_any_message(expression.span, step, output));
            }
        }
        let answered = At { step: Some((found, target)), moment: Moment::Answered, ..at };
        let places = self.value_types(answered, &one.value, depth + 1)?;
        self.at_way(places, &way, expression, tell).map(Some)
    }

    /// Reports an output of a step that has not run yet.
    fn check_order(&self, at: At<'a>, found: usize, target: &Step, expression: &Expression) {
        let Some((number, own)) = at.step else { return };
        let is_early = match at.moment {
            Moment::Before | Moment::Answered | Moment::Failed => found >= number,
            Moment::Succeeded | Moment::Over => found > number,
        };
        if is_early && !goes_back(at.workflow, number) {
            self.fault(fault::forward(
                expression.span,
                &own.id.wire,
                &target.id.wire,
                target.origin.span,
            ));
        }
    }

    /// Warns of an output of a step whose failure leads to the step that needs it: it is not set then.
    fn check_set(&self, at: At<'a>, target: &Step, expression: &Expression) {
        let Some((_, own)) = at.step.filter(|_| at.moment == Moment::Before) else { return };
        let leads_here = target.on_failure.iter().any(
            |action| matches!(&action.kind, ActionKind::Goto(Goto::Step(id, _)) if *id == own.id.wire),
        );
        if leads_here {
            self.warn(fault::null_after_failure(
                expression.span,
                &expression.text,
                &target.id.wire,
            ));
        }
    }

    /// `$workflows.…`
    #[allow(clippy::too_many_arguments, reason = "the parts of one expression")]
    fn other(
        &self,
        at: At<'a>,
        id: &str,
        is_output: bool,
        name: &str,
        expression: &'a Expression,
        tell: bool,
        depth: usize,
    ) -> Types<'a> {
        let document = self.document(at.index);
        let Some(index) = document.workflow(id) else {
            let known: Vec<&str> = document.workflow_ids().collect();
            if tell && !known.contains(&id) {
                let near = nearest(id, known.iter().copied());
                self.fault(fault::unknown(expression.span, "workflow", id, near, &known));
            }
            return None;
        };
        let workflow = &self.workflows.list[index];
        if !is_output && index != at.index {
            if tell {
                self.fault(fault::input_of_other(expression.span, id, name));
            }
            return None;
        }
        if !is_output {
            return self.input(workflow, index, name, expression, tell);
        }
        // A dependency that failed was reported.
        let is_known = tell && !self.incomplete.contains(&at.index);
        if is_known && index != at.index && !self.runs_before(at, index) {
            self.fault(fault::workflow_not_before(expression.span, id));
        }
        let places = self.workflow_output(index, name, expression, tell, depth)?;
        self.below(places, expression, tell)
    }

    fn source(
        &self,
        at: At<'a>,
        source: &str,
        reference: &str,
        expression: &Expression,
        tell: bool,
    ) -> Option<()> {
        let document = self.document(at.index);
        let Some(found) = document.source(source) else {
            if tell {
                let known: Vec<&str> = document.sources.iter().map(|source| source.name).collect();
                let near = nearest(source, known.iter().copied());
                self.fault(fault::unknown(
                    expression.span,
                    "source description",
                    source,
                    near,
                    &known,
                ));
            }
            return None;
        };
        if found.node.get(reference).is_none() {
            if tell {
                self.fault(fault::source_is_no_value(expression.span, &expression.text));
            }
            return None;
        }
        Some(())
    }

    /// Reports what leads nowhere in a value: its expressions, and selectors below what they lead to.
    pub(super) fn value(&self, at: At<'a>, value: &'a StepValue) {
        match &value.kind {
            ValueKind::List(items) => items.iter().for_each(|item| self.value(at, item)),
            ValueKind::Map(entries) => {
                entries.iter().for_each(|(_, _, value)| self.value(at, value));
            }
            ValueKind::Selected { context, selector } => {
                let Some(places) = self.expression(at, context) else { return };
                let (way, text) = match selector {
                    Selector::Pointer(steps) => {
                        (steps.clone(), steps.iter().map(|step| format!("/{step}")).collect())
                    }
                    // A URL is a text.
                    Selector::Path(_) => return,
                    Selector::JsonPath(path) => {
                        (jsonpath::names(path).unwrap_or_default().0, path.clone())
                    }
                };
                if let Err((step, known)) = follow(places, &way) {
                    let near = nearest(&step, known.iter().copied());
                    self.fault(fault::nothing_below(value.span, &text, &step, near, &known));
                }
            }
            _ => value.expressions().into_iter().for_each(|one| drop(self.expression(at, one))),
        }
    }

    /// The types of a value.
    pub(super) fn value_types(&self, at: At<'a>, value: &'a StepValue, depth: usize) -> Types<'a> {
        match &value.kind {
            ValueKind::Expression(expression) => self.types(at, expression, false, depth),
            ValueKind::Selected { context, selector: Selector::Pointer(pointer) } => {
                follow(self.types(at, context, false, depth)?, pointer).ok().flatten()
            }
            ValueKind::Joined(_)
            | ValueKind::Text(_)
            | ValueKind::Selected { selector: crate::model::Selector::Path(_), .. } => {
                Some(vec![TypeUse::of(&self.workflows.types, &TEXT)])
            }
            _ => None,
        }
    }
}

/// Whether a step at or behind this one may lead back to one at or before it, so that steps behind may have run.
fn goes_back(workflow: &Workflow, number: usize) -> bool {
    workflow.steps.iter().skip(number).any(|step| {
        step.on_success.iter().chain(&step.on_failure).any(|action| match &action.kind {
            ActionKind::Goto(Goto::Step(id, _)) => {
                workflow.position(id).is_some_and(|to| to <= number)
            }
            _ => false,
        })
    })
}

/// The name of an input or output, and the way below it where the name goes on with properties after dots.
pub(super) fn undotted<'n>(name: &'n str, known: &[&str]) -> (&'n str, Vec<String>) {
    if known.contains(&name) {
        return (name, vec![]);
    }
    let ends = name.match_indices('.').map(|(at, _)| at);
    let longest = ends.rev().find(|at| known.contains(&&name[..*at]));
    match longest {
        Some(at) => (&name[..at], name[at + 1..].split('.').map(str::to_owned).collect()),
        None => (name, vec![]),
    }
}
