// @generated from the contracts in spec/; edits are overwritten.

//! `deleteOrder`: `DELETE /customers/{customerId}/orders/{number}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1{number}/delete`

use runtime::{
    Condition, Failure, Operation, Parts, Preconditions, Problem, Reply, Written,
};

use crate::model::{GetOrderCustomerId, GetOrderNumber};
use crate::tables::{OrderKey, Tables};

/// The input of `deleteOrder`.
#[derive(Debug, Clone, PartialEq)]
pub struct DeleteOrderInput {
    /// The path parameter `customerId`.
    pub customer_id: GetOrderCustomerId,
    /// The path parameter `number`.
    pub number: GetOrderNumber,
}

impl DeleteOrderInput {
    /// Creates a value from its required fields.
    pub fn new(customer_id: GetOrderCustomerId, number: GetOrderNumber) -> Self {
        Self { customer_id, number }
    }
}

/// It is gone.
pub type DeleteOrderOutput = ();

/// The error responses of `deleteOrder`.
#[derive(Debug)]
pub enum DeleteOrderError {
    /// `404`: It did not work.
    NotFound(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(DeleteOrderError, NotFound = problem(404));

impl Operation for DeleteOrderInput {
    type Output = DeleteOrderOutput;
    type Error = DeleteOrderError;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Change {
        versioned: false,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let customer_id = parts.path("customerId").required();
        let number = parts.path("number").required();
        Some(Self {
            customer_id: customer_id?,
            number: number?,
        })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: DeleteOrderInput,
) -> Result<DeleteOrderOutput, DeleteOrderError> {
    let key = OrderKey {
        customer_id: runtime::rules::decode_value(
            "customerId",
            &runtime::to_text(&input.customer_id),
        )?,
        number: runtime::rules::decode_value("number", &runtime::to_text(&input.number))?,
    };
    let condition = Condition::item_exists();
    match tables.order.delete_if(&key, condition).await {
        Ok(Written::Done) => Ok(()),
        Ok(Written::Refused(_)) => {
            Err(DeleteOrderError::NotFound(Problem::new(404, "It did not work.")))
        }
        Err(error) => Err(error.into()),
    }
}
