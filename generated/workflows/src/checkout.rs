// @generated from the contracts in spec/; edits are overwritten.

//! `checkout`: Fill a basket, check it out, and see the order.
//!
//! - **Source** `spec/workflows/customers.arazzo.yaml#/workflows/3`

use std::time::Duration;

use client::{basket, ordering};
use harness::{
    Accepted, Again, Answer, Cause, Entry, Failed, Input, Invariant, KeptBy, Promise,
    Sighting, Value, Visit, Workflow,
};
use harness::criteria::{at, check, equal, instant, sight, text, things, typed};
use serde_json::json;

use crate::request;
use crate::system::{
    CHECKOUT_BASKET, CHECKOUT_BASKET_CHANNEL, GET_ORDERS, LIST_ORDERS,
    ORDER_PLACED_CHANNEL, PUT_BASKET,
};

/// CheckoutBasket for each checkout.
pub static PUBLISHED_PROMISE: Promise = Promise {
    id: "checkout.published",
    summary: "CheckoutBasket for each checkout",
    kept_by: KeptBy::Message(&CHECKOUT_BASKET_CHANNEL),
    ..Promise::NEW
};
/// An order for each checkout.
pub static ORDER_PROMISE: Promise = Promise {
    id: "checkout.order",
    summary: "An order for each checkout",
    kept_by: KeptBy::State {
        look: |visit, entry| Box::pin(order_promise_look(visit, entry)),
        list: Some(|visit| Box::pin(order_promise_list(visit))),
    },
    check: Some(Invariant {
        wrong: "basketAfterwards failed",
        check: |visit, entry, situation| {
            Box::pin(visit.look_back(&crate::BASKET_AFTERWARDS, entry, situation))
        },
    }),
    ..Promise::NEW
};

/// Reads what keeps the promise `checkout.order` of one key.
async fn order_promise_look(
    visit: &mut Visit<'_>,
    entry: &Entry,
) -> Result<Vec<Sighting>, Cause> {
    let state = &mut State::draw(visit);
    state.input_user_name = json!(entry.key);
    let mut call = ordering::GetOrders::new(
        typed(&state.input_user_name, "checkout.order: userName")?,
    );
    let mut sights = Vec::new();
    visit
        .pages(
            &GET_ORDERS,
            Some("/next"),
            |next| {
                if !next.is_null() {
                    call.next = typed(next, "checkout.order: next")?;
                }
                Ok(request(&call))
            },
            |answer| {
                sights
                    .extend(
                        things(answer.at("/items"))
                            .map(|thing| sight(thing, "/checkoutId", Some("/placedAt"))),
                    );
            },
        )
        .await?;
    Ok(sights)
}

/// Reads what keeps the promise `checkout.order` of any key.
async fn order_promise_list(
    visit: &mut Visit<'_>,
) -> Result<Vec<(String, Sighting)>, Cause> {
    let mut call = ordering::ListOrders::default();
    let mut sights = Vec::new();
    visit
        .pages(
            &LIST_ORDERS,
            Some("/next"),
            |next| {
                if !next.is_null() {
                    call.next = typed(next, "checkout: listOrders: next")?;
                }
                Ok(request(&call))
            },
            |answer| {
                sights
                    .extend(
                        things(answer.at("/items"))
                            .map(|thing| (
                                text(at(thing, "/userName")),
                                sight(thing, "/checkoutId", Some("/placedAt")),
                            )),
                    );
            },
        )
        .await?;
    Ok(sights)
}

/// OrderPlaced for each checkout.
pub static PLACED_PROMISE: Promise = Promise {
    id: "checkout.placed",
    summary: "OrderPlaced for each checkout",
    kept_by: KeptBy::Message(&ORDER_PLACED_CHANNEL),
    ..Promise::NEW
};

/// Fill a basket, check it out, and see the order.
pub static CHECKOUT: Workflow = Workflow {
    id: "checkout",
    summary: "Fill a basket, check it out, and see the order.",
    weight: 1.0,
    operations: &[&PUT_BASKET, &CHECKOUT_BASKET, &GET_ORDERS],
    promises: &[&PUBLISHED_PROMISE, &ORDER_PROMISE, &PLACED_PROMISE],
    inputs: &[
        Input::unique("userName"),
        Input::schema("quantity", r#"{"maximum":3,"minimum":1,"type":"integer"}"#),
        Input::output("stock.product", "stock", "product"),
    ],
    run: |visit| Box::pin(run(visit)),
    ..Workflow::NEW
};

/// The state of one run of `checkout`.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// `userName`, an input.
    pub input_user_name: Value,
    /// `quantity`, an input.
    pub input_quantity: Value,
    /// `items` of the step `fill`.
    pub fill_items: Value,
    /// `checkoutId` of the step `checkOut`.
    pub check_out_checkout_id: Value,
    /// `checkoutTime` of the step `checkOut`.
    pub check_out_checkout_time: Value,
    /// `total` of the step `checkOut`.
    pub check_out_total: Value,
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
    fill(visit, state).await?;
    check_out(visit, state).await?;
    published(visit, state).await?;
    order(visit, state).await?;
    placed(visit, state).await?;
    visit.output("checkoutId", state.check_out_checkout_id.clone());
    Ok(())
}

