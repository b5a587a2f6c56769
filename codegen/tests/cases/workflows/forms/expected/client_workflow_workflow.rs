// @generated from the contracts in spec/; edits are overwritten.

//! `client_workflow`: The workflow `client_workflow`.
//!
//! - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/2`

use harness::{Cause, Visit, Workflow};
use serde_json::json;

use crate::system::{GET_PRODUCT, LIST_SALES};

/// The workflow `client_workflow`.
pub static CLIENT_WORKFLOW: Workflow = Workflow {
    id: "client_workflow",
    summary: "The workflow `client_workflow`.",
    weight: 1.0,
    operations: &[&GET_PRODUCT, &LIST_SALES],
    inputs: &[],
    run: |visit| Box::pin(run(visit)),
    ..Workflow::NEW
};

/// The state of one run of `client_workflow`.
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
    call_step(visit, state).await?;
    Ok(())
}

/// The step `call`.
///
/// - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/2/steps/0`
pub async fn call_step(visit: &mut Visit<'_>, _state: &mut State) -> Result<(), Cause> {
    Box::pin(
            visit
                .run(
                    &crate::CLIENT,
                    vec![("id", json!("0b1cbc1b-7d3e-4a70-9d0f-3f0f3c5f2a10"))],
                ),
        )
        .await?;
    Ok(())
}
