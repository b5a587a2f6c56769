// @generated from the contracts in spec/; edits are overwritten.

//! `parcel`: Create and use parcel.
//!
//! - **Source** `generated/workflows/derived.arazzo.json#/workflows/0`

use client::depot;
use harness::{
    Accepted, Cause, Draw, Entry, Input, KeptBy, Promise, Sighting, Value, Visit,
    Workflow, expect,
};
use harness::criteria::{sight, text, things, typed};
use serde_json::json;

use crate::request;
use crate::system::{GET_PARCEL, REGISTER_PARCEL};

/// One parcel for each that was created.
pub static READ_PROMISE: Promise = Promise {
    id: "parcel.read",
    summary: "One parcel for each that was created",
    kept_by: KeptBy::State {
        look: |visit, entry| Box::pin(read_promise_look(visit, entry)),
        list: None,
    },
    ..Promise::NEW
};

/// Reads what keeps the promise `parcel.read` of one key.
async fn read_promise_look(
    visit: &mut Visit<'_>,
    entry: &Entry,
) -> Result<Vec<Sighting>, Cause> {
    let state = &mut State::draw(visit);
    state.create_id = json!(entry.key);
    let call = depot::GetParcel::new(typed(&state.create_id, "parcel.read: id")?);
    let mut sights = Vec::new();
    visit
        .pages(
            &GET_PARCEL,
            None,
            |_| Ok(request(&call)),
            |answer| {
                sights
                    .extend(
                        things(answer.json()).map(|thing| sight(thing, "/id", None)),
                    );
            },
        )
        .await?;
    Ok(sights)
}

/// Create and use parcel.
pub static PARCEL: Workflow = Workflow {
    id: "parcel",
    summary: "Create and use parcel.",
    weight: 1.0,
    operations: &[&REGISTER_PARCEL, &GET_PARCEL],
    promises: &[&READ_PROMISE],
    inputs: &[
        Input {
            name: "create-body",
            draw: Draw::Schema(
                r#"{"additionalProperties":false,"properties":{"recipient":{"maxLength":64,"minLength":1,"type":"string"},"weightGrams":{"format":"int32","maximum":40000,"minimum":1,"type":"integer"}},"required":["recipient","weightGrams"],"type":"object"}"#,
            ),
            ..Input::NEW
        },
    ],
    run: |visit| Box::pin(run(visit)),
    ..Workflow::NEW
};

/// The state of one run of `parcel`.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// `create-body`, an input.
    pub input_create_body: Value,
    /// `id` of the step `create`.
    pub create_id: Value,
}

impl State {
    /// With the inputs of a visit.
    #[must_use]
    pub fn draw(visit: &mut Visit<'_>) -> Self {
        Self {
            input_create_body: visit.input("create-body"),
            ..Self::default()
        }
    }
}

/// Runs the steps with its own inputs.
pub async fn run(visit: &mut Visit<'_>) -> Result<(), Cause> {
    let state = &mut State::draw(visit);
    create(visit, state).await?;
    read(visit, state).await?;
    Ok(())
}

/// The step `create`.
///
/// - **Source** `generated/workflows/derived.arazzo.json#/workflows/0/steps/0`
pub async fn create(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let body = state.input_create_body.clone();
    let call = depot::RegisterParcel::new(typed(&body, "parcel.create: the body")?);
    let read_debt = visit.ask(&READ_PROMISE, None);
    let answer = match visit
        .send(&REGISTER_PARCEL, &request(&call), expect::success)
        .await
    {
        Ok(answer) => answer,
        Err(failed) => {
            visit.decline(read_debt, &failed.cause);
            return Err(failed.into());
        }
    };
    state.create_id = answer.at("/id").clone();
    visit.made("parcel", &text(&state.create_id));
    visit
        .accept(
            read_debt,
            Accepted {
                id: Some(text(&state.create_id)),
                ..Accepted::of(text(&state.create_id))
            },
        );
    Ok(())
}

/// One parcel for each that was created.
///
/// - **Source** `generated/workflows/derived.arazzo.json#/workflows/0/steps/1`
pub async fn read(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let call = depot::GetParcel::new(typed(&state.create_id, "parcel.read: id")?);
    let answer = visit.send(&GET_PARCEL, &request(&call), expect::success).await?;
    let sights = things(answer.json()).map(|thing| sight(thing, "/id", None)).collect();
    visit.seen(&READ_PROMISE, &text(&state.create_id), sights);
    Ok(())
}
