// @generated from the contracts in spec/; edits are overwritten.

//! `client`: Read a product.
//!
//! - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/0`

use client::product;
use harness::{Answer, Cause, Input, Value, Visit, Workflow, expect};
use harness::criteria::{Pattern, Query, check, is_true, text, typed};

use crate::request;
use crate::system::{GET_PRODUCT, LIST_SALES};

/// Read a product.
pub static CLIENT: Workflow = Workflow {
    id: "client",
    summary: "Read a product.",
    before: 1,
    operations: &[&GET_PRODUCT, &LIST_SALES],
    inputs: &[
        Input::schema("id", r#"{"format":"uuid","type":"string"}"#),
        Input::schema(
            "limit",
            r#"{"default":4,"examples":[4],"format":"int32","maximum":100,"minimum":1,"type":"integer"}"#,
        ),
    ],
    run: |visit| Box::pin(run(visit)),
    ..Workflow::NEW
};

/// The state of one run of `client`.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// `id`, an input.
    pub input_id: Value,
    /// `limit`, an input.
    pub input_limit: Value,
    /// `product` of the step `call`.
    pub call_product: Value,
    /// `name` of the step `call`.
    pub call_name: Value,
    /// `url` of the step `call`.
    pub call_url: Value,
    /// `first` of the step `sales`.
    pub sales_first: Value,
    /// `all` of the step `sales`.
    pub sales_all: Value,
}

impl State {
    /// With the inputs of a visit.
    #[must_use]
    pub fn draw(visit: &mut Visit<'_>) -> Self {
        Self {
            input_id: visit.input("id"),
            input_limit: visit.input("limit"),
            ..Self::default()
        }
    }
}

/// Runs the steps with its own inputs.
pub async fn run(visit: &mut Visit<'_>) -> Result<(), Cause> {
    let state = &mut State::draw(visit);
    call_step(visit, state).await?;
    sales(visit, state).await?;
    visit.output("product", state.call_product.clone());
    visit.output("name", state.call_name.clone());
    visit.output("sales", state.sales_all.clone());
    Ok(())
}

/// The step `call`.
///
/// - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/0/steps/0`
pub async fn call_step(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let call = product::GetProduct::new(typed(&state.input_id, "client.call: id")?);
    let url = visit.url(&request(&call));
    let expected = |answer: &Answer<_>| {
        check(answer.status() == 200, "$statusCode == 200")?;
        check(is_true(answer.at("/name")), "$response.body#/name")?;
        check(
            {
                static PATTERN: Pattern = Pattern::new("product/[0-9a-f-]+$");
                PATTERN.matches(&Value::from(url.as_str()))
            },
            "product/[0-9a-f-]+$",
        )?;
        check(
            {
                static QUERY: Query = Query::new("$[?match(@, 'Phone.*')]");
                QUERY.finds(answer.json())
            },
            "$[?match(@, 'Phone.*')]",
        )
    };
    let answer = visit.send(&GET_PRODUCT, &request(&call), expected).await?;
    state.call_product = answer.json().clone();
    state.call_name = answer.at("/name").clone();
    state.call_url = Value::from(url.as_str());
    Ok(())
}

/// The step `sales`.
///
/// - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/0/steps/1`
pub async fn sales(visit: &mut Visit<'_>, state: &mut State) -> Result<(), Cause> {
    let mut call = product::ListSales::new(typed(&state.input_id, "client.sales: id")?);
    call.limit = typed(&state.input_limit, "client.sales: limit")?;
    let answer = visit
        .send(
            &LIST_SALES,
            &request(&call)
                .header(
                    "x-from",
                    &Value::from(format!(
                        "{} {}",
                        text(&Value::from("https://shop.example.com/workflows/forms.arazzo.yaml")),
                        text(&Value::from("../product/openapi.yaml")),
                    )),
                ),
            expect::success,
        )
        .await?;
    state.sales_first = {
        static QUERY: Query = Query::new("$.items[?@.quantity > 1].price");
        QUERY.first(answer.json())
    };
    state.sales_all = answer.json().clone();
    Ok(())
}
