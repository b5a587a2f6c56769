// @generated from the contracts in spec/; edits are overwritten.

//! `checkout`: Fill a basket, check out, see the order.
//!
//! - **Source** `spec/workflows/checkout.arazzo.yaml#/workflows/0`

use std::time::Duration;

use client::{basket, ordering};
use harness::{
    Accepted, Answer, Cause, Draw, Input, KeptBy, Promise, Retry, Value, Visit, Workflow,
};
use harness::criteria::{check, equal, text, typed};
use serde_json::json;

use crate::request;
use crate::system::{CHECKOUT_BASKET, GET_ORDERS, ORDER_PLACED_CHANNEL, PUT_BASKET};

/// OrderPlaced for each checkout.
pub static PLACED_PROMISE: Promise = Promise {
    id: "checkout.placed",
    summary: "OrderPlaced for each checkout",
    kept_by: KeptBy::Message(&ORDER_PLACED_CHANNEL),
    ..Promise::NEW
};

/// Fill a basket, check out, see the order.
pub static CHECKOUT: Workflow = Workflow {
    id: "checkout",
    summary: "Fill a basket, check out, see the order.",
    weight: 1.0,
    operations: &[&PUT_BASKET, &CHECKOUT_BASKET, &GET_ORDERS],
    promises: &[&PLACED_PROMISE],
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

/// What one visit of `checkout` knows so far.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// `userName`, an input.
    pub input_user_name: Value,
    /// `lines`, an input.
    pub input_lines: Value,
    /// `checkoutId` of the step `checkOut`.
    pub check_out_checkout_id: Value,
}

/// Walks through the steps with inputs of its own.
pub async fn run(visit: &mut Visit<'_>) -> Result<(), Cause> {
    let state = &mut State {
        input_user_name: visit.input("userName"),
        input_lines: visit.input("lines"),
        ..State::default()
    };
    fill(visit, state).await?;
    check_out(visit, state).await?;
    placed(visit, state).await?;
    see(visit, state).await?;
    visit.output("checkoutId", state.check_out_checkout_id.clone());
    Ok(())
}

/// Store the basket.
///
/// - **Source** `spec/workflows/checkout.arazzo.yaml#/workflows/0/steps/0`
pub async fn fill(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let body = json!(
        { "userName" : state.input_user_name, "items" : state.input_lines }
    );
    let call = basket::PutBasket::new(typed(&body, "checkout.fill: the body")?);
    visit
        .persist(
            &PUT_BASKET,
            &request(&call),
            &Retry {
                limit: 5,
                after: Duration::from_millis(100),
                growth: 1.0,
                when: |cause| {
                    cause.status().is_some_and(|status| status == 409 || status >= 500)
                },
            },
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

/// Check the basket out.
///
/// Its customer checks out once, so the name is the key.
///
/// - **Source** `spec/workflows/checkout.arazzo.yaml#/workflows/0/steps/1`
pub async fn check_out(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let body = json!(
        { "userName" : state.input_user_name, "firstName" : "Ada", "lastName" :
        "Example", "email" : "ada@example.com", "address" : "1 Main Street",
        "paymentMethod" : "card" }
    );
    let mut call = basket::CheckoutBasket::new(
        typed(&body, "checkout.checkOut: the body")?,
    );
    call.idempotency_key = typed(
        &state.input_user_name,
        "checkout.checkOut: Idempotency-Key",
    )?;
    let placed_debt = visit.ask(&PLACED_PROMISE, None);
    let answer = match visit
        .persist(
            &CHECKOUT_BASKET,
            &request(&call),
            &Retry {
                limit: 5,
                after: Duration::from_millis(100),
                growth: 1.0,
                when: |cause| {
                    cause.status().is_some_and(|status| status == 409 || status >= 500)
                },
            },
            |answer: &Answer<_>| {
                check(answer.status() == 202, "$statusCode == 202")?;
                check(
                    equal(answer.at("/userName"), &state.input_user_name),
                    "$response.body#/userName == $inputs.userName",
                )
            },
        )
        .await
    {
        Ok(answer) => answer,
        Err(cause) => {
            visit.decline(placed_debt, &cause);
            return Err(cause);
        }
    };
    state.check_out_checkout_id = answer.at("/checkoutId").clone();
    visit.accept(placed_debt, Accepted::of(text(&state.check_out_checkout_id)));
    Ok(())
}

/// Be told of the order.
///
/// - **Source** `spec/workflows/checkout.arazzo.yaml#/workflows/0/steps/2`
pub async fn placed(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    visit
        .receive(
            &ORDER_PLACED_CHANNEL,
            &text(&state.check_out_checkout_id),
            Duration::from_millis(30000),
        )
        .await?;
    Ok(())
}

/// Read the order.
///
/// - **Source** `spec/workflows/checkout.arazzo.yaml#/workflows/0/steps/3`
pub async fn see(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let call = ordering::GetOrders::new(
        typed(&state.input_user_name, "checkout.see: userName")?,
    );
    visit
        .send(
            &GET_ORDERS,
            &request(&call),
            |answer: &Answer<_>| {
                check(answer.status() == 200, "$statusCode == 200")?;
                check(
                    equal(
                        answer.at("/items/0/checkoutId"),
                        &state.check_out_checkout_id,
                    ),
                    "$response.body#/items/0/checkoutId == $steps.checkOut.outputs.checkoutId",
                )?;
                check(
                    equal(answer.at("/items/0/items"), &state.input_lines),
                    "$response.body#/items/0/items == $inputs.lines",
                )
            },
        )
        .await?;
    Ok(())
}
