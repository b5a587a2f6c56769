//! The steps of a workflow.

use super::{Criterion, Expression, Output, Promise, StepValue};
use crate::model::{
    ApiKeyPlace, Docs, Message, Name, Operation, Origin, Parameter, ParameterLocation, Service,
};
use crate::source::Span;

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// `stepId`, unique in its workflow.
    pub id: Name,
    /// What it is for.
    pub docs: Docs,
    /// Where it is declared.
    pub origin: Origin,
    /// What it does.
    pub target: Target,
    /// Where its target is named.
    pub target_span: Span,
    /// The parameters: its own, then those of the workflow that it does not set itself.
    pub arguments: Vec<Argument>,
    /// `requestBody`
    pub body: Option<StepBody>,
    /// `successCriteria`; none where the contract leaves success to what the operation declares.
    pub success: Vec<Criterion>,
    /// `onSuccess`, then the workflow's `successActions` that it does not override.
    pub on_success: Vec<Action>,
    /// `onFailure`, then the workflow's `failureActions` that it does not override.
    pub on_failure: Vec<Action>,
    /// `dependsOn`
    pub depends_on: Vec<StepReference>,
    /// `timeout`, in milliseconds.
    pub timeout_ms: Option<u64>,
    /// `correlationId`
    pub correlation: Option<StepValue>,
    /// `outputs`
    pub outputs: Vec<Output>,
    /// `x-promise`
    pub promise: Option<Promise>,
}

/// What a step does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Calls an operation of a service.
    Operation(OperationReference),
    /// Sends one of these messages.
    Send(Vec<MessageReference>),
    /// Waits for one of these messages.
    Receive(Vec<MessageReference>),
    /// Runs the workflow with this index.
    Workflow(usize),
}

/// An operation, by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct OperationReference {
    /// The service.
    pub service: usize,
    /// Its operation.
    pub operation: usize,
}

/// A message, by the index of what sends or receives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MessageReference {
    /// A message that a service sends.
    Sent {
        /// The service.
        service: usize,
        /// The index in [`Service::sends`].
        message: usize,
    },
    /// A message that a service receives.
    Received {
        /// The service.
        service: usize,
        /// The index in [`Service::receives`].
        receive: usize,
        /// The index of the message in it.
        message: usize,
    },
}

/// A parameter with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// `in`; none where a workflow is called.
    pub location: Option<ArgumentLocation>,
    /// What it is.
    pub value: StepValue,
    /// Where its name stands.
    pub span: Span,
    /// Whether the workflow sets it for all of its steps.
    pub shared: bool,
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of Arazzo")]
pub enum ArgumentLocation {
    Path,
    Query,
    Querystring,
    Header,
    Cookie,
}

impl ArgumentLocation {
    /// The location as Arazzo spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Querystring => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

impl Argument {
    /// Whether it is the value of a parameter.
    #[must_use]
    pub fn is_for(&self, parameter: &Parameter) -> bool {
        let (own, place) = (self.location, parameter.location);
        let is_there = match own {
            None => false,
            // The whole query is an object whose properties are parameters.
            Some(ArgumentLocation::Querystring) => parameter.spreads_over_query(),
            Some(own) => own.as_str() == place.as_str(),
        };
        is_there
            && match place {
                ParameterLocation::Header => self.name.eq_ignore_ascii_case(&parameter.name.wire),
                _ => self.name == parameter.name.wire,
            }
    }

    /// Whether it is a credential that the security of an operation asks for.
    #[must_use]
    pub fn is_credential(&self, service: &Service, operation: &Operation) -> bool {
        let Some(location) = self.location else { return false };
        let used = operation.security.iter().flatten().map(|(name, _)| name);
        let mut schemes =
            used.filter_map(|name| service.schemes.iter().find(|scheme| scheme.name == *name));
        let has_name = |name: &str| match location {
            ArgumentLocation::Header => name.eq_ignore_ascii_case(&self.name),
            _ => name == self.name,
        };
        schemes.any(|scheme| match scheme.means.key() {
            Some(key) => {
                let place = match key.place {
                    ApiKeyPlace::Header => ArgumentLocation::Header,
                    ApiKeyPlace::Query => ArgumentLocation::Query,
                    ApiKeyPlace::Cookie => ArgumentLocation::Cookie,
                };
                place == location && has_name(&key.name)
            }
            None => location == ArgumentLocation::Header && has_name("authorization"),
        })
    }
}

/// The body that a step sends.
#[derive(Debug, Clone, PartialEq)]
pub struct StepBody {
    /// `contentType`, with its place.
    pub content_type: Option<(String, Span)>,
    /// `payload`
    pub payload: Option<StepValue>,
    /// `replacements` in what the payload leads to; those in a payload that is written out are in it.
    pub replacements: Vec<Replacement>,
    /// Where it stands.
    pub span: Span,
}

/// A value in the place of another.
#[derive(Debug, Clone, PartialEq)]
pub struct Replacement {
    /// The steps of a JSON pointer.
    pub pointer: Vec<String>,
    /// What stands there.
    pub value: StepValue,
    /// Where its target stands.
    pub span: Span,
}

/// What a step does after it succeeded or failed.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// Its name.
    pub name: String,
    /// Where it is declared.
    pub span: Span,
    /// When it is taken; always, where there are none.
    pub criteria: Vec<Criterion>,
    /// What is done.
    pub kind: ActionKind,
    /// Whether the workflow declares it for all of its steps.
    pub shared: bool,
}

