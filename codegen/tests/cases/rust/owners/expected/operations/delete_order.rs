// @generated from the contracts in spec/; edits are overwritten.

//! `deleteOrder`: `DELETE /order/{customer}/{id}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{customer}~1{id}/delete`

use runtime::{
    Access, Failure, Operation, Owned, Parts, Preconditions, Problem, Reply, Requirement,
};

use crate::model::{Customer, DeleteOrderId};
use crate::tables::{OrderKey, Tables};

/// The input of `deleteOrder`.
#[derive(Debug, Clone, PartialEq)]
pub struct DeleteOrderInput {
    /// The path parameter `customer`.
    pub customer: Customer,
    /// The path parameter `id`.
    pub id: DeleteOrderId,
}

impl DeleteOrderInput {
    /// Creates a value from its required fields.
    pub fn new(customer: Customer, id: DeleteOrderId) -> Self {
        Self { customer, id }
    }
}

/// It is gone.
pub type DeleteOrderOutput = ();

/// The error responses of `deleteOrder`.
#[derive(Debug)]
pub enum DeleteOrderError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(DeleteOrderError, Unauthorized = problem(401), Forbidden = problem(403));

impl Operation for DeleteOrderInput {
    type Output = DeleteOrderOutput;
    type Error = DeleteOrderError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &[])]];
    const CHALLENGE: &'static str = "Bearer";
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Change {
        versioned: false,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let customer = parts.path("customer").required();
        let id = parts.path("id").required();
        Some(Self {
            customer: customer?,
            id: id?,
        })
    }

    fn owner(&self) -> Option<Owned> {
        Some(Owned {
            claim: "sub",
            unless: Some("orders.all"),
            owner: Some(runtime::to_text(&self.customer)),
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
        customer: input.customer,
        id: runtime::rules::decode_value("id", &runtime::to_text(&input.id))?,
    };
    match tables.order.delete(&key).await {
        Ok(()) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
