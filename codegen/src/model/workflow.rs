//! Workflows: what a client does step by step, and what must come of it.
//!
//! **Source** Arazzo Specification 1.0.1 and 1.1.0.

mod condition;
mod expression;
mod promise;
mod step;
mod ways;

pub use condition::*;
pub use expression::*;
pub use promise::*;
pub use step::*;
pub use ways::*;

use std::sync::Arc;

use super::{Docs, Name, Origin, Service, System, TypeRef};
use crate::source::Span;

/// Every workflow of the system.
#[derive(Debug, Clone, PartialEq)]
pub struct Workflows {
    /// The workflows: by document, in contract order.
    pub list: Vec<Workflow>,
    /// The types of their inputs, as a service that has nothing but types.
    pub types: Service,
    /// Where nobody wrote them.
    pub derived: Option<Derived>,
}

/// That workflows were derived from the contracts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// The document that they are in.
    pub document: String,
    /// What could not be derived, and what was assumed.
    pub notes: Vec<String>,
}

/// One workflow.
#[derive(Debug, Clone, PartialEq)]
pub struct Workflow {
    /// `workflowId`; unique in its document, and its Rust names in the system.
    pub id: Name,
    /// The path of its document: `spec/workflows/checkout.arazzo.yaml`.
    pub document: String,
    /// What it is for.
    pub docs: Docs,
    /// Where it is declared.
    pub origin: Origin,
    /// `inputs`
    pub inputs: Option<Inputs>,
    /// `dependsOn`: the workflows that must have run before, as indexes into [`Workflows::list`].
    pub depends_on: Vec<usize>,
    /// The steps in the order in which they run.
    pub steps: Vec<Step>,
    /// `outputs`
    pub outputs: Vec<Output>,
    /// `x-workload`
    pub load: Load,
}

/// What a workflow is given.
#[derive(Debug, Clone, PartialEq)]
pub struct Inputs {
    /// Its type, among the types of [`Workflows::types`].
    pub ty: TypeRef,
    /// The inputs one by one, in contract order.
    pub list: Vec<Input>,
    /// Where it is declared.
    pub origin: Origin,
}

/// One input.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Its name.
    pub name: Name,
    /// Whether it must be given.
    pub required: bool,
    /// Its schema (JSON Schema 2020-12) without references; one for all inputs that refer to the same.
    pub schema: Arc<serde_json::Value>,
    /// `x-test-data`
    pub data: InputData,
    /// Where it is declared.
    pub span: Span,
    /// Whether the workflow itself lists examples of it, and not only the contract that its schema refers to.
    pub lists_examples: bool,
}

/// Where the values of an input come from (`x-test-data`).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct InputData {
    /// A file with a value a row.
    pub file: Option<DataFile>,
    /// Each run gets a value that no other run gets.
    pub unique: bool,
    /// How many different values there are.
    pub values: Option<u64>,
    /// The exponent of a Zipf distribution; evenly without one.
    pub skew: Option<String>,
}

/// A file that values of an input are read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFile {
    /// Its path from the folder that holds the contracts.
    pub path: String,
    /// The column, or the member of each element; the input's own name without it.
    pub column: Option<String>,
    /// Where the file is named.
    pub span: Span,
    /// Where the column is named, or else the file.
    pub column_span: Span,
}

/// How a load test runs a workflow (`x-workload`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// Runs for each run of a workflow of weight 1, as the contract writes it; `0` for one that only others start.
    pub weight: String,
    /// How often it runs before the load begins, where that is above zero, and then not during it; none where the contract
    /// leaves it open.
    pub before: Option<u32>,
    /// The workflow after whose promises it looks once everything has settled, as an index into [`Workflows::list`].
    pub after: Option<usize>,
}

/// A named output.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// Its name.
    pub name: Name,
    /// What it is.
    pub value: StepValue,
    /// Where its name stands.
    pub span: Span,
}

impl Workflow {
    /// The step of this id.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id.wire == id)
    }

    /// The place of the step of this id among the steps.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.id.wire == id)
    }
}

impl System {
    /// The workflows; none where the contracts have none.
    #[must_use]
    pub fn workflow_list(&self) -> &[Workflow] {
        self.workflows.as_ref().map_or(&[], |workflows| &workflows.list)
    }
}
