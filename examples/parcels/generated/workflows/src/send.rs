// @generated from the contracts in spec/; edits are overwritten.

//! `send`: Somebody hands a parcel in, and a courier takes it over.
//!
//! - **Source** `spec/workflows/parcels.arazzo.yaml#/workflows/0`

use std::time::Duration;

use client::depot;
use harness::{
    Accepted, Answer, Cause, Entry, Input, KeptBy, Promise, Sighting, Value, Visit,
    Workflow, expect,
};
use harness::criteria::{check, equal, sight, text, things, typed};
use serde_json::json;

use crate::request;
use crate::system::{
    GET_PARCEL, PARCEL_ASSIGNED_CHANNEL, PARCEL_REGISTERED_CHANNEL, REGISTER_PARCEL,
    SCAN_PARCEL,
};

/// ParcelRegistered for each send.
pub static REGISTERED_PROMISE: Promise = Promise {
    id: "send.registered",
    summary: "ParcelRegistered for each send",
    kept_by: KeptBy::Message(&PARCEL_REGISTERED_CHANNEL),
    ..Promise::NEW
};
/// what `look` reads, for each send.
pub static LOOK_PROMISE: Promise = Promise {
    id: "send.look",
    summary: "what `look` reads, for each send",
    kept_by: KeptBy::State {
        look: |visit, entry| Box::pin(look_promise_look(visit, entry)),
        list: None,
    },
    ..Promise::NEW
};

/// Reads what keeps the promise `send.look` of one key.
async fn look_promise_look(
    visit: &mut Visit<'_>,
    entry: &Entry,
) -> Result<Vec<Sighting>, Cause> {
    let state = &mut State::draw(visit);
    state.hand_in_parcel = json!(entry.key);
    let call = depot::GetParcel::new(typed(&state.hand_in_parcel, "send.look: id")?);
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

/// ParcelAssigned for each send.
pub static ASSIGNED_PROMISE: Promise = Promise {
    id: "send.assigned",
    summary: "ParcelAssigned for each send",
    kept_by: KeptBy::Message(&PARCEL_ASSIGNED_CHANNEL),
    ..Promise::NEW
};

/// Somebody hands a parcel in, and a courier takes it over.
pub static SEND: Workflow = Workflow {
    id: "send",
    summary: "Somebody hands a parcel in, and a courier takes it over.",
    weight: 1.0,
    operations: &[&REGISTER_PARCEL, &GET_PARCEL, &SCAN_PARCEL],
    promises: &[&REGISTERED_PROMISE, &LOOK_PROMISE, &ASSIGNED_PROMISE],
    inputs: &[
        Input::unique("recipient"),
        Input::schema("weightGrams", r#"{"maximum":31500,"minimum":1,"type":"integer"}"#),
    ],
    run: |visit| Box::pin(run(visit)),
    ..Workflow::NEW
};

/// The state of one run of `send`.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// `recipient`, an input.
    pub input_recipient: Value,
    /// `weightGrams`, an input.
    pub input_weight_grams: Value,
    /// `parcel` of the step `handIn`.
    pub hand_in_parcel: Value,
}

impl State {
    /// With the inputs of a visit.
    #[must_use]
    pub fn draw(visit: &mut Visit<'_>) -> Self {
        Self {
            input_recipient: visit.input("recipient"),
            input_weight_grams: visit.input("weightGrams"),
            ..Self::default()
        }
    }
}

/// Runs the steps with its own inputs.
pub async fn run(visit: &mut Visit<'_>) -> Result<(), Cause> {
    let state = &mut State::draw(visit);
    hand_in(visit, state).await?;
    registered(visit, state).await?;
    look(visit, state).await?;
    assigned(visit, state).await?;
    scan(visit, state).await?;
    Ok(())
}

/// The step `handIn`.
///
/// - **Source** `spec/workflows/parcels.arazzo.yaml#/workflows/0/steps/0`
pub async fn hand_in(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let body = json!({
        "recipient": state.input_recipient,
        "weightGrams": state.input_weight_grams,
    });
    let call = depot::RegisterParcel::new(typed(&body, "send.handIn: the body")?);
    let registered_debt = visit.ask(&REGISTERED_PROMISE, None);
    let look_debt = visit.ask(&LOOK_PROMISE, None);
    let assigned_debt = visit.ask(&ASSIGNED_PROMISE, None);
    let answer = match visit
        .send(&REGISTER_PARCEL, &request(&call), expect::status(&[201]))
        .await
    {
        Ok(answer) => answer,
        Err(failed) => {
            visit.decline(registered_debt, &failed.cause);
            visit.decline(look_debt, &failed.cause);
            visit.decline(assigned_debt, &failed.cause);
            return Err(failed.into());
        }
    };
    state.hand_in_parcel = answer.at("/id").clone();
    visit.accept(registered_debt, Accepted::of(text(&state.hand_in_parcel)));
    visit.made("parcel", &text(&state.hand_in_parcel));
    visit
        .accept(
            look_debt,
            Accepted {
                id: Some(text(&state.hand_in_parcel)),
                ..Accepted::of(text(&state.hand_in_parcel))
            },
        );
    visit.accept(assigned_debt, Accepted::of(text(&state.hand_in_parcel)));
    Ok(())
}

/// The step `registered`.
///
/// - **Source** `spec/workflows/parcels.arazzo.yaml#/workflows/0/steps/1`
pub async fn registered(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    visit
        .receive(
            &PARCEL_REGISTERED_CHANNEL,
            &text(&state.hand_in_parcel),
            Duration::from_millis(10000),
        )
        .await?;
    Ok(())
}

/// The step `look`.
///
/// - **Source** `spec/workflows/parcels.arazzo.yaml#/workflows/0/steps/2`
pub async fn look(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let call = depot::GetParcel::new(typed(&state.hand_in_parcel, "send.look: id")?);
    let expected = |answer: &Answer<_>| {
        check(
            equal(answer.at("/recipient"), &state.input_recipient),
            "$response.body#/recipient == $inputs.recipient",
        )
    };
    let answer = visit.send(&GET_PARCEL, &request(&call), expected).await?;
    let sights = things(answer.json()).map(|thing| sight(thing, "/id", None)).collect();
    visit.seen(&LOOK_PROMISE, &text(&state.hand_in_parcel), sights);
    Ok(())
}

/// The step `assigned`.
///
/// - **Source** `spec/workflows/parcels.arazzo.yaml#/workflows/0/steps/3`
pub async fn assigned(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    visit
        .receive(
            &PARCEL_ASSIGNED_CHANNEL,
            &text(&state.hand_in_parcel),
            Duration::from_millis(10000),
        )
        .await?;
    Ok(())
}

/// The step `scan`.
///
/// - **Source** `spec/workflows/parcels.arazzo.yaml#/workflows/0/steps/4`
pub async fn scan(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let body = json!({ "scanId": state.input_recipient, "place": "north" });
    let call = depot::ScanParcel::new(
        typed(&state.hand_in_parcel, "send.scan: id")?,
        typed(&body, "send.scan: the body")?,
    );
    visit.send(&SCAN_PARCEL, &request(&call), expect::status(&[202])).await?;
    Ok(())
}
