// @generated from the contracts in spec/; edits are overwritten.

//! `core`: The workflow `core`.
//!
//! - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/4`

use client::product;
use harness::{Cause, Visit, Workflow, expect};

use crate::request;
use crate::system::LIST_PRODUCTS_OPERATION_OPERATION;

/// The workflow `core`.
pub static CORE: Workflow = Workflow {
    id: "core",
    summary: "The workflow `core`.",
    weight: 1.0,
    operations: &[&LIST_PRODUCTS_OPERATION_OPERATION],
    inputs: &[],
    run: |visit| Box::pin(run(visit)),
    ..Workflow::NEW
};

/// The state of one run of `core`.
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
    list(visit, state).await?;
    Ok(())
}

/// The step `list`.
///
/// - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/4/steps/0`
pub async fn list(visit: &mut Visit<'_>, _state: &mut State) -> Result<(), Cause> {
    let call = product::ListProducts::default();
    visit
        .send(&LIST_PRODUCTS_OPERATION_OPERATION, &request(&call), expect::success)
        .await?;
    Ok(())
}
