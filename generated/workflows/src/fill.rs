// @generated from the contracts in spec/; edits are overwritten.

//! `fill`: Fill a basket, look at it, change it, and remove it.
//!
//! - **Source** `spec/workflows/fill.arazzo.yaml#/workflows/0`

use std::time::Duration;

use client::basket;
use harness::{Answer, Cause, Draw, Input, Retry, Value, Visit, Workflow, expect};
use harness::criteria::{check, equal, number, replace, typed};
use serde_json::json;

use crate::request;
use crate::system::{DELETE_BASKET, GET_BASKET, PUT_BASKET};

/// Fill a basket, look at it, change it, and remove it.
pub static FILL: Workflow = Workflow {
    id: "fill",
    summary: "Fill a basket, look at it, change it, and remove it.",
    weight: 0.2,
    operations: &[&PUT_BASKET, &GET_BASKET, &DELETE_BASKET],
    promises: &[],
    inputs: &[
        Input {
            name: "userName",
            draw: Draw::Unique,
        },
        Input {
            name: "lines",
            draw: Draw::Schema(
                "{\"items\":{\"additionalProperties\":false,\"properties\":{\"color\":{\"maxLength\":32,\"minLength\":1,\"type\":\"string\"},\"price\":{\"format\":\"decimal\",\"maximum\":1000000,\"minimum\":0,\"multipleOf\":0.01,\"type\":\"number\"},\"productId\":{\"format\":\"uuid\",\"type\":\"string\"},\"productName\":{\"maxLength\":128,\"minLength\":1,\"type\":\"string\"},\"quantity\":{\"format\":\"int32\",\"maximum\":1000,\"minimum\":1,\"type\":\"integer\"}},\"required\":[\"productId\",\"productName\",\"quantity\",\"price\"],\"type\":\"object\"},\"maxItems\":4,\"minItems\":1,\"type\":\"array\"}",
            ),
        },
    ],
    run: |visit| Box::pin(run(visit)),
    ..Workflow::NEW
};

/// What one visit of `fill` knows so far.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// `userName`, an input.
    pub input_user_name: Value,
    /// `lines`, an input.
    pub input_lines: Value,
}

/// Walks through the steps with inputs of its own.
pub async fn run(visit: &mut Visit<'_>) -> Result<(), Cause> {
    let state = &mut State {
        input_user_name: visit.input("userName"),
        input_lines: visit.input("lines"),
    };
    put(visit, state).await?;
    look(visit, state).await?;
    change(visit, state).await?;
    leave(visit, state).await?;
    Ok(())
}

/// The step `put`.
///
/// - **Source** `spec/workflows/fill.arazzo.yaml#/workflows/0/steps/0`
pub async fn put(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let body = json!(
        { "userName" : state.input_user_name, "items" : state.input_lines }
    );
    let call = basket::PutBasket::new(typed(&body, "fill.put: the body")?);
    visit
        .persist(
            &PUT_BASKET,
            &request(&call),
            &Retry {
                limit: 5,
                after: Duration::from_millis(100),
                growth: 1.0,
                when: |cause| cause.status().is_some_and(|status| status >= 500),
            },
            expect::status(&[200]),
        )
        .await?;
    Ok(())
}

/// The step `look`.
///
/// - **Source** `spec/workflows/fill.arazzo.yaml#/workflows/0/steps/1`
pub async fn look(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let call = basket::GetBasket::new(
        typed(&state.input_user_name, "fill.look: userName")?,
    );
    visit
        .send(
            &GET_BASKET,
            &request(&call),
            |answer: &Answer<_>| {
                check(answer.status() == 200, "$statusCode == 200")?;
                check(
                    equal(answer.at("/items"), &state.input_lines),
                    "$response.body#/items == $inputs.lines",
                )
            },
        )
        .await?;
    Ok(())
}

/// The step `change`.
///
/// - **Source** `spec/workflows/fill.arazzo.yaml#/workflows/0/steps/2`
pub async fn change(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let mut body = json!(
        { "userName" : state.input_user_name, "items" : state.input_lines }
    );
    replace(&mut body, "/items/0/quantity", json!(7));
    let call = basket::PutBasket::new(typed(&body, "fill.change: the body")?);
    visit
        .persist(
            &PUT_BASKET,
            &request(&call),
            &Retry {
                limit: 5,
                after: Duration::from_millis(100),
                growth: 1.0,
                when: |cause| cause.status().is_some_and(|status| status >= 500),
            },
            |answer: &Answer<_>| {
                check(answer.status() == 200, "$statusCode == 200")?;
                check(
                    equal(answer.at("/items/0/quantity"), &number("7")),
                    "$response.body#/items/0/quantity == 7",
                )
            },
        )
        .await?;
    Ok(())
}

/// The step `leave`.
///
/// - **Source** `spec/workflows/fill.arazzo.yaml#/workflows/0/steps/3`
pub async fn leave(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let call = basket::DeleteBasket::new(
        typed(&state.input_user_name, "fill.leave: userName")?,
    );
    visit.send(&DELETE_BASKET, &request(&call), expect::status(&[204])).await?;
    Ok(())
}
