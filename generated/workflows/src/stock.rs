// @generated from the contracts in spec/; edits are overwritten.

//! `stock`: Add a product to the catalogue.
//!
//! - **Source** `spec/workflows/customers.arazzo.yaml#/workflows/0`

use client::product;
use harness::{Cause, Input, Value, Visit, Workflow, expect};
use harness::criteria::typed;
use serde_json::json;

use crate::request;
use crate::system::CREATE_PRODUCT;

/// Add a product to the catalogue.
pub static STOCK: Workflow = Workflow {
    id: "stock",
    summary: "Add a product to the catalogue.",
    before: 24,
    operations: &[&CREATE_PRODUCT],
    inputs: &[
        Input::unique("name"),
        Input::schema(
            "category",
            r#"{"enum":["Phone","Camera","Kitchen","Garden"],"type":"string"}"#,
        ),
        Input::schema(
            "price",
            r#"{"format":"decimal","maximum":1000000,"minimum":0,"multipleOf":0.01,"type":"number"}"#,
        ),
    ],
    run: |visit| Box::pin(run(visit)),
    ..Workflow::NEW
};

/// The state of one run of `stock`.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// `name`, an input.
    pub input_name: Value,
    /// `category`, an input.
    pub input_category: Value,
    /// `price`, an input.
    pub input_price: Value,
    /// `product` of the step `add`.
    pub add_product: Value,
}

impl State {
    /// With the inputs of a visit.
    #[must_use]
    pub fn draw(visit: &mut Visit<'_>) -> Self {
        Self {
            input_name: visit.input("name"),
            input_category: visit.input("category"),
            input_price: visit.input("price"),
            ..Self::default()
        }
    }
}

/// Runs the steps with its own inputs.
pub async fn run(visit: &mut Visit<'_>) -> Result<(), Cause> {
    let state = &mut State::draw(visit);
    add(visit, state).await?;
    visit.output("product", state.add_product.clone());
    Ok(())
}

/// The step `add`.
///
/// - **Source** `spec/workflows/customers.arazzo.yaml#/workflows/0/steps/0`
pub async fn add(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let body = json!({
        "name": state.input_name,
        "description": "A product of a load test.",
        "imageFile": "product.png",
        "price": state.input_price,
        "category": state.input_category,
    });
    let call = product::CreateProduct::new(typed(&body, "stock.add: the body")?);
    let answer = visit
        .send(&CREATE_PRODUCT, &request(&call), expect::status(&[201]))
        .await?;
    visit.made("product", &answer.text("/id"));
    state.add_product = answer.json().clone();
    Ok(())
}
