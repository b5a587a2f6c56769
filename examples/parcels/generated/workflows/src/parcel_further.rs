// @generated from the contracts in spec/; edits are overwritten.

//! `parcel-further`: Create parcel, and what leads on.
//!
//! - **Source** `generated/workflows/derived.arazzo.json#/workflows/1`

use client::depot;
use harness::{Cause, Draw, Input, Value, Visit, Workflow, expect};
use harness::criteria::typed;

use crate::request;
use crate::system::{REGISTER_PARCEL, SCAN_PARCEL};

/// Create parcel, and what leads on.
pub static PARCEL_FURTHER: Workflow = Workflow {
    id: "parcel-further",
    summary: "Create parcel, and what leads on.",
    weight: 0.2,
    operations: &[&REGISTER_PARCEL, &SCAN_PARCEL],
    promises: &[],
    inputs: &[
        Input {
            name: "create-body",
            draw: Draw::Schema(
                r#"{"additionalProperties":false,"properties":{"recipient":{"maxLength":64,"minLength":1,"type":"string"},"weightGrams":{"format":"int32","maximum":40000,"minimum":1,"type":"integer"}},"required":["recipient","weightGrams"],"type":"object"}"#,
            ),
            ..Input::NEW
        },
        Input {
            name: "scanParcel-body",
            draw: Draw::Schema(
                r#"{"additionalProperties":false,"properties":{"place":{"maxLength":64,"minLength":1,"type":"string"},"scanId":{"maxLength":64,"minLength":1,"type":"string"},"weightGrams":{"format":"int32","maximum":40000,"minimum":1,"type":"integer"}},"required":["scanId","place"],"type":"object"}"#,
            ),
            ..Input::NEW
        },
    ],
    run: |visit| Box::pin(run(visit)),
    ..Workflow::NEW
};

/// The state of one run of `parcel-further`.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// `create-body`, an input.
    pub input_create_body: Value,
    /// `scanParcel-body`, an input.
    pub input_scan_parcel_body: Value,
    /// `id` of the step `create`.
    pub create_id: Value,
}

impl State {
    /// With the inputs of a visit.
    #[must_use]
    pub fn draw(visit: &mut Visit<'_>) -> Self {
        Self {
            input_create_body: visit.input("create-body"),
            input_scan_parcel_body: visit.input("scanParcel-body"),
            ..Self::default()
        }
    }
}

/// Runs the steps with its own inputs.
pub async fn run(visit: &mut Visit<'_>) -> Result<(), Cause> {
    let state = &mut State::draw(visit);
    create(visit, state).await?;
    scan_parcel(visit, state).await?;
    Ok(())
}

/// The step `create`.
///
/// - **Source** `generated/workflows/derived.arazzo.json#/workflows/1/steps/0`
pub async fn create(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let body = state.input_create_body.clone();
    let call = depot::RegisterParcel::new(
        typed(&body, "parcel-further.create: the body")?,
    );
    let answer = visit.send(&REGISTER_PARCEL, &request(&call), expect::success).await?;
    state.create_id = answer.at("/id").clone();
    Ok(())
}

/// The step `scanParcel`.
///
/// - **Source** `generated/workflows/derived.arazzo.json#/workflows/1/steps/1`
pub async fn scan_parcel(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let body = state.input_scan_parcel_body.clone();
    let call = depot::ScanParcel::new(
        typed(&state.create_id, "parcel-further.scanParcel: id")?,
        typed(&body, "parcel-further.scanParcel: the body")?,
    );
    visit.send(&SCAN_PARCEL, &request(&call), expect::success).await?;
    Ok(())
}
