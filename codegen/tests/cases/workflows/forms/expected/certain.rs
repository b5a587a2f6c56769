// @generated from the contracts in spec/; edits are overwritten.

//! `certain`: The workflow `certain`.
//!
//! - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/12`

use client::product;
use harness::{Cause, Input, Value, Visit, Workflow, expect};
use harness::criteria::{at, typed};

use crate::request;
use crate::system::GET_PRODUCT;

/// The workflow `certain`.
pub static CERTAIN: Workflow = Workflow {
    id: "certain",
    summary: "The workflow `certain`.",
    weight: 1.0,
    operations: &[&GET_PRODUCT],
    inputs: &[
        Input::unique("client"),
        Input::output("client.product", "client", "product"),
        Input::output("client.name", "client", "name"),
    ],
    run: |visit| Box::pin(run(visit)),
    ..Workflow::NEW
};

/// The state of one run of `certain`.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// `client`, an input.
    pub input_client: Value,
    /// `name` of the step `client`.
    pub client_name: Value,
    /// `product` of the step `client`.
    pub client_product: Value,
    /// `product` of the workflow `client`.
    pub client_product_output: Value,
    /// `name` of the workflow `client`.
    pub client_name_output: Value,
}

impl State {
    /// With the inputs of a visit.
    #[must_use]
    pub fn draw(visit: &mut Visit<'_>) -> Self {
        Self {
            input_client: visit.input("client"),
            client_product_output: visit.input("client.product"),
            client_name_output: visit.input("client.name"),
            ..Self::default()
        }
    }
}

/// Runs the steps with its own inputs.
pub async fn run(visit: &mut Visit<'_>) -> Result<(), Cause> {
    let state = &mut State::draw(visit);
    let mut next = Next::default();
    loop {
        next = match next {
            Next::Client => client(visit, state).await?,
            Next::Look => look(visit, state).await?,
            Next::End => break,
        };
    }
    visit.output("name", state.client_name.clone());
    visit.output("other", state.client_name_output.clone());
    Ok(())
}

/// What comes next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Next {
    /// The step `client`.
    #[default]
    Client,
    /// The step `look`.
    Look,
    /// Nothing.
    End,
}

/// The step `client`.
///
/// - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/12/steps/0`
pub async fn client(visit: &mut Visit<'_>, state: &mut State) -> Result<Next, Cause> {
    let call = product::GetProduct::new(
        typed(at(&state.client_product_output, "/id"), "certain.client: id")?,
    );
    let answer = visit.send(&GET_PRODUCT, &request(&call), expect::success).await?;
    state.client_name = answer.at("/name").clone();
    state.client_product = answer.json().clone();
    Ok(Next::Look)
}

/// The step `look`.
///
/// - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/12/steps/1`
pub async fn look(visit: &mut Visit<'_>, state: &mut State) -> Result<Next, Cause> {
    let call = product::GetProduct::new(
        typed(at(&state.client_product, "/id"), "certain.look: id")?,
    );
    let answer = visit.send(&GET_PRODUCT, &request(&call), expect::success).await?;
    if answer.status() == 204 {
        return Ok(Next::End);
    }
    Ok(Next::End)
}
