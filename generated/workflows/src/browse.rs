// @generated from the contracts in spec/; edits are overwritten.

//! `browse`: List the products of a category, and look at two.
//!
//! - **Source** `spec/workflows/customers.arazzo.yaml#/workflows/1`

use client::product;
use harness::{Answer, Cause, Input, Value, Visit, Workflow};
use harness::criteria::{at, check, check_query, equal, text, typed};

use crate::request;
use crate::system::{GET_PRODUCT, LIST_PRODUCTS};

/// List the products of a category, and look at two.
pub static BROWSE: Workflow = Workflow {
    id: "browse",
    summary: "List the products of a category, and look at two.",
    weight: 0.5,
    operations: &[&LIST_PRODUCTS, &GET_PRODUCT],
    inputs: &[Input::output("stock.product", "stock", "product")],
    run: |visit| Box::pin(run(visit)),
    ..Workflow::NEW
};

/// The state of one run of `browse`.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// `first` of the step `list`.
    pub list_first: Value,
    /// `product` of the workflow `stock`.
    pub stock_product: Value,
}

impl State {
    /// With the inputs of a visit.
    #[must_use]
    pub fn draw(visit: &mut Visit<'_>) -> Self {
        Self {
            stock_product: visit.input("stock.product"),
            ..Self::default()
        }
    }
}

/// Runs the steps with its own inputs.
pub async fn run(visit: &mut Visit<'_>) -> Result<(), Cause> {
    let state = &mut State::draw(visit);
    list(visit, state).await?;
    look(visit, state).await?;
    look_again(visit, state).await?;
    Ok(())
}

/// The step `list`.
///
/// - **Source** `spec/workflows/customers.arazzo.yaml#/workflows/1/steps/0`
pub async fn list(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let call = product::ListProducts {
        category: typed(at(&state.stock_product, "/category"), "browse.list: category")?,
        ..Default::default()
    };
    let expected = |answer: &Answer<_>| {
        check(answer.status() == 200, "$statusCode == 200")?;
        check_query(
            answer.json(),
            &format!(
                "$[?@[0].category && count(@[?@.category != '{}']) == 0]",
                text(at(&state.stock_product, "/category")),
            ),
            "$[?@[0].category && count(@[?@.category != '{$workflows.stock.outputs.product#/category}']) == 0]",
        )
    };
    let answer = visit.send(&LIST_PRODUCTS, &request(&call), expected).await?;
    state.list_first = answer.at("/items/0").clone();
    Ok(())
}

/// The step `look`.
///
/// - **Source** `spec/workflows/customers.arazzo.yaml#/workflows/1/steps/1`
pub async fn look(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let call = product::GetProduct::new(
        typed(at(&state.list_first, "/id"), "browse.look: id")?,
    );
    let expected = |answer: &Answer<_>| {
        check(answer.status() == 200, "$statusCode == 200")?;
        check(
            equal(answer.json(), &state.list_first),
            "$response.body == $steps.list.outputs.first",
        )
    };
    visit.send(&GET_PRODUCT, &request(&call), expected).await?;
    Ok(())
}

/// The step `lookAgain`.
///
/// - **Source** `spec/workflows/customers.arazzo.yaml#/workflows/1/steps/2`
pub async fn look_again(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let call = product::GetProduct::new(
        typed(at(&state.stock_product, "/id"), "browse.lookAgain: id")?,
    );
    let expected = |answer: &Answer<_>| {
        check(answer.status() == 200, "$statusCode == 200")?;
        check(
            equal(answer.json(), &state.stock_product),
            "$response.body == $workflows.stock.outputs.product",
        )
    };
    visit.send(&GET_PRODUCT, &request(&call), expected).await?;
    Ok(())
}
