// @generated from the contracts in spec/; edits are overwritten.

//! `basketAfterwards`: An accepted checkout leaves no basket behind, a refused one leaves it as it was. If the result is unknown, either the basket or the order exists.
//!
//! - **Source** `spec/workflows/customers.arazzo.yaml#/workflows/4`

use std::cmp::Ordering;

use client::basket;
use harness::{Answer, Cause, Input, Value, Visit, Workflow};
use harness::criteria::{at, check, compared, equal, number, typed};
use serde_json::json;

use crate::request;
use crate::system::GET_BASKET;

/// An accepted checkout leaves no basket behind, a refused one leaves it as it was. If the result is unknown, either the basket or the order exists.
pub static BASKET_AFTERWARDS: Workflow = Workflow {
    id: "basketAfterwards",
    summary: "An accepted checkout leaves no basket behind, a refused one leaves it as it was. If the result is unknown, either the basket or the order exists.",
    weight: 1.0,
    operations: &[&GET_BASKET],
    inputs: &[
        Input::schema(
            "userName",
            r#"{"example":"swn","maxLength":64,"minLength":1,"pattern":"^[A-Za-z0-9][A-Za-z0-9._@-]*$","type":"string"}"#,
        ),
        Input::schema(
            "quantity",
            r#"{"format":"int32","maximum":1000,"minimum":1,"type":"integer"}"#,
        ),
        Input::schema(
            "outcome",
            r#"{"enum":["accepted","refused","unknown"],"type":"string"}"#,
        ),
        Input::schema("kept", r#"{"type":"integer"}"#),
        Input::output("stock.product", "stock", "product"),
    ],
    run: |visit| Box::pin(run(visit)),
    ..Workflow::NEW
};

/// The state of one run of `basketAfterwards`.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// `userName`, an input.
    pub input_user_name: Value,
    /// `quantity`, an input.
    pub input_quantity: Value,
    /// `outcome`, an input.
    pub input_outcome: Value,
    /// `kept`, an input.
    pub input_kept: Value,
    /// `underWay` of the step `look`.
    pub look_under_way: Value,
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
            input_outcome: visit.input("outcome"),
            input_kept: visit.input("kept"),
            stock_product: visit.input("stock.product"),
            ..Self::default()
        }
    }
}

/// Runs the steps with its own inputs.
pub async fn run(visit: &mut Visit<'_>) -> Result<(), Cause> {
    let state = &mut State::draw(visit);
    look(visit, state).await?;
    visit.output("underWay", state.look_under_way.clone());
    Ok(())
}

/// The step `look`.
///
/// - **Source** `spec/workflows/customers.arazzo.yaml#/workflows/4/steps/0`
pub async fn look(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let call = basket::GetBasket::new(
        typed(&state.input_user_name, "basketAfterwards.look: userName")?,
    );
    let expected = |answer: &Answer<_>| {
        check(
            answer.status() == 404
                && (equal(&state.input_outcome, &json!("accepted"))
                    || equal(&state.input_outcome, &json!("unknown"))
                        && compared(&state.input_kept, &number("0"))
                            .is_some_and(Ordering::is_gt))
                || answer.status() == 200
                    && !equal(&state.input_outcome, &json!("accepted"))
                    && equal(
                        answer.at("/items/0/productId"),
                        at(&state.stock_product, "/id"),
                    ) && equal(answer.at("/items/0/quantity"), &state.input_quantity)
                    && equal(answer.at("/items/1/quantity"), &number("1")),
            "($statusCode == 404 && ($inputs.outcome == 'accepted' || ($inputs.outcome == 'unknown' && $inputs.kept > 0))) || ($statusCode == 200 && $inputs.outcome != 'accepted' && $response.body#/items/0/productId == $workflows.stock.outputs.product#/id && $response.body#/items/0/quantity == $inputs.quantity && $response.body#/items/1/quantity == 1)",
        )
    };
    let answer = visit.send(&GET_BASKET, &request(&call), expected).await?;
    state.look_under_way = answer.at("/checkout").clone();
    Ok(())
}