/// Store the basket.
///
/// - **Source** `spec/workflows/customers.arazzo.yaml#/workflows/3/steps/0`
pub async fn fill(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let body = json!({
        "userName": state.input_user_name,
        "items": [
            {
                "productId": at(&state.stock_product, "/id"),
                "productName": at(&state.stock_product, "/name"),
                "quantity": state.input_quantity,
                "color": "Red",
                "price": at(&state.stock_product, "/price"),
            },
            {
                "productId": at(&state.stock_product, "/id"),
                "productName": at(&state.stock_product, "/name"),
                "quantity": 1,
                "color": "Blue",
                "price": at(&state.stock_product, "/price"),
            },
        ],
    });
    let call = basket::PutBasket::new(typed(&body, "checkout.fill: the body")?);
    let expected = |answer: &Answer<_>| {
        check(answer.status() == 200, "$statusCode == 200")?;
        check(
            equal(answer.at("/userName"), &state.input_user_name),
            "$response.body#/userName == $inputs.userName",
        )?;
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
    state.fill_items = answer.at("/items").clone();
    Ok(())
}

/// Check the basket out.
///
/// Its customer checks out once, so the name is the key.
///
/// - **Source** `spec/workflows/customers.arazzo.yaml#/workflows/3/steps/1`
pub async fn check_out(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let body = json!({
        "userName": state.input_user_name,
        "firstName": "Load",
        "lastName": "Test",
        "email": "customer@example.com",
        "address": "1 Main Street",
        "paymentMethod": "card",
        "cardInfo": "tok_0000000000",
    });
    let mut call = basket::CheckoutBasket::new(
        typed(&body, "checkout.checkOut: the body")?,
    );
    call.idempotency_key = typed(
        &state.input_user_name,
        "checkout.checkOut: Idempotency-Key",
    )?;
    let expected = |answer: &Answer<_>| {
        check(answer.status() == 202, "$statusCode == 202")?;
        check(
            equal(answer.at("/userName"), &state.input_user_name),
            "$response.body#/userName == $inputs.userName",
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
    let published_debt = visit.ask(&PUBLISHED_PROMISE, None);
    let order_debt = visit.ask(&ORDER_PROMISE, Some(&text(&state.input_user_name)));
    let placed_debt = visit.ask(&PLACED_PROMISE, None);
    let answer = match visit
        .persist(&CHECKOUT_BASKET, &request(&call), again, expected)
        .await
    {
        Ok(answer) => answer,
        Err(failed) => {
            visit.decline(published_debt, &failed.cause);
            visit.decline(order_debt, &failed.cause);
            visit.decline(placed_debt, &failed.cause);
            return Err(failed.into());
        }
    };
    state.check_out_checkout_id = answer.at("/checkoutId").clone();
    state.check_out_checkout_time = answer.at("/checkoutTime").clone();
    state.check_out_total = answer.at("/totalPrice").clone();
    visit
        .accept(
            published_debt,
            Accepted {
                asked_at: instant(&state.check_out_checkout_time),
                ..Accepted::of(text(&state.check_out_checkout_id))
            },
        );
    visit
        .accept(
            order_debt,
            Accepted {
                id: Some(text(&state.check_out_checkout_id)),
                asked_at: instant(&state.check_out_checkout_time),
                ..Accepted::of(text(&state.input_user_name))
            },
        );
    visit
        .accept(
            placed_debt,
            Accepted {
                asked_at: instant(&state.check_out_checkout_time),
                ..Accepted::of(text(&state.check_out_checkout_id))
            },
        );
    Ok(())
}

/// A CheckoutBasket for each checkout.
///
/// - **Source** `spec/workflows/customers.arazzo.yaml#/workflows/3/steps/2`
pub async fn published(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    visit
        .receive(
            &CHECKOUT_BASKET_CHANNEL,
            &text(&state.check_out_checkout_id),
            Duration::from_millis(30000),
        )
        .await?;
    Ok(())
}

/// An order for each checkout.
///
/// - **Source** `spec/workflows/customers.arazzo.yaml#/workflows/3/steps/3`
pub async fn order(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let call = ordering::GetOrders::new(
        typed(&state.input_user_name, "checkout.order: userName")?,
    );
    let expected = |answer: &Answer<_>| {
        check(answer.status() == 200, "$statusCode == 200")?;
        check(
            equal(answer.at("/items/0/checkoutId"), &state.check_out_checkout_id),
            "$response.body#/items/0/checkoutId == $steps.checkOut.outputs.checkoutId",
        )?;
        check(
            equal(answer.at("/items/0/userName"), &state.input_user_name),
            "$response.body#/items/0/userName == $inputs.userName",
        )?;
        check(
            equal(answer.at("/items/0/totalPrice"), &state.check_out_total),
            "$response.body#/items/0/totalPrice == $steps.checkOut.outputs.total",
        )?;
        check(
            equal(answer.at("/items/0/items"), &state.fill_items),
            "$response.body#/items/0/items == $steps.fill.outputs.items",
        )
    };
    let again = |failed: &Failed<_>| {
        (failed.answer.is_none() || failed.answered(|answer| answer.status() >= 500)
            || failed.answered(|answer| equal(answer.at("/items/0"), &Value::Null)))
            .then_some(Again {
                action: 0,
                after: Duration::from_millis(50),
                limit: 40,
            })
    };
    let answer = visit.persist(&GET_ORDERS, &request(&call), again, expected).await?;
    let sights = things(answer.at("/items"))
        .map(|thing| sight(thing, "/checkoutId", Some("/placedAt")))
        .collect();
    visit.seen(&ORDER_PROMISE, &text(&state.input_user_name), sights);
    Ok(())
}

/// An OrderPlaced for each checkout.
///
/// - **Source** `spec/workflows/customers.arazzo.yaml#/workflows/3/steps/4`
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
