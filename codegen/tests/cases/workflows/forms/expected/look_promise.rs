// @generated from the contracts in spec/; edits are overwritten.

//! `look_promise`: The workflow `look_promise`.
//!
//! - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/6`

use client::product;
use harness::{Cause, Visit, Workflow, expect};

use crate::request;
use crate::system::LIST_PRODUCTS_OPERATION_OPERATION;

/// The workflow `look_promise`.
pub static LOOK_PROMISE_WORKFLOW: Workflow = Workflow {
    id: "look_promise",
    summary: "The workflow `look_promise`.",
    weight: 1.0,
    operations: &[&LIST_PRODUCTS_OPERATION_OPERATION],
    inputs: &[],
    run: |visit| Box::pin(run(visit)),
    ..Workflow::NEW
};

/// The state of one run of `look_promise`.
#[derive(Debug, Clone, Default)]
pub struct State {}

impl State {
    /// With the inputs of a visit.
    #[must_use]
    pub fn draw(_visit: &mut Visit<'_>) -> Self {
        Self::default()
    }
}

/// Runs the steps with its own inputs.
pub async fn run(visit: &mut Visit<'_>) -> Result<(), Cause> {
    let state = &mut State::draw(visit);
    look(visit, state).await?;
    Ok(())
}

/// The step `look`.
///
/// - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/6/steps/0`
pub async fn look(visit: &mut Visit<'_>, _state: &mut State) -> Result<(), Cause> {
    let call = product::ListProducts::default();
    visit
        .send(&LIST_PRODUCTS_OPERATION_OPERATION, &request(&call), expect::success)
        .await?;
    Ok(())
}