/// The kinds of actions.
#[derive(Debug, Clone, PartialEq)]
pub enum ActionKind {
    /// The workflow ends.
    End,
    /// The workflow goes on elsewhere.
    Goto(Goto),
    /// The step is tried again.
    Retry {
        /// The wait before it, in milliseconds, unless the response says `Retry-After`.
        after_ms: u64,
        /// How often at most.
        limit: u64,
        /// What runs before it.
        first: Option<Goto>,
    },
}

/// Where a workflow goes on.
#[derive(Debug, Clone, PartialEq)]
pub enum Goto {
    /// At the step of this id.
    Step(String, Span),
    /// In the workflow with this index, with these inputs.
    Workflow(usize, Vec<Argument>),
}

/// A step that must be complete before another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepReference {
    /// The workflow, where it is another one.
    pub workflow: Option<usize>,
    /// The step.
    pub step: String,
    /// Where it is named.
    pub span: Span,
}

impl Action {
    /// The actions of a list that can be taken: none behind one that always is. A retry gives way when its tries are used
    /// up.
    #[must_use]
    pub fn possible(actions: &[Self]) -> &[Self] {
        let end = actions.iter().position(Self::is_certain).map_or(actions.len(), |at| at + 1);
        &actions[..end]
    }

    /// Whether it is always taken where its turn comes, so that no later one is.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.criteria.is_empty() && !matches!(self.kind, ActionKind::Retry { .. })
    }

    /// The workflow that it leads to, or that it runs before the step is tried again.
    #[must_use]
    pub fn workflow(&self) -> Option<usize> {
        match &self.kind {
            ActionKind::Goto(Goto::Workflow(called, _))
            | ActionKind::Retry { first: Some(Goto::Workflow(called, _)), .. } => Some(*called),
            _ => None,
        }
    }

    /// The inputs of the workflow that it leads to.
    #[must_use]
    pub fn arguments(&self) -> &[Argument] {
        match &self.kind {
            ActionKind::Goto(Goto::Workflow(_, arguments))
            | ActionKind::Retry { first: Some(Goto::Workflow(_, arguments)), .. } => arguments,
            _ => &[],
        }
    }
}

impl Step {
    /// Whether one of its actions leads out of the workflow.
    #[must_use]
    pub fn leads_out(&self) -> bool {
        let mut actions = self.on_success.iter().chain(&self.on_failure);
        actions.any(|action| matches!(action.kind, ActionKind::Goto(Goto::Workflow(..))))
    }

    /// The operations that it calls: its target, and what lists everything that there is of its promise.
    pub fn operations(&self) -> impl Iterator<Item = OperationReference> {
        let target = match &self.target {
            Target::Operation(reference) => Some(*reference),
            _ => None,
        };
        let listed =
            self.promise.iter().filter_map(|promise| Some(promise.list.as_ref()?.operation));
        target.into_iter().chain(listed)
    }

    /// Whether it receives whatever message there is, of which nothing is known.
    #[must_use]
    pub fn takes_any_message(&self) -> bool {
        matches!(self.target, Target::Receive(_)) && self.correlation.is_none()
    }

    /// Every criterion: of success, and of all actions.
    pub fn criteria(&self) -> impl Iterator<Item = &Criterion> {
        let actions = self.on_success.iter().chain(&self.on_failure);
        self.success.iter().chain(actions.flat_map(|action| &action.criteria))
    }

    /// The same, to be changed.
    pub fn criteria_mut(&mut self) -> impl Iterator<Item = &mut Criterion> {
        let actions = self.on_success.iter_mut().chain(&mut self.on_failure);
        self.success.iter_mut().chain(actions.flat_map(|action| &mut action.criteria))
    }

    /// The expressions whose values it needs to begin.
    #[must_use]
    pub fn needs(&self) -> Vec<&Expression> {
        self.given().flat_map(StepValue::expressions).collect()
    }

    /// The values that it begins with.
    pub fn given(&self) -> impl Iterator<Item = &StepValue> {
        let arguments = self.arguments.iter().map(|argument| &argument.value);
        let payload = self.body.iter().filter_map(|body| body.payload.as_ref());
        let replaced = self.body.iter().flat_map(|body| &body.replacements);
        let payload = payload.chain(replaced.map(|replacement| &replacement.value));
        arguments.chain(payload).chain(&self.correlation)
    }
}

impl OperationReference {
    /// The operation, with the service whose it is. Panics when the reference is of another system, which only a fault
    /// in `lower` can cause.
    #[must_use]
    pub fn of(self, services: &[Service]) -> (&Service, &Operation) {
        let service = &services[self.service];
        (service, &service.operations[self.operation])
    }
}

impl MessageReference {
    /// The message, with the service whose it is. Panics as [`OperationReference::of`] does.
    #[must_use]
    pub fn of(self, services: &[Service]) -> (&Service, &Message) {
        match self {
            Self::Sent { service, message } => {
                let service = &services[service];
                (service, &service.sends[message].message)
            }
            Self::Received { service, receive, message } => {
                let service = &services[service];
                (service, &service.receives[receive].messages[message])
            }
        }
    }
}
