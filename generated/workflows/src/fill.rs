// @generated from the contracts in spec/; edits are overwritten.

//! `fill`: Fill a basket, look at it, change it, and leave without buying.
//!
//! - **Source** `spec/workflows/customers.arazzo.yaml#/workflows/2`

use std::time::Duration;

use client::basket;
use harness::{Again, Answer, Cause, Failed, Input, Value, Visit, Workflow, expect};
use harness::criteria::{at, check, equal, number, replace, typed};
use serde_json::json;

use crate::request;
use crate::system::{DELETE_BASKET, GET_BASKET, PUT_BASKET};

/// Fill a basket, look at it, change it, and leave without buying.
pub static FILL: Workflow = Workflow {
    id: "fill",
    summary: "Fill a basket, look at it, change it, and leave without buying.",
    weight: 0.2,
    operations: &[&PUT_BASKET, &GET_BASKET, &DELETE_BASKET],
    inputs: &[
        Input::unique("userName"),
        Input::schema("quantity", r#"{"maximum":3,"minimum":1,"type":"integer"}"#),
        Input::output("stock.product", "stock", "product"),
    ],
    run: |visit| Box::pin(run(visit)),
    ..Workflow::NEW
};

/// The state of one run of `fill`.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// `userName`, an input.
    pub input_user_name: Value,
    /// `quantity`, an input.
    pub input_quantity: Value,
    /// `items` of the step `put`.
    pub put_items: Value,
    /// `product` of the workflow `stock`.
    pub stock_product: Value,
}

impl State {
    /// With the inputs of a visit.
    #[must_use]
    pub fn draw(visit: &mut Visit<'_>) -> Self {
        Self {
            input_user_name: visit.input("userName"),
            input_quantity: visit.input("quantity"),
            stock_product: visit.input("stock.product"),
            ..Self::default()
        }
    }
}

/// Runs the steps with its own inputs.
pub async fn run(visit: &mut Visit<'_>) -> Result<(), Cause> {
    let state = &mut State::draw(visit);
    put(visit, state).await?;
    look(visit, state).await?;
    change(visit, state).await?;
    leave(visit, state).await?;
    Ok(())
}

/// The step `put`.
///
/// - **Source** `spec/workflows/customers.arazzo.yaml#/workflows/2/steps/0`
pub async fn put(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let body = json!({
        "userName": state.input_user_name,
        "items": [
            {
                "productId": at(&state.stock_product, "/id"),
                "productName": at(&state.stock_product, "/name"),
                "quantity": state.input_quantity,
                "price": at(&state.stock_product, "/price"),
            },
        ],
    });
    let call = basket::PutBasket::new(typed(&body, "fill.put: the body")?);
    let expected = |answer: &Answer<_>| {
        check(answer.status() == 200, "$statusCode == 200")?;
        check(
            equal(answer.at("/items"), at(&body, "/items")),
            "$response.body#/items == $request.body#/items",
        )
    };
    let again = |failed: &Failed<_>| {
        (failed.answer.is_none() || failed.answered(|answer| answer.status() == 409)
            || failed.answered(|answer| answer.status() >= 500))
            .then_some(Again {
                action: 0,
                after: Duration::from_millis(100),
                limit: 5,
            })
    };
    let answer = visit.persist(&PUT_BASKET, &request(&call), again, expected).await?;
    state.put_items = answer.at("/items").clone();
    Ok(())
}

/// The step `look`.
///
/// - **Source** `spec/workflows/customers.arazzo.yaml#/workflows/2/steps/1`
pub async fn look(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let call = basket::GetBasket::new(
        typed(&state.input_user_name, "fill.look: userName")?,
    );
    let expected = |answer: &Answer<_>| {
        check(answer.status() == 200, "$statusCode == 200")?;
        check(
            equal(answer.at("/items"), &state.put_items),
            "$response.body#/items == $steps.put.outputs.items",
        )
    };
    visit.send(&GET_BASKET, &request(&call), expected).await?;
    Ok(())
}

/// The step `change`.
///
/// - **Source** `spec/workflows/customers.arazzo.yaml#/workflows/2/steps/2`
pub async fn change(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let mut body = json!({ "userName": state.input_user_name, "items": state.put_items });
    replace(&mut body, "/items/0/quantity", json!(7))?;
    let call = basket::PutBasket::new(typed(&body, "fill.change: the body")?);
    let expected = |answer: &Answer<_>| {
        check(answer.status() == 200, "$statusCode == 200")?;
        check(
            equal(answer.at("/items"), at(&body, "/items")),
            "$response.body#/items == $request.body#/items",
        )?;
        check(
            equal(answer.at("/items/0/quantity"), &number("7")),
            "$response.body#/items/0/quantity == 7",
        )
    };
    let again = |failed: &Failed<_>| {
        (failed.answer.is_none() || failed.answered(|answer| answer.status() == 409)
            || failed.answered(|answer| answer.status() >= 500))
            .then_some(Again {
                action: 0,
                after: Duration::from_millis(100),
                limit: 5,
            })
    };
    visit.persist(&PUT_BASKET, &request(&call), again, expected).await?;
    Ok(())
}

/// The step `leave`.
///
/// - **Source** `spec/workflows/customers.arazzo.yaml#/workflows/2/steps/3`
pub async fn leave(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let call = basket::DeleteBasket::new(
        typed(&state.input_user_name, "fill.leave: userName")?,
    );
    visit.send(&DELETE_BASKET, &request(&call), expect::status(&[204])).await?;
    Ok(())
}
