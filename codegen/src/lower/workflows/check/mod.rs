//! What must hold of workflows as a whole: everything that a step names is there when it is needed, and fits.

mod arguments;
mod circles;
mod convert;
mod criteria;
mod drawn;
mod expressions;
mod load;
mod messages;
mod parts;
mod promises;
mod type_use;
mod values;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use super::Ground;
use super::document::Document;
use crate::diag::Diagnostic;
use crate::diag::catalog::{shape::nearest, workflows as fault};
use crate::model::{
    Action, ActionKind, Argument, CriterionKind, Goto, Input, Service, Step, Target, Workflow,
    Workflows,
};
use crate::parse::Node;
use crate::source::Span;
pub(super) use drawn::{Given, narrow};

/// What is looked at.
struct View<'a> {
    ground: Ground<'a>,
    documents: &'a [Document<'a>],
    workflows: &'a Workflows,
    /// The workflows that lack a part that failed: what is missing in them may be that part.
    incomplete: &'a BTreeSet<usize>,
    sound: Cell<bool>,
    /// The inputs that are given to places as they are.
    given: RefCell<Vec<Given>>,
    /// The criteria whose filter looks at the context itself: workflow, step, and where they stand.
    of_themselves: RefCell<Vec<(usize, usize, Span)>>,
    /// The step that an action applies to which is declared outside of it, while that is looked at.
    shared_by: Cell<Option<&'a str>>,
}

/// Where an expression stands.
#[derive(Clone, Copy)]
struct At<'a> {
    /// The workflow's index.
    index: usize,
    workflow: &'a Workflow,
    /// The step's index in it, and the step.
    step: Option<(usize, &'a Step)>,
    moment: Moment,
}

/// When an expression is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// Before the step: its parameters and body.
    Before,
    /// When it has been answered: its criteria and outputs.
    Answered,
    /// When it has succeeded, with outputs of its own.
    Succeeded,
    /// When it has failed.
    Failed,
    /// When the workflow is over: its outputs.
    Over,
}

/// What checks found out about sound workflows.
pub(super) struct Found {
    /// The inputs that are given to places as they are.
    pub(super) given: Vec<Given>,
    /// The criteria whose filter looks at the context itself: workflow, step, and where they stand.
    of_themselves: Vec<(usize, usize, Span)>,
}

impl Found {
    /// Marks these criteria.
    pub(super) fn mark(&self, list: &mut [Workflow]) {
        for (workflow, step, span) in &self.of_themselves {
            let step = list.get_mut(*workflow).and_then(|one| one.steps.get_mut(*step));
            let criteria = step.into_iter().flat_map(Step::criteria_mut);
            for criterion in criteria.filter(|criterion| criterion.span == *span) {
                if let CriterionKind::JsonPath { of_itself, .. } = &mut criterion.kind {
                    *of_itself = true;
                }
            }
        }
    }
}

