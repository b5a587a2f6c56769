// @generated from the contracts in spec/; edits are overwritten.

//! `keep`: Add a product, correct it, see what sold of it, and remove it.
//!
//! - **Source** `spec/workflows/keep.arazzo.yaml#/workflows/0`

use client::product;
use harness::{Answer, Cause, Input, Value, Visit, Workflow, expect};
use harness::criteria::{check, equal, text, typed};
use serde_json::json;

use crate::request;
use crate::system::{CREATE_PRODUCT, DELETE_PRODUCT, LIST_SALES, REPLACE_PRODUCT};

/// Add a product, correct it, see what sold of it, and remove it.
pub static KEEP: Workflow = Workflow {
    id: "keep",
    summary: "Add a product, correct it, see what sold of it, and remove it.",
    weight: 0.05,
    operations: &[&CREATE_PRODUCT, &REPLACE_PRODUCT, &LIST_SALES, &DELETE_PRODUCT],
    inputs: &[
        Input::unique("name"),
        Input::schema(
            "price",
            r#"{"format":"decimal","maximum":1000000,"minimum":0,"multipleOf":0.01,"type":"number"}"#,
        ),
    ],
    run: |visit| Box::pin(run(visit)),
    ..Workflow::NEW
};

/// The state of one run of `keep`.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// `name`, an input.
    pub input_name: Value,
    /// `price`, an input.
    pub input_price: Value,
    /// `id` of the step `add`.
    pub add_id: Value,
}

impl State {
    /// With the inputs of a visit.
    #[must_use]
    pub fn draw(visit: &mut Visit<'_>) -> Self {
        Self {
            input_name: visit.input("name"),
            input_price: visit.input("price"),
            ..Self::default()
        }
    }
}

/// Runs the steps with its own inputs.
pub async fn run(visit: &mut Visit<'_>) -> Result<(), Cause> {
    let state = &mut State::draw(visit);
    add(visit, state).await?;
    correct(visit, state).await?;
    sold(visit, state).await?;
    remove(visit, state).await?;
    Ok(())
}

/// The step `add`.
///
/// - **Source** `spec/workflows/keep.arazzo.yaml#/workflows/0/steps/0`
pub async fn add(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let body = json!({
        "name": state.input_name,
        "description": "A product on trial.",
        "imageFile": "trial.png",
        "price": state.input_price,
        "category": "Trial",
    });
    let call = product::CreateProduct::new(typed(&body, "keep.add: the body")?);
    let answer = visit
        .send(&CREATE_PRODUCT, &request(&call), expect::status(&[201]))
        .await?;
    visit.made("product", &answer.text("/id"));
    state.add_id = answer.at("/id").clone();
    Ok(())
}

/// The step `correct`.
///
/// - **Source** `spec/workflows/keep.arazzo.yaml#/workflows/0/steps/1`
pub async fn correct(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let body = json!({
        "name": state.input_name,
        "description": "A product on trial, described better.",
        "imageFile": "trial.png",
        "price": state.input_price,
        "category": "Trial",
    });
    let call = product::ReplaceProduct::new(
        typed(&state.add_id, "keep.correct: id")?,
        typed(&body, "keep.correct: the body")?,
    );
    let expected = |answer: &Answer<_>| {
        check(answer.status() == 200, "$statusCode == 200")?;
        check(
            equal(
                answer.at("/description"),
                &json!("A product on trial, described better."),
            ),
            "$response.body#/description == 'A product on trial, described better.'",
        )
    };
    visit.send(&REPLACE_PRODUCT, &request(&call), expected).await?;
    Ok(())
}

/// The step `sold`.
///
/// - **Source** `spec/workflows/keep.arazzo.yaml#/workflows/0/steps/2`
pub async fn sold(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let call = product::ListSales::new(typed(&state.add_id, "keep.sold: id")?);
    visit.send(&LIST_SALES, &request(&call), expect::status(&[200])).await?;
    Ok(())
}

/// The step `remove`.
///
/// - **Source** `spec/workflows/keep.arazzo.yaml#/workflows/0/steps/3`
pub async fn remove(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let call = product::DeleteProduct::new(typed(&state.add_id, "keep.remove: id")?);
    visit.send(&DELETE_PRODUCT, &request(&call), expect::status(&[204])).await?;
    visit.gone("product", &text(&state.add_id));
    Ok(())
}
