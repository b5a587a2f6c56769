// @generated from the contracts in spec/; edits are overwritten.

//! `setStatus`: `PUT /customers/{customerId}/orders/{number}/status`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1{number}~1status/put`

use runtime::{Failure, Operation, Parts, Preconditions, Problem, Reply, Update, Updated};

use crate::model::{Order, SetStatusBody, SetStatusCustomerId, SetStatusNumber};
use crate::tables::{OrderFields, OrderKey, Tables};

/// The input of `setStatus`.
#[derive(Debug, Clone, PartialEq)]
pub struct SetStatusInput {
    /// The path parameter `customerId`.
    pub customer_id: SetStatusCustomerId,
    /// The path parameter `number`.
    pub number: SetStatusNumber,
    /// The body, `application/json`.
    pub body: SetStatusBody,
}

impl SetStatusInput {
    /// Creates a value from its required fields.
    pub fn new(
        customer_id: SetStatusCustomerId,
        number: SetStatusNumber,
        body: SetStatusBody,
    ) -> Self {
        Self { customer_id, number, body }
    }
}

/// The order.
pub type SetStatusOutput = Order;

/// The error responses of `setStatus`.
#[derive(Debug)]
pub enum SetStatusError {
    /// `400`: It did not work.
    BadRequest(Problem),
    /// `404`: It did not work.
    NotFound(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(SetStatusError, BadRequest = problem(400), NotFound = problem(404));

impl Operation for SetStatusInput {
    type Output = SetStatusOutput;
    type Error = SetStatusError;
    const UNSUPPORTED: u16 = 400;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Change {
        versioned: false,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let customer_id = parts.path("customerId").required();
        let number = parts.path("number").required();
        let body = parts.json("application/json").required();
        Some(Self {
            customer_id: customer_id?,
            number: number?,
            body: body?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: SetStatusInput,
) -> Result<SetStatusOutput, SetStatusError> {
    let key = OrderKey {
        customer_id: runtime::rules::decode_value(
            "customerId",
            &runtime::to_text(&input.customer_id),
        )?,
        number: runtime::rules::decode_value("number", &runtime::to_text(&input.number))?,
    };
    let update = Update::new();
    let update = update.set(OrderFields::STATUS, &input.body.status);
    match tables.order.update(&key, update).await {
        Ok(Updated::Done(item)) => Ok(item),
        Ok(Updated::Refused(_)) => {
            Err(SetStatusError::NotFound(Problem::new(404, "It did not work.")))
        }
        Err(error) => Err(error.into()),
    }
}