/// Checks all workflows; where all is well, what else was found.
pub(super) fn check(
    ground: Ground<'_>,
    documents: &[Document<'_>],
    workflows: &Workflows,
    incomplete: &BTreeSet<usize>,
) -> Option<Found> {
    let (sound, given) = (Cell::new(true), RefCell::default());
    let shared_by = Cell::new(None);
    let of_themselves = RefCell::default();
    let view =
        View { ground, documents, workflows, incomplete, sound, given, of_themselves, shared_by };
    for (index, workflow) in workflows.list.iter().enumerate() {
        view.check_workflow(index, workflow);
    }
    circles::check(&view);
    let found = || Found { given: view.given.take(), of_themselves: view.of_themselves.take() };
    view.sound.get().then(found)
}

impl<'a> View<'a> {
    fn services(&self) -> &'a [Service] {
        self.ground.services
    }

    fn fault(&self, diagnostic: Diagnostic) {
        self.sound.set(false);
        let diagnostic = match self.shared_by.get() {
            None => diagnostic,
            Some(step) => fault::of_shared_action(diagnostic, step),
        };
        self.ground.scope.sink.report(diagnostic);
    }

    fn warn(&self, diagnostic: Diagnostic) {
        self.ground.scope.sink.report(diagnostic);
    }

    /// The document of a workflow.
    fn document(&self, index: usize) -> &'a Document<'a> {
        let of = |document: &&Document<'_>| {
            (document.first..document.first + document.workflows.len()).contains(&index)
        };
        // Every workflow was read from a document.
        self.documents.iter().find(of).unwrap_or(&self.documents[0])
    }

    /// The ids of the steps that a workflow has in its document, those too that failed.
    fn written_steps(&self, index: usize) -> Vec<&'a str> {
        let document = self.document(index);
        let node = document.workflows.get(index - document.first);
        let steps = node.and_then(|node| node.get("steps"));
        steps.into_iter().flat_map(Node::items).filter_map(|step| step.text_at("stepId")).collect()
    }

    fn check_workflow(&self, index: usize, workflow: &'a Workflow) {
        let at = At { index, workflow, step: None, moment: Moment::Over };
        for (number, step) in workflow.steps.iter().enumerate() {
            self.check_step(At { step: Some((number, step)), moment: Moment::Before, ..at }, step);
        }
        workflow.outputs.iter().for_each(|output| self.value(at, &output.value));
        if !self.incomplete.contains(&index) {
            arguments::check_shared(self, workflow);
        }
        circles::check_retries(self, workflow);
        if !self.incomplete.contains(&index) {
            circles::check_ways(self, workflow);
        }
        load::check(self, index, workflow);
        if let Some(after) = workflow.load.after {
            promises::check_after(self, workflow, after);
        }
    }

    fn check_step(&self, at: At<'a>, step: &'a Step) {
        step.given().for_each(|value| self.value(at, value));
        match &step.target {
            Target::Operation(reference) => {
                let (service, operation) = reference.of(self.services());
                arguments::check_operation(self, at, step, service, operation);
            }
            Target::Workflow(called) => {
                let name = step.target_span;
                self.check_inputs(at, *called, &step.arguments, name);
            }
            Target::Send(messages) => messages::check_send(self, at, step, messages),
            Target::Receive(messages) => messages::check_receive(self, at, step, messages),
        }
        let answered = At { moment: Moment::Answered, ..at };
        for criterion in &step.success {
            criteria::check(self, answered, criterion, true);
        }
        step.outputs.iter().for_each(|output| self.value(answered, &output.value));
        let moments = [(&step.on_success, Moment::Succeeded), (&step.on_failure, Moment::Failed)];
        for (actions, moment) in moments {
            for action in actions {
                // What a workflow or a component says is right for one step and wrong for another.
                let own = step.origin.span;
                let is_own = own.file == action.span.file
                    && (own.start..own.end).contains(&action.span.start);
                self.shared_by.set((!is_own).then_some(&step.id.wire));
                self.check_action(At { moment, ..at }, action);
                self.shared_by.set(None);
            }
        }
        for on in &step.depends_on {
            self.check_dependency(at, on);
        }
        if let Some(promise) = &step.promise {
            promises::check(self, at, step, promise);
        }
    }

    fn check_action(&self, at: At<'a>, action: &'a Action) {
        for criterion in &action.criteria {
            criteria::check(self, at, criterion, false);
        }
        let goto = match &action.kind {
            ActionKind::End => None,
            ActionKind::Goto(goto) => Some(goto),
            ActionKind::Retry { first, .. } => first.as_ref(),
        };
        match goto {
            None => {}
            Some(Goto::Step(step, span)) => {
                self.find_step(at.index, step, *span);
            }
            Some(Goto::Workflow(called, arguments)) => {
                arguments.iter().for_each(|argument| self.value(at, &argument.value));
                self.check_inputs(at, *called, arguments, action.span);
            }
        }
    }

    /// The index of a step in a workflow; one that is not there is reported.
    fn find_step(&self, index: usize, id: &str, span: crate::source::Span) -> Option<usize> {
        let workflow = &self.workflows.list[index];
        let found = workflow.position(id);
        let written = self.written_steps(index);
        if found.is_none() && !written.contains(&id) {
            let near = nearest(id, written.iter().copied());
            self.fault(fault::unknown(span, "step", id, near, &written));
        }
        found
    }

    fn check_dependency(&self, at: At<'a>, on: &'a crate::model::StepReference) {
        let index = on.workflow.unwrap_or(at.index);
        let found = self.find_step(index, &on.step, on.span);
        if found.is_some() && index != at.index && !self.runs_before(at, index) {
            let id = &self.workflows.list[index].id.wire;
            self.fault(fault::workflow_not_before(on.span, id));
        }
    }

    /// Whether a workflow has run at some moment of another: that depends on it, or a step calls it.
    fn runs_before(&self, at: At<'a>, index: usize) -> bool {
        let mut open = at.workflow.depends_on.clone();
        let has_run = matches!(at.moment, Moment::Answered | Moment::Succeeded);
        let last = at.step.map_or(usize::MAX, |(number, _)| number + usize::from(has_run));
        for step in at.workflow.steps.iter().take(last) {
            if let Target::Workflow(called) = step.target {
                open.push(called);
            }
        }
        let mut seen = BTreeSet::new();
        while let Some(next) = open.pop() {
            if next == index {
                return true;
            }
            if seen.insert(next) {
                open.extend(&self.workflows.list[next].depends_on);
            }
        }
        false
    }

    /// Whether a workflow is given what it needs, and nothing that it does not know.
    fn check_inputs(
        &self,
        at: At<'a>,
        called: usize,
        arguments: &'a [Argument],
        span: crate::source::Span,
    ) {
        let workflow = &self.workflows.list[called];
        if self.incomplete.contains(&called) && workflow.inputs.is_none() {
            return;
        }
        let inputs = workflow.inputs.as_ref().map_or(&[][..], |inputs| &inputs.list);
        let known: Vec<&str> = inputs.iter().map(|input| input.name.wire.as_str()).collect();
        // What was meant by a name that is misspelt is not missing besides.
        let mut meant = vec![];
        for argument in arguments {
            if !known.contains(&argument.name.as_str()) {
                let near = nearest(&argument.name, known.iter().copied());
                meant.extend(near);
                self.fault(fault::unknown_input(
                    argument.span,
                    &workflow.id.wire,
                    &argument.name,
                    near,
                    &known,
                ));
                continue;
            }
            if let Some(inputs) = &workflow.inputs {
                let place = type_use::TypeUse::of(&self.workflows.types, &inputs.ty);
                for place in place.named(&argument.name) {
                    values::check(self, at, &argument.value, place);
                }
            }
        }
        let is_missing =
            |input: &&Input| input.required && !meant.contains(&input.name.wire.as_str());
        for input in inputs.iter().filter(is_missing) {
            if arguments.iter().all(|argument| argument.name != input.name.wire) {
                self.fault(fault::missing_input(span, &workflow.id.wire, &input.name.wire));
            }
        }
    }
}
