// @generated from the contracts in spec/; edits are overwritten.

//! `words`: The workflow `words`.
//!
//! - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/9`

use client::product;
use harness::{Cause, Visit, Workflow, expect};

use crate::request;
use crate::system::LIST_PRODUCTS_OPERATION_OPERATION;

/// The workflow `words`.
pub static WORDS: Workflow = Workflow {
    id: "words",
    summary: "The workflow `words`.",
    weight: 1.0,
    operations: &[&LIST_PRODUCTS_OPERATION_OPERATION],
    inputs: &[],
    run: |visit| Box::pin(run(visit)),
    ..Workflow::NEW
};

/// The state of one run of `words`.
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
    run_step(visit, state).await?;
    run_step_step(visit, state).await?;
    run_step_step_step(visit, state).await?;
    run_debt_step(visit, state).await?;
    end_2(visit, state).await?;
    Ok(())
}

/// The step `run`.
///
/// - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/9/steps/0`
pub async fn run_step(visit: &mut Visit<'_>, _state: &mut State) -> Result<(), Cause> {
    let call = product::ListProducts::default();
    visit
        .send(&LIST_PRODUCTS_OPERATION_OPERATION, &request(&call), expect::success)
        .await?;
    Ok(())
}

/// The step `run_step`.
///
/// - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/9/steps/1`
pub async fn run_step_step(
    visit: &mut Visit<'_>,
    _state: &mut State,
) -> Result<(), Cause> {
    let call = product::ListProducts::default();
    visit
        .send(&LIST_PRODUCTS_OPERATION_OPERATION, &request(&call), expect::success)
        .await?;
    Ok(())
}

/// The step `run_step_step`.
///
/// - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/9/steps/2`
pub async fn run_step_step_step(
    visit: &mut Visit<'_>,
    _state: &mut State,
) -> Result<(), Cause> {
    let call = product::ListProducts::default();
    visit
        .send(&LIST_PRODUCTS_OPERATION_OPERATION, &request(&call), expect::success)
        .await?;
    Ok(())
}

/// The step `run_debt`.
///
/// - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/9/steps/3`
pub async fn run_debt_step(
    visit: &mut Visit<'_>,
    _state: &mut State,
) -> Result<(), Cause> {
    let call = product::ListProducts::default();
    visit
        .send(&LIST_PRODUCTS_OPERATION_OPERATION, &request(&call), expect::success)
        .await?;
    Ok(())
}

/// The step `End`.
///
/// - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/9/steps/4`
pub async fn end_2(visit: &mut Visit<'_>, _state: &mut State) -> Result<(), Cause> {
    let call = product::ListProducts::default();
    visit
        .send(&LIST_PRODUCTS_OPERATION_OPERATION, &request(&call), expect::success)
        .await?;
    Ok(())
}
